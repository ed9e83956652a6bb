//! Kernelspecs: the small folders that tell Jupyter how to start a kernel.

use crate::environment::PLACES;
use crate::project::Project;
use anyhow::{Context, Result};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name under which the user's own Jupyter lists the kernel, beside a stock "Rust".
pub const DISPLAY_NAME: &str = "Rust (adagrad-slides)";
const NAME: &str = "adagrad-slides";

/// Writes `FOLDER/kernels/NAME/kernel.json`, which calls the launcher.
pub fn write_kernelspec(
    launcher: &Path,
    project: &Project,
    folder: &Path,
    name: &str,
    display_name: &str,
) -> Result<PathBuf> {
    // An installation has its own.
    let places = PLACES.iter().filter(|_| project.installed().is_none());
    let places = places.filter_map(|name| Some((*name, std::env::var(name).ok()?)));
    let spec = json!({
        "argv": [
            launcher,
            "--root", project.root,
            "--evcxr", project.evcxr,
            "run", "{connection_file}",
        ],
        "display_name": display_name,
        "language": "rust",
        "interrupt_mode": "message",
        "env": places.collect::<BTreeMap<_, _>>(),
    });
    let kernel = folder.join("kernels").join(name);
    std::fs::create_dir_all(&kernel).with_context(|| format!("cannot create {}", kernel.display()))?;
    let file = kernel.join("kernel.json");
    std::fs::write(&file, serde_json::to_string_pretty(&spec)? + "\n")
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(kernel)
}

/// Registers the kernel for the user's own Jupyter or VS Code.
pub fn install(project: &Project) -> Result<PathBuf> {
    write_kernelspec(&std::env::current_exe()?, project, &user_data_folder()?, NAME, DISPLAY_NAME)
}

/// Undoes [`install`]; `None` when there was nothing to undo.
pub fn uninstall() -> Result<Option<PathBuf>> {
    let kernel = user_data_folder()?.join("kernels").join(NAME);
    if !kernel.exists() {
        return Ok(None);
    }
    std::fs::remove_dir_all(&kernel).with_context(|| format!("cannot remove {}", kernel.display()))?;
    Ok(Some(kernel))
}

/// Jupyter's data folder of this user, as `jupyter --data-dir` gives it.
fn user_data_folder() -> Result<PathBuf> {
    let variable = |name| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    if let Some(folder) = variable("JUPYTER_DATA_DIR") {
        return Ok(folder);
    }
    let home = variable("HOME").context("HOME is not set")?;
    Ok(if cfg!(target_os = "macos") {
        home.join("Library/Jupyter")
    } else {
        variable("XDG_DATA_HOME").unwrap_or_else(|| home.join(".local/share")).join("jupyter")
    })
}

//! Kernelspecs: the small folders that tell Jupyter how to start a kernel.

use crate::environment::PLACES;
use crate::project::Project;
use anyhow::{Context, Result};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// What a kernel is called.
pub struct Name {
    folder: &'static str,
    /// As Jupyter lists it.
    pub shown: &'static str,
}

/// As evcxr calls its own, so that the pages open with either.
pub const STOCK: Name = Name { folder: "rust", shown: "Rust" };
/// In the user's own Jupyter, beside a stock one.
pub const OWN: Name = Name { folder: "adagrad-slides", shown: "Rust (adagrad-slides)" };

/// Writes `FOLDER/kernels/NAME/kernel.json`, which calls the launcher.
pub fn write_kernelspec(launcher: &Path, project: &Project, folder: &Path, name: Name) -> Result<PathBuf> {
    // An installation has its own.
    let places = PLACES.iter().filter(|_| project.installed().is_none());
    let places = places.filter_map(|name| Some((*name, std::env::var(name).ok()?)));
    let argv = [&[launcher], &project.arguments("run")[..], &[Path::new("{connection_file}")]].concat();
    let spec = json!({
        "argv": argv,
        "display_name": name.shown,
        "language": "rust",
        "interrupt_mode": "message",
        "env": places.collect::<BTreeMap<_, _>>(),
    });
    let kernel = folder.join("kernels").join(name.folder);
    std::fs::create_dir_all(&kernel).with_context(|| format!("cannot create {}", kernel.display()))?;
    let file = kernel.join("kernel.json");
    // In one move: a Jupyter may be reading it, also another user's.
    let new = kernel.join("kernel.json.new");
    std::fs::write(&new, serde_json::to_string_pretty(&spec)? + "\n")
        .and_then(|()| std::fs::set_permissions(&new, Permissions::from_mode(0o644)))
        .and_then(|()| std::fs::rename(&new, &file))
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(kernel)
}

/// Registers the kernel for the user's own Jupyter or VS Code.
pub fn install(project: &Project) -> Result<PathBuf> {
    write_kernelspec(&std::env::current_exe()?, project, &user_data_folder()?, OWN)
}

/// Undoes [`install`]; `None` when there was nothing to undo.
pub fn uninstall() -> Result<Option<PathBuf>> {
    let kernel = user_data_folder()?.join("kernels").join(OWN.folder);
    if !kernel.exists() {
        return Ok(None);
    }
    std::fs::remove_dir_all(&kernel).with_context(|| format!("cannot remove {}", kernel.display()))?;
    Ok(Some(kernel))
}

/// Jupyter's data folder of this user, as `jupyter --data-dir` gives it.
fn user_data_folder() -> Result<PathBuf> {
    let named = std::env::var_os("JUPYTER_DATA_DIR").map(PathBuf::from);
    let folders = [named, jupyter_zmq_client::user_data_dir().ok()];
    folders.into_iter().flatten().find(|folder| folder.is_absolute()).context("HOME is not set")
}

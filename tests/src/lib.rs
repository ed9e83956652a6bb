//! Runs every notebook in a real kernel and checks what a reader sees.
//!
//! A Rust notebook whose assertion fails looks to every tool as if it had passed: evcxr answers "ok"
//! and writes to stderr. Here a notebook passes only if each of its cells does what the committed page
//! shows, to the last character, and nothing reaches stderr.
//!
//! - [`page`]: a notebook file, its canonical form, its outputs as text;
//! - [`kernel`]: one kernel, driven over the Jupyter protocol;
//! - [`verify`]: runs a page and says what is wrong with it.

pub mod kernel;
pub mod page;
pub mod verify;

use std::path::{Path, PathBuf};

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the project")
}

/// The notebooks in `folder`, sorted by name.
pub fn notebooks(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ipynb"))
        .collect();
    files.sort();
    Ok(files)
}

/// A notebook's name: its file name without the ending.
pub fn name(notebook: &Path) -> String {
    notebook.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The snapshots in `folder` that none of the notebooks owns.
pub fn orphans(folder: &Path, notebooks: &[PathBuf]) -> std::io::Result<Vec<PathBuf>> {
    let names: Vec<String> = notebooks.iter().map(|notebook| name(notebook)).collect();
    let mut orphans = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let pending = path.to_string_lossy().ends_with(".snap.new");
        let owned = path.extension().is_some_and(|e| e == "snap") && names.contains(&name(&path));
        if !pending && !owned {
            orphans.push(path);
        }
    }
    Ok(orphans)
}

//! Runs every notebook in a real kernel and checks what a reader sees.
//!
//! A Rust notebook whose assertion fails looks to every tool as if it had passed: evcxr answers "ok"
//! and writes to stderr. Here a notebook passes only if each of its cells does what the committed page
//! shows, to the last character, and nothing reaches stderr.
//!
//! - [`page::Page`]: a notebook, its canonical form, its outputs as text;
//! - [`client::Kernel`]: one kernel, driven over the Jupyter protocol;
//! - [`verify::verify`]: runs a page and says what is wrong with it.

pub mod client;
pub mod page;
pub mod verify;

use std::path::{Path, PathBuf};

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("crates/verifier lies in the project")
}

/// The files below `folder` whose name has this ending, sorted; not those that are built, installed or hidden.
pub fn files(folder: &Path, ending: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name().to_string_lossy().into_owned()))?;
        if !path.is_dir() {
            found.extend(name.ends_with(ending).then_some(path));
        } else if name != "target" && !name.starts_with('.') {
            found.extend(files(&path, ending)?);
        }
    }
    found.sort();
    Ok(found)
}

/// The snapshots, of pages and of the crates, that wait for someone to accept or reject them.
pub fn waiting() -> std::io::Result<Vec<PathBuf>> {
    Ok([files(root(), ".snap.new")?, files(root(), ".pending-snap")?].concat())
}

/// A notebook's name: its file name without the ending.
pub fn name(notebook: &Path) -> String {
    notebook.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The pages whose name contains one of the words; all without a word.
///
/// # Errors
/// Names each word that no page's name contains, and the names there are.
pub fn pages(words: &[String]) -> Result<Vec<PathBuf>, String> {
    let mut pages = files(&root().join("notebooks"), ".ipynb").map_err(|error| format!("notebooks/: {error}"))?;
    let names: Vec<String> = pages.iter().map(|page| name(page)).collect();
    let unknown = words.iter().filter(|&word| !names.iter().any(|name| name.contains(word)));
    let unknown: Vec<String> = unknown.map(|word| format!("`{word}`")).collect();
    if !unknown.is_empty() {
        return Err(format!("no page's name contains {}; there are {}", unknown.join(" or "), names.join(", ")));
    }
    pages.retain(|page| words.is_empty() || words.iter().any(|word| name(page).contains(word)));
    Ok(pages)
}

/// The [`pages`] that a program's arguments choose; for an unknown word it tells the error and ends with status 2.
pub fn pages_or_exit(words: &[String]) -> Vec<PathBuf> {
    pages(words).unwrap_or_else(|problem| {
        eprintln!("{problem}");
        std::process::exit(2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_choose_pages_and_an_unknown_one_is_named() {
        let chosen = |words: &[&str]| pages(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        let all = chosen(&[]).unwrap();
        assert_eq!(chosen(&["contradiction", "03", "sigma"]).unwrap(), [all[2].clone(), all[4].clone()]);
        let error = chosen(&["03", "nosuch", "99"]).unwrap_err();
        assert!(error.starts_with("no page's name contains `nosuch` or `99`; there are 01-"), "{error}");
    }
}

//! Runs every notebook in a real kernel and checks what a reader sees.
//!
//! A Rust notebook whose assertion fails looks to every tool as if it had passed: evcxr answers "ok"
//! and writes to stderr. Here a notebook passes only if each of its cells does what the committed page
//! shows, to the last character, and nothing reaches stderr.
//!
//! - [`format::parse`]: reads a notebook's file;
//! - [`page::Page`]: a notebook, its canonical form, its outputs as text;
//! - [`client::Kernel`]: one kernel, driven over the Jupyter protocol;
//! - [`executed::Executed`]: what one cell did, and [`cells::execute_after`]: all that it printed;
//! - [`verify::verify`]: runs a page and says what is wrong with it;
//! - [`snapshot::compare`]: holds its outputs against those that were reviewed;
//! - [`text::difference`]: the part of a long text that a person reads.

pub mod cells;
pub mod client;
pub mod executed;
pub mod format;
pub mod page;
pub mod snapshot;
pub mod text;
pub mod verify;

use std::path::{Path, PathBuf};
use std::process::Command;

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

/// The notebooks that lie in `folder` itself: the pages, and those that are nobody's but their author's, because git
/// does not track them. Where there is no git, or it tracks none of them, all are pages.
///
/// # Errors
/// If the folder cannot be read.
pub fn notebooks(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), String> {
    let mut all = files(folder, ".ipynb").map_err(|error| format!("{}: {error}", folder.display()))?;
    all.retain(|page| page.parent() == Some(folder));
    let git = Command::new("git").args(["ls-files", "-z", "*.ipynb"]).current_dir(folder).output();
    let tracked = git.map(|git| String::from_utf8_lossy(&git.stdout).into_owned()).unwrap_or_default();
    let is_tracked = |page: &PathBuf| tracked.split('\0').any(|file| *page == folder.join(file));
    let (pages, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_tracked);
    Ok(if pages.is_empty() { (others, pages) } else { (pages, others) })
}

/// The pages whose name contains one of the words; all without a word.
///
/// # Errors
/// Names each word that no page's name contains, and the names there are.
pub fn pages(words: &[String]) -> Result<Vec<PathBuf>, String> {
    let (mut pages, others) = notebooks(&root().join("notebooks"))?;
    let names = |pages: &[PathBuf]| pages.iter().map(|page| name(page)).collect::<Vec<_>>();
    let (known, others) = (names(&pages), names(&others).join(", "));
    let unknown = words.iter().filter(|&word| !known.iter().any(|name| name.contains(word)));
    let unknown: Vec<String> = unknown.map(|word| format!("`{word}`")).collect();
    if !unknown.is_empty() {
        let (unknown, known) = (unknown.join(" or "), known.join(", "));
        let add = if others.is_empty() { "" } else { "; `git add` makes pages of " };
        return Err(format!("no page's name contains {unknown}; there are {known}{add}{others}"));
    }
    pages.retain(|page| words.is_empty() || words.iter().any(|word| name(page).contains(word)));
    Ok(pages)
}

/// The [`pages`] that a program's arguments choose; for an unknown word it tells the error and ends with status 2.
pub fn pages_or_exit(words: &[String]) -> Vec<PathBuf> {
    for other in notebooks(&root().join("notebooks")).into_iter().flat_map(|(_, others)| others) {
        eprintln!("{} is left alone: git does not track it", other.display());
    }
    pages(words).unwrap_or_else(|problem| {
        eprintln!("{problem}");
        std::process::exit(2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_does_not_track_is_no_page() {
        let folder = std::env::temp_dir().join(format!("notebooks-{}", std::process::id()));
        let [page, own, deep] = ["page", "own", "mine/page"].map(|name| folder.join(name).with_extension("ipynb"));
        std::fs::create_dir_all(folder.join("mine")).unwrap();
        for file in [&page, &own, &deep] {
            std::fs::write(file, "{}").unwrap();
        }
        assert_eq!(notebooks(&folder).unwrap(), (vec![own.clone(), page.clone()], vec![]), "not in a checkout");
        for arguments in [&["init", "--quiet"][..], &["add", "page.ipynb", "mine"]] {
            assert!(Command::new("git").args(arguments).current_dir(&folder).status().unwrap().success());
        }
        assert_eq!(notebooks(&folder).unwrap(), (vec![page], vec![own]));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn words_choose_pages_and_an_unknown_one_is_named() {
        let chosen = |words: &[&str]| pages(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        let all = chosen(&[]).unwrap();
        assert_eq!(chosen(&["contradiction", "03", "sigma"]).unwrap(), [all[2].clone(), all[4].clone()]);
        let error = chosen(&["03", "nosuch", "99"]).unwrap_err();
        assert!(error.starts_with("no page's name contains `nosuch` or `99`; there are 01-"), "{error}");
    }
}

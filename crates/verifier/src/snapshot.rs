//! A page's outputs as text under `tests/snapshots`, in insta's format: what a reviewer reads, accepts or rejects.
//!
//! Written here and not by insta's macros, which ask the environment whether to compare at all, and where to write.

use crate::page::Page;
use crate::text::difference;
use std::path::{Path, PathBuf};
use std::{fs, io};

const HEADER: &str = "---\nsource: crates/verifier/src/verify.rs\n---\n";

/// The snapshot of a page.
pub fn file(page: &Path) -> PathBuf {
    crate::root().join(format!("tests/snapshots/{}.snap", crate::name(page)))
}

/// Compares; writes nothing.
///
/// # Errors
/// Says which lines differ.
pub fn compare(file: &Path, fresh: &Page) -> Result<(), String> {
    let accepted = fs::read_to_string(file).unwrap_or_default();
    let accepted = accepted.splitn(3, "---\n").nth(2).unwrap_or_default();
    let [accepted, summary] = [accepted, &fresh.summary()].map(|text| text.trim_end().to_owned() + "\n");
    if accepted == summary {
        return Ok(());
    }
    let (file, difference) = (file.display(), difference(&accepted, &summary));
    Err(format!("{file} shows other outputs (`just render` and `just review` mend it):\n{difference}"))
}

/// Lets what is new wait for `just review`; what waited of an earlier run is out of date.
pub fn propose(file: &Path, fresh: &Page) -> io::Result<()> {
    let waiting = file.with_extension("snap.new");
    match compare(file, fresh) {
        Err(_) => fs::write(waiting, HEADER.to_owned() + fresh.summary().trim_end() + "\n"),
        Ok(()) if waiting.exists() => fs::remove_file(waiting),
        Ok(()) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_waits_until_it_is_accepted() {
        let file = std::env::temp_dir().join(format!("page-{}.snap", std::process::id()));
        let waiting = file.with_extension("snap.new");
        let page = |text: &str| {
            let sound = include_str!("../../../tests/faults/sound.ipynb").replace("fine\\n", text);
            Page::parse(&sound).unwrap()
        };
        assert!(compare(&file, &page("a")).is_err() && !waiting.exists());
        propose(&file, &page("a")).unwrap();
        fs::rename(&waiting, &file).unwrap();
        assert_eq!(compare(&file, &page("a")), Ok(()));
        assert!(compare(&file, &page("b")).unwrap_err().ends_with("-a\n+b"));
        propose(&file, &page("b")).unwrap();
        assert!(waiting.exists());
        propose(&file, &page("a")).unwrap();
        assert!(!waiting.exists());
        fs::remove_file(file).unwrap();
    }
}

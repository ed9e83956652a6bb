//! Checks the repository itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use tests::page::{self, Page};
use tests::{name, notebooks, root};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn pages() -> Vec<(String, Page)> {
    let files: Vec<PathBuf> = notebooks(&root().join("notebooks")).unwrap();
    assert!(!files.is_empty());
    files
        .iter()
        .map(|file| (name(file), page::read(file).unwrap().1))
        .collect()
}

/// The `:dep` lines of a text.
fn dependencies(text: &str) -> BTreeSet<&str> {
    text.lines()
        .filter(|line| line.starts_with(":dep "))
        .collect()
}

/// The crate that a `:dep` line names.
fn crate_name(dependency: &str) -> &str {
    dependency[":dep ".len()..].split(" =").next().unwrap()
}

#[test]
fn a_folder_is_named_as_its_crate() {
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let line = format!(
            "name = \"{}\"",
            folder.file_name().unwrap().to_str().unwrap()
        );
        assert!(
            manifest.contains(&line),
            "{} lacks {line}",
            folder.display()
        );
    }
}

/// Else the first cell of that page would compile for seconds.
#[test]
fn the_kernel_preloads_what_the_pages_depend_on() {
    let preload = read("crates/kernel/preload.evcxr");
    for (page, notebook) in pages() {
        for cell in notebook.code() {
            for line in dependencies(&cell.source) {
                assert!(
                    dependencies(&preload).contains(line),
                    "{page}, {}: `{line}` is not a line of crates/kernel/preload.evcxr",
                    cell.place
                );
            }
        }
    }
}

/// The quick kernel would not notice: it has loaded them all.
#[test]
fn a_page_names_the_crates_that_it_uses() {
    let preload = read("crates/kernel/preload.evcxr");
    for (page, notebook) in pages() {
        let code: String = notebook
            .code()
            .iter()
            .map(|cell| cell.source.clone() + "\n")
            .collect();
        let named: BTreeSet<&str> = dependencies(&code).into_iter().map(crate_name).collect();
        for known in dependencies(&preload).into_iter().map(crate_name) {
            let used = code.contains(&format!("{}::", known.replace('-', "_")));
            assert_eq!(used, named.contains(known), "{page}: does it use {known}?");
        }
    }
}

/// A version that Cargo.lock does not hold would be whatever is newest that day.
#[test]
fn the_lock_pins_what_the_kernel_preloads() {
    let lock = read("Cargo.lock");
    let preload = read("crates/kernel/preload.evcxr");
    for line in dependencies(&preload) {
        let wanted = crate_name(line);
        let version = line.rsplit('"').nth(1).unwrap();
        let entry = match line.contains("path = ") {
            true => format!("name = \"{wanted}\"\n"),
            false => format!("name = \"{wanted}\"\nversion = \"{version}."),
        };
        assert!(lock.contains(&entry), "Cargo.lock does not hold `{line}`");
    }
}

#[test]
fn cells_are_short() {
    for (page, notebook) in pages() {
        for cell in notebook.code() {
            let lines = cell.source.lines().count();
            assert!(lines <= 18, "{page}, {}: {lines} lines", cell.place);
        }
    }
}

#[test]
fn the_readme_names_every_page_and_real_recipes() {
    let readme = read("README.md");
    for (page, _) in pages() {
        assert!(
            readme.contains(&format!("notebooks/{page}.ipynb")),
            "README.md lacks {page}"
        );
    }
    let justfile = read("Justfile");
    for words in readme.split("`just ").skip(1) {
        let recipe = words.split(['`', ' ']).next().unwrap();
        let known = justfile.lines().any(|line| {
            line.strip_prefix(recipe)
                .is_some_and(|rest| rest.starts_with([':', ' ']))
        });
        assert!(
            known,
            "README.md speaks of `just {recipe}`, which is not in the Justfile"
        );
    }
}

#[test]
fn one_toolchain_and_one_evcxr() {
    let toolchain = read("rust-toolchain.toml");
    let channel = toolchain
        .lines()
        .find_map(|line| line.strip_prefix("channel = "))
        .unwrap();
    let channel = channel.trim_matches('"');
    let (minor, _) = channel.rsplit_once('.').unwrap();
    assert!(read("Cargo.toml").contains(&format!("rust-version = \"{minor}\"")));
    let justfile = read("Justfile");
    let evcxr = justfile
        .lines()
        .find_map(|line| line.strip_prefix("evcxr_version := "))
        .unwrap();
    let readme = read("README.md");
    for version in [channel, evcxr.trim_matches('"')] {
        assert!(
            readme.contains(version),
            "README.md does not name version {version}"
        );
    }
}

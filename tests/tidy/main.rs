//! Checks the repository itself.

mod circles;
mod commands;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use verifier::page::{self, Page};
use verifier::{files, name, root};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn pages() -> Vec<(String, Page)> {
    let files = verifier::pages(&[]).unwrap();
    assert!(!files.is_empty());
    files.iter().map(|file| (name(file), page::read(file).unwrap().1)).collect()
}

/// The `:dep` lines of a text.
fn dependencies(text: &str) -> BTreeSet<&str> {
    text.lines().filter(|line| line.starts_with(":dep ")).collect()
}

/// The crate that a `:dep` line names.
fn crate_name(dependency: &str) -> &str {
    dependency[":dep ".len()..].split(" =").next().unwrap()
}

#[test]
fn no_file_is_above_300_lines() {
    let sources = files(root(), ".rs").unwrap();
    let lines = |file: &PathBuf| fs::read_to_string(file).unwrap().lines().count();
    let long: Vec<&PathBuf> = sources.iter().filter(|file| lines(file) > 300).collect();
    assert!(long.is_empty(), "above 300 lines: {long:#?}");
}

#[test]
fn no_two_files_import_each_other() {
    let circles = circles::circles(root());
    assert!(circles.is_empty(), "files that import each other: {circles:#?}");
}

#[test]
fn no_snapshot_waits_and_each_has_its_page() {
    let waiting = verifier::waiting().unwrap();
    assert!(waiting.is_empty(), "these snapshots wait for `just review`: {waiting:#?}");
    let pages: Vec<String> = pages().into_iter().map(|(page, _)| page).collect();
    let owned = |file: &&PathBuf| pages.contains(&name(file));
    let snapshots = files(&root().join("tests/snapshots"), "").unwrap();
    let orphans: Vec<&PathBuf> = snapshots.iter().filter(|file| !owned(file)).collect();
    assert!(orphans.is_empty(), "no page owns {orphans:?}");
}

#[test]
fn a_folder_is_named_as_its_crate() {
    let entries = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path());
    for folder in entries.filter(|path| path.is_dir()) {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let line = format!("name = \"{}\"", folder.file_name().unwrap().to_str().unwrap());
        assert!(manifest.contains(&line), "{} lacks {line}", folder.display());
    }
}

/// Without the kernel's own line its first cell would compile for seconds; without a line of its own it would run in the
/// quick kernel only, which has loaded them all.
#[test]
fn a_page_depends_on_what_it_uses_by_the_kernels_own_lines() {
    let preload = read("crates/kernel/preload.evcxr");
    for (page, notebook) in pages() {
        let code: String = notebook.code().iter().map(|cell| cell.source.clone() + "\n").collect();
        let used = |line: &&str| code.contains(&format!("{}::", crate_name(line).replace('-', "_")));
        let wanted: BTreeSet<&str> = dependencies(&preload).into_iter().filter(used).collect();
        assert_eq!(
            dependencies(&code),
            wanted,
            "{page}: left its lines, right those of crates/kernel/preload.evcxr whose crates it uses"
        );
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

/// The README's pictures are those that the pages show.
#[test]
fn each_picture_is_a_cells_output() {
    let pictures: BTreeMap<String, String> = pages().iter().flat_map(|(_, page)| page.pictures()).collect();
    let folder = root().join("notebooks/pictures");
    let files = fs::read_dir(&folder).unwrap();
    let names: BTreeSet<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, pictures.keys().cloned().collect(), "`just render` writes the pictures");
    for (name, svg) in pictures {
        assert!(fs::read_to_string(folder.join(&name)).unwrap() == svg, "{name}: `just render` mends it");
        assert!(read("README.md").contains(&format!("notebooks/pictures/{name}")), "{name} in README.md");
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
fn every_claim_of_the_slides_has_a_tagged_cell_and_a_line_in_the_readme() {
    let (slides, readme) = (read("notebooks/slides.md"), read("README.md"));
    let claims = slides.lines().filter_map(|line| line.strip_prefix("- ")?.split(' ').next());
    let claims: BTreeSet<String> = claims.map(String::from).collect();
    assert_eq!(claims.len(), 24, "{claims:?}");

    let mut tagged = BTreeSet::new();
    for (page, notebook) in pages() {
        let mut here = BTreeSet::new();
        for cell in notebook.code() {
            let ids = cell.tags.iter().filter_map(|tag| tag.strip_prefix("eq:"));
            let ids: Vec<String> = ids.map(String::from).collect();
            let checks = ["insta::assert_snapshot!", "assert_eq!"].iter().any(|check| cell.source.contains(check));
            assert!(checks || ids.is_empty(), "{page}, {}: computes {ids:?} and checks nothing", cell.place);
            here.extend(ids);
        }
        // The README's table: one row per page, its ids in full.
        let is_row = |line: &&str| line.starts_with('|') && line.contains(&format!("notebooks/{page}.ipynb"));
        let row = readme.lines().find(is_row).unwrap_or_else(|| panic!("README.md has no row for {page}"));
        let listed: BTreeSet<String> = row.split('|').nth(4).unwrap().split_whitespace().map(String::from).collect();
        assert_eq!(listed, here, "README.md's row of {page}: left the row, right the page's tags");
        tagged.extend(here);
    }
    // A page may have items of its own, under any other letter: its tags and its row in the README declare them.
    tagged.retain(|id| id.starts_with(['S', 'B']));
    assert_eq!(tagged, claims, "left: tags `eq:…` of the pages; right: ids of notebooks/slides.md");
}

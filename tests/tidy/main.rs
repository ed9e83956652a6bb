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
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let line = format!("name = \"{}\"", folder.file_name().unwrap().to_str().unwrap());
        assert!(manifest.contains(&line), "{} lacks {line}", folder.display());
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
        let code: String = notebook.code().iter().map(|cell| cell.source.clone() + "\n").collect();
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

/// An id of slides.md, like S3.2 or B1, at the start of a text.
fn id(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(text.len());
    let id = &text[..end];
    let (slide, item) = id.split_once('.').unwrap_or((id, "0"));
    let (letter, number) = slide.split_at_checked(1)?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (["S", "B"].contains(&letter) && digits(number) && digits(item)).then_some(id)
}

#[test]
fn every_claim_of_the_slides_has_a_tagged_cell_and_a_line_in_the_readme() {
    let slides = read("notebooks/slides.md");
    let claims: BTreeSet<&str> = slides.lines().filter_map(|line| id(line.strip_prefix("- ")?)).collect();
    assert_eq!(claims.len(), 24, "{claims:?}");

    let pages = pages();
    let mut tagged = BTreeMap::new();
    for (page, notebook) in &pages {
        for cell in notebook.code() {
            for tag in &cell.tags {
                if let Some(id) = tag.strip_prefix("eq:") {
                    tagged.entry(id.to_owned()).or_insert_with(BTreeSet::new).insert(page.clone());
                    let checks = ["insta::assert_snapshot!", "assert_eq!"].iter();
                    assert!(
                        checks.clone().any(|check| cell.source.contains(check)),
                        "{page}, {}: computes {id} and checks nothing",
                        cell.place
                    );
                }
            }
        }
    }
    // A page may have items of its own, under any other letter: its tags and its row in the README declare them.
    let ids: BTreeSet<&str> = tagged.keys().map(String::as_str).filter(|id| id.starts_with(['S', 'B'])).collect();
    assert_eq!(ids, claims, "left: tags `eq:…` of the pages; right: ids of notebooks/slides.md");

    // The README's table: one row per page, its ids in full.
    let readme = read("README.md");
    for (page, _) in &pages {
        let row =
            readme.lines().find(|line| line.starts_with('|') && line.contains(&format!("notebooks/{page}.ipynb")));
        let row = row.unwrap_or_else(|| panic!("README.md has no row for {page}"));
        let listed: BTreeSet<&str> = row.split('|').nth(4).unwrap().split_whitespace().collect();
        let here = tagged.iter().filter(|(_, pages)| pages.contains(page));
        let here: BTreeSet<&str> = here.map(|(id, _)| id.as_str()).collect();
        assert_eq!(listed, here, "README.md's row of {page}: left the row, right the page's tags");
    }
}

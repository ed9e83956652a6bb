//! What the READMEs claim in numbers.

use crate::{document, pages};
use prose::{Givens, Page};
use std::fs::read_to_string;
use verifier::{files, root};

fn read(path: &str) -> String {
    read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Phrases with the number that is true today, and where it comes from.
fn claims() -> Vec<(String, &'static str)> {
    let runs = |file: &str| {
        let peers: serde_json::Value = serde_json::from_str(&read(file)).unwrap();
        peers["cases"].as_array().map_or(0, Vec::len)
    };
    let runs = runs("tests/fixtures/peers.json") + runs("tests/fixtures/rules.json");
    let justfile = read("Justfile");
    let (_, python) = justfile.split_once("sys.version_info < (").expect("the Justfile's check of Python");
    let python = python.split(')').next().unwrap_or_default().replace(", ", ".");
    vec![
        (format!("on {runs} recorded runs"), "tests/fixtures"),
        (format!("Python {python} or newer"), "the Justfile's check"),
    ]
}

/// Numbers that the code of `derivation` has.
const DERIVATION: [(&str, &str); 2] = [("≈ to 1e-12", "1e-12"), ("the square of 1e-170 does", "e-170")];

/// Numbers that nothing here can check, and why they may stand.
const UNCHECKED: [(&str, &str); 3] = [
    ("the 2021 version", "the year of the lecture's other Adagrad"),
    ("why 1e-5 diverges", "the learning rate of page 07, whose heading says so"),
    ("`target/` grows to some 4 GB", "it depends on the machine"),
];

/// Those of a class.
const OF_A_CLASS: [(&str, &str); 2] = [
    ("the kernel 450 MB (thirty of them held 13 GB), the server 100 MB", "`just verify-hub` measures them"),
    ("tag: \"2026-10\"", "an example"),
];

/// Those that other tests enforce.
const OF_THE_CODE: [(&str, &str); 2] =
    [("40 to 200 characters", "the book's descriptions"), ("more than 300 lines", "the sources")];

#[test]
fn readmes_numbers_are_those_of_the_code() {
    let claims = claims();
    let names: Vec<(&str, &str)> = claims.iter().map(|(phrase, source)| (&phrase[..], *source)).collect();
    let names = [&names[..], &DERIVATION, &UNCHECKED].concat();
    for (path, names) in
        [("README.md", &names[..]), (".binder/README.md", &OF_A_CLASS), ("crates/README.md", &OF_THE_CODE)]
    {
        let text = read(path).replace('\n', " ");
        for (phrase, source) in names {
            assert!(text.contains(phrase), "{path} does not say `{phrase}` ({source})");
        }
        let findings = Page::new(&document(path), &Givens::new(), names).findings();
        assert_eq!(findings, [], "a number that no claim covers");
    }
    let sources = files(&root().join("crates/derivation"), ".rs").unwrap();
    for (phrase, number) in DERIVATION {
        assert!(sources.iter().any(|file| read_to_string(file).unwrap().contains(number)), "{phrase}");
    }
}

/// A duration depends on the machine, so a word says that it is not exact.
#[test]
fn durations_are_said_to_be_rough() {
    let promise = "Follow along in ten minutes"; // a heading, of a reader and not of a machine
    let texts = [read("README.md"), read(".binder/README.md")].concat();
    let text: String = texts.replace('\n', " ").replace(promise, "").split("```").step_by(2).collect();
    for unit in [" minutes", " seconds", " hour"] {
        for (at, _) in text.match_indices(unit) {
            let before: Vec<&str> = text[..at].split(' ').rev().take(3).collect();
            let rough = ["about", "some", "to", "quarter"].iter().any(|word| before.contains(word));
            assert!(rough, "README.md or .binder/README.md says {before:?} {unit}");
        }
    }
}

/// The column "Uses" names the project's crates that the page loads, "Slide" the slide's title where it has equations.
#[test]
fn the_table_of_pages_is_true() {
    let (readme, slides) = (read("README.md"), read("notebooks/slides.md"));
    let pages = pages();
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| [") && line.contains(".ipynb)")).collect();
    assert_eq!(rows.len(), pages.len());
    for (row, page) in rows.iter().zip(&pages) {
        let columns: Vec<&str> = row.split('|').map(str::trim).collect();
        assert!(columns[1].contains(&format!("(notebooks/{}.ipynb)", page.name())), "{row}");
        let code: String = page.cells.iter().filter(|cell| cell.code).map(|cell| cell.source.clone() + "\n").collect();
        let ours = code.lines().filter_map(|line| line.strip_prefix(":dep ")?.split_once(" = { path"));
        let uses: Vec<String> = ours.map(|(name, _)| format!("`{name}`")).collect();
        assert_eq!(columns[5], uses.join(", "), "{row}");
        assert!(!columns[4].starts_with('S') || slides.contains(&format!("· {}\n", columns[2])), "{row}");
    }
}

//! Every number, formula and link that a reader sees outside the outputs is proved.

mod faults;
mod readme;

use prose::{Document, Finding, Page, example, formula, last_digits, link, other_digit};
use std::fs::read_to_string;
use std::path::Path;
use verifier::{files, root};

/// Numbers in the pages that name something, and what.
const NAMES: &[(&str, &str)] = &[
    ("In 2021", "the year of the lecture's other Adagrad"),
    ("Singer, 2011", "the year of Adagrad's paper"),
    ("Kaynak, 1998", "the year of the digits"),
];

fn document(path: &str) -> Document {
    let text = read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Document::parse(Path::new(path), &text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn pages() -> Vec<Document> {
    book::notebooks().unwrap()
}

/// The texts beside the pages.
fn texts() -> Vec<Document> {
    ["README.md", ".binder/README.md", "crates/README.md", "notebooks/slides.md"].map(document).into()
}

/// All that is wrong in the pages, the texts and the examples of the crates.
fn findings() -> Vec<Finding> {
    let (givens, pages) = (exercises::given(), pages());
    let mut findings: Vec<Finding> = pages.iter().flat_map(|page| Page::new(page, &givens, NAMES).findings()).collect();
    let documents = [pages, texts()].concat();
    findings.extend(documents.iter().flat_map(formula::findings));
    findings.extend(link::findings(&documents, root()));
    for file in files(&root().join("crates"), ".rs").unwrap() {
        let name = file.strip_prefix(root()).unwrap().to_string_lossy();
        findings.extend(example::findings(&name, &read_to_string(&file).unwrap()));
    }
    findings
}

#[test]
fn nothing_is_unproved() {
    let findings: Vec<String> = findings().iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "not proved:\n{}", findings.join("\n"));
}

/// The groups of 10 000 are held together by a no-break space.
#[test]
fn no_number_breaks_across_a_line() {
    let parted =
        |text: &[u8]| text[0].is_ascii_digit() && b" \n".contains(&text[1]) && text[2..].iter().all(u8::is_ascii_digit);
    for page in [pages(), texts()].concat() {
        for cell in page.cells.iter().filter(|cell| !cell.code) {
            let found = cell.source.as_bytes().windows(5).position(parted);
            assert_eq!(found.map(|at| &cell.source[at..at + 5]), None, "{} {}", page.name(), cell.id);
        }
    }
}

/// How strong the proof is: at least five of six wrong last digits are named. The rest are learning rates and
/// coefficients, like 0.1 and 10⁻⁶, in whose place the cell beside them shows the wrong one as well.
#[test]
fn a_changed_last_digit_is_named() {
    let (givens, mut all, mut unnamed) = (exercises::given(), 0, Vec::new());
    for page in &pages() {
        let proof = Page::new(page, &givens, NAMES);
        for (i, cell) in page.cells.iter().enumerate().filter(|(_, cell)| !cell.code) {
            let before = proof.findings_in(i, &cell.source);
            for at in last_digits(&cell.source) {
                let changed = other_digit(&cell.source, at, 1 + all % 9);
                if proof.findings_in(i, &changed) == before {
                    let words = changed[..at].rsplit(' ').take(4).collect::<Vec<_>>();
                    unnamed.push(format!("{} {}: {words:?}", page.name(), cell.id));
                }
                all += 1;
            }
        }
    }
    println!("{} of {all} are named, not: {unnamed:#?}", all as usize - unnamed.len());
    assert!(6 * unnamed.len() <= all as usize, "of {all}, not named: {unnamed:#?}");
}

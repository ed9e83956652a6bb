//! What an example in a doc comment says that it prints, it asserts.

use crate::finding::Finding;
use crate::token::numbers;

/// The numbers behind `println!(…); //` in a source file's examples that no assertion of the same example holds.
pub fn findings(file: &str, source: &str) -> Vec<Finding> {
    examples(source).iter().flat_map(|example| unasserted(file, example)).collect()
}

/// The lines of each Rust example in the doc comments.
fn examples(source: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let mut example: Option<(bool, Vec<&str>)> = None;
    for line in source.lines() {
        let doc = ["///", "//!"].iter().find_map(|mark| line.trim_start().strip_prefix(mark));
        let Some(doc) = doc.map(str::trim) else {
            example = None;
            continue;
        };
        match (doc.strip_prefix("```"), &mut example) {
            (Some(language), None) => example = Some((!["text", "sh", "toml"].contains(&language), vec![])),
            (Some(_), Some(_)) => found.extend(example.take().filter(|(rust, _)| *rust).map(|(_, lines)| lines)),
            (None, Some((_, lines))) => lines.push(doc.strip_prefix("# ").unwrap_or(doc)),
            (None, None) => {}
        }
    }
    found
}

/// The numbers that an example prints and does not assert; its first line stands for a heading.
fn unasserted(file: &str, example: &[&str]) -> Vec<Finding> {
    let (mut printed, mut asserted) = (Vec::new(), String::new());
    let (mut printing, mut asserting) = (false, false);
    for line in example {
        let (code, comment) = line.split_once("// ").unwrap_or((line, ""));
        // A comment on a line of its own goes on with what the statement before it prints.
        if !code.trim().is_empty() {
            let ends = code.trim_start().starts_with(')');
            printing = code.contains("print!") || code.contains("println!") || (printing && ends);
            asserting = code.contains("assert") || (asserting && !asserted.trim_end().ends_with(';'));
            asserted += if asserting { code } else { "" };
            asserted.push('\n');
        }
        if printing {
            printed.push(comment);
        }
    }
    let asserted = numbers(&asserted);
    let missing = |value: f64| !asserted.iter().any(|(number, _)| number.value == value);
    let finding = |subject: &str| Finding {
        file: file.into(),
        cell: "example".into(),
        heading: example.first().copied().unwrap_or_default().into(),
        subject: subject.into(),
        says: "printed in a comment, and no assertion of the same example has it".into(),
    };
    let unasserted = |comment: &&str| {
        let shown = numbers(comment).into_iter().filter(|(number, _)| missing(number.value));
        shown.map(|(_, at)| finding(&comment[at])).collect::<Vec<_>>()
    };
    printed.iter().flat_map(unasserted).collect()
}

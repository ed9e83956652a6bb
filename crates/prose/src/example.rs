//! What an example in a doc comment says that it prints, it asserts.

use crate::finding::Finding;
use crate::token::numbers;

/// The numbers behind `println!(…); //` in a source file's examples that no assertion of the same example holds.
pub fn findings(file: &str, source: &str) -> Vec<Finding> {
    examples(source).iter().flat_map(|example| unasserted(file, example)).collect()
}

/// The lines of each Rust example in the doc comments.
fn examples(source: &str) -> Vec<Vec<&str>> {
    let doc = source.lines().map(str::trim).map(|line| line.strip_prefix("///").or(line.strip_prefix("//!")));
    let docs: Vec<Option<&str>> = doc.map(|doc| doc.map(str::trim)).collect();
    let mut found = Vec::new();
    for comment in docs.split(Option::is_none) {
        let lines: Vec<&str> = comment.iter().copied().flatten().collect();
        // A text that ends with a fence, and an example that does, by turns.
        let parts: Vec<&[&str]> = lines.split_inclusive(|line| line.starts_with("```")).collect();
        for pair in parts.chunks_exact(2) {
            let ([.., fence], [example @ .., _]) = (pair[0], pair[1]) else { continue };
            if !["```text", "```sh", "```toml"].contains(fence) {
                found.push(example.iter().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect());
            }
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

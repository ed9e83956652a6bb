//! A worked solution: the derivations that lead to the right answer, and the answer.

use crate::exercise::Exercise;
use derivation::Derivation;
use std::fmt;

#[cfg(test)]
mod tests;

/// What [`solution`](crate::solution) gives; as the last expression of a cell it shows itself.
#[must_use]
#[derive(Clone, PartialEq)]
pub struct Solution {
    pub(crate) derivations: Vec<Derivation>,
    /// What stands below them, as text and as Markdown.
    pub(crate) end: String,
}

impl Solution {
    pub(crate) fn of(id: &str, Exercise { asked, because, .. }: Exercise) -> Solution {
        let end = match asked.right.kind.is_typed() {
            true => format!("{id}: {}. {because}", asked.right.written()),
            false => function(id),
        };
        Solution { derivations: asked.solved, end }
    }

    /// Shows the solution in a notebook; evcxr calls it for the last expression of a cell.
    pub fn evcxr_display(&self) {
        display::show(&[("text/markdown", &self.markdown()), ("text/plain", &self.to_string())]);
    }

    /// The derivations as formulae, and the answer.
    #[must_use]
    pub fn markdown(&self) -> String {
        self.in_parts(Derivation::markdown)
    }

    fn in_parts(&self, written: impl Fn(&Derivation) -> String) -> String {
        let parts: Vec<String> = self.derivations.iter().map(written).chain([self.end.clone()]).collect();
        parts.join("\n\n")
    }
}

/// The function that stands in `functions.rs` below the exercise's id, indented as code is in Markdown.
fn function(id: &str) -> String {
    let mut functions = include_str!("functions.rs").split("\n\n// ").filter_map(|function| function.split_once('\n'));
    let (_, function) = functions.find(|(of, _)| *of == id).expect("it is there");
    function.replace("pub fn", "fn").lines().map(|line| format!("    {line}\n")).collect()
}

/// The same text: evcxr shows a value this way where the cell's expression has moved a variable.
impl fmt::Debug for Solution {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Solution {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.in_parts(|of| format!("{}:\n{of}", of.title)))
    }
}

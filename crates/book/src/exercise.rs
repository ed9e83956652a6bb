//! An exercise's cell: its form, the place of its verdict, and its solution.

use crate::markdown::convert;
use crate::widgets::form;
use anyhow::{Context, Result};
use prose::Cell;

/// The id of the exercise that a cell checks.
pub fn id(cell: &Cell) -> Option<&str> {
    Some(cell.source.split_once("exercises::check(\"")?.1.split_once('"')?.0)
}

/// The form, above the cell's output; on paper a line to write on.
///
/// # Errors
/// A cell without an answer.
pub fn ask(cell: &Cell, id: &str) -> Result<String> {
    let given = cell.source.split_once("let answer: Option<").and_then(|(_, kind)| kind.split_once("> = None"));
    let input = match given {
        None if cell.source.starts_with("fn ") => {
            return Ok(format!("<p class=\"play\">{id} asks for a function: write it in the notebook.</p>"));
        }
        None => anyhow::bail!("no answer is asked for"),
        Some(("bool", _)) => {
            "<select><option value=\"\">…</option><option>true</option><option>false</option></select>".into()
        }
        Some((kind, _)) => {
            let hint = if kind == "f64" { "a number" } else { "numbers" };
            format!("<input placeholder=\"{hint}\" spellcheck=\"false\">")
        }
    };
    let fields = format!(
        "<input type=\"hidden\" value=\"{id}\"><label>Your answer to {id} {input}</label><button>Check</button>"
    );
    let line = format!("<p class=\"on-paper\">Your answer to {id}: <span></span></p>");
    Ok(form("check", &[&cell.id], &fields) + &line)
}

/// The solution, below it.
///
/// # Errors
/// A formula that cannot be typeset.
pub fn solution(id: &str) -> Result<String> {
    let solution = convert(&exercises::solution(id).markdown()).context("its solution")?;
    Ok(format!("<details class=\"solution\"><summary>Show the solution of {id}</summary>\n\n{solution}\n\n</details>"))
}

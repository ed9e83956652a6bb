//! The first page.

use crate::widgets::widgets;
use anyhow::{Context, Result};
use std::fmt::Write;

/// What the book is, with README's table of pages: number and title, slide, what it shows, equations.
///
/// # Errors
/// A README without that table.
pub fn page(readme: &str) -> Result<String> {
    let mut pages = String::from("| Page | Slide | What it shows | Equations |\n|---|---|---|---|\n");
    for [page, slide, shows, ids] in rows(readme)? {
        let (number, file) = page.split_once("](notebooks/").with_context(|| format!("README.md: {page}"))?;
        let file = file.trim_end_matches(".ipynb)");
        let ids: Vec<String> =
            ids.split(' ').filter(|id| !id.is_empty()).map(|id| format!("[{id}]({file}.html#{id})")).collect();
        writeln!(pages, "| {number}]({file}.html) | {slide} | {shows} | {} |", ids.join(" "))?;
    }
    Ok(include_str!("../opening.md").replace("{{pages}}", pages.trim_end()).replace("{{widget}}", &widget()?))
}

/// README's table of pages: page, slide, what it shows, equations.
///
/// # Errors
/// A README without that table.
pub fn rows(readme: &str) -> Result<Vec<[&str; 4]>> {
    let (_, table) = readme.split_once("\n| Page |").context("README.md: no table that begins with | Page |")?;
    let columns = |row| -> Result<[&str; 4]> {
        let columns: Vec<&str> = str::split(row, '|').map(str::trim).collect();
        let [_, page, slide, shows, ids, ..] = columns[..] else { anyhow::bail!("README.md: {row}") };
        Ok([page, slide, shows, ids])
    };
    table.lines().skip(2).take_while(|line| line.starts_with('|')).map(columns).collect()
}

/// This page's widget.
fn widget() -> Result<String> {
    widgets().into_iter().find(|widget| widget.at.0 == "index").context("no widget of the first page")?.html()
}

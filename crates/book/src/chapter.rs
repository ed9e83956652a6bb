//! A notebook as a chapter in Markdown.

use crate::exercise;
use crate::markdown::{convert, in_block};
use crate::widgets::widgets;
use anyhow::{Context, Result};
use display::escape;
use prose::{Cell, Document};

/// The chapter: Markdown cells with typeset formulae, code, outputs as they are committed, and anchors for `eq:` tags.
///
/// # Errors
/// What cannot be shown, with its cell.
pub fn chapter(notebook: &Document) -> Result<String> {
    let mut chapter = String::new();
    for cell in &notebook.cells {
        let shown = if cell.code { code(&notebook.name(), cell) } else { convert(&cell.source) };
        chapter += &shown.with_context(|| format!("{}, cell {}", notebook.path.display(), cell.id))?;
        chapter += "\n\n";
    }
    chapter += &format!(
        "<p class=\"notebook\">The notebook of this page: <a href=\"{0}.ipynb\" download>{0}.ipynb</a>\
        </p>\n",
        notebook.name()
    );
    Ok(chapter)
}

/// The heading of the chapter: its first line.
///
/// # Errors
/// A page that does not begin with a title.
pub fn title(notebook: &Document) -> Result<&str> {
    let first = notebook.cells.first().and_then(|cell| cell.source.lines().next());
    let title = first.and_then(|line| line.strip_prefix("# "));
    title.with_context(|| format!("{}: the first line is no title", notebook.path.display()))
}

/// A cell that prints is read as text: its comments hold the slide's formulae. Where the result is a table, a picture
/// or a derivation, that comes first, and the code is one click away.
fn code(page: &str, cell: &Cell) -> Result<String> {
    let ids = cell.tags.iter().filter_map(|tag| tag.strip_prefix("eq:"));
    let anchors: String = ids.map(|id| format!("<a id=\"{id}\"></a>")).collect();
    let block = format!("```rust\n{}\n```", cell.source.trim_end());
    let prints = cell.outputs.iter().any(|(kind, _)| kind == "stdout");
    let code = if prints {
        block
    } else {
        let words = if cell.source.starts_with(":dep") { "Set-up" } else { "Code" };
        format!("<details class=\"code\"><summary>{words}</summary>\n\n{block}\n\n</details>")
    };
    // Each output is a map of mime types, of which one is shown; a stream is a text.
    let stream = cell.outputs.iter().filter(|(kind, _)| kind == "stdout");
    let streams: String = stream.map(|(_, text)| format!("<pre class=\"stdout\">{}</pre>", escaped(text))).collect();
    let kinds = ["text/html", "text/markdown", "text/latex", "text/plain"];
    let best = kinds.iter().find_map(|kind| cell.outputs.iter().find(|(of, _)| of == kind));
    let result = match best.map(|(kind, text)| (&kind[..], text)) {
        None => String::new(),
        Some(("text/html", html)) => without_blank_lines(html),
        Some(("text/plain", text)) => format!("<pre>{}</pre>", escaped(text)),
        Some((_, markdown)) => format!("\n\n{}\n\n", convert(markdown)?),
    };
    // A table may be wider than a phone, and is then scrolled, also with the keys.
    let focus = if result.contains("<table") { " tabindex=\"0\"" } else { "" };
    let id = exercise::id(cell);
    let live = id.map_or("", |_| " aria-live=\"polite\"");
    let output = format!("<div class=\"output\"{focus}{live} data-cell=\"{}\">{streams}{result}</div>", cell.id);
    let (mut above, mut below) = match id {
        Some(id) => (exercise::ask(cell, id)?, exercise::solution(id)?),
        None => (String::new(), String::new()),
    };
    if let Some(widget) = widgets().into_iter().find(|widget| widget.at == (page, &cell.id)) {
        *(if widget.of_cells() { &mut above } else { &mut below }) += &widget.html()?;
    }
    Ok(format!("{anchors}\n\n{code}\n\n{above}\n\n{output}\n\n{below}"))
}

/// A blank line ends HTML in Markdown.
fn without_blank_lines(html: &str) -> String {
    html.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\n")).collect()
}

fn escaped(text: &str) -> String {
    in_block(&escape(text))
}

//! The pages as a book that opens from a folder: no kernel, no network, no installation.
//!
//! - [`build`] makes `index.html` and a page for each notebook, from the notebooks as they are committed;
//! - `chapter`: a notebook as Markdown; `markdown`: its links and formulae; `math`: a formula as MathML;
//!   `opening`: the first page; `head`: each page's own description;
//! - [`widgets`]: which page gets which widget; `exercise`: the exercises' forms and solutions; `module`: the code behind
//!   them, compiled for a browser. A widget's parts are made here too, so nothing is missing without a script.
//!
//! mdBook does the rest: contents, search, themes, print.

mod chapter;
mod exercise;
mod head;
mod markdown;
mod math;
mod module;
mod opening;
mod widgets;

use anyhow::{Context, Error, Result};
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem, Chapter, SectionNumber};
use mdbook_driver::config::{Config, HtmlConfig};
use prose::Document;
use std::fs;
use std::path::{Path, PathBuf};
use verifier::root;
pub use widgets::{Field, Kind, Widget, widgets};

/// The pages, in their numbers' order.
///
/// # Errors
/// A notebook that cannot be read.
pub fn notebooks() -> Result<Vec<Document>> {
    let read = |file: PathBuf| -> Result<Document> {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        Document::parse(file.strip_prefix(root())?, &text).with_context(|| file.display().to_string())
    };
    verifier::pages(&[]).map_err(Error::msg)?.into_iter().map(read).collect()
}

/// Builds the book in the folder `to`.
///
/// # Errors
/// What cannot be read or written, a formula that cannot be typeset, a link out of the book; each with its place.
pub fn build(to: &Path) -> Result<()> {
    let scratch = tempfile::tempdir()?;
    let src = scratch.path().join("src");
    fs::create_dir(&src)?;
    fs::write(scratch.path().join("book.css"), include_bytes!("../theme/book.css"))?;
    fs::write(scratch.path().join("reader.js"), include_bytes!("../theme/reader.js"))?;
    fs::write(scratch.path().join("playground.js"), include_bytes!("../theme/playground.js"))?;
    fs::write(src.join("playground-module.js"), module::script(root())?)?;
    fs::write(src.join("latinmodern-math.woff2"), include_bytes!("../theme/latinmodern-math.woff2"))?;

    let mut book = Book::new();
    let mut push = |name: &str, content: String, path: &str, number: Option<u32>| {
        let mut chapter = Chapter::new(name, content, path, Vec::new());
        chapter.number = number.map(|number| SectionNumber::new([number]));
        book.push_item(BookItem::Chapter(chapter));
    };
    let read = |path: &str| fs::read_to_string(root().join(path)).with_context(|| path.to_owned());
    let readme = read("README.md")?;
    push("Start here", opening::page(&readme)?, "index.md", None);
    let notebooks = notebooks()?;
    for notebook in &notebooks {
        let number = notebook.name().split('-').next().and_then(|number| number.parse().ok());
        let path = format!("{}.md", notebook.name());
        push(chapter::title(notebook)?, chapter::chapter(notebook)?, &path, number);
        fs::copy(root().join(&notebook.path), src.join(notebook.name() + ".ipynb"))?;
    }
    push("The slides", markdown::convert(&read("notebooks/slides.md")?)?, "slides.md", None);

    // The chapters are made here, so the summary that mdBook would load them by is empty.
    fs::write(src.join("SUMMARY.md"), "")?;
    let mut driver = MDBook::load_with_config(scratch.path(), config(to)?)?;
    driver.book = book;
    driver.build()?;
    for notebook in &notebooks {
        let html = to.join(format!("{}.html", notebook.name()));
        head::describe(&html, &description(notebook, &readme)?)?;
    }
    head::describe(&to.join("slides.html"), "What five slides of the lecture say, with an id for each equation")?;
    head::print(&to.join("print.html"))
}

/// What a page asks at its beginning, or else what README says that it shows.
fn description(notebook: &Document, readme: &str) -> Result<String> {
    let opening = notebook.cells.first().context("a page without cells")?;
    if let Some(question) = head::question(&opening.source)? {
        return Ok(question);
    }
    let row = opening::rows(readme)?.into_iter().find(|[page, ..]| page.contains(&notebook.name()));
    let [_, _, shows, _] = row.with_context(|| format!("README.md: no row for {}", notebook.name()))?;
    Ok(shows.into())
}

fn config(to: &Path) -> Result<Config> {
    let mut config = Config::default();
    config.book.title = Some("Adaptive learning rates, slide by slide".into());
    config.book.description = Some(head::BOOK.into());
    config.book.language = Some("en".into());
    config.build.use_default_preprocessors = false;
    config.build.build_dir = to.into();
    let mut html = HtmlConfig::default();
    html.additional_css = vec!["book.css".into()];
    html.additional_js = vec!["reader.js".into(), "playground.js".into()];
    html.playground.runnable = false;
    html.smart_punctuation = false;
    config.set("output.html", html)?;
    Ok(config)
}

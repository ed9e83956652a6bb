//! The built book: every page, link, anchor, picture and formula is there, and no address outside.

use data_encoding::BASE64;
use prose::Document;
use pulldown_cmark::{Event, Options, Parser};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::read_to_string;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use verifier::files;

struct Built {
    folder: tempfile::TempDir,
    notebooks: Vec<Document>,
    /// The text of each HTML file, by name.
    pages: BTreeMap<String, String>,
}

/// Built once for all tests.
static BOOK: LazyLock<Built> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    book::build(folder.path()).unwrap();
    let notebooks = book::notebooks().unwrap();
    let read = |file: &PathBuf| (name(file), read_to_string(file).unwrap());
    let pages = files(folder.path(), ".html").unwrap().iter().map(read).collect();
    Built { folder, notebooks, pages }
});

fn name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into()
}

fn page(notebook: &Document) -> &'static str {
    &BOOK.pages[&format!("{}.html", notebook.name())]
}

/// The values of an attribute.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let pattern = Regex::new(&format!(r#"<[^>]* {attribute}="([^"]*)""#)).unwrap();
    pattern.captures_iter(html).map(|found| found.get(1).unwrap().as_str()).collect()
}

#[test]
fn each_notebook_is_a_page_with_its_title() {
    assert!(BOOK.notebooks.len() >= 6);
    for notebook in &BOOK.notebooks {
        let title = notebook.cells[0].source.lines().next().unwrap().trim_start_matches("# ");
        assert!(decoded(page(notebook)).contains(&format!("<title>{title} - ")), "{title}");
        assert!(BOOK.folder.path().join(format!("{}.ipynb", notebook.name())).exists());
    }
    for (_, html) in BOOK.pages.iter().filter(|(page, _)| *page != "toc.html") {
        assert!(html.contains("<html lang=\"en\""));
    }
}

/// From the question at its beginning; what a search engine shows is no longer than some 160 characters.
#[test]
fn each_page_has_its_own_description() {
    let mut all = BTreeSet::new();
    for (page, html) in
        BOOK.pages.iter().filter(|(page, _)| !["toc.html", "404.html", "print.html"].contains(&&page[..]))
    {
        let (_, content) = html.split_once("<meta name=\"description\" content=\"").unwrap();
        let description = decoded(content.split_once('"').unwrap().0);
        let length = description.chars().count();
        assert!((40..=200).contains(&length), "{page}: {length}, {description}");
        assert!(!description.contains(['$', '\\', '&']) && all.insert(description.clone()), "{page}: {description}");
        let asked = BOOK.notebooks.iter().find(|notebook| *page == format!("{}.html", notebook.name()));
        let asks = asked.is_some_and(|notebook| notebook.cells[0].source.contains('?'));
        assert!(!asks || description.ends_with('?'), "{page}: {description}");
    }
    assert!(all.iter().filter(|description| description.ends_with('?')).count() > 6, "{all:#?}");
}

/// No control stands there dead: a line to write on instead.
#[test]
fn what_is_printed_has_lines_to_write_on() {
    let print = &BOOK.pages["print.html"];
    assert!(print.contains("<html lang=\"en\" class=\"printed "));
    let lines = print.matches("<p class=\"on-paper\">Your answer to ").count();
    assert!(lines > 40 && lines == print.matches("data-widget=\"check\"").count(), "{lines}");
}

#[test]
fn each_equation_of_the_slides_is_an_anchor() {
    let mut ids = BTreeSet::new();
    for notebook in &BOOK.notebooks {
        for id in notebook.cells.iter().flat_map(|cell| &cell.tags).filter_map(|tag| tag.strip_prefix("eq:")) {
            assert!(values(page(notebook), "id").contains(&id), "{}: {id}", notebook.name());
            ids.insert(id);
        }
    }
    assert!(ids.len() >= 19);
}

/// A file from disk loads what `src` and a stylesheet name, and goes where `href` leads.
#[test]
fn no_link_leads_nowhere_or_outside() {
    let ids: BTreeMap<&str, Vec<&str>> =
        BOOK.pages.iter().map(|(page, html)| (&page[..], values(html, "id"))).collect();
    for (page, html) in BOOK.pages.iter().filter(|(page, _)| *page != "404.html") {
        for to in ["href", "src"].into_iter().flat_map(|attribute| values(html, attribute)) {
            if to.starts_with("data:") {
                continue;
            }
            assert!(!to.contains("//"), "{page}: {to}");
            let (file, anchor) = to.split_once('#').unwrap_or((to, ""));
            let file = if file.is_empty() { page } else { file };
            assert!(BOOK.folder.path().join(file).exists(), "{page}: {to}");
            assert!(anchor.is_empty() || ids[file].contains(&anchor), "{page}: {to} among {:?}", ids[file]);
        }
    }
    for style in files(BOOK.folder.path(), ".css").unwrap() {
        assert!(!read_to_string(&style).unwrap().contains("url(\"http"), "{}", style.display());
    }
}

#[test]
fn each_output_is_the_committed_one() {
    let mut pictures = 0;
    for notebook in &BOOK.notebooks {
        let page = page(notebook);
        let (whole, text) = (decoded(page), words(page));
        for (kind, shown) in notebook.cells.iter().flat_map(|cell| &cell.outputs) {
            if kind == "stdout" || kind == "text/html" {
                let shown = if kind == "stdout" { collapsed(shown) } else { words(shown) };
                assert!(text.contains(shown.trim()), "{}: {shown}", notebook.name());
            }
            for picture in values(shown, "src") {
                assert!(whole.contains(&decoded(picture)), "{}", notebook.name());
                pictures += 1;
            }
        }
    }
    assert!(pictures >= 22);
}

/// What Markdown takes for text between a formula's tags would stand there as `&lt;mo`.
#[test]
fn each_formula_is_typeset() {
    let mut formulae = 0;
    for notebook in &BOOK.notebooks {
        let outputs = |cell: &prose::Cell| {
            let shown = cell.outputs.iter().filter(|(kind, _)| kind == "text/latex" || kind == "text/markdown");
            shown.map(|(_, text)| text.clone()).collect::<String>()
        };
        let texts = notebook.cells.iter().map(|cell| if cell.code { outputs(cell) } else { cell.source.clone() });
        let solved = asked(notebook).into_iter().map(|(id, _)| exercises::solution(id).markdown());
        let written: usize = texts.chain(solved).map(|text| math(&text)).sum();
        assert_eq!(page(notebook).matches("<math ").count(), written, "{}", notebook.name());
        assert_eq!(page(notebook).matches("</math>").count(), written, "{}", notebook.name());
        assert!(!page(notebook).contains("&lt;m") && !page(notebook).contains("$$"), "{}", notebook.name());
        formulae += written;
    }
    assert!(formulae > 400);
}

fn math(markdown: &str) -> usize {
    let is_math = |event: &Event| matches!(event, Event::InlineMath(_) | Event::DisplayMath(_));
    Parser::new_ext(markdown, Options::ENABLE_MATH | Options::ENABLE_TABLES).filter(is_math).count()
}

/// The exercises of a page, each with its cell.
fn asked(notebook: &Document) -> Vec<(&str, &prose::Cell)> {
    let mut asked = Vec::new();
    for cell in notebook.cells.iter().filter(|cell| cell.code) {
        let check = cell.source.split_once("exercises::check(\"").and_then(|(_, rest)| rest.split_once('"'));
        asked.extend(check.map(|(id, _)| (id, cell)));
    }
    asked
}

/// A form for what is typed, none for a function; the solution beside both.
#[test]
fn each_exercise_is_asked_where_its_cell_stands() {
    let mut functions = 0;
    for notebook in &BOOK.notebooks {
        for (id, cell) in asked(notebook) {
            let form = format!("data-widget=\"check\" data-into=\"{}\"", cell.id);
            let typed = page(notebook).contains(&form);
            assert_eq!(typed, cell.source.starts_with("let answer: Option<"), "{}: {id}", notebook.name());
            assert!(!typed || page(notebook).contains(&format!("<input type=\"hidden\" value=\"{id}\">")), "{id}");
            assert!(page(notebook).contains(&format!("<summary>Show the solution of {id}</summary>")), "{id}");
            functions += usize::from(!typed);
        }
    }
    assert!(functions > 3);
}

/// Until a reader types, a widget stands above what its cells have made, and what it would make is the same.
#[test]
fn each_widget_begins_with_its_cells_outputs() {
    for widget in book::widgets() {
        let (place, cell) = widget.at;
        let html = &BOOK.pages[&format!("{place}.html")];
        let form = html.find(&format!("data-into=\"{}\"", widget.into.join(" "))).unwrap();
        let parts = widget.parts().unwrap();
        assert_eq!(parts.len(), 1 + widget.into.len(), "{place}");
        if !widget.of_cells() {
            assert!(parts.iter().all(|part| words(&html[form..]).contains(&words(part))), "{place}");
            continue;
        }
        assert!(form < html.find(&format!("data-cell=\"{cell}\"")).unwrap(), "{place}");
        let notebook = BOOK.notebooks.iter().find(|notebook| notebook.name() == place).unwrap();
        for (cell, part) in widget.into.iter().zip(&parts[1..]) {
            let cell = notebook.cells.iter().find(|of| of.id == *cell).unwrap();
            let picture = part.starts_with("<svg ");
            if picture || part.starts_with("<table ") {
                let kind = if picture { "image/svg+xml" } else { "text/html" };
                let committed = cell.outputs.iter().find(|(of, _)| of == kind).map(|(_, shown)| shown.trim());
                assert_eq!(committed, Some(part.trim()), "{place}, {}", cell.id);
            }
        }
    }
}

/// What a reader downloads, from a server that compresses.
#[test]
fn the_module_is_small() {
    let script = read_to_string(BOOK.folder.path().join("playground-module.js")).unwrap();
    let (_, module) = script.split_once("atob(\"").unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&file, BASE64.decode(module.split_once('"').unwrap().0.as_bytes()).unwrap()).unwrap();
    let packed = Command::new("gzip").arg("-9c").arg(file.path()).output().unwrap().stdout.len();
    assert!((100_000..=200_000).contains(&packed), "{packed} bytes");
}

/// The text between the tags.
fn words(html: &str) -> String {
    collapsed(&decoded(&Regex::new("<[^>]*>").unwrap().replace_all(html, " ")))
}

fn decoded(html: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    entities.iter().fold(html.into(), |text: String, (entity, c)| text.replace(entity, c))
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

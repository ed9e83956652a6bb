//! Every link leads somewhere, and every picture says in words what it shows.

use crate::document::Document;
use crate::finding::Finding;
use crate::markdown;
use std::path::Path;

/// The links of all documents that lead nowhere in the project at `root`, and the pictures without words.
pub fn findings(documents: &[Document], root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in documents {
        for (i, cell) in document.cells.iter().enumerate().filter(|(_, cell)| !cell.code) {
            let read = markdown::read(&cell.source);
            for (link, at) in read.links {
                let wrong = broken(&link, document, documents, root);
                findings.extend(wrong.map(|says| Finding::new(document, i, &cell.source[..at], &link, says)));
            }
            for (picture, at) in read.pictures.iter().filter(|(words, _)| words.trim().is_empty()) {
                let says = "a picture without alternative text".into();
                findings.push(Finding::new(document, i, &cell.source[..*at], picture, says));
            }
        }
    }
    findings
}

/// What is wrong with a link; those to the web are not followed.
fn broken(link: &str, from: &Document, documents: &[Document], root: &Path) -> Option<String> {
    if link.contains("://") {
        return None;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = if file.is_empty() { root.join(&from.path) } else { root.join(&from.path).parent()?.join(file) };
    let Ok(path) = path.canonicalize() else { return Some("there is no such file".into()) };
    if anchor.is_empty() {
        return None;
    }
    let to = documents.iter().find(|document| root.join(&document.path).canonicalize().is_ok_and(|file| file == path));
    let anchors = to.map(anchors).unwrap_or_default();
    (!anchors.iter().any(|known| known == anchor)).then(|| format!("its headings are {}", anchors.join(", ")))
}

/// What a document's headings are called in links: by Jupyter in a notebook, by GitHub in a Markdown file.
fn anchors(document: &Document) -> Vec<String> {
    let texts = document.cells.iter().filter(|cell| !cell.code).map(|cell| &cell.source);
    let headings = texts.flat_map(|text| markdown::read(text).headings);
    if document.path.extension().is_some_and(|ending| ending == "ipynb") {
        return headings.map(|heading| heading.replace(' ', "-")).collect();
    }
    let plain =
        |heading: String| heading.to_lowercase().replace(|c: char| !c.is_alphanumeric() && !"-_ ".contains(c), "");
    headings.map(|heading| plain(heading).replace(' ', "-")).collect()
}

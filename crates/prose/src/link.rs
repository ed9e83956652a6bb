//! Every link leads somewhere, and every picture says in words what it shows.

use crate::document::Document;
use crate::finding::Finding;
use crate::markdown;
use std::path::{Component, Path, PathBuf};

/// The links of all documents that lead nowhere in the project at `root`, and the pictures without words.
pub fn findings(documents: &[Document], root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in documents {
        for cell in document.cells.iter().filter(|cell| !cell.code) {
            let read = markdown::read(&cell.source);
            for (link, _) in &read.links {
                let wrong = broken(link, document, documents, root);
                findings.extend(wrong.map(|says| Finding::new(document, cell, link, says)));
            }
            for (words, _) in read.pictures.iter().filter(|(words, _)| words.trim().is_empty()) {
                findings.push(Finding::new(document, cell, words, "a picture without alternative text".into()));
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
    let path = if file.is_empty() { from.path.clone() } else { plain(&from.path.parent()?.join(file)) };
    if !root.join(&path).exists() {
        return Some(format!("there is no {}", path.display()));
    }
    if anchor.is_empty() {
        return None;
    }
    let Some(to) = documents.iter().find(|document| document.path == path) else {
        return Some(format!("{} has no headings that are known", path.display()));
    };
    let anchors = anchors(to);
    let nearest = anchors.join(", ");
    (!anchors.iter().any(|known| known == anchor)).then(|| format!("{} has these headings: {nearest}", path.display()))
}

/// What its headings are called in links: by Jupyter in a notebook, by GitHub in a Markdown file.
fn anchors(document: &Document) -> Vec<String> {
    let notebook = document.path.extension().is_some_and(|ending| ending == "ipynb");
    let headings = document.cells.iter().filter(|cell| !cell.code).flat_map(|cell| markdown::read(&cell.source).headings);
    let anchor = |heading: String| match notebook {
        true => heading.replace(' ', "-"),
        false => {
            let kept = |c: &char| c.is_alphanumeric() || "-_ ".contains(*c);
            heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
        }
    };
    headings.map(anchor).collect()
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => _ = plain.pop(),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

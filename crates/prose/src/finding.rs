//! What is wrong, and where.

use crate::document::Document;
use crate::markdown;
use std::fmt;

/// Something that a reader should not have to believe.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The page or file.
    pub file: String,
    /// The cell's id; a Markdown file has none.
    pub cell: String,
    /// The heading above it.
    pub heading: String,
    /// The number, formula or link.
    pub subject: String,
    /// What is wrong with it.
    pub says: String,
}

impl Finding {
    /// A finding in a document's cell, below the text `before` of that cell.
    pub(crate) fn new(document: &Document, cell: usize, before: &str, subject: &str, says: String) -> Finding {
        let cells = document.cells[..cell].iter().filter(|cell| !cell.code).map(|cell| &cell.source[..]);
        let heading = cells.chain([before]).rev().find_map(|text| markdown::read(text).headings.pop());
        Finding {
            file: document.name(),
            cell: document.cells[cell].id.clone(),
            heading: heading.unwrap_or_default(),
            subject: subject.replace('\n', " "),
            says,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Finding { file, cell, heading, subject, says } = self;
        let cell = if cell.is_empty() { String::new() } else { format!(", cell {cell}") };
        write!(f, "{file}{cell}, under “{heading}”, {subject}: {says}")
    }
}

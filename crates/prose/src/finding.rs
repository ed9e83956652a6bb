//! What is wrong, and where.

use crate::document::{Cell, Document};
use crate::markdown;
use std::fmt;

/// Something that a reader should not have to believe.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The page or file.
    pub file: String,
    /// The cell's id.
    pub cell: String,
    /// The heading above it.
    pub heading: String,
    /// The number, formula or link.
    pub subject: String,
    /// What is wrong with it.
    pub says: String,
}

impl Finding {
    /// A finding in a cell of a document.
    pub fn new(document: &Document, cell: &Cell, subject: &str, says: String) -> Finding {
        let before = document.cells.iter().take_while(|other| other.id != cell.id).chain([cell]);
        let headings = before.filter(|cell| !cell.code).flat_map(|cell| markdown::read(&cell.source).headings);
        Finding {
            file: document.name(),
            cell: cell.id.clone(),
            heading: headings.last().unwrap_or_default(),
            subject: subject.replace('\n', " "),
            says,
        }
    }

    /// File, cell and subject: a line of the list of known findings.
    pub fn line(&self) -> String {
        format!("{} | {} | {}", self.file, self.cell, self.subject)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Finding { file, cell, heading, subject, says } = self;
        write!(f, "{file}, cell {cell}, under “{heading}”, {subject}: {says}")
    }
}

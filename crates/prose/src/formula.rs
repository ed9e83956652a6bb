//! Every formula is one that a LaTeX parser reads.

use crate::document::Document;
use crate::finding::Finding;
use crate::markdown::{self, Kind};
use pulldown_latex::{Parser, Storage};

/// The formulae of a document that do not parse, in its Markdown and in its outputs.
pub fn findings(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for cell in &document.cells {
        let shown = cell.outputs.iter().filter(|(kind, _)| kind == "text/latex" || kind == "text/markdown");
        let markdown = [&cell.source].into_iter().filter(|_| !cell.code);
        for text in markdown.chain(shown.map(|(_, text)| text)) {
            for piece in markdown::read(text).pieces {
                let subject = &text[piece.at.clone()];
                let wrong = match piece.kind {
                    Kind::Math => refused(subject),
                    Kind::Text if is_unpaired(text, piece.at.start, subject) => Some("a $ that closes no formula".into()),
                    _ => None,
                };
                findings.extend(wrong.map(|says| Finding::new(document, cell, subject, says)));
            }
        }
    }
    findings
}

/// Why the parser refuses a formula.
fn refused(latex: &str) -> Option<String> {
    let storage = Storage::new();
    let error = Parser::new(latex, &storage).find_map(Result::err)?;
    let reason = error.to_string();
    Some(reason.lines().next().unwrap_or_default().trim_end_matches(':').into())
}

fn is_unpaired(source: &str, start: usize, text: &str) -> bool {
    text.match_indices('$').any(|(at, _)| !source[..start + at].ends_with('\\'))
}

//! Every formula is one that a LaTeX parser reads.

use crate::document::Document;
use crate::finding::Finding;
use crate::markdown::{self, Kind};
use pulldown_latex::{Parser, Storage};

/// The formulae of a document that do not parse, in its Markdown and in its outputs.
pub fn findings(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (i, cell) in document.cells.iter().enumerate() {
        let shown = cell.outputs.iter().filter(|(kind, _)| kind == "text/latex" || kind == "text/markdown");
        let markdown = [&cell.source].into_iter().filter(|_| !cell.code);
        for text in markdown.chain(shown.map(|(_, text)| text)) {
            for piece in markdown::read(text).pieces {
                let (before, subject) = (&text[..piece.at.start], &text[piece.at]);
                let dollar = |(at, _): (usize, &str)| !before.ends_with('\\') || at > 0;
                let wrong = match piece.kind {
                    Kind::Math => refused(subject),
                    Kind::Text => subject.match_indices('$').any(dollar).then(|| "a $ that closes no formula".into()),
                    Kind::Code => None,
                };
                findings.extend(wrong.map(|says| Finding::new(document, i, before, subject, says)));
            }
        }
    }
    findings
}

/// Why the parser refuses a formula.
fn refused(latex: &str) -> Option<String> {
    let storage = Storage::new();
    let reason = Parser::new(latex, &storage).find_map(Result::err)?.to_string();
    Some(reason.lines().next().unwrap_or_default().trim_end_matches(':').into())
}

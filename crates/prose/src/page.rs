//! Which numbers of a page's sentences are proved, and by what.

use crate::arithmetic::equations;
use crate::claim::Claim;
use crate::document::{Cell, Document};
use crate::finding::Finding;
use crate::markdown::{self, Kind, Piece};
use crate::token::{Number, Token, numbers, tokens};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The numbers that an exercise's question gives, by its id.
pub type Givens = BTreeMap<String, Vec<f64>>;

/// A page with all that its cells type and show.
#[derive(Debug)]
pub struct Page<'a> {
    document: &'a Document,
    facts: Vec<Fact>,
    givens: &'a Givens,
    names: &'a [(&'a str, &'a str)],
}

/// A number that proves others, and where it stands.
#[derive(Debug)]
struct Fact {
    value: f64,
    whole: bool,
    cell: usize,
    source: String,
}

impl<'a> Page<'a> {
    /// Reads what the code cells type and show; `names` are phrases whose number is a name, with the reason.
    #[must_use]
    pub fn new(document: &'a Document, givens: &'a Givens, names: &'a [(&'a str, &'a str)]) -> Page<'a> {
        let cells = document.cells.iter().enumerate().filter(|(_, cell)| cell.code);
        Page { document, facts: cells.flat_map(|(i, cell)| facts(cell, i)).collect(), givens, names }
    }

    /// All that is not proved, cell by cell.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let cells = self.document.cells.iter().enumerate();
        cells.filter(|(_, cell)| !cell.code).flat_map(|(i, cell)| self.findings_in(i, &cell.source)).collect()
    }

    /// What is not proved in a Markdown cell, were its text this one.
    #[must_use]
    pub fn findings_in(&self, cell: usize, source: &str) -> Vec<Finding> {
        let (mut findings, mut computed) = (Vec::new(), Vec::<Number>::new());
        for (piece, tokens) in pieces(source) {
            let finding = |at, subject, says| Finding::new(self.document, cell, &source[..at], subject, says);
            let equations = equations(&tokens);
            let inside = |token: &Token| equations.iter().any(|equation| equation.at.contains(&token.at.start));
            for wrong in equations.iter().filter(|equation| !equation.holds) {
                let (subject, [left, right]) = (&source[piece.at.clone()][wrong.at.clone()], wrong.values);
                findings.push(finding(piece.at.start, subject, format!("{left} is not {right}")));
            }
            // What is computed once may be named again.
            computed.extend(tokens.iter().filter(|token| inside(token)).filter_map(Token::number).cloned());
            for i in (0..tokens.len()).filter(|i| !inside(&tokens[*i])) {
                let Some(claim) = Claim::read(source, &piece.at, &tokens, i) else { continue };
                let at = piece.at.start + tokens[i].at.start;
                let proof = match exercise(&source[..at]) {
                    _ if computed.iter().any(|number| claim.is(number.value, number.whole)) => Ok(()),
                    _ if self.names.iter().any(|(phrase, _)| covers(source, phrase, at)) => Ok(()),
                    Some(id) => self.given(&claim, id),
                    None => self.shown(&claim, cell),
                };
                findings.extend(proof.err().map(|says| finding(at, claim.text, says)));
            }
        }
        findings
    }

    /// Whether the check of an exercise uses this number.
    fn given(&self, claim: &Claim, id: &str) -> Result<(), String> {
        let givens = self.givens.get(id).ok_or(format!("the exercise {id} has no list of its givens"))?;
        let given = givens.iter().any(|given| claim.is(*given, false));
        if given { Ok(()) } else { Err(format!("the exercise {id} is checked with {givens:?}")) }
    }

    /// Whether a cell types or shows this number.
    fn shown(&self, claim: &Claim, cell: usize) -> Result<(), String> {
        let rounded = |claim: &Claim| self.facts.iter().any(|fact| claim.accepts(fact.value, fact.whole));
        // A short number stands somewhere on every page. Where the page would also prove it with other last digits, a
        // code cell beside it must show this very number.
        let distinct = claim.digits() >= 3 || claim.others().filter(rounded).count() <= 1;
        let cells = &self.document.cells;
        let before = (0..cell).rev().find(|i| cells[*i].code);
        let after = (cell..cells.len()).find(|i| cells[*i].code);
        let mut beside = self.facts.iter().filter(|fact| [before, after].contains(&Some(fact.cell)));
        if distinct && rounded(claim) || beside.any(|fact| claim.is(fact.value, fact.whole)) {
            return Ok(());
        }
        let mut nearest: Vec<&Fact> = self.facts.iter().filter(|fact| fact.value != 0.0).collect();
        let distance = |fact: &Fact| (fact.value.abs() / claim.size() - 1.0).abs();
        nearest.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.dedup_by_key(|fact| fact.value);
        let nearest: Vec<String> =
            nearest.iter().take(3).map(|fact| format!("{:?} in {}", fact.value, fact.source)).collect();
        let reach = if distinct { "of this page" } else { "beside it" };
        Err(format!("no code or output {reach} has it; nearest on the page: {}", nearest.join(", ")))
    }
}

/// The last digit of each number of a Markdown text that is to be proved.
#[must_use]
pub fn last_digits(source: &str) -> Vec<usize> {
    let of = |(piece, tokens): (Piece, Vec<Token>)| {
        let numbers = tokens.iter().filter_map(Token::number).filter(|number| number.is_claim());
        numbers.map(|number| piece.at.start + number.last).collect::<Vec<usize>>()
    };
    pieces(source).flat_map(of).collect()
}

/// The pieces of a text that hold numbers, as tokens; code is a name, unless it is numbers only.
fn pieces(source: &str) -> impl Iterator<Item = (Piece, Vec<Token>)> {
    let is_name = |text: &str| text.contains(|c: char| c.is_alphabetic() && c != 'e');
    let mut pieces = markdown::read(source).pieces;
    pieces.retain(|piece| piece.kind != Kind::Code || !is_name(&source[piece.at.clone()]));
    pieces.into_iter().map(|piece| {
        let tokens = tokens(&source[piece.at.clone()], piece.kind == Kind::Math);
        (piece, tokens)
    })
}

/// Whether a phrase stands in the text at this place.
fn covers(source: &str, phrase: &str, at: usize) -> bool {
    source.match_indices(phrase).any(|(start, _)| (start..start + phrase.len()).contains(&at))
}

/// How an exercise's question begins: `**S3.2b.** What …`, with a letter and a number.
static QUESTION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\*\*([A-Z][0-9][[:alnum:].]*)\.\*\*").expect("a regular expression"));

/// The exercise whose question this text begins.
fn exercise(before: &str) -> Option<&str> {
    Some(QUESTION.captures_iter(before).last()?.get(1)?.as_str())
}

/// The numbers of a cell: typed in its code, or in an output that a reader sees.
fn facts(cell: &Cell, index: usize) -> Vec<Fact> {
    let code: String = cell.source.lines().filter(|line| !line.starts_with(":dep")).map(without_comment).collect();
    let seen = cell.outputs.iter().filter(|(kind, _)| kind == "stdout" || kind == "text/plain");
    // What a figure says of its axes and contour lines is chosen for the eye.
    let drawn = |line: &&str| !["x: ", "y: ", "contour lines at"].iter().any(|start| line.starts_with(start));
    let seen = seen.map(|(kind, text)| (&kind[..], text.lines().filter(drawn).flat_map(|line| [line, "\n"]).collect()));
    let mut facts = Vec::new();
    for (kind, text) in [("the code", code)].into_iter().chain(seen) {
        for (Number { value, whole, .. }, at) in numbers(&text) {
            // A figure counts its points, and which of them lie outside.
            if ![" points", " of "].iter().any(|word| text[at.end..].starts_with(word)) {
                facts.push(Fact { value, whole, cell: index, source: format!("{kind} of {}", cell.id) });
            }
        }
    }
    facts
}

/// A line of code up to its comment: comments are prose.
fn without_comment(line: &str) -> String {
    let mut quoted = false;
    let comment = line.char_indices().find(|&(at, c)| {
        quoted ^= c == '"';
        !quoted && line[at..].starts_with("//")
    });
    line[..comment.map_or(line.len(), |(at, _)| at)].to_owned() + "\n"
}

//! Which numbers of a page's sentences are proved, and by what.

use crate::arithmetic::{equations, number};
use crate::claim::{Claim, sign};
use crate::document::{Cell, Document};
use crate::finding::Finding;
use crate::markdown::{self, Kind, Markdown, Piece};
use crate::token::{Number, Token, tokens};
use std::collections::BTreeMap;

/// The numbers that an exercise's question gives, by its id.
pub type Givens = BTreeMap<String, Vec<f64>>;

/// A page with all that its cells compute and show.
pub struct Page<'a> {
    document: &'a Document,
    facts: Vec<Fact>,
    /// For each cell the headings above it.
    headings: Vec<Vec<String>>,
    givens: &'a Givens,
    names: &'a [(&'a str, &'a str)],
}

/// A number that stands in a cell's code or in its outputs.
struct Fact {
    value: f64,
    /// Whether it has neither point nor exponent.
    whole: bool,
    /// Its cell.
    cell: usize,
    source: String,
}

impl<'a> Page<'a> {
    /// Reads what the code cells type and show; `names` are phrases whose number is a name, with the reason.
    pub fn new(document: &'a Document, givens: &'a Givens, names: &'a [(&'a str, &'a str)]) -> Page<'a> {
        let mut page = Page { document, facts: vec![], headings: vec![], givens, names };
        let mut above = Vec::new();
        for (i, cell) in document.cells.iter().enumerate() {
            page.headings.push(above.clone());
            if cell.code {
                page.facts.extend(facts(cell, i));
            } else {
                above.extend(markdown::read(&cell.source).headings);
            }
        }
        page
    }

    /// All that is not proved, cell by cell.
    pub fn findings(&self) -> Vec<Finding> {
        let cells = self.document.cells.iter().enumerate();
        cells.filter(|(_, cell)| !cell.code).flat_map(|(i, cell)| self.findings_in(i, &cell.source)).collect()
    }

    /// What is not proved in a Markdown cell, were its text this one.
    pub fn findings_in(&self, cell: usize, source: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        let read = markdown::read(source);
        let computed = computed(source, &read);
        for (piece, tokens) in claims(source, &read) {
            let section = self.headings[cell].len() + piece.section;
            let heading = self.headings[cell].iter().chain(&read.headings).nth(section.wrapping_sub(1));
            let finding = |subject: &str, says: String| Finding {
                file: self.document.name(),
                cell: self.document.cells[cell].id.clone(),
                heading: heading.cloned().unwrap_or_default(),
                subject: subject.replace('\n', " "),
                says,
            };
            let text = &source[piece.at.clone()];
            let equations = equations(&tokens);
            for wrong in equations.iter().filter(|equation| !equation.holds) {
                let [left, right] = wrong.values;
                findings.push(finding(&text[wrong.at.clone()], format!("{left} is not {right}")));
            }
            for (i, token) in tokens.iter().enumerate() {
                let Some(claim) = Claim::read(source, &piece.at, &tokens, i).filter(|_| is_claim(token)) else { continue };
                let at = piece.at.start + token.at.start;
                let named = |(phrase, _): &(&str, &str)| {
                    source.match_indices(phrase).any(|(start, _)| (start..start + phrase.len()).contains(&at))
                };
                let computed = computed.iter().any(|number| claim.is(number.value) && !(number.whole && claim.is_fraction()))
                    || equations.iter().any(|equation| equation.computes && equation.at.contains(&token.at.start));
                if computed || self.names.iter().any(named) {
                    continue;
                }
                let proof = match exercise(&source[..at]) {
                    Some(id) => self.given(&claim, id),
                    None => self.shown(&claim, cell),
                };
                findings.extend(proof.err().map(|says| finding(claim.text, says)));
            }
        }
        findings
    }

    /// Whether the check of an exercise uses this number.
    fn given(&self, claim: &Claim, id: &str) -> Result<(), String> {
        let givens = self.givens.get(id).ok_or(format!("the exercise {id} has no list of its givens"))?;
        let given = givens.iter().any(|given| claim.accepts(*given));
        if given { Ok(()) } else { Err(format!("the exercise {id} is checked with {givens:?}")) }
    }

    /// The code cells before and after a Markdown cell.
    fn beside(&self, cell: usize) -> Vec<usize> {
        let code = |i: &usize| self.document.cells[*i].code;
        let before = (0..cell).rev().find(code);
        before.into_iter().chain((cell..self.document.cells.len()).find(code)).collect()
    }

    /// Whether a cell types or shows this number.
    fn shown(&self, claim: &Claim, cell: usize) -> Result<(), String> {
        let facts = || self.facts.iter().filter(|fact| !(fact.whole && claim.is_fraction()));
        let rounded = |claim: &Claim| facts().any(|fact| claim.accepts(fact.value));
        // A short number stands somewhere on every page. Where the page would also prove it with another last digit, the
        // code cells beside it must show this very number.
        let distinct = claim.digits() >= 3 || claim.others().filter(rounded).count() <= 1;
        let beside = |fact: &Fact| self.beside(cell).contains(&fact.cell) && claim.is(fact.value);
        if distinct && rounded(claim) || facts().any(beside) {
            return Ok(());
        }
        let mut nearest: Vec<&Fact> = self.facts.iter().filter(|fact| fact.value != 0.0).collect();
        let distance = |fact: &Fact| (fact.value.abs() / claim.size() - 1.0).abs();
        nearest.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.dedup_by_key(|fact| fact.value);
        let nearest: Vec<String> = nearest.iter().take(3).map(|fact| format!("{:?} in {}", fact.value, fact.source)).collect();
        let reach = if distinct { "of this page" } else { "beside it" };
        Err(format!("no code or output {reach} has it; nearest on the page: {}", nearest.join(", ")))
    }
}

/// The pieces of a text whose numbers are to be proved, as tokens; code is a name, unless it is numbers only.
fn claims<'a>(source: &str, read: &'a Markdown) -> impl Iterator<Item = (&'a Piece, Vec<Token>)> {
    let is_code = |text: &str| text.contains(|c: char| c.is_alphabetic() && c != 'e');
    let text = |piece: &Piece| &source[piece.at.clone()];
    let pieces = read.pieces.iter().filter(move |piece| piece.kind != Kind::Code || !is_code(text(piece)));
    pieces.map(move |piece| (piece, tokens(text(piece), piece.kind == Kind::Math)))
}

/// The numbers in a text's equations that hold: what is computed once may be named again.
fn computed(source: &str, read: &Markdown) -> Vec<Number> {
    let mut computed = Vec::new();
    for (_, tokens) in claims(source, read) {
        for equation in equations(&tokens).into_iter().filter(|equation| equation.computes && equation.holds) {
            let inside = tokens.iter().filter(|token| equation.at.contains(&token.at.start));
            computed.extend(inside.filter_map(number).cloned());
        }
    }
    computed
}

/// A number with a point, an exponent or three digits.
fn is_claim(token: &Token) -> bool {
    number(token).is_some_and(|number| number.telling)
}

/// The last digit of each number of a Markdown text that is to be proved.
pub fn last_digits(source: &str) -> Vec<usize> {
    let read = markdown::read(source);
    let of = |(piece, tokens): (&Piece, Vec<Token>)| {
        let numbers = tokens.iter().filter(|token| is_claim(token)).filter_map(number);
        numbers.map(|number| piece.at.start + number.last).collect::<Vec<usize>>()
    };
    claims(source, &read).flat_map(of).collect()
}

/// The exercise whose question this text begins, like S3.2b for `**S3.2b.** What …`.
fn exercise(before: &str) -> Option<&str> {
    let id = &before[before.rfind("**S")? + 2..];
    id.split_once(".**").map(|(id, _)| id).filter(|id| id.chars().all(|c| c.is_alphanumeric() || c == '.'))
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
        let tokens = tokens(&text, false);
        for (i, number) in tokens.iter().enumerate().filter_map(|(i, token)| Some((i, number(token)?))) {
            // A figure counts its points, and which of them lie outside.
            if [" points", " of "].iter().any(|word| text[tokens[i].at.end..].starts_with(word)) {
                continue;
            }
            let value = number.value * sign(&tokens, i, &text).0;
            let source = format!("{kind} of {}", cell.id);
            facts.push(Fact { value, whole: number.whole, cell: index, source });
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

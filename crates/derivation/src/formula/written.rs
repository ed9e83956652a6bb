//! What text and LaTeX share: which terms of a sum are written, which subjects stand alone, where brackets are needed, and the
//! names of the symbols.

use super::{Expr, Index, Symbol, sum};

/// Sums of up to this many terms are written in full.
const IN_FULL: usize = 5;
/// Subjects wider than this have a line of their own.
const LONG_SUBJECT: usize = 12;

/// True if a sum of `n` terms is printed as its first two, dots, and its last.
pub(crate) fn is_elided(n: usize) -> bool {
    n > IN_FULL
}

/// The terms of Σ `body` as a person writes them: all, or the first two, dots and the last.
pub(crate) fn written_out(from: usize, to: Index, body: &Expr) -> Vec<Expr> {
    let term = |i: Index| body.at(i);
    if let Index::At(to) = to
        && !is_elided((to + 1).saturating_sub(from))
    {
        return (from..=to).map(|i| term(Index::At(i))).collect();
    }
    let dots = Expr::Dots(Box::new(sum(from + 2, to, body.clone()) - term(to)));
    vec![term(Index::At(from)), term(Index::At(from + 1)), dots, term(to)]
}

/// The squares of numbers as [`written_out`] would print them, given those that are printed and the sum of the others.
pub(crate) fn squares(shown: Vec<Expr>, hidden: Option<Expr>) -> Expr {
    let mut terms: Vec<Expr> = shown;
    if let Some(hidden) = hidden {
        terms.insert(terms.len() - 1, Expr::Dots(Box::new(hidden)));
    }
    if terms.len() == 1 { terms.remove(0) } else { Expr::Add(terms) }
}

/// True if a subject, in text, has a line of its own.
pub(crate) fn is_long(subject: &str) -> bool {
    width(subject) > LONG_SUBJECT
}

/// Columns: every character that we print is one wide.
pub(crate) fn width(text: &str) -> usize {
    text.chars().count()
}

/// How tightly a formula binds, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Binding {
    Sum,
    Product,
    Factor,
}

impl Binding {
    pub fn of(expr: &Expr) -> Binding {
        match expr {
            Expr::Add(_) | Expr::Sub(..) | Expr::Neg(_) | Expr::Sum { written_out: true, .. } => Binding::Sum,
            Expr::Number(n) if n.is_negative() => Binding::Sum,
            Expr::Number(n) if n.shown().power.is_some() => Binding::Product,
            Expr::Mul(_) | Expr::Div(..) | Expr::Sum { .. } | Expr::Derivative { .. } => Binding::Product,
            _ => Binding::Factor,
        }
    }
}

/// Round brackets, or square ones around others.
pub(crate) fn bracket_kind(inside: &str) -> (char, char) {
    if inside.contains('(') && !inside.contains('[') { ('[', ']') } else { ('(', ')') }
}

/// The letter of a symbol, and the step index that is raised beside it.
pub(crate) fn letter(symbol: Symbol) -> (&'static str, Option<Index>) {
    match symbol {
        Symbol::T => ("t", None),
        Symbol::Eta => ("η", None),
        Symbol::EtaAt(i) => ("η", Some(i)),
        Symbol::Sigma(i) => ("σ", i),
        Symbol::G(i) => ("g", Some(i)),
        Symbol::W(i) => ("w", Some(i)),
        Symbol::S => ("S", None),
    }
}

/// The power n/2.
pub(crate) fn half_of(n: i32) -> String {
    if n % 2 == 0 { (n / 2).to_string() } else { format!("{n}/2") }
}

/// A step index, not yet raised.
pub(crate) fn step(index: Index) -> String {
    match index {
        Index::At(i) => i.to_string(),
        Index::T => "t".into(),
        Index::TPlus1 => "t+1".into(),
        Index::TMinus1 => "t-1".into(),
        Index::I => "i".into(),
        Index::K => "k".into(),
    }
}

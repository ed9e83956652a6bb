//! One recursion over the tree prints a formula; a notation only says how each form is written.

mod latex;
mod text;

use crate::formula::{Expr, Index, Number, Shown, Symbol, written_out};
use std::fmt;

/// A printed formula, and what the next level needs to know of it.
#[derive(Clone)]
struct Part {
    written: String,
    binding: Binding,
    /// Of text: how many brackets stand in one another, 2 at most. Of LaTeX: 1 if it is taller than a line, 2 with a fraction.
    height: u8,
    /// Of text: there is a space inside.
    spaced: bool,
    /// Of text: it ends with a bracket.
    closed: bool,
}

/// How tightly a formula binds, in ascending order: where more is needed it stands in brackets.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    /// a + b, and −a
    Sum,
    /// a/b, Σ a, ∂/∂x a: they would draw in what follows.
    Open,
    /// a · b, and 1.5 × 10⁻⁹
    Product,
    /// 1/11: a factor, but not below a stroke.
    Fraction,
    /// What has a beginning and an end.
    Factor,
    /// A letter, plain digits, ½: a root needs no brackets.
    Leaf,
}

/// How a notation writes what is its own.
trait Notation {
    const MINUS: &'static str;
    const DOTS: &'static str;
    /// Between t and a number, as in t+1.
    const PLUS_OF_COUNT: &'static str;

    fn number(number: &Shown) -> String;
    fn letter(letter: &'static str, step: Option<String>) -> String;
    fn bracket(inside: &Part) -> Part;
    /// A factor of a product, in brackets if it needs them.
    fn factor(factor: &Expr, part: &Part, is_first: bool) -> Part;
    /// Between two factors.
    fn times(before: (&Expr, &Part), after: &Expr) -> &'static str;
    /// Quotients, powers, roots, sizes, Σ and derivatives, of these parts.
    fn form(expr: &Expr, parts: &[Part]) -> Part;
}

fn print<N: Notation>(expr: &Expr) -> Part {
    match expr {
        Expr::Number(n) => number::<N>(n),
        Expr::Symbol(symbol) => Part::new(Binding::Leaf, &[], N::letter(letter(*symbol), symbol.index().map(step))),
        Expr::Dots(_) => Part::new(Binding::Factor, &[], N::DOTS),
        Expr::Add(terms) => sum::<N>(terms),
        Expr::Sum { from, to, body, written_out: true } => sum::<N>(&written_out(*from, *to, body)),
        Expr::Sub(a, b) => {
            let parts = [print::<N>(a), print::<N>(b).within::<N>(Binding::Open)];
            let written = format!("{} {} {}", parts[0], N::MINUS, parts[1]);
            Part { spaced: true, ..Part::new(Binding::Sum, &parts, written) }
        }
        Expr::Neg(a) => {
            let a = print::<N>(a).within::<N>(Binding::Open);
            Part::new(Binding::Sum, std::slice::from_ref(&a), format!("{}{a}", N::MINUS))
        }
        Expr::Mul(factors) => product::<N>(factors),
        _ => N::form(expr, &expr.children().into_iter().map(print::<N>).collect::<Vec<_>>()),
    }
}

fn number<N: Notation>(n: &Number) -> Part {
    let shown = n.shown();
    let binding = match shown.power {
        _ if n.is_negative() => Binding::Sum,
        Some(_) => Binding::Product,
        None => Binding::Leaf,
    };
    Part { spaced: shown.power.is_some(), ..Part::new(binding, &[], N::number(&shown)) }
}

fn sum<N: Notation>(terms: &[Expr]) -> Part {
    let is_count = matches!(terms, [Expr::Symbol(Symbol::T), Expr::Number(_)]);
    let parts: Vec<Part> = terms.iter().map(|term| print::<N>(term).within::<N>(Binding::Open)).collect();
    let written: Vec<&str> = parts.iter().map(|part| part.written.as_str()).collect();
    let written = match &written[..] {
        [] => "0".into(),
        terms => terms.join(if is_count { N::PLUS_OF_COUNT } else { " + " }),
    };
    let sum = Part::new(Binding::Sum, &parts, written);
    Part { spaced: sum.spaced || terms.len() > 1 && !is_count, ..sum }
}

fn product<N: Notation>(factors: &[Expr]) -> Part {
    let mut written = String::new();
    let mut parts: Vec<Part> = Vec::new();
    for (n, factor) in factors.iter().enumerate() {
        let part = match factor {
            // Nothing follows that it could draw in.
            Expr::Sum { written_out: false, .. } if n + 1 == factors.len() => print::<N>(factor),
            _ => N::factor(factor, &print::<N>(factor), n == 0),
        };
        if let Some(before) = parts.last() {
            written += N::times((&factors[n - 1], before), factor);
        }
        written += &part.written;
        parts.push(part);
    }
    let product = Part::new(Binding::Product, &parts, written);
    Part { spaced: product.spaced || factors.len() > 1, ..product }
}

impl Part {
    /// What is written of `parts`: as high as the highest, and open at its end if it does not bind tightly.
    fn new(binding: Binding, parts: &[Part], written: impl Into<String>) -> Part {
        let height = parts.iter().map(|part| part.height).max().unwrap_or(0);
        let spaced = parts.iter().any(|part| part.spaced);
        let closed = binding < Binding::Fraction && parts.last().is_some_and(|last| last.closed);
        Part { written: written.into(), binding, height, spaced, closed }
    }

    /// In brackets if it binds less tightly than its place needs.
    fn within<N: Notation>(&self, place: Binding) -> Part {
        if self.binding < place { N::bracket(self) } else { self.clone() }
    }

    fn at_least(self, height: u8) -> Part {
        Part { height: self.height.max(height), ..self }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.written)
    }
}

fn letter(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::T => "t",
        Symbol::Eta | Symbol::EtaAt(_) => "η",
        Symbol::Sigma(_) => "σ",
        Symbol::G(_) => "g",
        Symbol::W(_) => "w",
        Symbol::S => "S",
    }
}

/// A step index, not yet raised.
fn step(index: Index) -> String {
    match index {
        Index::At(i) => i.to_string(),
        Index::T => "t".into(),
        Index::TPlus1 => "t+1".into(),
        Index::TMinus1 => "t-1".into(),
        Index::I => "i".into(),
        Index::K => "k".into(),
    }
}

/// The power `halves`/2.
fn exponent(halves: i32) -> String {
    if halves % 2 == 0 { (halves / 2).to_string() } else { format!("{halves}/2") }
}

/// True if ∂a/∂x is written as one fraction.
fn is_short(a: &Expr) -> bool {
    matches!(a, Expr::Symbol(_) | Expr::Abs(_))
}

/// True if a derivation's subject has a line of its own: it is wider than 12 columns.
fn stands_alone(subject: &Expr) -> bool {
    width(&subject.to_string()) > 12
}

/// Columns: every character that we print is one wide.
fn width(text: &str) -> usize {
    text.chars().count()
}

//! One recursion over the tree prints a formula; a notation only says how each form is written.

mod latex;
mod text;

use crate::formula::{Expr, Index, Number, Shown, Symbol, written_out};

/// A printed formula, and what the next level needs to know of it.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// A letter, plain digits, ½: the root needs no brackets.
    Leaf,
}

impl Part {
    fn leaf(written: impl Into<String>) -> Part {
        Part { written: written.into(), binding: Binding::Leaf, height: 0, spaced: false, closed: false }
    }

    /// What is written around `parts`, in their order, the last of them at the end.
    fn around(parts: &[&Part], written: String, binding: Binding) -> Part {
        let height = parts.iter().map(|part| part.height).max().unwrap_or(0);
        let spaced = parts.iter().any(|part| part.spaced);
        Part { written, binding, height, spaced, closed: parts.last().is_some_and(|part| part.closed) }
    }

    /// Around one part, of which neither end shows.
    fn enclosing(part: &Part, written: String) -> Part {
        Part { closed: false, ..Part::around(&[part], written, Binding::Factor) }
    }

    fn at_least(self, height: u8) -> Part {
        Part { height: self.height.max(height), ..self }
    }

    fn with_space(self) -> Part {
        Part { spaced: true, ..self }
    }

    fn with_end(self, closed: bool) -> Part {
        Part { closed, ..self }
    }

    /// In brackets if it binds less tightly than its place needs.
    fn in_place<N: Notation>(self, place: Binding) -> Part {
        if self.binding < place { N::bracket(self) } else { self }
    }
}

/// How each form is written, given its parts.
trait Notation {
    const MINUS: &'static str;
    const DOTS: &'static str;
    /// Between t and a number, as in t+1.
    const PLUS_OF_COUNT: &'static str;

    fn number(number: &Shown) -> String;
    fn letter(letter: &'static str, step: Option<&str>) -> String;
    fn unit_fraction(n: usize) -> Part;
    fn bracket(inside: Part) -> Part;
    /// A factor of a product, in brackets if it needs them.
    fn factor(factor: &Expr, part: Part, is_first: bool) -> Part;
    /// Between two factors.
    fn times(before: (&Expr, &Part), after: &Expr) -> &'static str;
    fn quotient(a: Part, b: Part) -> Part;
    fn square(a: Part) -> Part;
    /// a to the power `halves`/2
    fn half_power(a: Part, halves: i32) -> Part;
    fn root(a: Part) -> Part;
    fn size(a: Part) -> Part;
    fn sum(from: usize, to: &str, body: Part) -> Part;
    /// ∂a/∂x
    fn slope(a: Part, x: Part) -> Part;
    /// ∂/∂x a
    fn slope_of(x: Part, a: Part) -> Part;
}

fn print<N: Notation>(expr: &Expr) -> Part {
    match expr {
        Expr::Number(n) => number::<N>(n),
        Expr::UnitFraction(n) => N::unit_fraction(*n),
        Expr::Symbol(symbol) => Part::leaf(N::letter(letter(*symbol), symbol.index().map(step).as_deref())),
        Expr::Dots(_) => Part { binding: Binding::Factor, ..Part::leaf(N::DOTS) },
        Expr::Add(terms) => sum::<N>(terms),
        Expr::Sum { from, to, body, written_out: true } => sum::<N>(&written_out(*from, *to, body)),
        Expr::Sum { from, to, body, .. } => N::sum(*from, &step(*to), operand::<N>(body, Binding::Open)),
        Expr::Sub(a, b) => {
            let (a, b) = (operand::<N>(a, Binding::Sum), operand::<N>(b, Binding::Open));
            Part::around(&[&a, &b], format!("{} {} {}", a.written, N::MINUS, b.written), Binding::Sum).with_space()
        }
        Expr::Neg(a) => {
            let a = operand::<N>(a, Binding::Open);
            Part::around(&[&a], format!("{}{}", N::MINUS, a.written), Binding::Sum)
        }
        Expr::Mul(factors) => product::<N>(factors),
        Expr::Div(a, b) => N::quotient(print::<N>(a), print::<N>(b)),
        Expr::Square(a) => N::square(print::<N>(a)),
        Expr::HalfPower(a, halves) => N::half_power(print::<N>(a), *halves),
        Expr::Sqrt(a) => N::root(print::<N>(a)),
        Expr::Abs(a) => N::size(print::<N>(a)),
        Expr::Derivative { of, with_respect_to: x } => match **of {
            Expr::Symbol(_) | Expr::Abs(_) => N::slope(print::<N>(of), print::<N>(x)),
            _ => N::slope_of(print::<N>(x), operand::<N>(of, Binding::Fraction)),
        },
    }
}

fn operand<N: Notation>(expr: &Expr, place: Binding) -> Part {
    print::<N>(expr).in_place::<N>(place)
}

fn number<N: Notation>(n: &Number) -> Part {
    let shown = n.shown();
    let binding = match shown.power {
        _ if n.is_negative() => Binding::Sum,
        Some(_) => Binding::Product,
        None => Binding::Leaf,
    };
    Part { binding, spaced: shown.power.is_some(), ..Part::leaf(N::number(&shown)) }
}

fn sum<N: Notation>(terms: &[Expr]) -> Part {
    if terms.is_empty() {
        return Part { binding: Binding::Sum, ..Part::leaf("0") };
    }
    let is_count = matches!(terms, [Expr::Symbol(Symbol::T), Expr::Number(_)]);
    let parts: Vec<Part> = terms.iter().map(|term| operand::<N>(term, Binding::Open)).collect();
    let written: Vec<&str> = parts.iter().map(|part| part.written.as_str()).collect();
    let written = written.join(if is_count { N::PLUS_OF_COUNT } else { " + " });
    let sum = Part::around(&parts.iter().collect::<Vec<_>>(), written, Binding::Sum);
    if is_count || terms.len() == 1 { sum } else { sum.with_space() }
}

fn product<N: Notation>(factors: &[Expr]) -> Part {
    let mut written = String::new();
    let mut parts: Vec<Part> = Vec::new();
    for (n, factor) in factors.iter().enumerate() {
        let part = match factor {
            // Nothing follows that it could draw in.
            Expr::Sum { written_out: false, .. } if n + 1 == factors.len() => print::<N>(factor),
            _ => N::factor(factor, print::<N>(factor), n == 0),
        };
        if let Some(before) = parts.last() {
            written += N::times((&factors[n - 1], before), factor);
        }
        written += &part.written;
        parts.push(part);
    }
    let product = Part::around(&parts.iter().collect::<Vec<_>>(), written, Binding::Product);
    if factors.len() > 1 { product.with_space() } else { product }
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

/// True if a derivation's subject has a line of its own, because it is wider than this.
fn stands_alone(subject: &Expr) -> bool {
    width(&subject.to_string()) > 12
}

/// Columns: every character that we print is one wide.
fn width(text: &str) -> usize {
    text.chars().count()
}

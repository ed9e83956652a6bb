//! One recursion over the tree prints a formula; a notation only says how each form is written.

mod latex;
mod text;

use crate::formula::{Expr, Form, Index, Number, written_out};
use bigdecimal::Signed;
use std::fmt;

/// A printed formula, and what the next level needs to know of it.
#[derive(Clone)]
struct Part {
    written: String,
    binding: Binding,
    height: Height,
    /// How many brackets stand in one another, 2 at most.
    depth: u8,
    /// Whether there is a space in it.
    spaced: bool,
    /// Whether it ends with a bracket.
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

/// How high a formula is where fractions are set one above the other, in ascending order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Height {
    Line,
    /// A root, a sum over i, or large brackets.
    Tall,
    /// With a fraction in it.
    Fraction,
}

/// How a notation writes what is its own.
struct Notation {
    minus: &'static str,
    dots: &'static str,
    /// Between t and a number, as in t+1.
    plus_of_count: &'static str,
    /// Around what is taken as a size.
    bars: [&'static str; 2],
    times_ten: &'static str,
    letter: fn(char) -> String,
    /// A step, or a power of ten.
    raise: fn(&str) -> String,
    /// Σ over i, from and to.
    sum: fn(usize, &str) -> String,
    /// ∂a/∂x, or ∂/∂x if a is empty.
    slope: fn(&str, &Part) -> String,
    bracket: fn(&Part) -> String,
    /// A factor of a product, in brackets if it needs them; the first one if so.
    factor: fn(&Expr, &Part, bool) -> Part,
    /// Between two factors.
    times: fn((&Expr, &Part), &Expr) -> &'static str,
    /// Quotients, powers and roots, of these parts.
    form: fn(&Expr, &[Part]) -> Part,
}

impl Notation {
    fn print(&self, expr: &Expr) -> Part {
        let parts: Vec<Part> = match expr.form {
            Form::WrittenOut(from, to) => return self.print(&written_out(from, to, &expr.parts[0])),
            Form::Dots => return Part::new(Binding::Factor, &[], self.dots),
            _ => expr.parts.iter().map(|part| self.print(part)).collect(),
        };
        let within = |n: usize, place: Binding| self.within(place, &parts[n]);
        match expr.form {
            Form::Number(ref n) => self.number(n),
            Form::Letter(letter, step) => {
                let step = step.map(|step| (self.raise)(&written(step)));
                Part::new(Binding::Leaf, &[], (self.letter)(letter) + &step.unwrap_or_default())
            }
            Form::Add if parts.is_empty() => Part::new(Binding::Sum, &[], "0"),
            Form::Add => {
                let is_count = matches!(&expr.parts[..], [t, n] if t.form == Form::Letter('t', None) && is_number(n));
                let terms: Vec<Part> = (0..parts.len()).map(|n| within(n, Binding::Open)).collect();
                row(Binding::Sum, &terms, if is_count { self.plus_of_count } else { " + " })
            }
            Form::Sub => {
                row(Binding::Sum, &[within(0, Binding::Sum), within(1, Binding::Open)], &format!(" {} ", self.minus))
            }
            Form::Neg => row(Binding::Sum, &[Part::new(Binding::Sum, &[], self.minus), within(0, Binding::Open)], ""),
            Form::Mul => {
                let factor = |n: usize| match expr.parts[n].form {
                    // Nothing follows that it could draw in.
                    Form::Sum(..) if n + 1 == parts.len() => parts[n].clone(),
                    _ => (self.factor)(&expr.parts[n], &parts[n], n == 0),
                };
                let mut factors: Vec<Part> = (0..parts.len()).map(factor).collect();
                for n in (1..parts.len()).rev() {
                    let times = (self.times)((&expr.parts[n - 1], &factors[n - 1]), &expr.parts[n]);
                    factors[n].written.insert_str(0, times);
                }
                Part { spaced: true, ..row(Binding::Product, &factors, "") }
            }
            Form::Abs => Part::new(Binding::Factor, &parts, self.bars.join(&parts[0].written)).at_least(Height::Tall),
            Form::Sum(from, to) => {
                let sign = Part::new(Binding::Open, &[], (self.sum)(from, &written(to))).at_least(Height::Tall);
                row(Binding::Open, &[sign, within(0, Binding::Open)], " ")
            }
            // A letter or its size stands above the stroke, all else behind it.
            Form::Derivative if matches!(expr.parts[0].form, Form::Letter(..) | Form::Abs) => {
                Part::new(Binding::Open, &parts, (self.slope)(&parts[0].written, &parts[1])).at_least(Height::Fraction)
            }
            Form::Derivative => {
                let sign =
                    Part::new(Binding::Open, &parts[1..], (self.slope)("", &parts[1])).at_least(Height::Fraction);
                row(Binding::Open, &[sign, within(0, Binding::Fraction)], " ")
            }
            _ => (self.form)(expr, &parts),
        }
    }

    fn number(&self, n: &Number) -> Part {
        let (digits, power) = n.size();
        let (sign, binding) = match power {
            _ if n.value.is_negative() => (self.minus, Binding::Sum),
            Some(_) => ("", Binding::Product),
            None => ("", Binding::Leaf),
        };
        let power = power.map(|power| self.times_ten.to_owned() + &(self.raise)(&power.to_string()));
        let spaced = power.is_some();
        Part { spaced, ..Part::new(binding, &[], format!("{sign}{digits}{}", power.unwrap_or_default())) }
    }

    /// In brackets if it binds less tightly than its place needs.
    fn within(&self, place: Binding, part: &Part) -> Part {
        if part.binding >= place {
            return part.clone();
        }
        // From the second level on there is a space inside.
        let (depth, spaced) = ((part.depth + 1).min(2), part.spaced || part.depth > 0);
        Part { written: (self.bracket)(part), binding: Binding::Factor, depth, spaced, closed: true, ..*part }
    }
}

/// Parts in a row, and what stands between.
fn row(binding: Binding, parts: &[Part], between: &str) -> Part {
    let row: Vec<&str> = parts.iter().map(|part| &*part.written).collect();
    let new = Part::new(binding, parts, row.join(between));
    let closed = parts.last().is_some_and(|part| part.closed);
    Part { spaced: new.spaced || (parts.len() > 1 && between.contains(' ')), closed, ..new }
}

impl Part {
    /// What is written of `parts`.
    fn new(binding: Binding, parts: &[Part], written: impl Into<String>) -> Part {
        let height = parts.iter().map(|part| part.height).max().unwrap_or(Height::Line);
        let depth = parts.iter().map(|part| part.depth).max().unwrap_or(0);
        let spaced = parts.iter().any(|part| part.spaced);
        Part { written: written.into(), binding, height, depth, spaced, closed: false }
    }

    fn at_least(self, height: Height) -> Part {
        Part { height: self.height.max(height), ..self }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// A step index, not yet raised.
fn written(index: Index) -> String {
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

fn is_number(expr: &Expr) -> bool {
    matches!(expr.form, Form::Number(_))
}

/// True if a derivation's subject has a line of its own: it is wider than 12 columns.
fn stands_alone(subject: &Expr) -> bool {
    width(&subject.to_string()) > 12
}

/// Columns: every character that we print is one wide.
fn width(text: &str) -> usize {
    text.chars().count()
}

//! Plain text: one line of Unicode per line of a derivation.

use super::{Binding, Notation, Part, exponent, is_number, row, stands_alone, width};
use crate::chain::{Derivation, Relation};
use crate::formula::{Expr, Form};
use display::{subscript, superscript};
use std::fmt;

/// Lines longer than this do not move the reasons of the others to the right.
const LONG_LINE: usize = 64;

impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut left = self.subject.to_string();
        if stands_alone(&self.subject) {
            writeln!(f, "{left}")?;
            left = " ".into();
        }
        let indent = width(&left);
        let exprs: Vec<String> = self.lines.iter().map(|line| line.expr.to_string()).collect();
        let column = exprs.iter().map(|expr| width(expr)).filter(|&width| width <= LONG_LINE).max().unwrap_or(0);
        for (n, (line, expr)) in self.lines.iter().zip(&exprs).enumerate() {
            let (newline, left) = if n == 0 { ("", &*left) } else { ("\n", "") };
            let formula = |(a, b): &(Expr, Expr)| format!("{a} {} {b}", Relation::between(a, b).symbol());
            let because = line.because.iter().map(formula).collect::<Vec<_>>().join(", ");
            let colon = if because.is_empty() { "" } else { ": " };
            let (relation, reason) = (line.relation.symbol(), &line.reason);
            write!(f, "{newline}{left:indent$} {relation} {expr:column$}   {reason}{colon}{because}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(&TEXT.print(self).written)
    }
}

static TEXT: Notation = Notation {
    minus: "−",
    dots: "…",
    plus_of_count: "+",
    bars: ["|", "|"],
    times_ten: " × 10",
    letter: |letter| letter.into(),
    raise: superscript,
    sum: |from, to| format!("Σᵢ₌{}{}", subscript(&from.to_string()), superscript(to)),
    slope: |a, x| format!("∂{a}/∂{x}"),
    // Round brackets; square ones around round ones, and round ones again around those.
    bracket: |inside| match inside.depth {
        0 => format!("({inside})"),
        1 => format!("[ {inside} ]"),
        _ => format!("( {inside} )"),
    },
    factor: |factor, part, is_first| match is_first && is_open_quotient(factor) {
        true => part.clone(),
        false => TEXT.within(Binding::Fraction, part),
    },
    times,
    form,
};

/// `(ηᵗ/σᵗ) gᵗ`, `½ [ (g⁰)² + (g¹)² ]`, and `1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)²`: a dot where juxtaposition could be misread.
///
/// No dot before a letter after a letter, a number or a bracket; none before a sum after ½.
fn times((before, part): (&Expr, &Part), after: &Expr) -> &'static str {
    let joins = match after.form {
        Form::Add | Form::WrittenOut(..) => matches!(before.form, Form::UnitFraction(2..=10)),
        _ if is_letter(after) && !is_open_quotient(before) => is_letter(before) || is_number(before) || part.closed,
        _ => false,
    };
    if joins { " " } else { " · " }
}

fn form(expr: &Expr, parts: &[Part]) -> Part {
    let new = |binding, written: String| Part::new(binding, parts, written);
    let bracketed = |written: String| Part { depth: parts[0].depth.max(1), ..new(Binding::Factor, written) };
    let closed = |written: String| Part { closed: true, ..bracketed(written) };
    match (&expr.form, parts) {
        (Form::UnitFraction(n @ 2..=10), _) => new(Binding::Leaf, "½⅓¼⅕⅙⅐⅛⅑⅒".chars().skip(n - 2).take(1).collect()),
        (Form::UnitFraction(n), _) => new(Binding::Fraction, format!("1/{n}")),
        (Form::Div, [a, b]) => {
            // What is divided must end before the stroke.
            let parts = [TEXT.within(Binding::Product, a), TEXT.within(Binding::Factor, b)];
            let stroke = if parts.iter().any(|part| part.spaced) { " / " } else { "/" };
            row(Binding::Open, &parts, stroke)
        }
        (Form::Square, [a]) => bracketed(format!("({a})²")),
        (Form::HalfPower(halves), [a]) => {
            let exponent = exponent(*halves).replace('-', "−");
            let is_whole = exponent.parse::<usize>().is_ok();
            if is_whole { bracketed(format!("({a})^{exponent}")) } else { closed(format!("({a})^({exponent})")) }
        }
        // √12.5, √(t+1), √( (g⁰)² + (g¹)² )
        (Form::Sqrt, [a]) if a.binding == Binding::Leaf => new(Binding::Factor, format!("√{a}")),
        (Form::Sqrt, [a]) if a.spaced || a.depth > 0 => Part { spaced: true, ..closed(format!("√( {a} )")) },
        (Form::Sqrt, [a]) => closed(format!("√({a})")),
        _ => unreachable!("the recursion writes all other forms"),
    }
}

/// A quotient that stands without brackets in front of a product: 1/(t+1) and η/√( … ), not (ηᵗ/σᵗ), (0.5/3) and (1/√3).
fn is_open_quotient(expr: &Expr) -> bool {
    let short = |expr: &Expr| is_letter(expr) || is_number(expr) || matches!(expr.form, Form::UnitFraction(_));
    let short = |expr: &Expr| short(if expr.form == Form::Sqrt { &expr.parts[0] } else { expr });
    expr.form == Form::Div && !expr.parts.iter().all(short)
}

/// A letter, or its size.
fn is_letter(expr: &Expr) -> bool {
    matches!(expr.form, Form::Letter(..)) || expr.form == Form::Abs && is_letter(&expr.parts[0])
}

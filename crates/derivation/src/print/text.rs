//! Plain text: one line of Unicode per line of a derivation.

use super::{Binding, Notation, Part, exponent, is_number, number, print, stands_alone, width};
use crate::chain::{Derivation, Relation};
use crate::formula::{Expr, Form, Number};
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
            let left = if n == 0 { &left } else { "" };
            let mut reason = line.reason.clone();
            for (n, (a, b)) in line.because.iter().enumerate() {
                let relation = Relation::between(a, b).symbol();
                reason += &format!("{} {a} {relation} {b}", if n == 0 { ":" } else { "," });
            }
            let newline = if n == 0 { "" } else { "\n" };
            write!(f, "{newline}{left:indent$} {} {expr:column$}   {reason}", line.relation.symbol())?;
        }
        Ok(())
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(&print::<Text>(self).written)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(&number::<Text>(self).written)
    }
}

impl Part {
    fn is_spaced(&self) -> bool {
        self.written.contains(' ')
    }
}

struct Text;

impl Notation for Text {
    const MINUS: &'static str = "−";
    const MINUS_BETWEEN: &'static str = " − ";
    const DOTS: &'static str = "…";
    const PLUS_OF_COUNT: &'static str = "+";
    const BARS: [&'static str; 2] = ["|", "|"];

    fn times_ten_to(power: i64) -> String {
        format!(" × 10{}", superscript(&power.to_string()))
    }

    fn letter(letter: char, step: Option<String>) -> String {
        format!("{letter}{}", superscript(&step.unwrap_or_default()))
    }

    fn sigma(from: &str, to: &str) -> String {
        format!("Σᵢ₌{}{}", subscript(from), superscript(to))
    }

    fn slope(of: &str, x: &Part) -> String {
        format!("∂{of}/∂{x}")
    }

    /// Round brackets; square ones around round ones, and round ones again around those.
    fn bracket(inside: &Part) -> Part {
        let written = match inside.depth {
            0 => format!("({inside})"),
            1 => format!("[ {inside} ]"),
            _ => format!("( {inside} )"),
        };
        Part { written, binding: Binding::Factor, depth: (inside.depth + 1).min(2) }
    }

    fn factor(factor: &Expr, part: &Part, is_first: bool) -> Part {
        if is_first && is_open_quotient(factor) { part.clone() } else { part.within::<Text>(Binding::Fraction) }
    }

    /// `(ηᵗ/σᵗ) gᵗ`, `½ [ (g⁰)² + (g¹)² ]`, and `1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)²`: a dot where juxtaposition could be misread.
    ///
    /// No dot before a letter after a letter, a number or a bracket; none before a sum after ½.
    fn times((before, part): (&Expr, &Part), after: &Expr) -> &'static str {
        let ends = |part: &Part| part.written.ends_with([')', ']']);
        let joins = match after.form {
            Form::Add | Form::WrittenOut { .. } => matches!(before.form, Form::UnitFraction(2..=10)),
            _ if is_letter(after) && !is_open_quotient(before) => is_letter(before) || is_number(before) || ends(part),
            _ => false,
        };
        if joins { " " } else { " · " }
    }

    fn form(expr: &Expr, parts: &[Part]) -> Part {
        let new = |binding, written: String| Part::new(binding, parts, written);
        let bracketed = |part: Part| Part { depth: part.depth.max(1), ..part };
        match (&expr.form, parts) {
            (Form::UnitFraction(n @ 2..=10), _) => {
                new(Binding::Leaf, "½⅓¼⅕⅙⅐⅛⅑⅒".chars().skip(n - 2).take(1).collect())
            }
            (Form::UnitFraction(n), _) => new(Binding::Fraction, format!("1/{n}")),
            (Form::Div, [a, b]) => {
                // What is divided must end before the stroke.
                let parts = [a.within::<Text>(Binding::Product), b.within::<Text>(Binding::Factor)];
                let stroke = if parts.iter().any(Part::is_spaced) { " / " } else { "/" };
                Part::new(Binding::Open, &parts, format!("{}{stroke}{}", parts[0], parts[1]))
            }
            (Form::Square, [a]) => bracketed(new(Binding::Factor, format!("({a})²"))),
            (Form::HalfPower(halves), [a]) => {
                let exponent = exponent(*halves).replace('-', "−");
                let whole = exponent.parse::<usize>().is_ok();
                let written = if whole { format!("({a})^{exponent}") } else { format!("({a})^({exponent})") };
                bracketed(new(Binding::Factor, written))
            }
            // √12.5, √(t+1), √( (g⁰)² + (g¹)² )
            (Form::Sqrt, [a]) if a.binding == Binding::Leaf => new(Binding::Factor, format!("√{a}")),
            (Form::Sqrt, [a]) => {
                let spaced = a.is_spaced() || a.depth > 0;
                let written = if spaced { format!("√( {a} )") } else { format!("√({a})") };
                bracketed(new(Binding::Factor, written))
            }
            _ => unreachable!("the recursion writes all other forms"),
        }
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
    match expr.form {
        Form::Abs => is_letter(&expr.parts[0]),
        _ => matches!(expr.form, Form::Letter(..)),
    }
}

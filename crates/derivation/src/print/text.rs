//! Plain text: one line of Unicode per line of a derivation.

use super::{Binding, Notation, Part, exponent, is_short, number, print, stands_alone, step, width};
use crate::chain::{Derivation, Relation};
use crate::formula::{Expr, Number, Shown};
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

struct Text;

impl Notation for Text {
    const MINUS: &'static str = "−";
    const DOTS: &'static str = "…";
    const PLUS_OF_COUNT: &'static str = "+";

    fn number(Shown { negative, digits, power }: &Shown) -> String {
        let sign = if *negative { "−" } else { "" };
        let power = power.map_or(String::new(), |power| format!(" × 10{}", superscript(&power.to_string())));
        format!("{sign}{digits}{power}")
    }

    fn letter(letter: &'static str, step: Option<String>) -> String {
        format!("{letter}{}", superscript(&step.unwrap_or_default()))
    }

    /// Round brackets; square ones around round ones, and round ones again around those.
    fn bracket(inside: &Part) -> Part {
        let written = match inside.height {
            0 => format!("({inside})"),
            1 => format!("[ {inside} ]"),
            _ => format!("( {inside} )"),
        };
        let height = (inside.height + 1).min(2);
        let spaced = inside.spaced || inside.height > 0;
        Part { written, binding: Binding::Factor, height, spaced, closed: true }
    }

    fn factor(factor: &Expr, part: &Part, is_first: bool) -> Part {
        if is_first && is_open_quotient(factor) { part.clone() } else { part.within::<Text>(Binding::Fraction) }
    }

    /// `(ηᵗ/σᵗ) gᵗ`, `½ [ (g⁰)² + (g¹)² ]`, and `1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)²`: a dot where juxtaposition could be misread.
    ///
    /// No dot before a letter after a letter, a number or a bracket; none before a sum after ½.
    fn times((before, part): (&Expr, &Part), after: &Expr) -> &'static str {
        let joins = match after {
            Expr::Add(_) | Expr::Sum { written_out: true, .. } => matches!(before, Expr::UnitFraction(2..=10)),
            _ if is_letter(after) && !is_open_quotient(before) => {
                is_letter(before) || matches!(before, Expr::Number(_)) || part.closed
            }
            _ => false,
        };
        if joins { " " } else { " · " }
    }

    fn form(expr: &Expr, parts: &[Part]) -> Part {
        let new = |binding, written: String| Part::new(binding, parts, written);
        match (expr, parts) {
            (Expr::UnitFraction(n), _) => match ["½", "⅓", "¼", "⅕", "⅙", "⅐", "⅛", "⅑", "⅒"].get(n.wrapping_sub(2))
            {
                Some(sign) => new(Binding::Leaf, sign.to_string()),
                None => new(Binding::Fraction, format!("1/{n}")),
            },
            (Expr::Div(..), [a, b]) => {
                // What is divided must end before the stroke.
                let parts = [a.within::<Text>(Binding::Product), b.within::<Text>(Binding::Factor)];
                let stroke = if parts.iter().any(|part| part.spaced) { " / " } else { "/" };
                Part::new(Binding::Open, &parts, format!("{}{stroke}{}", parts[0], parts[1]))
            }
            (Expr::Square(_), [a]) => new(Binding::Factor, format!("({a})²")).at_least(1),
            (Expr::HalfPower(_, halves), [a]) if halves % 2 == 0 && *halves >= 0 => {
                new(Binding::Factor, format!("({a})^{}", exponent(*halves))).at_least(1)
            }
            (Expr::HalfPower(_, halves), [a]) => {
                let exponent = exponent(*halves).replace('-', "−");
                Part { closed: true, ..new(Binding::Factor, format!("({a})^({exponent})")).at_least(1) }
            }
            // √12.5, √(t+1), √( (g⁰)² + (g¹)² )
            (Expr::Sqrt(_), [a]) if a.binding == Binding::Leaf => new(Binding::Factor, format!("√{a}")),
            (Expr::Sqrt(_), [a]) => {
                let spaced = a.spaced || a.height > 0;
                let written = if spaced { format!("√( {a} )") } else { format!("√({a})") };
                Part { spaced, closed: true, ..new(Binding::Factor, written).at_least(1) }
            }
            (Expr::Abs(_), [a]) => new(Binding::Factor, format!("|{a}|")),
            (Expr::Sum { from, to, .. }, [body]) => {
                let body = body.within::<Text>(Binding::Open);
                let written = format!("Σᵢ₌{}{} {body}", subscript(&from.to_string()), superscript(&step(*to)));
                Part { spaced: true, ..Part::new(Binding::Open, &[body], written) }
            }
            (Expr::Derivative { of, .. }, [a, x]) if is_short(of) => new(Binding::Open, format!("∂{a}/∂{x}")),
            (Expr::Derivative { .. }, [a, x]) => {
                let parts = [x.clone(), a.within::<Text>(Binding::Fraction)];
                let written = format!("∂/∂{} {}", parts[0], parts[1]);
                Part { spaced: true, ..Part::new(Binding::Open, &parts, written) }
            }
            _ => unreachable!("the recursion writes all other forms"),
        }
    }
}

/// A quotient that stands without brackets in front of a product: 1/(t+1) and η/√( … ), not (ηᵗ/σᵗ), (0.5/3) and (1/√3).
fn is_open_quotient(expr: &Expr) -> bool {
    let short = |expr: &Expr| is_letter(expr) || matches!(expr, Expr::Number(_) | Expr::UnitFraction(_));
    let short = |expr: &Expr| matches!(expr, Expr::Sqrt(a) if short(a)) || short(expr);
    matches!(expr, Expr::Div(a, b) if !(short(a) && short(b)))
}

fn is_letter(expr: &Expr) -> bool {
    match expr {
        Expr::Symbol(_) => true,
        Expr::Abs(a) => is_letter(a),
        _ => false,
    }
}

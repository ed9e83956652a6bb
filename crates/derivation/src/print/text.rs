//! Plain text: one line of Unicode per line of a derivation.

use super::{Binding, Notation, Part, exponent, number, print, stands_alone, width};
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

    fn letter(letter: &'static str, step: Option<&str>) -> String {
        format!("{letter}{}", superscript(step.unwrap_or_default()))
    }

    fn unit_fraction(n: usize) -> Part {
        match n.checked_sub(2).and_then(|n| ["½", "⅓", "¼", "⅕", "⅙", "⅐", "⅛", "⅑", "⅒"].get(n)) {
            Some(sign) => Part::leaf(*sign),
            None => Part { binding: Binding::Fraction, ..Part::leaf(format!("1/{n}")) },
        }
    }

    /// Round brackets; square ones around round ones, and round ones again around those.
    fn bracket(inside: Part) -> Part {
        let written = match inside.height {
            0 => format!("({})", inside.written),
            1 => format!("[ {} ]", inside.written),
            _ => format!("( {} )", inside.written),
        };
        let part = Part::enclosing(&inside, written).with_end(true).at_least((inside.height + 1).min(2));
        if inside.height > 0 { part.with_space() } else { part }
    }

    fn factor(factor: &Expr, part: Part, is_first: bool) -> Part {
        if is_first && is_open_quotient(factor) { part } else { part.in_place::<Text>(Binding::Fraction) }
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

    fn quotient(a: Part, b: Part) -> Part {
        // What is divided must end before the stroke.
        let (a, b) = (a.in_place::<Text>(Binding::Product), b.in_place::<Text>(Binding::Factor));
        let stroke = if a.spaced || b.spaced { " / " } else { "/" };
        Part::around(&[&a, &b], format!("{}{stroke}{}", a.written, b.written), Binding::Open)
    }

    fn square(a: Part) -> Part {
        Part::enclosing(&a, format!("({})²", a.written)).at_least(1)
    }

    fn half_power(a: Part, halves: i32) -> Part {
        let exponent = exponent(halves).replace('-', "−");
        if halves % 2 == 0 && halves >= 0 {
            return Part::enclosing(&a, format!("({})^{exponent}", a.written)).at_least(1);
        }
        Part::enclosing(&a, format!("({})^({exponent})", a.written)).at_least(1).with_end(true)
    }

    /// `√12.5`, `√(t+1)`, `√( (g⁰)² + (g¹)² )`
    fn root(a: Part) -> Part {
        if a.binding == Binding::Leaf {
            return Part::enclosing(&a, format!("√{}", a.written));
        }
        let airy = a.spaced || a.height > 0;
        let written = if airy { format!("√( {} )", a.written) } else { format!("√({})", a.written) };
        let root = Part::enclosing(&a, written).at_least(1).with_end(true);
        if airy { root.with_space() } else { root }
    }

    fn size(a: Part) -> Part {
        Part::enclosing(&a, format!("|{}|", a.written))
    }

    fn sum(from: usize, to: &str, body: Part) -> Part {
        let written = format!("Σᵢ₌{}{} {}", subscript(&from.to_string()), superscript(to), body.written);
        Part::around(&[&body], written, Binding::Open).with_space()
    }

    fn slope(a: Part, x: Part) -> Part {
        Part::around(&[&a, &x], format!("∂{}/∂{}", a.written, x.written), Binding::Open)
    }

    fn slope_of(x: Part, a: Part) -> Part {
        Part::around(&[&x, &a], format!("∂/∂{} {}", x.written, a.written), Binding::Open).with_space()
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

//! Plain text: one line of Unicode per line of a derivation.

use crate::chain::{Derivation, Relation};
use crate::formula::written::{Binding, bracket_kind, half_of, is_long, letter, step, width, written_out};
use crate::formula::{Expr, Number, Symbol};
use display::{subscript, superscript};
use std::fmt;

/// Lines longer than this do not move the reasons of the others to the right.
const LONG_LINE: usize = 64;

impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut left = self.subject.to_string();
        if is_long(&left) {
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
        f.pad(&text(self))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let shown = self.shown();
        let sign = if shown.negative { "−" } else { "" };
        match shown.power {
            None => f.pad(&format!("{sign}{}", shown.digits)),
            Some(power) => f.pad(&format!("{sign}{} × 10{}", shown.digits, superscript(&power.to_string()))),
        }
    }
}

fn text(expr: &Expr) -> String {
    match expr {
        Expr::Number(n) => n.to_string(),
        Expr::OneOver(n) => one_over(*n),
        Expr::Symbol(s) => symbol(*s),
        Expr::Dots(_) => "…".into(),
        Expr::Add(terms) => match &terms[..] {
            [Expr::Symbol(Symbol::T), one @ Expr::Number(_)] => {
                format!("t+{}", operand(one, Binding::Product))
            }
            _ => sum(terms),
        },
        Expr::Sub(a, b) => format!("{} − {}", operand(a, Binding::Sum), operand(b, Binding::Product)),
        Expr::Neg(a) => format!("−{}", operand(a, Binding::Product)),
        Expr::Mul(factors) => product(factors),
        Expr::Div(a, b) => quotient(a, b),
        Expr::Square(a) => format!("({})²", text(a)),
        Expr::HalfPower(a, n) => match half_of(*n) {
            whole if whole.parse::<u32>().is_ok() => format!("({})^{whole}", text(a)),
            other => format!("({})^({})", text(a), other.replace('-', "−")),
        },
        Expr::Sqrt(a) => root(a),
        Expr::Abs(a) => format!("|{}|", text(a)),
        Expr::Sum { from, to, body, written_out: false } => {
            format!(
                "Σᵢ₌{}{} {}",
                subscript(&from.to_string()),
                superscript(&step(*to)),
                operand(body, Binding::Product)
            )
        }
        Expr::Sum { from, to, body, .. } => sum(&written_out(*from, *to, body)),
        Expr::Derivative { of, with_respect_to } => match &**of {
            Expr::Symbol(_) | Expr::Abs(_) => format!("∂{}/∂{}", text(of), text(with_respect_to)),
            _ => format!("∂/∂{} {}", text(with_respect_to), operand(of, Binding::Factor)),
        },
    }
}

fn sum(terms: &[Expr]) -> String {
    if terms.is_empty() {
        return "0".into();
    }
    let terms: Vec<String> = terms.iter().map(|a| operand(a, Binding::Product)).collect();
    terms.join(" + ")
}

/// `(ηᵗ/σᵗ) gᵗ`, `½ [ (g⁰)² + (g¹)² ]`, and `1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)²`: a dot where juxtaposition could be misread.
fn product(factors: &[Expr]) -> String {
    let mut product = String::new();
    for (n, factor) in factors.iter().enumerate() {
        let last = n + 1 == factors.len();
        let factor = match factor {
            Expr::Div(a, b) if n > 0 || !is_open_quotient(factor) => bracket(&quotient(a, b)),
            Expr::Div(a, b) => quotient(a, b),
            Expr::Sum { written_out: false, .. } if last => text(factor),
            other => operand(other, Binding::Factor),
        };
        if n > 0 {
            product += if joins(&factors[n - 1], &product, &factors[n]) { " " } else { " · " };
        }
        product += &factor;
    }
    product
}

/// True if a factor may follow without a dot: a letter after a letter, a number or a bracket; a sum after ½.
fn joins(before: &Expr, printed: &str, factor: &Expr) -> bool {
    match factor {
        Expr::Add(_) | Expr::Sum { written_out: true, .. } => matches!(before, Expr::OneOver(2..=10)),
        _ if is_letter(factor) && !is_open_quotient(before) => {
            is_letter(before) || matches!(before, Expr::Number(_)) || printed.ends_with([')', ']'])
        }
        _ => false,
    }
}

/// A quotient printed without brackets of its own: what follows needs a dot.
fn is_open_quotient(expr: &Expr) -> bool {
    let short = |expr: &Expr| is_letter(expr) || matches!(expr, Expr::Number(_) | Expr::OneOver(_));
    let short = |expr: &Expr| matches!(expr, Expr::Sqrt(a) if short(a)) || short(expr);
    // 1/(t+1) and η/√( … ) are open, (ηᵗ/σᵗ), (0.5/3) and (1/√3) are not.
    matches!(expr, Expr::Div(a, b) if !(short(a) && short(b)))
}

fn is_letter(expr: &Expr) -> bool {
    match expr {
        Expr::Symbol(_) => true,
        Expr::Abs(a) => is_letter(a),
        _ => false,
    }
}

fn one_over(n: usize) -> String {
    let fraction = n.checked_sub(2).and_then(|n| ["½", "⅓", "¼", "⅕", "⅙", "⅐", "⅛", "⅑", "⅒"].get(n));
    fraction.map_or(format!("1/{n}"), |fraction| fraction.to_string())
}

fn quotient(a: &Expr, b: &Expr) -> String {
    let numerator = match a {
        // What is divided must end before the stroke.
        Expr::Div(..) | Expr::Sum { .. } | Expr::Derivative { .. } => bracket(&text(a)),
        _ => operand(a, Binding::Product),
    };
    let denominator = match b {
        Expr::OneOver(n) if one_over(*n).contains('/') => bracket(&text(b)),
        _ => operand(b, Binding::Factor),
    };
    if numerator.contains(' ') || denominator.contains(' ') {
        format!("{numerator} / {denominator}")
    } else {
        format!("{numerator}/{denominator}")
    }
}

/// `√12.5`, `√(t+1)`, `√( (g⁰)² + (g¹)² )`
fn root(a: &Expr) -> String {
    let inside = text(a);
    match a {
        Expr::Number(n) if !n.is_negative() && n.shown().power.is_none() => format!("√{inside}"),
        Expr::Symbol(_) => format!("√{inside}"),
        Expr::OneOver(2..=10) => format!("√{inside}"),
        _ if inside.contains([' ', '(']) => format!("√( {inside} )"),
        _ => format!("√({inside})"),
    }
}

/// `expr`, in brackets if it binds less tightly than its place needs.
fn operand(expr: &Expr, place: Binding) -> String {
    if Binding::of(expr) < place { bracket(&text(expr)) } else { text(expr) }
}

fn bracket(inside: &str) -> String {
    let (open, close) = bracket_kind(inside);
    if inside.contains(['(', '[']) { format!("{open} {inside} {close}") } else { format!("{open}{inside}{close}") }
}

fn symbol(symbol: Symbol) -> String {
    let (letter, index) = letter(symbol);
    index.map_or(letter.into(), |i| format!("{letter}{}", superscript(&step(i))))
}

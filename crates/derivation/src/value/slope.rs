//! The rules of differentiation, one a form.

use crate::formula::{Expr, Form, half_power, int, number};

/// How fast `expr` grows with its `n`-th part; a size |a| has rules of its own.
pub(crate) fn partial(expr: &Expr, n: usize) -> Expr {
    let part = |n: usize| expr.parts[n].clone();
    match expr.form {
        Form::Sub if n == 1 => -int(1),
        Form::Neg => -int(1),
        Form::Mul => {
            let others = expr.parts.iter().enumerate().filter(|(other, _)| *other != n).map(|(_, part)| part.clone());
            Expr::new(Form::Mul, others.collect::<Vec<_>>())
        }
        Form::Div if n == 0 => int(1) / part(1),
        Form::Div => -(expr.clone() / part(1)),
        Form::Square => int(2) * part(0),
        Form::Sqrt => int(1) / (int(2) * expr.clone()),
        Form::HalfPower(halves) => number(f64::from(halves) / 2.0) * half_power(part(0), halves - 2),
        _ => int(1),
    }
}

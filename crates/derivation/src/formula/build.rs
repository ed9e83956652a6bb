//! The functions and operators that build a formula, so that it reads in code as it does on the slide.

use super::number::Number;
use super::tree::{Expr, Form, Index};
use crate::decimal::decimal;
use std::ops;

/// Functions that make a form of what they are given.
macro_rules! build {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) = $form:expr, $parts:expr;)*) => {
        $($(#[$doc])* pub fn $name($($argument: $type),*) -> Expr { Expr::new($form, $parts) })*
    };
}

build! {
    /// A whole number.
    int(n: usize) = Form::Number(Number::exact((n as u64).into())), [];
    /// 1/n
    one_over(n: usize) = Form::UnitFraction(n), [];
    /// The decimal that is written as `x`: with more than 15 digits it is printed with six, and ≈ beside it.
    ///
    /// # Panics
    /// If `x` is NaN or infinite.
    number(x: f64) = Form::Number(Number::exact(decimal(x))), [];
    /// t
    t() = Form::Letter('t', None), [];
    /// η
    eta() = Form::Letter('η', None), [];
    /// ηᵗ
    eta_at(index: Index) = Form::Letter('η', Some(index)), [];
    /// σᵗ
    sigma_at(index: Index) = Form::Letter('σ', Some(index)), [];
    /// σ without its step, which has no value: a derivation that needs it is refused.
    sigma_without_step() = Form::Letter('σ', None), [];
    /// gᵗ
    g(index: Index) = Form::Letter('g', Some(index)), [];
    /// wᵗ, on the path that Adagrad takes: under vanilla gradient descent it would be another.
    w(index: Index) = Form::Letter('w', Some(index)), [];
    /// S, the sum of the squares of the past gradients
    past_squares() = Form::Letter('S', None), [];
    /// √a
    sqrt(a: Expr) = Form::Sqrt, [a];
    /// (a)²
    square(a: Expr) = Form::Square, [a];
    /// a to the power n/2
    half_power(a: Expr, n: i32) = Form::HalfPower(n), [a];
    /// |a|
    abs(a: Expr) = Form::Abs, [a];
    /// Σ of `body` over i from `from` to `to`
    sum(from: usize, to: Index, body: Expr) = Form::Sum(from, to), [body];
    /// The sum of `body` over i from `from` to `to`, written out term by term
    sum_written_out(from: usize, to: Index, body: Expr) = Form::WrittenOut(from, to), [body];
    /// Σ (gⁱ)² over i from `from` to `to`
    sum_of_squares(from: usize, to: Index) = Form::Sum(from, to), [square(g(Index::I))];
    /// (g⁰)² + (g¹)² + … + (gᵗ)²
    squares_written_out(to: Index) = Form::WrittenOut(0, to), [square(g(Index::I))];
    /// ∂of/∂x, where x is a gradient or its size
    derivative(of: Expr, x: Expr) = Form::Derivative, [of, x];
}

macro_rules! operators {
    ($($operator:ident $function:ident),*) => {
        $(impl ops::$operator for Expr {
            type Output = Expr;
            fn $function(mut self, other: Expr) -> Expr {
                // a + b + c is one sum of three terms, and so is a product.
                if matches!(Form::$operator, Form::Add | Form::Mul) && self.form == Form::$operator {
                    self.parts.push(other);
                    return self;
                }
                Expr::new(Form::$operator, [self, other])
            }
        })*
    };
}

operators!(Add add, Sub sub, Mul mul, Div div);

impl ops::Neg for Expr {
    type Output = Expr;
    fn neg(self) -> Expr {
        Expr::new(Form::Neg, [self])
    }
}

/// True if a sum of `n` terms is written with dots; one of up to five is written in full.
pub(crate) fn is_elided(n: usize) -> bool {
    n > 5
}

/// The terms of Σ `body` as a person writes them: all, or the first two, dots and the last.
pub(crate) fn written_out(from: usize, to: Index, body: &Expr) -> Expr {
    let term = |i: Index| body.at(i);
    if let Index::At(to) = to
        && !is_elided((to + 1).saturating_sub(from))
    {
        return Expr::new(Form::Add, (from..=to).map(|i| term(Index::At(i))).collect::<Vec<_>>());
    }
    let dots = Expr::new(Form::Dots, [sum(from + 2, to, body.clone()) - term(to)]);
    Expr::new(Form::Add, [term(Index::At(from)), term(Index::At(from + 1)), dots, term(to)])
}

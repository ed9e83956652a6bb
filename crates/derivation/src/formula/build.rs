//! The functions and operators that build a formula, so that it reads in code as it does on the slide.

use super::number::Number;
use super::tree::{Expr, Form, Index};
use std::ops;

/// A whole number.
pub fn int(n: usize) -> Expr {
    Number::exact((n as u64).into()).into()
}

/// 1/n
pub fn one_over(n: usize) -> Expr {
    Expr::new(Form::UnitFraction(n), [])
}

/// The decimal that is written as `x`: with more than 15 digits it is printed with six, and ≈ beside it.
///
/// # Panics
/// If `x` is NaN or infinite.
pub fn number(x: f64) -> Expr {
    Number::given(x).into()
}

/// t
pub fn t() -> Expr {
    letter('t', None)
}

/// η
pub fn eta() -> Expr {
    letter('η', None)
}

/// ηᵗ
pub fn eta_at(index: Index) -> Expr {
    letter('η', Some(index))
}

/// σᵗ
pub fn sigma_at(index: Index) -> Expr {
    letter('σ', Some(index))
}

/// σ without its step, which has no value: a derivation that needs it is refused.
pub fn sigma_without_step() -> Expr {
    letter('σ', None)
}

/// gᵗ
pub fn g(index: Index) -> Expr {
    letter('g', Some(index))
}

/// wᵗ, on the path that Adagrad takes: under vanilla gradient descent it would be another.
pub fn w(index: Index) -> Expr {
    letter('w', Some(index))
}

/// S, the sum of the squares of the past gradients
pub fn past_squares() -> Expr {
    letter('S', None)
}

/// √a
pub fn sqrt(a: Expr) -> Expr {
    Expr::new(Form::Sqrt, [a])
}

/// (a)²
pub fn square(a: Expr) -> Expr {
    Expr::new(Form::Square, [a])
}

/// a to the power n/2
pub fn half_power(a: Expr, n: i32) -> Expr {
    Expr::new(Form::HalfPower(n), [a])
}

/// |a|
pub fn abs(a: Expr) -> Expr {
    Expr::new(Form::Abs, [a])
}

/// Σ of `body` over i from `from` to `to`
pub fn sum(from: usize, to: Index, body: Expr) -> Expr {
    Expr::new(Form::Sum { from, to }, [body])
}

/// The sum of `body` over i from `from` to `to`, written out term by term
pub fn sum_written_out(from: usize, to: Index, body: Expr) -> Expr {
    Expr::new(Form::WrittenOut { from, to }, [body])
}

/// Σ (gⁱ)² over i from `from` to `to`
pub fn sum_of_squares(from: usize, to: Index) -> Expr {
    sum(from, to, square(g(Index::I)))
}

/// (g⁰)² + (g¹)² + … + (gᵗ)²
pub fn squares_written_out(to: Index) -> Expr {
    sum_written_out(0, to, square(g(Index::I)))
}

/// ∂of/∂x, where x is a gradient or its size
pub fn derivative(of: Expr, x: Expr) -> Expr {
    Expr::new(Form::Derivative, [of, x])
}

fn letter(letter: char, step: Option<Index>) -> Expr {
    Expr::new(Form::Letter(letter, step), [])
}

impl Expr {
    /// a + b + c is one sum of three terms, and so is a product.
    fn append(mut self, form: Form, other: Expr) -> Expr {
        if self.form != form {
            return Expr::new(form, [self, other]);
        }
        self.parts.push(other);
        self
    }
}

impl ops::Add for Expr {
    type Output = Expr;
    fn add(self, other: Expr) -> Expr {
        self.append(Form::Add, other)
    }
}

impl ops::Sub for Expr {
    type Output = Expr;
    fn sub(self, other: Expr) -> Expr {
        Expr::new(Form::Sub, [self, other])
    }
}

impl ops::Mul for Expr {
    type Output = Expr;
    fn mul(self, other: Expr) -> Expr {
        self.append(Form::Mul, other)
    }
}

impl ops::Div for Expr {
    type Output = Expr;
    fn div(self, other: Expr) -> Expr {
        Expr::new(Form::Div, [self, other])
    }
}

impl ops::Neg for Expr {
    type Output = Expr;
    fn neg(self) -> Expr {
        Expr::new(Form::Neg, [self])
    }
}

//! The functions and operators that build a formula, so that it reads in code as it does on the slide.

use super::number::Number;
use super::tree::{Expr, Index, Symbol};
use std::ops;

/// A whole number.
pub fn int(n: usize) -> Expr {
    Expr::Number(Number::exact((n as u64).into()))
}

/// 1/n
pub fn one_over(n: usize) -> Expr {
    Expr::UnitFraction(n)
}

/// The decimal that is written as `x`: with more than 15 digits it is printed with six, and ≈ beside it.
///
/// # Panics
/// If `x` is NaN or infinite.
pub fn number(x: f64) -> Expr {
    Expr::Number(Number::given(x))
}

/// t
pub fn t() -> Expr {
    Expr::Symbol(Symbol::T)
}

/// η
pub fn eta() -> Expr {
    Expr::Symbol(Symbol::Eta)
}

/// ηᵗ
pub fn eta_at(index: Index) -> Expr {
    Expr::Symbol(Symbol::EtaAt(index))
}

/// σᵗ
pub fn sigma_at(index: Index) -> Expr {
    Expr::Symbol(Symbol::Sigma(Some(index)))
}

/// gᵗ
pub fn g(index: Index) -> Expr {
    Expr::Symbol(Symbol::G(index))
}

/// wᵗ, on the path that Adagrad takes: under vanilla gradient descent it would be another.
pub fn w(index: Index) -> Expr {
    Expr::Symbol(Symbol::W(index))
}

/// S, the sum of the squares of the past gradients
pub fn past_squares() -> Expr {
    Expr::Symbol(Symbol::S)
}

/// √a
pub fn sqrt(a: Expr) -> Expr {
    Expr::Sqrt(Box::new(a))
}

/// (a)²
pub fn square(a: Expr) -> Expr {
    Expr::Square(Box::new(a))
}

/// a to the power n/2
pub fn half_power(a: Expr, n: i32) -> Expr {
    Expr::HalfPower(Box::new(a), n)
}

/// |a|
pub fn abs(a: Expr) -> Expr {
    Expr::Abs(Box::new(a))
}

/// Σ of `body` over i from `from` to `to`
pub fn sum(from: usize, to: Index, body: Expr) -> Expr {
    Expr::Sum { from, to, body: Box::new(body), written_out: false }
}

/// Σ (gⁱ)² over i from `from` to `to`
pub fn sum_of_squares(from: usize, to: Index) -> Expr {
    sum(from, to, square(g(Index::I)))
}

/// (g⁰)² + (g¹)² + … + (gᵗ)²
pub fn squares_written_out(to: Index) -> Expr {
    Expr::Sum { from: 0, to, body: Box::new(square(g(Index::I))), written_out: true }
}

/// ∂of/∂x, where x is a gradient or its size
pub fn derivative(of: Expr, x: Expr) -> Expr {
    Expr::Derivative { of: Box::new(of), with_respect_to: Box::new(x) }
}

impl ops::Add for Expr {
    type Output = Expr;
    fn add(self, other: Expr) -> Expr {
        match self {
            Expr::Add(mut terms) => {
                terms.push(other);
                Expr::Add(terms)
            }
            first => Expr::Add(vec![first, other]),
        }
    }
}

impl ops::Sub for Expr {
    type Output = Expr;
    fn sub(self, other: Expr) -> Expr {
        Expr::Sub(Box::new(self), Box::new(other))
    }
}

impl ops::Mul for Expr {
    type Output = Expr;
    fn mul(self, other: Expr) -> Expr {
        match self {
            Expr::Mul(mut factors) => {
                factors.push(other);
                Expr::Mul(factors)
            }
            first => Expr::Mul(vec![first, other]),
        }
    }
}

impl ops::Div for Expr {
    type Output = Expr;
    fn div(self, other: Expr) -> Expr {
        Expr::Div(Box::new(self), Box::new(other))
    }
}

impl ops::Neg for Expr {
    type Output = Expr;
    fn neg(self) -> Expr {
        Expr::Neg(Box::new(self))
    }
}

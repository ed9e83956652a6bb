//! Larger gradient, larger step, or smaller step? Both: of different variables (slide S5).

use crate::chain::Derivation;
use crate::formula::*;

/// The size of the step grows with the size of the current gradient gᵗ: ∂/∂|gᵗ| = η S/(S + (gᵗ)²)^(3/2) ≥ 0 (S5.2).
///
/// S is the sum of the squares of the past gradients, which the current one does not change; η > 0.
///
/// ```
/// let derivation = derivation::current_gradient();
/// derivation.verify().unwrap();
/// let [.., slope, sign] = &derivation.lines[..] else { unreachable!() };
/// assert_eq!(slope.expr.to_string(), "η S / (S + (gᵗ)²)^(3/2)");
/// assert_eq!((sign.relation.symbol(), sign.expr.to_string()), ("≥", "0".into()));
/// ```
pub fn current_gradient() -> Derivation {
    let x = || abs(g(Index::T));
    Derivation::new("the current gradient: larger, larger step", derivative(size(sum_of_squares(0, Index::T)), x()))
        .then(derivative(size(all()), x()), "name the past squares S")
        .because(past_squares(), sum_of_squares(0, Index::TMinus1))
        .then(
            eta() * (derivative(x(), x()) * sqrt(all()) - x() * derivative(sqrt(all()), x())) / all(),
            "the quotient rule, η being constant",
        )
        .then(eta() * (sqrt(all()) - x() * (x() / sqrt(all()))) / all(), "the chain rule")
        .because(derivative(sqrt(all()), x()), x() / sqrt(all()))
        .then(eta() * (all() - square(g(Index::T))) / half_power(all(), 3), "multiply above and below by the root")
        .then(eta() * past_squares() / half_power(all(), 3), "the two squares cancel")
        .at_least(int(0), "S is a sum of squares, and η is positive")
}

/// The size of the step falls with the size of any past gradient gᵏ: ∂/∂|gᵏ| = −η |gᵗ| |gᵏ|/(S + (gᵗ)²)^(3/2) ≤ 0 (S5.3).
///
/// k is any step before t; S holds (gᵏ)² among the squares of the past; η > 0.
///
/// ```
/// let derivation = derivation::past_gradient();
/// derivation.verify().unwrap();
/// let [.., slope, sign] = &derivation.lines[..] else { unreachable!() };
/// assert_eq!(slope.expr.to_string(), "−η |gᵗ| |gᵏ| / (S + (gᵗ)²)^(3/2)");
/// assert_eq!((sign.relation.symbol(), sign.expr.to_string()), ("≤", "0".into()));
/// ```
pub fn past_gradient() -> Derivation {
    let x = || abs(g(Index::K));
    let front = || eta() * abs(g(Index::T));
    Derivation::new("a past gradient: larger, smaller step", derivative(size(sum_of_squares(0, Index::T)), x()))
        .then(derivative(size(all()), x()), "name the past squares S, step k among them")
        .because(past_squares(), sum_of_squares(0, Index::TMinus1))
        .then(front() * derivative(half_power(all(), -1), x()), "constant factors come out")
        .then(front() * (-(one_over(2))) * half_power(all(), -3) * derivative(all(), x()), "the chain rule")
        .then(front() * (-(one_over(2))) * half_power(all(), -3) * (int(2) * x()), "one square in S depends on it")
        .because(derivative(square(g(Index::K)), x()), int(2) * x())
        .then(-(front() * x() / half_power(all(), 3)), "multiply")
        .at_most(int(0), "absolute values are not negative, and η is positive")
}

/// S + (gᵗ)²
fn all() -> Expr {
    past_squares() + square(g(Index::T))
}

/// η |gᵗ| / √ of the sum of all squares, the size of the step (S4.2)
fn size(squares: Expr) -> Expr {
    eta() * abs(g(Index::T)) / sqrt(squares)
}

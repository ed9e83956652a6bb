//! The cancelling root: (ηᵗ/σᵗ) gᵗ = η/√( Σᵢ₌₀ᵗ (gⁱ)² ) · gᵗ (slides S4.1 and S4.2).

use super::sigma::Running;
use crate::chain::Derivation;
use crate::formula::*;
use crate::value::Env;
use bigdecimal::{BigDecimal, Zero};

/// From (ηᵗ/σᵗ) gᵗ to η/√Σ(gⁱ)² · gᵗ for general t: with slide 1's schedule the √(t+1) cancels (S4.1, S4.2).
///
/// It holds for `Schedule::InverseSqrt` only: its check refuses ηᵗ = η/√(t+1) wherever another schedule has another rate.
///
/// ```
/// use derivation::{Env, Schedule, cancelling_root};
///
/// let last = cancelling_root().lines.pop().unwrap();
/// assert_eq!(last.expr.to_string(), "η / √( Σᵢ₌₀ᵗ (gⁱ)² ) · gᵗ");
/// cancelling_root().verify().unwrap();
/// let constant = Env::new(Schedule::Constant { eta: 1.0 }, 0.0, &[3.0, 4.0]);
/// assert!(cancelling_root().check(&constant).is_err());
/// ```
pub fn cancelling_root() -> Derivation {
    let t = || Index::T;
    let count = || crate::formula::t() + int(1);
    let letters =
        Letters { eta: eta(), count: count(), share: int(1) / count(), sum: sum_of_squares(0, t()), g: g(t()) };
    let of = Derivation::new("the √(t+1) cancels", w(t()) - w(Index::TPlus1)).then(step(t()), "the step of Adagrad");
    let because =
        vec![(eta_at(t()), eta() / sqrt(count())), (sigma_at(t()), sqrt(int(1) / count() * sum_of_squares(0, t())))];
    cancel(of, letters, "put in both definitions", because)
}

/// The same with the numbers of the last of these gradients, and η = `eta`.
///
/// # Panics
/// If there is no gradient, or a number is NaN or infinite.
///
/// ```
/// assert_eq!(derivation::cancelling_root_of(1.0, &[3.0, 4.0]).to_string(), "\
/// w¹ − w² = (η¹/σ¹) g¹                          the step of Adagrad
///         = (1/√2) / √( ½ · 25 ) · 4            put in both definitions, with their numbers: η¹ = 1/√2, σ¹ = √( ½ · 25 ), (3)² + (4)² = 25
///         = (1/√2) / (√½ · √25) · 4             the root of a product is the product of the roots
///         = (1/√2) / [ (1/√2) · √25 ] · 4       the root of a quotient is the quotient of the roots: √1 = 1
///         = 1 · (1/√2) / [ (1/√2) · √25 ] · 4   a quotient is a product with the reciprocal
///         = (1/√25) · 4                         cancel the common factor
///         = (1/5) · 4                           take the root
///         = 0.8                                 divide and multiply");
/// ```
pub fn cancelling_root_of(eta: f64, gradients: &[f64]) -> Derivation {
    let mut running = Running::new();
    gradients.iter().for_each(|&g| running.push(g));
    running.cancelling_root(eta)
}

/// Why w does not move.
pub(crate) const ALL_ZERO: &str = "every gradient so far is zero: the step would be 0/0, and w stays";

/// What stands for η, t+1, Σ(gⁱ)² and gᵗ: letters or numbers.
struct Letters {
    eta: Expr,
    count: Expr,
    /// 1/(t+1)
    share: Expr,
    sum: Expr,
    g: Expr,
}

pub(crate) struct Numbers {
    pub t: usize,
    pub eta: Number,
    /// (3)² + (4)² + (12)², and what it is.
    pub squares: Expr,
    pub sum: BigDecimal,
    pub g: Number,
    /// √Σ(gⁱ)²
    pub root: Number,
    /// η gᵗ / √Σ(gⁱ)²
    pub step: Number,
}

pub(crate) fn with_numbers(numbers: Numbers, env: Env) -> Derivation {
    let Numbers { t, eta, squares, sum, g, root, step: size } = numbers;
    let index = Index::At(t);
    let of = |title| Derivation::new(title, w(index) - w(Index::At(t + 1)));
    let size = Expr::Number(size);
    let mut of = if sum.is_zero() {
        of(format!("{} stays", w(index))).then(size, ALL_ZERO)
    } else {
        let (eta, g) = (Expr::Number(eta), Expr::Number(g));
        let number = || Expr::Number(Number::exact(sum.clone()));
        let letters =
            Letters { eta: eta.clone(), count: int(t + 1), share: one_over(t + 1), sum: number(), g: g.clone() };
        let because = vec![
            (eta_at(index), eta.clone() / sqrt(int(t + 1))),
            (sigma_at(index), sqrt(one_over(t + 1) * number())),
            (squares, number()),
        ];
        let of = of(format!("the √{} cancels", t + 1)).then(step(index), "the step of Adagrad");
        cancel(of, letters, "put in both definitions, with their numbers", because)
            .then(eta / Expr::Number(root) * g, "take the root")
            .then(size, "divide and multiply")
    };
    of.env = Some(env);
    of
}

/// (ηᵗ/σᵗ) gᵗ
fn step(t: Index) -> Expr {
    eta_at(t) / sigma_at(t) * g(t)
}

/// The chain itself, one rule of algebra a line.
///
/// The definitions, and why they are put in, are the caller's.
fn cancel(of: Derivation, letters: Letters, reason: &str, because: Vec<(Expr, Expr)>) -> Derivation {
    let Letters { eta, count, share, sum, g } = &letters;
    let [eta, count, share, sum, g] = [eta, count, share, sum, g].map(|expr| move || expr.clone());
    let common = || int(1) / sqrt(count());
    let of = of.then(eta() / sqrt(count()) / sqrt(share() * sum()) * g(), reason);
    let of = because.into_iter().fold(of, |of, (left, right)| of.because(left, right));
    of.then(
        eta() / sqrt(count()) / (sqrt(share()) * sqrt(sum())) * g(),
        "the root of a product is the product of the roots",
    )
    .then(eta() / sqrt(count()) / (common() * sqrt(sum())) * g(), "the root of a quotient is the quotient of the roots")
    .because(sqrt(int(1)), int(1))
    .then(eta() * common() / (common() * sqrt(sum())) * g(), "a quotient is a product with the reciprocal")
    .then(eta() / sqrt(sum()) * g(), "cancel the common factor")
}

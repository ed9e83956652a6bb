//! The cancelling root: (ηᵗ/σᵗ) gᵗ = η/√( Σᵢ₌₀ᵗ (gⁱ)² ) · gᵗ (slides S4.1 and S4.2).

use super::running::{ALL_ZERO, Running, exact};
use crate::chain::Derivation;
use crate::formula::*;
use crate::value::{Env, Gradient};
use bigdecimal::{BigDecimal, Zero};
use update_rules::Schedule;

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
    let count = || t() + int(1);
    let letters = [eta(), count(), int(1) / count(), sum_of_squares(0, Index::T), g(Index::T)];
    cancel("the √(t+1) cancels", [Index::T, Index::TPlus1], letters, "put in both definitions")
}

/// The same with the numbers of the last of these gradients, and η = `eta`.
///
/// # Panics
/// If there is no gradient, or a number is NaN or infinite.
///
/// ```
/// let derivation = derivation::cancelling_root_of(1.0, &[3.0, 4.0]);
/// let [.., root, size] = &derivation.lines[..] else { unreachable!() };
/// assert_eq!([root, size].map(|line| line.expr.to_string()), ["(1/5) · 4", "0.8"]);
/// ```
pub fn cancelling_root_of(eta: f64, gradients: &[f64]) -> Derivation {
    let mut running = Running::default();
    gradients.iter().for_each(|&g| running.push(g));
    running.cancelling_root(eta)
}

impl Running {
    /// How slide 4's root cancels in the last step, with its numbers; `eta` is η of the slide's schedule ηᵗ = η/√(t+1).
    ///
    /// # Panics
    /// If no gradient was pushed, or `eta` is NaN or infinite.
    pub fn cancelling_root(&self, eta: f64) -> Derivation {
        let &Gradient { i, g: ref g_t, ref sum } = self.gradients.last();
        let (t, count) = (Index::At(i), i + 1);
        let schedule = Schedule::InverseSqrt { eta };
        let (eta, size) = (number(eta), Expr::from(self.step_size(&schedule)));
        let of = if sum.is_zero() {
            Derivation::new(format!("{} stays", w(t)), w(t) - w(Index::At(count))).then(size, ALL_ZERO)
        } else {
            let letters = [eta.clone(), int(count), one_over(count), exact(sum), exact(g_t)];
            let (title, reason) = (format!("the √{count} cancels"), "put in both definitions, with their numbers");
            let mut of = cancel(title, [t, Index::At(count)], letters, reason);
            of.lines[1].because.push((self.squares(|g| square(exact(g))), exact(sum)));
            of.then(eta / Expr::from(Number::root(&1.into(), sum, &1.into())) * exact(g_t), "take the root")
                .then(size, "divide and multiply")
        };
        Derivation { env: Some(Env::of_step(schedule, &self.gradients, &BigDecimal::zero())), ..of }
    }
}

/// The chain itself, one rule of algebra a line, with letters or numbers for η, t+1, 1/(t+1), Σ(gⁱ)² and gᵗ.
fn cancel(title: impl Into<String>, [t, next]: [Index; 2], letters: [Expr; 5], reason: &str) -> Derivation {
    let [eta, count, share, sum, g_t] = letters.map(|expr| move || expr.clone());
    let common = || int(1) / sqrt(count());
    let (rate, step) = (|| eta() / sqrt(count()), |factor: Expr| factor * g_t());
    Derivation::new(title, w(t) - w(next))
        .then(eta_at(t) / sigma_at(t) * g(t), "the step of Adagrad")
        .then(step(rate() / sqrt(share() * sum())), reason)
        .because(eta_at(t), rate())
        .because(sigma_at(t), sqrt(share() * sum()))
        .then(step(rate() / (sqrt(share()) * sqrt(sum()))), "the root of a product is the product of the roots")
        .then(step(rate() / (common() * sqrt(sum()))), "the root of a quotient is the quotient of the roots")
        .because(sqrt(int(1)), int(1))
        .then(step(eta() * common() / (common() * sqrt(sum()))), "a quotient is a product with the reciprocal")
        .then(step(eta() / sqrt(sum())), "cancel the common factor")
}

//! σᵗ = √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² ), step by step (slides S3.1 to S3.4): with numbers, and in symbols.

use super::running::{ALL_ZERO, Running, exact};
use super::steps::{Step, Steps};
use crate::chain::Derivation;
use crate::formula::*;
use crate::value::{Env, Gradient, rate, scheduled};
use bigdecimal::{BigDecimal, Zero};
use update_rules::Schedule;

/// σ⁰, σ¹, … of these gradients, each from its definition to its value (slide S3).
///
/// # Panics
/// If there is no gradient, or one is NaN or infinite.
///
/// ```
/// let steps = derivation::sigma(&[3.0, 4.0]);
/// assert_eq!([0, 1].map(|t| steps.at(t).sigma_value()), [3.0, 12.5_f64.sqrt()]);
/// ```
pub fn sigma(gradients: &[f64]) -> Steps {
    steps(Running::default(), gradients)
}

/// σ⁰, σ¹, … of these gradients, each followed by its update wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ (slide S3).
///
/// # Panics
/// If there is no gradient, or a number is NaN or infinite, or the schedule divides by zero.
///
/// ```
/// use derivation::{Schedule, adagrad};
///
/// let steps = adagrad(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[3.0, 4.0]);
/// assert_eq!(steps.last().update.as_ref().unwrap().to_string(), "\
/// w² ← w¹ − (η¹/σ¹) g¹               Adagrad's update rule
///    ≈ −1 − (0.707107/3.53553) · 4   put in the numbers: η¹ = 1/√2
///    ≈ −1 − 0.8                      divide and multiply
///    = −1.8                          subtract");
/// ```
pub fn adagrad(schedule: Schedule, w0: f64, gradients: &[f64]) -> Steps {
    steps(Running::with_update(schedule, w0), gradients)
}

/// σᵗ in symbols: for this t (S3.1 to S3.3), or for general t (S3.4).
///
/// ```
/// assert_eq!(derivation::sigma_symbolic(Some(2)).to_string(), "\
/// σ² = √( ⅓ · Σᵢ₌₀² (gⁱ)² )               the root mean square of the gradients so far
///    = √( ⅓ [ (g⁰)² + (g¹)² + (g²)² ] )   write out the sum");
/// ```
pub fn sigma_symbolic(t: Option<usize>) -> Derivation {
    let index = t.map_or(Index::T, Index::At);
    let count = || crate::formula::t() + int(1);
    let share = || t.map_or_else(|| int(1) / count(), |t| one_over(t + 1));
    let [sum, written] = [sum_of_squares(0, index), squares_written_out(index)].map(|sum| move || sum.clone());
    let of = Derivation::new(format!("{} in symbols", sigma_at(index)), sigma_at(index))
        .then(sqrt(share() * sum()), "the root mean square of the gradients so far");
    match t {
        Some(0) => of
            .then(sqrt(written()), "a sum of one term, and a mean of one")
            .then(abs(g(index)), "the root of a square is the absolute value"),
        Some(_) => of.then(sqrt(share() * written()), "write out the sum"),
        None => of
            .then(sqrt(share() * written()), "write out the sum")
            .then(sqrt(written() / count()), "to multiply by 1/(t+1) is to divide by t+1")
            .then(sqrt(written()) / sqrt(count()), "the root of a quotient is the quotient of the roots")
            .then(sqrt(sum()) / sqrt(count()), "write the sum with Σ again"),
    }
}

fn steps(mut running: Running, gradients: &[f64]) -> Steps {
    assert!(!gradients.is_empty(), "a derivation needs at least one gradient");
    let push = |&g: &f64| {
        running.push(g);
        running.step()
    };
    Steps(gradients.iter().map(push).collect())
}

impl Running {
    /// The derivations of the last step.
    ///
    /// # Panics
    /// If no gradient was pushed.
    pub fn step(&self) -> Step {
        let update = self.update.as_ref().map(|(schedule, w)| self.update_derivation(schedule, w));
        Step { sigma: self.sigma_derivation(), update }
    }

    fn sigma_derivation(&self) -> Derivation {
        let &Gradient { i, ref sum, .. } = self.gradients.last();
        let (t, count) = (Index::At(i), i + 1);
        let mean = |squares: Expr| sqrt(if count == 1 { squares } else { one_over(count) * squares });
        let [put_in, square_them] =
            if count == 1 { ["put in the gradient", "square it"] } else { ["put in the gradients", "square each"] };
        let mut of = Derivation::new(format!("{} with its numbers", sigma_at(t)), sigma_at(t))
            .then(mean(squares_written_out(t)), "the root mean square of the gradients so far")
            .then(mean(self.squares(|g| square(exact(g)))), put_in)
            .then(mean(self.squares(|g| exact(&g.square()))), square_them);
        if count > 1 {
            let quotient = Number::root(sum, &1.into(), &BigDecimal::from(count as u64).square());
            of = of.then(mean(exact(sum)), "add").then(sqrt(quotient.into()), "divide: the mean");
        }
        let env = Env::of_step(Schedule::InverseSqrt { eta: 1.0 }, &self.gradients, &BigDecimal::zero());
        Derivation { env: Some(env), ..of.then(self.sigma(), "take the root") }
    }

    fn update_derivation(&self, schedule: &Schedule, [before, after]: &[Number; 2]) -> Derivation {
        let &Gradient { i, g: ref g_t, ref sum } = self.gradients.last();
        let (t, next) = (Index::At(i), Index::At(i + 1));
        let [from, to] = [before, after].map(|number| Expr::from(number.clone()));
        let of = Derivation::new(format!("{} with its numbers", w(next)), w(next));
        let of = if sum.is_zero() {
            of.becomes(w(t), ALL_ZERO).then(to, "put in the number")
        } else {
            let eta = Expr::from(rate(schedule, i).expect("`push` has divided by it"));
            of.becomes(w(t) - eta_at(t) / sigma_at(t) * g(t), "Adagrad's update rule")
                .then(from.clone() - eta / self.sigma() * exact(g_t), "put in the numbers")
                .because(eta_at(t), scheduled(schedule, i))
                .then(from - self.step_size(schedule).into(), "divide and multiply")
                .then(to, "subtract")
        };
        Derivation { env: Some(Env::of_step(*schedule, &self.gradients, &before.value)), ..of }
    }

    fn sigma(&self) -> Expr {
        let Gradient { i, sum, .. } = self.gradients.last();
        Number::root(&1.into(), sum, &(*i as u64 + 1).into()).into()
    }
}

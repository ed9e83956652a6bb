//! Gradients taken one at a time, in constant memory.

use crate::decimal::decimal;
use crate::formula::*;
use crate::value::{Gradients, over_root, step_size};
use bigdecimal::BigDecimal;
use update_rules::Schedule;

/// Why w does not move.
pub(super) const ALL_ZERO: &str = "every gradient so far is zero: the step would be 0/0, and w stays";

/// Takes one gradient at a time, in constant memory, and derives the last step: by `default` σᵗ alone.
///
/// ```
/// let mut running = derivation::Running::default();
/// for _ in 0..1000 {
///     running.push(-0.1);
/// }
/// let text = running.step().sigma.to_string();
/// assert!(text.starts_with("σ⁹⁹⁹ = √( 1/1000 · [ (g⁰)² + (g¹)² + … + (g⁹⁹⁹)² ] )"));
/// assert!(text.contains("= √( 1/1000 · [ (−0.1)² + (−0.1)² + … + (−0.1)² ] )"));
/// ```
#[must_use]
#[derive(Clone, Debug, Default)]
pub struct Running {
    pub(super) gradients: Gradients,
    /// The schedule, wᵗ of the last step and wᵗ⁺¹ after it.
    pub(super) update: Option<(Schedule, [Number; 2])>,
}

impl Running {
    /// σᵗ and wᵗ⁺¹, before its first gradient.
    ///
    /// # Panics
    /// If a number is NaN or infinite, or a step decay's `every` is 0.
    pub fn with_update(schedule: Schedule, w0: f64) -> Running {
        let _ = over_root(&schedule, 0); // panics as it says
        let w0 = Number::exact(decimal(w0));
        Running { update: Some((schedule, [w0.clone(), w0])), ..Running::default() }
    }

    /// Takes the next gradient.
    ///
    /// # Panics
    /// If it is NaN or infinite, or the schedule divides by zero.
    pub fn push(&mut self, gradient: f64) {
        self.gradients.push(gradient);
        self.gradients.elide();
        if let Some((schedule, [_, w])) = &self.update {
            let moved = w.minus(&self.step_size(schedule));
            self.update = Some((*schedule, [w.clone(), moved]));
        }
    }

    /// (ηᵗ/σᵗ) gᵗ, or 0 if every gradient so far is zero.
    pub(super) fn step_size(&self, schedule: &Schedule) -> Number {
        step_size(schedule, self.gradients.last()).unwrap_or_else(|why| panic!("{why}"))
    }

    /// The sum of the squares as it is written, each of its terms as `term` writes it.
    pub(super) fn squares(&self, term: impl Fn(&BigDecimal) -> Expr) -> Expr {
        let mut terms: Vec<Expr> = self.gradients.kept().map(term).collect();
        if is_elided(self.gradients.count()) {
            let between = self.gradients.sum_of_squares(2, self.gradients.count() - 1);
            terms.insert(2, Expr::new(Form::Dots, [exact(&between.expect("it is kept as one sum"))]));
        }
        if terms.len() == 1 { terms.remove(0) } else { Expr::new(Form::Add, terms) }
    }
}

/// A decimal that is known exactly.
pub(super) fn exact(x: &BigDecimal) -> Expr {
    Expr::from(Number::exact(x.clone()))
}

//! What a row of gradients leaves behind, one gradient at a time.

use crate::formula::*;
use crate::value::{Gradients, over_root, step_size};
use bigdecimal::BigDecimal;
use update_rules::Schedule;

/// Why w does not move.
pub(super) const ALL_ZERO: &str = "every gradient so far is zero: the step would be 0/0, and w stays";

/// Takes one gradient at a time, in constant memory, and derives the last step.
///
/// ```
/// let mut running = derivation::Running::new();
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
    pub(super) update: Option<Update>,
}

/// The schedule, wᵗ of the last step and wᵗ⁺¹ after it.
#[derive(Clone, Debug)]
pub(super) struct Update {
    pub schedule: Schedule,
    pub before: Number,
    pub after: Number,
}

impl Running {
    /// σᵗ alone, before its first gradient.
    pub fn new() -> Running {
        Running::default()
    }

    /// σᵗ and wᵗ⁺¹, before its first gradient.
    ///
    /// # Panics
    /// If a number is NaN or infinite, or a step decay's `every` is 0.
    pub fn with_update(schedule: Schedule, w0: f64) -> Running {
        over_root(&schedule, 0);
        let w0 = Number::given(w0);
        Running { update: Some(Update { schedule, before: w0.clone(), after: w0 }), ..Running::new() }
    }

    /// Takes the next gradient.
    ///
    /// # Panics
    /// If it is NaN or infinite, or the schedule divides by zero.
    pub fn push(&mut self, gradient: f64) {
        self.gradients.push(gradient);
        self.gradients.elide();
        if let Some(Update { schedule, after, .. }) = &self.update {
            let moved = after.minus(&self.step_size(schedule));
            self.update = Some(Update { schedule: *schedule, before: after.clone(), after: moved });
        }
    }

    /// (ηᵗ/σᵗ) gᵗ, or 0 if every gradient so far is zero.
    pub(super) fn step_size(&self, schedule: &Schedule) -> Number {
        let last = self.gradients.last();
        step_size(schedule, last).unwrap_or_else(|| panic!("the schedule divides by zero at t = {}", last.i))
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

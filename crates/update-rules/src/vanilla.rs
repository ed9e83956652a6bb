//! wᵗ⁺¹ ← wᵗ − ηᵗ gᵗ: vanilla gradient descent (slide S2.3).

use ndarray::{ArrayRef, Dimension, NdFloat};

use crate::rule::{Rule, Update, from_zero};
use crate::schedule::Schedule;
use crate::sweep::sweep;

/// Vanilla gradient descent, wᵗ⁺¹ ← wᵗ − ηᵗ gᵗ: one learning rate for all parameters.
///
/// Its state is `t`. A gradient that is not finite takes its parameter out of the finite numbers: [`run`](crate::run)
/// and [`Descent`](crate::Descent) refuse it.
///
/// Source: slide S2.3.
///
/// ```
/// use update_rules::{Schedule, Vanilla, ndarray::array};
///
/// let mut w = array![1.0, 1.0];
/// let mut rule = Vanilla::new(Schedule::InverseSqrt { eta: 0.1 });
/// rule.step(&array![2.0, -4.0], &mut w);
/// assert_eq!(format!("{w:.2}"), "[0.80, 1.40]");
/// rule.step(&array![2.0, -4.0], &mut w); // η¹ = 0.1/√2 = 0.0707
/// assert_eq!(format!("t = {}, {w:.2}", rule.t), "t = 2, [0.66, 1.68]");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Vanilla {
    schedule: Schedule,
    /// The number of steps made, which is the index t of the next one.
    pub t: usize,
}

impl Vanilla {
    /// The rule before its first step, t = 0.
    ///
    /// # Panics
    /// If a number of the schedule is negative or not finite, or `every` is 0.
    pub fn new(schedule: Schedule) -> Self {
        Vanilla { schedule: schedule.checked(), t: 0 }
    }

    /// wᵗ⁺¹ ← wᵗ − ηᵗ gᵗ, in place; then t ← t + 1.
    ///
    /// # Panics
    /// If `g` and `w` differ in shape.
    pub fn step<A: NdFloat, D: Dimension>(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        let eta = A::from(self.schedule.at(self.t)).unwrap();
        sweep(g, [], w, move |g, []| ([], eta * g));
        self.t += 1;
    }

    /// ηᵗ for t = 0, 1, …
    pub fn schedule(&self) -> Schedule {
        self.schedule
    }
}

impl<A: NdFloat, D: Dimension> Rule<A, D> for Vanilla {
    fn update(&mut self, g: &ArrayRef<A, D>, w: &ArrayRef<A, D>) -> Update<A, D> {
        let eta = self.schedule.at(self.t);
        let update = from_zero(w, |w| self.step(g, w));
        Update { eta, sigma: g.map(|_| A::one()), rate: g.map(|_| A::from(eta).unwrap()), update }
    }

    fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        Vanilla::step(self, g, w);
    }
}

//! wᵗ⁺¹ ← wᵗ − ηᵗ gᵗ: vanilla gradient descent (slide S2.3).

use ndarray::{Array, ArrayRef, Dimension, NdFloat};

use crate::{Rule, Schedule, sweep};

/// Vanilla gradient descent, wᵗ⁺¹ ← wᵗ − ηᵗ gᵗ: one learning rate for all parameters.
///
/// Source: slide S2.3.
///
/// ```
/// use ndarray::array;
/// use update_rules::{Schedule, Vanilla};
///
/// let mut w = array![1.0, 1.0];
/// let mut rule = Vanilla::new(Schedule::InverseSqrt { eta: 0.1 });
/// rule.step(&array![2.0, -4.0], &mut w);
/// println!("{w:.2}"); // [0.80, 1.40]
/// rule.step(&array![2.0, -4.0], &mut w);
/// println!("{} {:.4}", rule.t(), rule.effective_rate()); // 2 0.0707    η¹ = 0.1/√2
/// # assert_eq!(format!("{} {:.4}", rule.t(), rule.effective_rate()), "2 0.0707");
/// # assert_eq!(format!("{w:.2}"), "[0.66, 1.68]");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Vanilla {
    schedule: Schedule,
    t: usize,
}

impl Vanilla {
    /// The rule before its first step, t = 0.
    pub fn new(schedule: Schedule) -> Self {
        Vanilla { schedule, t: 0 }
    }

    /// wᵗ⁺¹ ← wᵗ − ηᵗ gᵗ, in place; then t ← t + 1.
    ///
    /// # Panics
    /// If `g` and `w` differ in shape.
    pub fn step<A: NdFloat, D: Dimension>(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        sweep::vanilla(A::from(self.schedule.at(self.t)).unwrap(), g, w);
        self.t += 1;
    }

    /// The number of steps made, which is the index t of the next one.
    pub fn t(&self) -> usize {
        self.t
    }

    /// ηᵗ of the last step; before the first step, η⁰.
    pub fn effective_rate(&self) -> f64 {
        self.schedule.at(self.t.saturating_sub(1))
    }
}

impl<A: NdFloat, D: Dimension> Rule<A, D> for Vanilla {
    fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        Vanilla::step(self, g, w);
    }

    fn last(&self, g: &ArrayRef<A, D>) -> (f64, Array<A, D>, Array<A, D>) {
        let eta = self.effective_rate();
        (eta, g.map(|_| A::one()), g.map(|_| A::from(eta).unwrap()))
    }
}

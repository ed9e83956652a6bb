//! v ← α v + (1 − α) (gᵗ)², wᵗ⁺¹ ← wᵗ − ηᵗ gᵗ/√v: RMSProp, Adagrad with a moving mean in place of the sum.

use ndarray::{Array, ArrayRef, Dimension, Ix1, NdFloat};

use crate::convention::Convention;
use crate::rule::{Rule, Update, from_zero};
use crate::schedule::Schedule;
use crate::sweep::sweep;

/// RMSProp, v ← α v + (1 − α) (gᵗ)², wᵗ⁺¹ ← wᵗ − ηᵗ gᵗ/√v: the rate of each parameter forgets old derivatives.
///
/// - v is 0 at first, so the first step is η/√(1 − α); with a constant η no step is longer.
/// - With t/(t+1) in place of α, v is (σᵗ)², the slides' mean; with a constant η that is the rule of 2021.
/// - Zero, overflowing and NaN gradients do what they do in [`Adagrad`](crate::Adagrad).
/// - Its state is `t` and `mean_of_squares`: put back into a new rule, they let it go on to the last bit.
///
/// Source: Tieleman, Hinton, [Coursera, lecture 6e
/// (2012)](https://www.cs.toronto.edu/~hinton/coursera/lecture6/lec6.pdf).
///
/// ```
/// use update_rules::{RmsProp, Schedule, ndarray::array};
///
/// let mut w = array![0.0, 0.0];
/// let mut rule = RmsProp::new(Schedule::Constant { eta: 1.0 }, 0.9, &w);
/// rule.step(&array![3.0, 0.0], &mut w); // 3/√(0.1 · 9)
/// assert_eq!(format!("{w:.4}"), "[-3.1623, 0.0000]");
/// rule.step(&array![4.0, 0.01], &mut w); // 4/√(0.9 · 0.9 + 0.1 · 16)
/// assert_eq!(format!("{w:.4} {:.4}", rule.mean_of_squares), "[-5.7389, -3.1623] [2.4100, 0.0000]");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct RmsProp<A, D: Dimension = Ix1> {
    schedule: Schedule,
    alpha: f64,
    convention: Convention,
    /// The number of steps made, which is the index t of the next one.
    pub t: usize,
    /// v, the moving mean of each parameter's (gⁱ)².
    pub mean_of_squares: Array<A, D>,
}

impl<A: NdFloat, D: Dimension> RmsProp<A, D> {
    /// The rule without an ε before its first step, for parameters shaped and typed like `w`.
    ///
    /// # Panics
    /// If a number of the schedule is negative or not finite, or `every` is 0, or `alpha` is not at least 0 and less
    /// than 1.
    pub fn new(schedule: Schedule, alpha: f64, w: &ArrayRef<A, D>) -> Self {
        let (schedule, alpha, convention) = (schedule.checked(), checked("alpha", alpha), Convention::SLIDE);
        RmsProp { schedule, alpha, convention, t: 0, mean_of_squares: convention.first(w) }
    }

    /// The same rule before its first step, as `convention` writes it.
    ///
    /// # Panics
    /// If a number of the convention is negative or not finite.
    pub fn with_convention(self, convention: Convention) -> Self {
        let mean_of_squares = convention.checked().first(&self.mean_of_squares);
        RmsProp { convention, t: 0, mean_of_squares, ..self }
    }

    /// v ← α v + (1 − α) (gᵗ)², wᵗ⁺¹ ← wᵗ − ηᵗ gᵗ/√v, in place; then t ← t + 1.
    ///
    /// # Panics
    /// If `g` or the rule differ in shape from `w`.
    pub fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        let (mean, divide) = (moving_mean(self.alpha), self.convention.divide(self.schedule.at(self.t), self.t));
        sweep(g, [&mut self.mean_of_squares], w, move |g, [v]| {
            let v = mean(v, g * g);
            ([v], divide(g, v))
        });
        self.t += 1;
    }
}

impl<A: NdFloat, D: Dimension> Rule<A, D> for RmsProp<A, D> {
    fn update(&mut self, g: &ArrayRef<A, D>, w: &ArrayRef<A, D>) -> Update<A, D> {
        let eta = self.schedule.at(self.t);
        let divide = self.convention.divide(eta, self.t);
        let update = from_zero(w, |w| self.step(g, w));
        let v = &self.mean_of_squares;
        Update { eta, sigma: v.map(|v| v.sqrt()), rate: v.map(|&v| divide(A::one(), v)), update }
    }

    fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        RmsProp::step(self, g, w);
    }
}

/// v ← α v + (1 − α) x of v and x: the moving mean, by which RMSProp and Adam remember.
pub(crate) fn moving_mean<A: NdFloat>(alpha: f64) -> impl Fn(A, A) -> A + Copy + Send + Sync {
    let [old, new] = [alpha, 1.0 - alpha].map(|x| A::from(x).unwrap());
    move |v, x| old * v + new * x
}

/// α itself, as a rule takes it in; panics with one that makes no sense. With 1 nothing would ever be learnt.
pub(crate) fn checked(name: &str, alpha: f64) -> f64 {
    assert!((0.0..1.0).contains(&alpha), "{name} is {alpha}: it must be at least 0 and less than 1");
    alpha
}

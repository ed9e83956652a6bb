//! wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ, σᵗ = √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² ): Adagrad (slides S2.4 and S3.4).

use ndarray::{Array, ArrayRef, Dimension, Ix1, NdFloat};

use crate::convention::Convention;
use crate::rule::{Rule, Update, from_zero};
use crate::schedule::Schedule;
use crate::sweep::sweep;

/// Adagrad, wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ: each parameter's learning rate is divided by the root mean square of its
/// derivatives so far.
///
/// - With `Schedule::InverseSqrt` the √(t+1) of ηᵗ and of σᵗ cancel (S4.1), and the step is η gᵗ/√Σ(gⁱ)² (S4.2), as
///   [`simplified`](Adagrad::simplified) writes it.
/// - With any other schedule it is the literal (ηᵗ/σᵗ) rule. With `Schedule::Constant` it is the variant that the same
///   lecturer taught in 2021: another algorithm under the same name, whose steps do not decay.
/// - A parameter whose gradients were all zero does not move: there is no ε, and no 0/0.
/// - (g)² overflows above 1.3e154 in f64 and 1.8e19 in f32: that parameter stops. It underflows to 0 below 1.5e-162
///   and 2.6e-23: such a gradient counts as zero.
/// - A NaN stays in the sum, and its parameter is NaN from then on; [`run`](crate::run) and
///   [`Descent`](crate::Descent) refuse it.
/// - Its state is `t` and `sum_of_squares`: put back into a new rule, they let it go on to the last bit.
///
/// Source: slides S2.4 to S4.2; Duchi, Hazan, Singer, [JMLR 12
/// (2011)](https://jmlr.org/papers/v12/duchi11a.html).
///
/// ```
/// use update_rules::{Adagrad, Schedule, ndarray::array};
///
/// let mut w = array![0.0, 0.0];
/// let mut rule = Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &w);
/// rule.step(&array![3.0, 0.0], &mut w);
/// rule.step(&array![4.0, 0.01], &mut w);
/// assert_eq!(format!("{w:.4}"), "[-1.8000, -1.0000]");
/// assert_eq!(format!("{} {:.4}", rule.t, rule.sum_of_squares), "2 [25.0000, 0.0001]");
/// assert_eq!(format!("{:.4}", rule.sigma()), "[3.5355, 0.0071]"); // √(25/2), √(0.0001/2)
/// assert_eq!(format!("{:.4}", rule.rate()), "[0.2000, 100.0000]");
///
/// let mut resumed = Adagrad::new(rule.schedule(), &w);
/// (resumed.t, resumed.sum_of_squares) = (rule.t, rule.sum_of_squares.clone()); // saved, with w, and put back
/// assert_eq!(resumed, rule);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Adagrad<A, D: Dimension = Ix1> {
    schedule: Schedule,
    convention: Convention,
    /// The number of steps made, which is the index t of the next one.
    pub t: usize,
    /// Σ(gⁱ)² of each parameter, the convention's initial value included.
    pub sum_of_squares: Array<A, D>,
}

impl<A: NdFloat, D: Dimension> Adagrad<A, D> {
    /// The slide's rule before its first step, for parameters shaped and typed like `w`.
    ///
    /// # Panics
    /// If a number of the schedule is negative or not finite, or `every` is 0.
    pub fn new(schedule: Schedule, w: &ArrayRef<A, D>) -> Self {
        let (schedule, convention) = (schedule.checked(), Convention::SLIDE);
        Adagrad { schedule, convention, t: 0, sum_of_squares: convention.first(w) }
    }

    /// wᵗ⁺¹ ← wᵗ − η/√(Σ(gⁱ)²) gᵗ, the simplified form (S4.2): [`new`](Adagrad::new) with the slide's schedule.
    ///
    /// # Panics
    /// If η is negative or not finite.
    ///
    /// ```
    /// use update_rules::{Adagrad, ndarray::array};
    ///
    /// let mut w = array![0.0];
    /// let mut rule = Adagrad::simplified(1.0, &w);
    /// rule.step(&array![3.0], &mut w); // 3/√9
    /// rule.step(&array![4.0], &mut w); // 4/√(9 + 16)
    /// assert_eq!(w, array![-1.8]);
    /// ```
    pub fn simplified(eta: f64, w: &ArrayRef<A, D>) -> Self {
        Self::new(Schedule::InverseSqrt { eta }, w)
    }

    /// The same rule before its first step, as `convention` writes it; [`Convention`] has an example.
    ///
    /// # Panics
    /// If a number of the convention is negative or not finite.
    pub fn with_convention(self, convention: Convention) -> Self {
        let sum_of_squares = convention.checked().first(&self.sum_of_squares);
        Adagrad { convention, t: 0, sum_of_squares, ..self }
    }

    /// wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ, in place; Σ(gⁱ)² gains (gᵗ)² before it divides; then t ← t + 1.
    ///
    /// # Panics
    /// If `g` or the rule differ in shape from `w`.
    pub fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        let divide = self.convention.divide(self.schedule.over_root_of_sum(self.t), self.t);
        sweep(g, [&mut self.sum_of_squares], w, move |g, [s]| {
            let s = s + g * g;
            ([s], divide(g, s))
        });
        self.t += 1;
    }

    /// ηᵗ for t = 0, 1, …
    pub fn schedule(&self) -> Schedule {
        self.schedule
    }

    /// σᵗ = √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² ) of the last step, per parameter; the convention's ε is not in it.
    pub fn sigma(&self) -> Array<A, D> {
        let count = A::from(self.t.max(1)).unwrap();
        self.sum_of_squares.map(|&s| (s / count).sqrt())
    }

    /// ηᵗ/σᵗ of the last step, per parameter: what gᵗ was multiplied by; 0 for one that cannot move yet.
    pub fn rate(&self) -> Array<A, D> {
        let t = self.t.saturating_sub(1);
        let divide = self.convention.divide(self.schedule.over_root_of_sum(t), t);
        self.sum_of_squares.map(|&s| divide(A::one(), s))
    }
}

impl<A: NdFloat, D: Dimension> Rule<A, D> for Adagrad<A, D> {
    fn update(&mut self, g: &ArrayRef<A, D>, w: &ArrayRef<A, D>) -> Update<A, D> {
        let eta = self.schedule.at(self.t);
        let update = from_zero(w, |w| self.step(g, w));
        Update { eta, sigma: self.sigma(), rate: self.rate(), update }
    }

    fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        Adagrad::step(self, g, w);
    }
}

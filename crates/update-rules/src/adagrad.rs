//! wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ, σᵗ = √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² ): Adagrad (slides S2.4 and S3.4).

use ndarray::{Array, ArrayRef, Dimension, Ix1, NdFloat};

use crate::{Convention, Rule, Schedule, sweep};

/// Adagrad, wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ: each parameter's learning rate is divided by the root mean square of its
/// derivatives so far.
///
/// - With `Schedule::InverseSqrt` the √(t+1) of ηᵗ and of σᵗ cancel (S4.1), and the step is η gᵗ/√Σ(gⁱ)² (S4.2).
/// - With any other schedule it is the literal (ηᵗ/σᵗ) rule. With `Schedule::Constant` it is the variant that the same
///   lecturer taught in 2021: another algorithm under the same name, whose steps do not decay.
/// - A parameter whose gradients were all zero does not move: there is no ε, and no 0/0.
/// - (g)² overflows above 1.3e154 in f64 and 1.8e19 in f32: that parameter stops. It underflows to 0 below 1.5e-162
///   and 2.6e-23: such a gradient counts as zero.
///
/// Source: slides S2.4 to S4.2; Duchi, Hazan, Singer, [JMLR 12
/// (2011)](https://jmlr.org/papers/v12/duchi11a.html).
///
/// ```
/// use ndarray::array;
/// use update_rules::{Adagrad, Schedule};
///
/// let mut w = array![0.0, 0.0];
/// let mut rule = Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &w);
/// rule.step(&array![3.0, 0.0], &mut w);
/// rule.step(&array![4.0, 0.01], &mut w);
/// println!("{w:.4}"); // [-1.8000, -1.0000]
/// println!("{} {:.4}", rule.t(), rule.sum_of_squares()); // 2 [25.0000, 0.0001]
/// println!("{:.4}", rule.sigma()); // [3.5355, 0.0071]    √(25/2), √(0.0001/2)
/// println!("{:.4}", rule.effective_rate()); // [0.2000, 100.0000]
/// # assert_eq!(format!("{w:.4}"), "[-1.8000, -1.0000]");
/// # assert_eq!(format!("{} {:.4}", rule.t(), rule.sum_of_squares()), "2 [25.0000, 0.0001]");
/// # assert_eq!(format!("{:.4}", rule.sigma()), "[3.5355, 0.0071]");
/// # assert_eq!(format!("{:.4}", rule.effective_rate()), "[0.2000, 100.0000]");
/// ```
#[derive(Clone, Debug)]
pub struct Adagrad<A, D: Dimension = Ix1> {
    schedule: Schedule,
    convention: Convention,
    t: usize,
    sum_of_squares: Array<A, D>,
}

impl<A: NdFloat, D: Dimension> Adagrad<A, D> {
    /// The slide's rule before its first step, for parameters shaped and typed like `w`.
    pub fn new(schedule: Schedule, w: &ArrayRef<A, D>) -> Self {
        Adagrad { schedule, convention: Convention::slide(), t: 0, sum_of_squares: w.map(|_| A::zero()) }
    }

    /// The same rule before its first step, as `convention` writes it.
    ///
    /// ```
    /// use ndarray::array;
    /// use update_rules::{Adagrad, Convention, Schedule};
    ///
    /// let mut w = array![0.0];
    /// let mut keras = Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &w).with_convention(Convention::keras());
    /// keras.step(&array![0.001], &mut w);
    /// println!("{w:.4}"); // [-0.0032], where the slide's rule gives -1: Keras starts its sum at 0.1
    /// # assert_eq!(format!("{w:.4}"), "[-0.0032]");
    /// ```
    pub fn with_convention(mut self, convention: Convention) -> Self {
        self.convention = convention;
        self.t = 0;
        self.sum_of_squares.fill(A::from(convention.initial).unwrap());
        self
    }

    /// wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ, in place; Σ(gⁱ)² gains (gᵗ)² before it divides; then t ← t + 1.
    ///
    /// # Panics
    /// If `g` or the rule differ in shape from `w`.
    pub fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        let rate = A::from(self.rate(self.t)).unwrap();
        sweep::adagrad(rate, self.convention.divisor.terms(), g, &mut self.sum_of_squares, w);
        self.t += 1;
    }

    /// The number of steps made, which is the index t of the next one.
    pub fn t(&self) -> usize {
        self.t
    }

    /// Σ(gⁱ)² of each parameter, the convention's initial value included.
    pub fn sum_of_squares(&self) -> &Array<A, D> {
        &self.sum_of_squares
    }

    /// σᵗ = √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² ) of the last step, per parameter; the convention's ε is not in it.
    pub fn sigma(&self) -> Array<A, D> {
        let count = A::from(self.t.max(1)).unwrap();
        self.sum_of_squares.map(|&s| (s / count).sqrt())
    }

    /// ηᵗ/σᵗ of the last step, per parameter: what gᵗ was multiplied by; 0 for one that cannot move yet.
    pub fn effective_rate(&self) -> Array<A, D> {
        let rate = A::from(self.rate(self.t.saturating_sub(1))).unwrap();
        let divisor = self.convention.divisor.terms();
        self.sum_of_squares.map(|&s| rate * sweep::quotient(A::one(), s, divisor))
    }

    /// The one scalar of a step: ηᵗ√(t+1), for a divisor that is the root of the sum.
    fn rate(&self, t: usize) -> f64 {
        self.schedule.over_root_of_sum(t) / (1.0 + self.convention.lr_decay * t as f64)
    }
}

impl<A: NdFloat, D: Dimension> Rule<A, D> for Adagrad<A, D> {
    fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        Adagrad::step(self, g, w);
    }

    fn last(&self, _g: &ArrayRef<A, D>) -> (f64, Array<A, D>, Array<A, D>) {
        (self.schedule.at(self.t.saturating_sub(1)), self.sigma(), self.effective_rate())
    }
}

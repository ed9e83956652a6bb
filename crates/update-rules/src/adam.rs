//! m ← β₁ m + (1 − β₁) gᵗ, v ← β₂ v + (1 − β₂) (gᵗ)², wᵗ⁺¹ ← wᵗ − ηᵗ m̂/√v̂: Adam, RMSProp with momentum and a
//! correction of the first steps.

use ndarray::{Array, ArrayRef, Dimension, Ix1, NdFloat};

use crate::convention::Convention;
use crate::rms_prop::{checked, moving_mean};
use crate::rule::{Rule, Update, from_zero};
use crate::schedule::Schedule;
use crate::sweep::sweep;

/// Adam, wᵗ⁺¹ ← wᵗ − ηᵗ m̂/√v̂: the moving mean of the derivatives over the root of the moving mean of their squares.
///
/// - m ← β₁ m + (1 − β₁) gᵗ and v ← β₂ v + (1 − β₂) (gᵗ)², both 0 at first; m̂ = m/(1 − β₁ᵗ⁺¹) and
///   v̂ = v/(1 − β₂ᵗ⁺¹) are weighted means of what there was. So the first step is η.
/// - With β₁ = 0, as β₂ → 1, v̂ → (σᵗ)², the slides' mean: the rule of 2021, and Adagrad with ηᵗ = η/√(t+1).
/// - Zero, overflowing and NaN gradients do what they do in [`RmsProp`](crate::RmsProp).
/// - Its state is `t`, `mean` and `mean_of_squares`: put back into a new rule, they let it go on to the last bit.
///
/// Source: Kingma, Ba, [ICLR 2015](https://arxiv.org/abs/1412.6980).
///
/// ```
/// use update_rules::{Adam, Schedule, ndarray::array};
///
/// let mut w = array![0.0, 0.0];
/// let mut rule = Adam::new(Schedule::Constant { eta: 1.0 }, [0.9, 0.999], &w);
/// rule.step(&array![3.0, 0.0], &mut w);
/// assert_eq!(format!("{w:.4}"), "[-1.0000, 0.0000]");
/// rule.step(&array![4.0, 0.01], &mut w); // m = 0.67, v = 0.024991; 0.67/0.19 over √(0.024991/0.001999)
/// assert_eq!(format!("{w:.4}"), "[-1.9973, -0.7441]");
/// assert_eq!(format!("{:.4} {:.6}", rule.mean, rule.mean_of_squares), "[0.6700, 0.0010] [0.024991, 0.000000]");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Adam<A, D: Dimension = Ix1> {
    schedule: Schedule,
    betas: [f64; 2],
    convention: Convention,
    /// The number of steps made, which is the index t of the next one.
    pub t: usize,
    /// m, the moving mean of each parameter's gⁱ, not corrected.
    pub mean: Array<A, D>,
    /// v, the moving mean of each parameter's (gⁱ)², not corrected.
    pub mean_of_squares: Array<A, D>,
}

impl<A: NdFloat, D: Dimension> Adam<A, D> {
    /// The rule without an ε before its first step, with β₁ and β₂, for parameters shaped and typed like `w`.
    ///
    /// # Panics
    /// If a number of the schedule is negative or not finite, or `every` is 0, or one of `betas` is not at least 0 and
    /// less than 1.
    pub fn new(schedule: Schedule, betas: [f64; 2], w: &ArrayRef<A, D>) -> Self {
        let betas = [checked("beta1", betas[0]), checked("beta2", betas[1])];
        let (schedule, convention, mean) = (schedule.checked(), Convention::SLIDE, w.map(|_| A::zero()));
        Adam { schedule, betas, convention, t: 0, mean, mean_of_squares: convention.first(w) }
    }

    /// The same rule before its first step, as `convention` writes it.
    ///
    /// # Panics
    /// If a number of the convention is negative or not finite.
    pub fn with_convention(self, convention: Convention) -> Self {
        let mean_of_squares = convention.checked().first(&self.mean);
        Adam { convention, t: 0, mean: self.mean.map(|_| A::zero()), mean_of_squares, ..self }
    }

    /// m and v gain gᵗ, then wᵗ⁺¹ ← wᵗ − ηᵗ m̂/√v̂, in place; then t ← t + 1.
    ///
    /// # Panics
    /// If `g` or the rule differ in shape from `w`.
    pub fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        let [mean, mean_of_squares] = self.betas.map(moving_mean);
        let ([c_m, c_v], divide) = self.corrected();
        sweep(g, [&mut self.mean, &mut self.mean_of_squares], w, move |g, [m, v]| {
            let (m, v) = (mean(m, g), mean_of_squares(v, g * g));
            ([m, v], divide(m * c_m, v * c_v))
        });
        self.t += 1;
    }

    /// 1/(1 − β₁ᵗ⁺¹) and 1/(1 − β₂ᵗ⁺¹), and η m̂/√v̂ of m̂ and v̂.
    fn corrected(&self) -> ([A; 2], impl Fn(A, A) -> A + Copy + Send + Sync + use<A, D>) {
        let corrections = self.betas.map(|beta| 1.0 / (1.0 - libm::pow(beta, self.t as f64 + 1.0)));
        let mut convention = self.convention;
        if convention.eps_uncorrected {
            convention.eps *= corrections[1].sqrt();
        }
        (corrections.map(|x| A::from(x).unwrap()), convention.divide(self.schedule.at(self.t), self.t))
    }
}

impl<A: NdFloat, D: Dimension> Rule<A, D> for Adam<A, D> {
    fn update(&mut self, g: &ArrayRef<A, D>, w: &ArrayRef<A, D>) -> Update<A, D> {
        let (eta, ([_, correction], divide)) = (self.schedule.at(self.t), self.corrected());
        let update = from_zero(w, |w| self.step(g, w));
        let v = self.mean_of_squares.map(|&v| v * correction);
        Update { eta, sigma: v.map(|v| v.sqrt()), rate: v.map(|&v| divide(A::one(), v)), update }
    }

    fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        Adam::step(self, g, w);
    }
}

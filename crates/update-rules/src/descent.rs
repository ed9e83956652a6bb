//! wᵗ⁺¹ ← wᵗ − update, gᵗ = ∂L(θᵗ)/∂w: the loop around an update rule (slides S2.2 to S2.4).

use std::error::Error;
use std::fmt;

use ndarray::{Array, Dimension, Ix1, NdFloat};

use crate::rule::{Rule, Update};

/// One step of a descent: everything that a table or a picture of it shows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Step<A, D: Dimension = Ix1> {
    /// t, counted from 0 where this descent starts.
    pub t: usize,
    /// wᵗ, where the step starts.
    pub w: Array<A, D>,
    /// gᵗ, the gradient there.
    pub g: Array<A, D>,
    /// ηᵗ, the schedule's learning rate.
    pub eta: f64,
    /// σᵗ, the root mean square of g⁰ … gᵗ; 1 for `Vanilla`.
    pub sigma: Array<A, D>,
    /// The effective rate ηᵗ/σᵗ of each parameter.
    pub rate: Array<A, D>,
    /// What is subtracted: (ηᵗ/σᵗ) gᵗ.
    pub update: Array<A, D>,
    /// wᵗ⁺¹, where the step ends.
    pub w_next: Array<A, D>,
}

/// A gradient or a parameter left the finite numbers.
///
/// ```
/// use update_rules::{LinearRegression, Schedule, Vanilla, run, ndarray::array};
///
/// let data = LinearRegression::pokemon();
/// let mut w = array![-120.0, -4.0];
/// let mut rule = Vanilla::new(Schedule::Constant { eta: 1e-5 }); // above 2/L = 1.1449e-6
/// let error = run(&mut rule, &mut w, 100_000, |w| data.gradient(w)).unwrap_err();
/// assert_eq!(error.to_string(), "at step t = 248 the gradient of parameter [1] is -inf");
/// assert_eq!(format!("{:.1e}", w[1]), "-3.5e302"); // the last finite one
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NotFinite {
    /// The step t that could not be made, counted as the descent counts.
    pub t: usize,
    /// The index of the first parameter concerned, one number per axis.
    pub parameter: Vec<usize>,
    /// gᵗ of that parameter; finite if it was the step that overflowed.
    pub g: f64,
}

impl fmt::Display for NotFinite {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let NotFinite { t, parameter, g } = self;
        if g.is_finite() {
            write!(f, "step t = {t} takes parameter {parameter:?} out of the finite numbers (its gradient is {g:e})")
        } else {
            write!(f, "at step t = {t} the gradient of parameter {parameter:?} is {g}")
        }
    }
}

impl Error for NotFinite {}

/// An endless descent, one [`Step`] at a time, computed when asked for.
///
/// A gradient that is not finite ends it with one [`NotFinite`]; [`Descent::w`] is then still the last finite w.
///
/// ```
/// use update_rules::{Adagrad, Descent, NotFinite, Quadratic, Step, ndarray::array};
///
/// let bowl = Quadratic::separable(&[0.1, 2.0]); // 0.1 x₁² + 2 x₂²
/// let w = array![-5.0, -2.0];
/// let mut descent = Descent::new(Adagrad::simplified(0.4, &w), w, |w| bowl.gradient(w));
/// let steps: Vec<Step<f64>> = descent.by_ref().take(20).collect::<Result<_, _>>()?; // by_ref: to go on later
/// assert_eq!(format!("{:.4} {:.4}", steps[0].rate, steps[19].w_next), "[0.4000, 0.0500] [-2.3826, -0.1586]");
/// assert_eq!(format!("{:.4} {:.4}", descent.w(), descent.rule().sigma()), "[-2.3826, -0.1586] [0.6885, 3.3941]");
/// # Ok::<(), NotFinite>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a descent walks only as its steps are asked for"]
pub struct Descent<R, F, A, D: Dimension = Ix1> {
    rule: R,
    gradient: F,
    w: Array<A, D>,
    t: usize,
    ended: bool,
}

impl<A: NdFloat, D: Dimension, R: Rule<A, D>, F: FnMut(&Array<A, D>) -> Array<A, D>> Descent<R, F, A, D> {
    /// The descent of `rule` from `w`, where `gradient` gives g for w.
    ///
    /// A step panics if g, w and the rule differ in shape.
    pub fn new(rule: R, w: Array<A, D>, gradient: F) -> Self {
        Descent { rule, gradient, w, t: 0, ended: false }
    }

    /// The parameters now: wᵗ⁺¹ of the last step, always finite if w⁰ was.
    pub fn w(&self) -> &Array<A, D> {
        &self.w
    }

    /// The rule, with its state after the last step.
    pub fn rule(&self) -> &R {
        &self.rule
    }
}

impl<A: NdFloat, D: Dimension, R: Rule<A, D>, F: FnMut(&Array<A, D>) -> Array<A, D>> Iterator for Descent<R, F, A, D> {
    type Item = Result<Step<A, D>, NotFinite>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let (t, g) = (self.t, (self.gradient)(&self.w));
        if let Some(error) = not_finite(t, &g, &g) {
            self.ended = true;
            return Some(Err(error));
        }
        let Update { eta, sigma, rate, update } = self.rule.update(&g, &self.w);
        let w_next = &self.w - &update;
        if let Some(error) = not_finite(t, &w_next, &g) {
            self.ended = true;
            return Some(Err(error));
        }
        let w = std::mem::replace(&mut self.w, w_next.clone());
        self.t += 1;
        Some(Ok(Step { t, w, g, eta, sigma, rate, update, w_next }))
    }
}

/// `updates` steps of `rule` on `w`, in place, with nothing recorded.
///
/// # Errors
/// [`NotFinite`] at the first gradient or step that is not finite; `w` is then the last finite one.
///
/// # Panics
/// If the gradient, `w` and the rule differ in shape.
///
/// ```
/// use update_rules::{Adagrad, LinearRegression, NotFinite, run, ndarray::array};
///
/// let data = LinearRegression::pokemon();
/// let mut w = array![-120.0, -4.0]; // b, w
/// run(&mut Adagrad::simplified(1.0, &w), &mut w, 100_000, |w| data.gradient(w))?;
/// assert_eq!(format!("{w:.6}"), "[-188.366839, 2.669264]"); // the least squares are [-188.433197, 2.669455]
/// # Ok::<(), NotFinite>(())
/// ```
pub fn run<R, F, A, D>(rule: &mut R, w: &mut Array<A, D>, updates: usize, mut gradient: F) -> Result<(), NotFinite>
where
    R: Rule<A, D> + ?Sized,
    F: FnMut(&Array<A, D>) -> Array<A, D>,
    A: NdFloat,
    D: Dimension,
{
    let mut last = w.clone();
    for t in 0..updates {
        let g = gradient(w);
        if let Some(error) = not_finite(t, &g, &g) {
            return Err(error);
        }
        last.assign(w);
        rule.step(&g, w);
        if let Some(error) = not_finite(t, w, &g) {
            w.assign(&last);
            return Err(error);
        }
    }
    Ok(())
}

/// The error for the first element of `values` that is not finite, if there is one.
fn not_finite<A: NdFloat, D: Dimension>(t: usize, values: &Array<A, D>, g: &Array<A, D>) -> Option<NotFinite> {
    let at = values.iter().position(|x| !x.is_finite())?;
    let (mut rest, mut parameter) = (at, vec![0; values.ndim()]);
    for (index, &length) in parameter.iter_mut().zip(values.shape()).rev() {
        (rest, *index) = (rest / length, rest % length);
    }
    let g = g.iter().nth(at).and_then(|g| g.to_f64()).unwrap_or(f64::NAN);
    Some(NotFinite { t, parameter, g })
}

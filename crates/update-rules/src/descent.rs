//! wᵗ⁺¹ ← wᵗ − update, gᵗ = ∂L(θᵗ)/∂w: the loop around an update rule (slides S2.2 to S2.4).

use std::error::Error;
use std::fmt;

use ndarray::{Array, Dimension, IntoDimension, Ix1, NdFloat, array};

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
    /// σᵗ, what ηᵗ is divided by; [`Update`] says what it is in which rule.
    pub sigma: Array<A, D>,
    /// The effective rate ηᵗ/σᵗ of each parameter.
    pub rate: Array<A, D>,
    /// What is subtracted: (ηᵗ/σᵗ) gᵗ, in `Adam` (ηᵗ/σᵗ) m̂.
    pub update: Array<A, D>,
    /// wᵗ⁺¹, where the step ends.
    pub w_next: Array<A, D>,
}

/// A gradient or a parameter left the finite numbers; [`run`] has an example.
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

    fn step(&mut self) -> Result<Step<A, D>, NotFinite> {
        let (t, g) = (self.t, (self.gradient)(&self.w));
        finite(t, &g, &g)?;
        let Update { eta, sigma, rate, update } = self.rule.update(&g, &self.w);
        let w_next = &self.w - &update;
        finite(t, &w_next, &g)?;
        let w = std::mem::replace(&mut self.w, w_next.clone());
        self.t += 1;
        Ok(Step { t, w, g, eta, sigma, rate, update, w_next })
    }
}

impl<A: NdFloat, D: Dimension, R: Rule<A, D>, F: FnMut(&Array<A, D>) -> Array<A, D>> Iterator for Descent<R, F, A, D> {
    type Item = Result<Step<A, D>, NotFinite>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = (!self.ended).then(|| self.step());
        self.ended |= matches!(step, Some(Err(_)));
        step
    }
}

/// gᵗ for wᵗ.
type Gradient<'a, A, D> = dyn FnMut(&Array<A, D>) -> Array<A, D> + 'a;

/// The first `updates` steps of `rule` from `w`, each with all its numbers.
///
/// # Panics
/// With the [`NotFinite`] at the first gradient or step that is not finite, or if shapes differ; [`Descent`] returns it.
///
/// ```
/// use update_rules::{Adagrad, descend, ndarray::array};
///
/// let w = array![-5.0, -2.0];
/// let steps = descend(Adagrad::simplified(0.4, &w), w, 20, |w| array![0.2 * w[0], 4.0 * w[1]]);
/// assert_eq!(format!("{:.4}", steps[19].w_next), "[-2.3826, -0.1586]");
/// ```
pub fn descend<A: NdFloat, D: Dimension>(
    mut rule: impl Rule<A, D>,
    w: Array<A, D>,
    updates: usize,
    mut gradient: impl FnMut(&Array<A, D>) -> Array<A, D>,
) -> Vec<Step<A, D>> {
    // One compiled descent for all rules and gradients.
    let rule: &mut dyn Rule<A, D> = &mut rule;
    let gradient: &mut Gradient<A, D> = &mut gradient;
    Descent::new(rule, w, gradient).take(updates).map(|step| step.unwrap_or_else(|error| panic!("{error}"))).collect()
}

/// The steps of `rule` on one parameter, from w⁰ = 0, whose gradients are given: g⁰, g¹, … whatever w is.
///
/// # Panics
/// As [`descend`].
///
/// ```
/// use update_rules::{Adagrad, ndarray::array, on_gradients};
///
/// let steps = on_gradients(Adagrad::simplified(1.0, &array![0.0]), &[3.0, 4.0, 12.0]);
/// assert_eq!([steps[0].sigma[0], steps[1].update[0], steps[2].rate[0]], [3.0, 0.8, 1.0 / 13.0]);
/// ```
pub fn on_gradients(rule: impl Rule<f64, Ix1>, gradients: &[f64]) -> Vec<Step<f64>> {
    let mut t = 0..;
    descend(rule, array![0.0], gradients.len(), |_| array![gradients[t.next().expect("endless")]])
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
/// use update_rules::{Adagrad, LinearRegression, NotFinite, Schedule, Vanilla, run, ndarray::array};
///
/// let data = LinearRegression::pokemon();
/// let mut w = array![-120.0, -4.0]; // b, w
/// run(&mut Adagrad::simplified(1.0, &w), &mut w, 100_000, |w| data.gradient(w))?;
/// assert_eq!(format!("{w:.6}"), "[-188.366839, 2.669264]"); // the least squares are [-188.433197, 2.669455]
///
/// let mut too_large = Vanilla::new(Schedule::Constant { eta: 1e-5 }); // above 2/L = 1.1449e-6
/// let error = run(&mut too_large, &mut array![-120.0, -4.0], 1000, |w| data.gradient(w)).unwrap_err();
/// assert_eq!(error.to_string(), "at step t = 248 the gradient of parameter [1] is -inf");
/// # Ok::<(), NotFinite>(())
/// ```
pub fn run<A: NdFloat, D: Dimension>(
    rule: &mut (impl Rule<A, D> + ?Sized),
    w: &mut Array<A, D>,
    updates: usize,
    mut gradient: impl FnMut(&Array<A, D>) -> Array<A, D>,
) -> Result<(), NotFinite> {
    let mut last = w.clone();
    for t in 0..updates {
        let g = gradient(w);
        finite(t, &g, &g)?;
        last.assign(w);
        rule.step(&g, w);
        finite(t, w, &g).inspect_err(|_| w.assign(&last))?;
    }
    Ok(())
}

/// The error names the first of `values` that is not finite, and its gradient.
fn finite<A: NdFloat, D: Dimension>(t: usize, values: &Array<A, D>, g: &Array<A, D>) -> Result<(), NotFinite> {
    if values.iter().all(|x| x.is_finite()) {
        return Ok(());
    }
    let (at, _) = values.indexed_iter().find(|(_, x)| !x.is_finite()).expect("one is not finite");
    let at = at.into_dimension();
    let g = g[at.clone()].to_f64().unwrap_or(f64::NAN);
    Err(NotFinite { t, parameter: at.slice().to_vec(), g })
}

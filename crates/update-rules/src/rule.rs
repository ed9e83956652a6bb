//! wᵗ⁺¹ ← wᵗ − update: what an update rule is (slides S2.3 and S2.4).

use std::ops::DerefMut;

use ndarray::{Array, ArrayRef, Dimension, Ix1, NdFloat};

/// An update rule: from the gradient and the parameters, what is subtracted from the parameters.
///
/// `update` is all that a rule of one's own must say. `step`, `run` and `Descent` follow from it, so that all walk
/// one path. What points to a rule is one too, `&mut R` and `Box<dyn Rule<A, D>>`: rules of all kinds fit in one list.
///
/// A rule of one's own, Adagrad with weight decay, which pulls w towards 0 beside its step:
///
/// ```
/// use update_rules::ndarray::{ArrayRef1, Ix1, array};
/// use update_rules::{Adagrad, NotFinite, Rule, Update, run};
///
/// struct Decayed(Adagrad<f64>);
///
/// impl Rule<f64, Ix1> for Decayed {
///     fn update(&mut self, g: &ArrayRef1<f64>, w: &ArrayRef1<f64>) -> Update<f64> {
///         let mut update = self.0.update(g, w);
///         update.update.zip_mut_with(w, |u, &w| *u += 0.01 * w);
///         update
///     }
/// }
///
/// let mut w = array![5.0, -2.0];
/// let mut rule = Decayed(Adagrad::simplified(0.4, &w));
/// run(&mut rule, &mut w, 20, |w| 2.0 * w)?;
/// assert_eq!(format!("{w:.4}"), "[1.8833, -0.1179]");
///
/// let mut rules: Vec<Box<dyn Rule<f64, Ix1>>> = vec![Box::new(rule), Box::new(Adagrad::simplified(0.4, &w))];
/// run(&mut rules[1], &mut w, 20, |w| 2.0 * w)?;
/// # Ok::<(), NotFinite>(())
/// ```
pub trait Rule<A: NdFloat, D: Dimension> {
    /// What to subtract from `w`, whose gradient is `g`, and what it is made of; then t ← t + 1.
    fn update(&mut self, g: &ArrayRef<A, D>, w: &ArrayRef<A, D>) -> Update<A, D>;

    /// w ← w − update, in place; a rule may do in one pass what `update` does in several.
    fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        let Update { update, .. } = self.update(g, w);
        w.zip_mut_with(&update, |w, &u| *w -= u);
    }
}

/// What a rule subtracts from w at step t, and what that is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Update<A, D: Dimension = Ix1> {
    /// ηᵗ, the schedule's learning rate.
    pub eta: f64,
    /// σᵗ, what ηᵗ is divided by, without an ε: in `Adagrad` the root of the mean of (g⁰)² … (gᵗ)², in `RmsProp` and `Adam`
    /// that of a moving mean, 1 for a rule that does not divide.
    pub sigma: Array<A, D>,
    /// ηᵗ/σᵗ, with the convention's ε: what gᵗ (in `Adam` its mean, m̂) is multiplied by, the rate of each parameter.
    pub rate: Array<A, D>,
    /// What is subtracted: (ηᵗ/σᵗ) gᵗ, and whatever a rule of one's own adds.
    pub update: Array<A, D>,
}

impl<A: NdFloat, D: Dimension, R: DerefMut<Target: Rule<A, D>>> Rule<A, D> for R {
    fn update(&mut self, g: &ArrayRef<A, D>, w: &ArrayRef<A, D>) -> Update<A, D> {
        (**self).update(g, w)
    }

    fn step(&mut self, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
        (**self).step(g, w);
    }
}

/// The update that an in-place step makes: a step from zero leaves −update, exactly; wᵗ⁺¹ − wᵗ would have lost its
/// last digits.
pub(crate) fn from_zero<A: NdFloat, D: Dimension>(
    w: &ArrayRef<A, D>,
    step: impl FnOnce(&mut ArrayRef<A, D>),
) -> Array<A, D> {
    let mut update = w.map(|_| A::zero());
    step(&mut update);
    update.map_inplace(|u| *u = A::zero() - *u); // and not −u, which shows no step as −0
    update
}

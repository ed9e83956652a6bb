//! v ← α v + (1 − α) x: the moving mean, by which RMSProp and Adam remember.

use ndarray::NdFloat;

/// α of a moving mean, and 1 − α.
#[derive(Clone, Copy)]
pub(crate) struct Moving<A> {
    old: A,
    new: A,
}

impl<A: NdFloat> Moving<A> {
    pub(crate) fn new(alpha: f64) -> Self {
        let [old, new] = [alpha, 1.0 - alpha].map(|x| A::from(x).unwrap());
        Moving { old, new }
    }

    #[inline(always)]
    pub(crate) fn mean(self, v: A, x: A) -> A {
        self.old * v + self.new * x
    }
}

/// α itself, as a rule takes it in.
///
/// # Panics
/// If it is not at least 0 and less than 1: with 1 nothing would ever be learnt.
pub(crate) fn checked(name: &str, alpha: f64) -> f64 {
    assert!((0.0..1.0).contains(&alpha), "{name} is {alpha}: it must be at least 0 and less than 1");
    alpha
}

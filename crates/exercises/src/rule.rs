//! The slides' rule for one parameter, wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ, as the five parts in which people go wrong.

use ndarray::array;
use update_rules::{Adagrad, Schedule, on_gradients};

/// One way to read the slides: [`SLIDES`], or, for a known mistake, the same with a part exchanged.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    /// ηᵗ of η and t.
    pub schedule: fn(f64, usize) -> f64,
    /// σᵗ of g⁰ … gᵗ.
    pub divisor: fn(&[f64]) -> f64,
    /// The rate of ηᵗ and σᵗ.
    pub divide: fn(f64, f64) -> f64,
    /// gᵗ of g⁰ … gᵗ.
    pub gradient: fn(&[f64]) -> f64,
    /// wᵗ⁺¹ of wᵗ and the step.
    pub descend: fn(f64, f64) -> f64,
}

/// What a rule is applied to.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub w: f64,
    pub eta: f64,
    pub t: usize,
    /// g⁰ … gᵗ; gᵗ alone, or nothing, where no more is asked for.
    pub g: &'a [f64],
}

/// The rule as it stands on the slides: ηᵗ = η/√(t+1) (S2.1), σᵗ = √( 1/(t+1) · Σᵢ (gⁱ)² ) (S3.4).
pub(crate) const SLIDES: Rule = Rule {
    schedule: |eta, t| Schedule::InverseSqrt { eta }.at(t),
    divisor: |g| on_gradients(Adagrad::simplified(1.0, &array![0.0]), g)[g.len() - 1].sigma[0],
    divide: |eta, sigma| eta / sigma,
    gradient: |g| g[g.len() - 1],
    descend: |w, step| w - step,
};

impl Rule {
    /// ηᵗ
    pub fn eta_t(&self, x: &Case) -> f64 {
        (self.schedule)(x.eta, x.t)
    }

    /// σᵗ
    pub fn sigma(&self, x: &Case) -> f64 {
        (self.divisor)(x.g)
    }

    /// ηᵗ/σᵗ
    pub fn rate(&self, x: &Case) -> f64 {
        (self.divide)(self.eta_t(x), self.sigma(x))
    }

    /// (ηᵗ/σᵗ) gᵗ
    pub fn step(&self, x: &Case) -> f64 {
        self.rate(x) * (self.gradient)(x.g)
    }

    /// wᵗ⁺¹ (S2.4).
    pub fn next(&self, x: &Case) -> f64 {
        (self.descend)(x.w, self.step(x))
    }

    /// wᵗ⁺¹ of vanilla gradient descent, which has no σᵗ (S2.3).
    pub fn vanilla(&self, x: &Case) -> f64 {
        Rule { divide: |eta, _| eta, ..*self }.next(x)
    }
}

impl<'a> Case<'a> {
    /// g⁰ … gᵗ tell what t is.
    pub const fn new(w: f64, eta: f64, g: &'a [f64]) -> Self {
        Case { w, eta, t: g.len() - 1, g }
    }
}

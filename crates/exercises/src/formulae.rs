//! The slides' formulae for one parameter, by `update-rules`: what right answers are computed with.
//! And the parts that the wrong formulae are put together from.

use ndarray::{Array1, array};
use update_rules::{Adagrad, Schedule, Vanilla};

/// ηᵗ = η/√(t+1) (S1.3).
pub(crate) fn eta_at(eta: f64, t: usize) -> f64 {
    Schedule::InverseSqrt { eta }.at(t)
}

/// σᵗ of g⁰ … gᵗ (S3.4).
pub(crate) fn sigma(g: &[f64]) -> f64 {
    adagrad(0.0, 1.0, g).0.sigma()[0]
}

/// wᵗ⁺¹ = wᵗ − (ηᵗ/σᵗ) gᵗ, where `w` is wᵗ and `g` is g⁰ … gᵗ (S3.4).
pub(crate) fn adagrad_next(w: f64, eta: f64, g: &[f64]) -> f64 {
    adagrad(w, eta, g).1
}

/// wᵗ⁺¹ = wᵗ − ηᵗ gᵗ, where `w` is wᵗ (S2.3).
pub(crate) fn vanilla_next(w: f64, eta: f64, t: usize, g: f64) -> f64 {
    let mut w = array![w];
    let eta = eta_at(eta, t);
    Vanilla::new(Schedule::Constant { eta }).step(&array![g], &mut w);
    w[0]
}

/// Σᵢ (gⁱ)² of the gradients given.
pub(crate) fn squares(g: &[f64]) -> f64 {
    g.iter().map(|g| g * g).sum()
}

/// Their number; t + 1 for g⁰ … gᵗ.
pub(crate) fn n(g: &[f64]) -> f64 {
    g.len() as f64
}

/// The last of them, gᵗ.
pub(crate) fn last(g: &[f64]) -> f64 {
    g[g.len() - 1]
}

/// The rule after all gradients, and where the last of them takes `w`.
fn adagrad(w: f64, eta: f64, g: &[f64]) -> (Adagrad<f64>, f64) {
    let mut at: Array1<f64> = array![w];
    let mut rule = Adagrad::new(Schedule::InverseSqrt { eta }, &at);
    for &g in g {
        at[0] = w;
        rule.step(&array![g], &mut at);
    }
    (rule, at[0])
}

//! The derivations that solutions are made of: one function for each quantity of the slides' rule, and [`computed`] for
//! anything else.

use crate::rule::{Case, SLIDES};
use derivation::formula::*;
use derivation::{Derivation, Env, Expr, Schedule, Steps};

/// A browser only checks answers, and the book has each solution in its page: none is made there, or downloaded.
pub(crate) const SOLVES: bool = cfg!(not(target_family = "wasm"));

/// A formula of numbers: as it stands; with the values of its parts, which `formula` marks; and its value.
pub(crate) fn computed(
    title: impl Into<String>,
    reasons: [&str; 2],
    formula: impl Fn(fn(Expr) -> Expr) -> Expr,
) -> Derivation {
    if !SOLVES {
        return Derivation::new("", int(0));
    }
    let value = |expr: Expr| number(expr.value(&Env::sample(0)).expect("numbers have a value"));
    let of = Derivation::new(title, formula(|part| part)).then(formula(value), reasons[0]);
    of.then(value(formula(value)), reasons[1])
}

/// ηᵗ
pub(crate) fn eta_t(x: &Case) -> Vec<Derivation> {
    let formula = |part: fn(Expr) -> Expr| number(x.eta) / part(sqrt(int(x.t) + int(1)));
    vec![computed("ηᵗ = η/√(t+1)", ["add and take the root", "divide"], formula)]
}

/// σᵗ
pub(crate) fn sigma(x: &Case) -> Vec<Derivation> {
    vec![derivation::sigma(x.g).last().sigma.clone()]
}

/// ηᵗ/σᵗ
pub(crate) fn rate(x: &Case) -> Vec<Derivation> {
    let sigma = derivation::sigma(x.g).last().clone();
    let formula = |part: fn(Expr) -> Expr| part(decayed(x)) / number(sigma.sigma_value());
    let rate = computed("ηᵗ/σᵗ, where ηᵗ = η/√(t+1)", ["the common rate", "divide"], formula);
    vec![sigma.sigma, rate]
}

/// (ηᵗ/σᵗ) gᵗ
pub(crate) fn step(x: &Case) -> Vec<Derivation> {
    vec![derivation::cancelling_root_of(x.eta, x.g)]
}

/// wᵗ⁺¹
pub(crate) fn next(x: &Case) -> Vec<Derivation> {
    adagrad(start(x), x).last().derivations().cloned().collect()
}

/// w¹ … wᵗ⁺¹, where `x.w` is w⁰.
pub(crate) fn all_updates(x: &Case) -> Vec<Derivation> {
    adagrad(x.w, x).derivations().cloned().collect()
}

/// wᵗ⁺¹ of vanilla gradient descent.
pub(crate) fn vanilla(x: &Case) -> Vec<Derivation> {
    let formula = |part: fn(Expr) -> Expr| number(x.w) - part(decayed(x)) * number((SLIDES.gradient)(x.g));
    let reasons = ["the rate", "multiply and subtract"];
    vec![computed("wᵗ⁺¹ = wᵗ − ηᵗ gᵗ, where ηᵗ = η/√(t+1)", reasons, formula)]
}

/// η/√(t+1)
pub(crate) fn decayed(x: &Case) -> Expr {
    number(x.eta) / sqrt(int(x.t) + int(1))
}

/// (g⁰)² + (g¹)² + …
pub(crate) fn squares(g: &[f64]) -> Expr {
    g.iter().map(|&g| square(number(g))).reduce(|sum, square| sum + square).expect("there are gradients")
}

/// The w⁰ from which the gradients before gᵗ lead to wᵗ.
pub(crate) fn start(x: &Case) -> f64 {
    x.w + (1..x.g.len()).map(|n| SLIDES.step(&Case::new(0.0, x.eta, &x.g[..n]))).sum::<f64>()
}

fn adagrad(w0: f64, x: &Case) -> Steps {
    derivation::adagrad(Schedule::InverseSqrt { eta: x.eta }, w0, x.g)
}

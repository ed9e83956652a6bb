//! The known mistakes: each is the slides' rule with one part exchanged, and what to tell whoever made it.

use crate::rule::{Rule, SLIDES};

pub(crate) struct Mistake {
    pub rule: Rule,
    /// Symbols in braces become the exercise's own numbers, where it has some.
    pub hint: &'static str,
}

/// Rows of `part: its wrong formula => hint`.
macro_rules! mistakes {
    ($($part:ident: $formula:expr => $hint:literal,)*) => {
        &[$(Mistake { rule: Rule { $part: $formula, ..SLIDES }, hint: $hint }),*]
    };
}

/// All are tried on every answer. Where several give the same number, the first two are told: what is common stands
/// first, and each hint must be true whatever is asked, "Your σᵗ is …", not "That is …".
pub(crate) const MISTAKES: &[Mistake] = mistakes! {
    divisor: |g| squares(g).sqrt() =>
        "Your σ{ᵗ} is the root of the SUM, {√Σ(gⁱ)²}, not of the MEAN: divide the sum by {t+1} first.",
    schedule: |eta, t| eta / (t as f64 + 1.0) =>
        "Your η{ᵗ} is η/(t+1): the root is missing, or you divided by √(t+1) twice. The slide's decay is slower: η/√(t+1).",
    schedule: |eta, _| eta =>
        "You used {η} itself, which does not decay: at {t} the rate is η{ᵗ} = η/{√(t+1)}.",

    // ηᵗ
    schedule: |eta, t| eta / (t as f64).sqrt() =>
        "Your η{ᵗ} is η/√t. The steps count from t = 0, where it would divide by zero: the slide has t+1 under the root.",
    schedule: |eta, t| eta / t as f64 =>
        "Your η{ᵗ} is η/t. The slide divides by a root, and t starts at 0: √(t+1).",
    schedule: |eta, t| eta / ((t as f64).sqrt() + 1.0) =>
        "Your η{ᵗ} is η/(√t + 1). The 1 belongs under the root.",
    schedule: |eta, t| (eta / (t as f64 + 1.0)).sqrt() =>
        "Your η{ᵗ} is √(η/(t+1)). The root stands over t+1 only, not over η.",
    schedule: |eta, t| eta * (t as f64 + 1.0).sqrt() =>
        "Your η{ᵗ} is η · √(t+1): the rate grows. Divide.",
    schedule: |_, t| 1.0 / (t as f64 + 1.0).sqrt() =>
        "The factor {η} is missing.",
    schedule: |eta, t| (0..=t).fold(eta, SLIDES.schedule) =>
        "You divided the last rate again at every step, as ηᵗ = ηᵗ/√(t+1) would say. Each ηᵗ starts afresh from η: η/√(t+1).",

    // σᵗ
    divisor: |g| mean(squares(g), g) =>
        "Your σ{ᵗ} is the mean of the squares: its root is missing.",
    divisor: |g| squares(g) =>
        "Your σ{ᵗ} is the sum of the squares: divide it by {t+1} and take the root.",
    divisor: |g| squares(g) / (g.len() as f64).sqrt() =>
        "You divided η by {Σ(gⁱ)²}: the root of the sum is missing.",
    divisor: |g| mean(squares(&g[1..]), g).sqrt() =>
        "Your sum starts at i = 1. It starts at 0: {(g⁰)²} belongs in it.",
    divisor: |g| mean(squares(&g[1..]), &g[1..]).sqrt() =>
        "You left out {(g⁰)²}: the sum starts at i = 0 and has {t+1} terms.",
    divisor: |g| mean(squares(past(g)), g).sqrt() =>
        "Your sum stops before the newest gradient: {(gᵗ)²} belongs in it too.",
    divisor: |g| mean(squares(past(g)), past(g)).sqrt() =>
        "Your σ{ᵗ} is σ{ᵗ⁻¹}: the newest gradient, {gᵗ}, belongs in it too.",
    divisor: |g| (squares(g) / (g.len() as f64 + 1.0)).sqrt() =>
        "You divided the sum of the squares by t+2, but g⁰ … g{ᵗ} are {t+1} gradients.",
    divisor: |g| mean(squares(g).sqrt(), g) =>
        "You took the root before you divided by {t+1}: the division stands under the root.",
    divisor: |g| mean(g.iter().sum(), g) =>
        "Your σ{ᵗ} is the mean of the gradients. Square each before you add: the signs disappear.",
    divisor: |g| mean(sizes(g), g) =>
        "Your σ{ᵗ} is the mean of the sizes. Square each before you add, and take the root at the end.",
    divisor: |g| sizes(g) / (g.len() as f64).sqrt() =>
        "You divided η by the sum of the sizes. Square each gradient, add, and take the root of the sum.",

    // ηᵗ/σᵗ
    divide: |eta, _| eta =>
        "That is vanilla gradient descent: divide η{ᵗ} by σ{ᵗ}.",
    divide: |eta, sigma| eta * sigma =>
        "You multiplied by σ{ᵗ}. Divide: larger gradients, smaller rate.",
    divide: |eta, sigma| sigma / eta =>
        "Your rate is σ{ᵗ}/η{ᵗ}: turn it over.",

    // gᵗ
    gradient: |_| 1.0 =>
        "The factor {gᵗ} is missing: the step is the rate times the gradient.",
    gradient: |g| g[0] =>
        "You multiplied by g⁰. The step at {t} has the newest gradient, {gᵗ}.",
    gradient: |g| (SLIDES.gradient)(g).abs() =>
        "You took the size of {gᵗ}: the step has its sign too.",

    // wᵗ⁺¹
    descend: |w, step| w + step =>
        "You added the step. The gradient points uphill: subtract.",
    descend: |_, step| step =>
        "That is the step alone: subtract it from {wᵗ}.",
    descend: |_, step| -step =>
        "That is the step alone, with its minus: add it to {wᵗ}.",
};

fn squares(g: &[f64]) -> f64 {
    g.iter().map(|g| g * g).sum()
}

fn sizes(g: &[f64]) -> f64 {
    g.iter().map(|g| g.abs()).sum()
}

/// The sum, divided by the number of gradients.
fn mean(sum: f64, g: &[f64]) -> f64 {
    sum / g.len() as f64
}

fn past(g: &[f64]) -> &[f64] {
    &g[..g.len() - 1]
}

//! S3 · Adagrad, step by step.

use crate::exercise::{Exercise, answer, mistake};
use crate::formulae::{adagrad_next, eta_at, last, n, sigma, squares};

pub(crate) fn all() -> Vec<Exercise> {
    vec![first_update(), sigma_1(), third_w(), sigma_t(), update()]
}

/// w⁰ = 2, η = 0.1, g⁰ = −5: w¹.
fn first_update() -> Exercise {
    Exercise {
        id: "S3.1",
        right: answer(adagrad_next(2.0, 0.1, &[-5.0])),
        because: "σ⁰ = √25 = 5, so w¹ = 2 − (0.1/5) · (−5) = 2 + 0.1: the first step is always η.",
        begin: "σ⁰ is the root of (g⁰)²; then put w⁰, η⁰/σ⁰ and g⁰ into the update.",
        mistakes: vec![
            mistake(1.9, "That is a step uphill. σ⁰ = √25 is +5, and minus a negative step is plus."),
            mistake(2.5, "That is vanilla's update, 2 − 0.1 · (−5): divide η⁰ by σ⁰ = 5."),
            mistake(1.5, "That is vanilla's step, and uphill: divide η⁰ by σ⁰, and mind the two minus signs."),
            mistake(2.02, "You divided by (g⁰)² = 25: its root is missing. σ⁰ = √25."),
            mistake(2.0 + 0.1 / 2.0_f64.sqrt(), "You used η¹ = η/√2. At t = 0 the rate is η⁰ = η/√1."),
            mistake(3.0, "That is a step of 1: η = 0.1 is forgotten."),
            mistake(0.1, "That is the size of the step. w¹ is w⁰ minus the step."),
            mistake(-0.1, "That is the step. w¹ is w⁰ minus it."),
            mistake(0.02, "That is the rate η⁰/σ⁰. w¹ is w⁰ − (η⁰/σ⁰) g⁰."),
        ],
    }
}

/// σ¹ of the gradients 6 and −8.
fn sigma_1() -> Exercise {
    Exercise {
        id: "S3.2",
        right: answer(sigma(&[6.0, -8.0])),
        because: "√( ½ [36 + 64] ) = √50.",
        begin: "Square both gradients, take the mean of the squares, then its root.",
        mistakes: vec![
            mistake(
                100.0_f64.sqrt(),
                "That is the root of the SUM, √(36 + 64). σ¹ is the root of the MEAN: divide the sum by 2 first.",
            ),
            mistake(50.0, "That is the mean of the squares: its root is missing."),
            mistake(100.0, "That is the sum of the squares: divide it by 2 and take the root."),
            mistake(sigma(&[6.0]), "That is σ⁰, made of g⁰ alone: σ¹ has the squares of both gradients in it."),
            mistake(8.0, "That is |g¹|. The sum starts at i = 0: (g⁰)² = 36 belongs in it too."),
            mistake(
                32.0_f64.sqrt(),
                "That is √(64/2): the sum starts at i = 1. It starts at 0, so (g⁰)² = 36 belongs in it too.",
            ),
            mistake(
                7.0,
                "That is the mean of the sizes (or σ¹ rounded to one digit: give four). Square each before you add.",
            ),
            mistake(-1.0, "That is the mean of the gradients. Square each before you add: the signs disappear."),
            mistake((100.0_f64 / 3.0).sqrt(), "You divided by 3. At t = 1 there are t+1 = 2 gradients."),
            mistake(5.0, "You took the root before you divided: √100/2. The ½ stands under the root."),
        ],
    }
}

const THREE: [f64; 3] = [4.0, 1.0, -8.0];

/// w³ from w⁰ = 0, where a step is made of η = 1 and the gradients so far.
fn w_3(step: impl Fn(&[f64]) -> f64) -> f64 {
    (1..=3).fold(0.0, |w, n| w - step(&THREE[..n]))
}

/// w⁰ = 0, η = 1, the gradients 4, 1 and −8: w³.
fn third_w() -> Exercise {
    let right_step = |g: &[f64]| -adagrad_next(0.0, 1.0, g);
    Exercise {
        id: "S3.3",
        right: answer(w_3(right_step)),
        because: "The sums of squares are 16, 17 and 81, and the steps 4/4, 1/√17 and −8/9: w³ = −1 − 0.2425 + 0.8889.",
        begin: "Make one step after the other: σ⁰ and w¹, then σ¹ and w², then σ² and w³.",
        mistakes: vec![
            mistake(
                w_3(|g| right_step(g) / (g.len() as f64).sqrt()),
                "One √(t+1) too many: either your ηᵗ is η/(t+1), or your σᵗ is the root of the SUM. The slide has η/√(t+1) over the root of the MEAN.",
            ),
            mistake(
                w_3(|g| last(g) / sigma(g)),
                "Your η does not decay: ηᵗ is η/√(t+1), which is 1, 0.7071 and 0.5774.",
            ),
            mistake(
                w_3(|g| last(g) / squares(g)),
                "You divided by the sums of the squares, 16, 17 and 81: their root is missing.",
            ),
            mistake(
                w_3(|g| eta_at(1.0, g.len() - 1) * last(g) / sigma(g).powi(2)),
                "You divided by the mean of the squares: the root is missing in σᵗ.",
            ),
            mistake(
                w_3(|g| eta_at(1.0, g.len() - 1) * last(g)),
                "That is vanilla gradient descent: divide each ηᵗ by its σᵗ.",
            ),
            mistake(-w_3(right_step), "You went uphill: the step is subtracted."),
            mistake(w_3(|g| right_step(g).abs()), "The last gradient is −8, so the last step goes the other way."),
            mistake(w_3(|g| if g.len() < 3 { right_step(g) } else { 0.0 }), "That is w²: one more step, with g² = −8."),
            mistake(right_step(&THREE), "That is the third step alone. w³ is w⁰ minus all three steps."),
            mistake(
                w_3(|g| eta_at(1.0, g.len() - 1) * last(g) / sigma(&THREE)),
                "You divided all three steps by σ². Each step has its own σᵗ, of the gradients up to then.",
            ),
            mistake(
                w_3(|g| eta_at(1.0, g.len() - 1) * last(g) / 4.0),
                "You divided all three steps by σ⁰ = 4. Each step has its own σᵗ, of the gradients up to then.",
            ),
        ],
    }
}

/// σᵗ = √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² ), as a function.
fn sigma_t() -> Exercise {
    Exercise {
        id: "S3.4",
        right: answer(sigma),
        because: "Tried on four lists of gradients.",
        begin: "Square each gradient, take the mean of the squares, then its root.",
        mistakes: vec![
            mistake(
                |g: &[f64]| squares(g).sqrt(),
                "That is the root of the SUM. σᵗ is the root of the MEAN: divide the sum by t+1 first.",
            ),
            mistake(|g: &[f64]| squares(g) / n(g), "That is the mean of the squares: its root is missing."),
            mistake(squares, "That is the sum of the squares: divide it by t+1 and take the root."),
            mistake(
                |g: &[f64]| (squares(&g[1..]) / n(g)).sqrt(),
                "Your sum starts at i = 1. It starts at 0: g⁰ belongs in it.",
            ),
            mistake(
                |g: &[f64]| (squares(&g[1..]) / (n(g) - 1.0)).sqrt(),
                "You left out g⁰. The sum starts at i = 0 and has t+1 terms.",
            ),
            mistake(
                |g: &[f64]| (squares(g) / (n(g) - 1.0)).sqrt(),
                "You divided by t. From i = 0 to t there are t+1 gradients, which is g.len().",
            ),
            mistake(|g: &[f64]| (squares(g) / (n(g) + 1.0)).sqrt(), "You divided by t+2: g.len() is t+1 already."),
            mistake(
                |g: &[f64]| (squares(&g[..g.len() - 1]) / (n(g) - 1.0)).sqrt(),
                "That is σᵗ⁻¹: the newest gradient, gᵗ, belongs in the sum.",
            ),
            mistake(
                |g: &[f64]| squares(g).sqrt() / n(g),
                "You took the root before you divided. The 1/(t+1) stands under the root.",
            ),
            mistake(
                |g: &[f64]| g.iter().sum::<f64>() / n(g),
                "That is the mean of the gradients. Square each before you add.",
            ),
            mistake(
                |g: &[f64]| g.iter().map(|g| g.abs()).sum::<f64>() / n(g),
                "That is the mean of the sizes. Square each before you add, and take the root at the end.",
            ),
        ],
    }
}

/// wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ, as a function.
fn update() -> Exercise {
    fn eta_t(eta: f64, g: &[f64]) -> f64 {
        eta_at(eta, g.len() - 1)
    }
    Exercise {
        id: "S3.4b",
        right: answer(adagrad_next),
        because: "Tried on four lists of gradients.",
        begin: "The update is w − (ηᵗ/σᵗ) gᵗ; gᵗ is g[g.len() - 1], and t+1 is g.len().",
        mistakes: vec![
            mistake(
                |w: f64, eta: f64, g: &[f64]| w + eta_t(eta, g) / sigma(g) * last(g),
                "You went uphill: the step is subtracted.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta / n(g) / sigma(g) * last(g),
                "One √(t+1) too many: either your ηᵗ is η/(t+1), or your σᵗ is the root of the SUM. The slide has η/√(t+1) over the root of the MEAN.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta / sigma(g) * last(g),
                "Your η does not decay: ηᵗ is η/√(t+1).",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta_t(eta, g) / sigma(g).powi(2) * last(g),
                "You divided by the mean of the squares: the root is missing in σᵗ.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta / squares(g) * last(g),
                "You divided by the sum of the squares: its root is missing.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta_t(eta, g) * last(g),
                "That is vanilla gradient descent: divide ηᵗ by σᵗ.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta_t(eta, g) / sigma(g),
                "The factor gᵗ is missing: you subtracted the rate ηᵗ/σᵗ, not the step.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta_t(eta, g) / sigma(g) * g[0],
                "You multiplied by g⁰. The update uses the newest gradient, g[g.len() - 1].",
            ),
            mistake(
                |_: f64, eta: f64, g: &[f64]| eta_t(eta, g) / sigma(g) * last(g),
                "That is the step. wᵗ⁺¹ is w minus it.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta / squares(&g[..g.len() - 1]).sqrt() * last(g),
                "Your sum stops before gᵗ: the newest gradient belongs in σᵗ too.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta / squares(&g[1..]).sqrt() * last(g),
                "Your sum starts at i = 1. It starts at 0: g⁰ belongs in it.",
            ),
        ],
    }
}

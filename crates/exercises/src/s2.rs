//! S2 · Adagrad.

use crate::exercise::{Exercise, answer, mistake};
use crate::formulae::{adagrad_next, eta_at, last, sigma, squares, vanilla_next};
use ndarray::array;
use update_rules::Quadratic;

pub(crate) fn all() -> Vec<Exercise> {
    vec![partial(), vanilla(), adagrad(), formula(), sigmas(), rates()]
}

/// L = (w₁)² + 3 w₁ w₂ + 5 (w₂)²: ∂L/∂w₁ at (1, 2).
fn partial() -> Exercise {
    let bowl = Quadratic::new(array![[2.0, 3.0], [3.0, 10.0]]);
    Exercise {
        id: "S2.2",
        right: answer(bowl.gradient(&array![1.0, 2.0])[0]),
        because: "∂L/∂w₁ = 2w₁ + 3w₂ = 2 + 6.",
        begin: "Treat w₂ as a constant and differentiate with respect to w₁; then put in (1, 2).",
        mistakes: vec![
            mistake(bowl.gradient(&array![1.0, 2.0])[1], "That is ∂L/∂w₂, the other parameter's gradient."),
            mistake(bowl.loss(&array![1.0, 2.0]), "That is the loss itself, not its slope."),
            mistake(31.0, "That is the sum of both partial derivatives. gᵗ of one parameter is only its own."),
            mistake(2.0, "The term 3w₁w₂ depends on w₁ too: its derivative is 3w₂."),
            mistake(5.0, "The derivative of 3w₁w₂ with respect to w₁ is 3w₂, and w₂ is 2."),
            mistake(7.0, "The derivative of (w₁)² is 2w₁."),
            mistake(-8.0, "The size is right, the sign is not. The minus belongs to the update, not to the gradient."),
        ],
    }
}

/// wᵗ = 2, gᵗ = 4, η = 0.6, t = 8: wᵗ⁺¹ by vanilla gradient descent.
fn vanilla() -> Exercise {
    Exercise {
        id: "S2.3",
        right: answer(vanilla_next(2.0, 0.6, 8, 4.0)),
        because: "η⁸ = 0.6/√9 = 0.2, and 2 − 0.2 · 4 = 1.2.",
        begin: "First η⁸ = 0.6/√9, then w − η⁸ · g.",
        mistakes: vec![
            mistake(2.8, "You added the step. The gradient points uphill: subtract."),
            mistake(-0.4, "You used η = 0.6 itself. At t = 8 the rate is η⁸ = η/√9."),
            mistake(2.0 - 0.6 / 9.0 * 4.0, "You used η/(t+1), or divided by √(t+1) twice. The rate is η/√(t+1)."),
            mistake(2.0 - 0.6 / 8.0_f64.sqrt() * 4.0, "You divided by √t. The slide has t+1 under the root."),
            mistake(1.8, "You subtracted the rate alone: multiply it by the gradient."),
            mistake(0.8, "That is the size of the step. Subtract it from w = 2."),
            mistake(-0.8, "That is the step. Add it to w = 2."),
            mistake(-2.0, "You subtracted the gradient itself: multiply it by the rate η⁸."),
        ],
    }
}

/// g⁰ = 3, g¹ = 4, w¹ = 1, η = 2: w² by Adagrad.
fn adagrad() -> Exercise {
    let (eta_1, sigma_1) = (eta_at(2.0, 1), sigma(&[3.0, 4.0]));
    Exercise {
        id: "S2.4",
        right: answer(adagrad_next(1.0, 2.0, &[3.0, 4.0])),
        because: "η¹ = 2/√2 and σ¹ = √12.5, so the rate is 0.4, and 1 − 0.4 · 4 = −0.6.",
        begin: "First η¹ = 2/√2, then σ¹ = √((9 + 16)/2), then w¹ − (η¹/σ¹) g¹.",
        mistakes: vec![
            mistake(2.6, "You added the step. The gradient points uphill: subtract."),
            mistake(
                1.0 - eta_1 / 5.0 * 4.0,
                "One √2 too many: σ¹ is the root of the MEAN, √(25/2), not of the sum; or your η¹ is 2/2 instead of 2/√2.",
            ),
            mistake(1.0 - eta_1 / 12.5 * 4.0, "You divided by the mean of the squares: its root is missing."),
            mistake(1.0 - 2.0 / 25.0 * 4.0, "That is η/Σ(gⁱ)²: the root is missing."),
            mistake(1.0 - eta_1 / 3.0 * 4.0, "You divided by σ⁰ = 3. The step at t = 1 has σ¹, with g¹ in it."),
            mistake(-1.0, "You divided by √(16/2): the sum starts at i = 0, so (g⁰)² = 9 belongs in it."),
            mistake(1.0 - eta_1, "You divided by |g¹| = 4. σ¹ is made of both gradients."),
            mistake(1.0 - 2.0 / sigma_1 * 4.0, "You used η = 2 itself. At t = 1 the rate is η¹ = η/√2."),
            mistake(1.0 - eta_1 * 4.0, "That is vanilla: divide the rate by σ¹."),
            mistake(0.6, "You subtracted the rate alone: multiply it by g¹ = 4."),
            mistake(-0.2, "You used g⁰ = 3 as the gradient. The step from w¹ has g¹ = 4."),
            mistake(1.6, "That is the size of the step. Subtract it from w¹ = 1."),
        ],
    }
}

/// wᵗ⁺¹ = wᵗ − (ηᵗ/σᵗ) gᵗ, as a function of wᵗ, η and g⁰ … gᵗ.
fn formula() -> Exercise {
    fn rate(eta: f64, g: &[f64]) -> f64 {
        eta_at(eta, g.len() - 1)
    }
    Exercise {
        id: "S2.4b",
        right: answer(adagrad_next),
        because: "Tried on four lists of gradients.",
        begin: "Three lines: ηᵗ = η/√(t+1); σᵗ, the root mean square of g; then wᵗ − (ηᵗ/σᵗ) gᵗ, where gᵗ is the last of g and t+1 is g.len().",
        mistakes: vec![
            mistake(
                |w: f64, eta: f64, g: &[f64]| w + rate(eta, g) / sigma(g) * last(g),
                "You add the step. The gradient points uphill: subtract.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - rate(eta, g) / squares(g).sqrt() * last(g),
                "One √(t+1) too many: σᵗ is the root of the MEAN, not of the sum; or your ηᵗ is η/(t+1) instead of η/√(t+1).",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta / squares(g) * last(g),
                "That is η/Σ(gⁱ)²: the root is missing.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - rate(eta, g) / sigma(g).powi(2) * last(g),
                "You divide by the mean of the squares: its root is missing.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - eta / sigma(g) * last(g),
                "Your rate is constant: ηᵗ = η/√(t+1), where t+1 is g.len().",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| {
                    let running = (0..g.len()).fold(eta, eta_at);
                    w - running / sigma(g) * last(g)
                },
                "You divide the last rate again at every step, as ηᵗ = ηᵗ/√(t+1) would say. Each ηᵗ starts afresh from η.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| {
                    let before = &g[..g.len() - 1];
                    w - rate(eta, g) / (squares(before) / before.len() as f64).sqrt() * last(g)
                },
                "Your σ is σᵗ⁻¹: the newest gradient, gᵗ, belongs in it too.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - rate(eta, g) / (squares(&g[1..]) / g.len() as f64).sqrt() * last(g),
                "Your sum starts at i = 1. It starts at 0: g⁰ belongs in it.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - rate(eta, g) / sigma(g) * g[0],
                "You multiply by g⁰. The step at t has gᵗ, the last of g.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - rate(eta, g) * last(g),
                "That is vanilla: divide the rate by σᵗ.",
            ),
            mistake(
                |w: f64, eta: f64, g: &[f64]| w - rate(eta, g) / sigma(g),
                "You subtract the rate alone: multiply it by gᵗ, the last of g.",
            ),
            mistake(
                |_: f64, eta: f64, g: &[f64]| rate(eta, g) / sigma(g) * last(g),
                "That is the step alone: subtract it from w.",
            ),
        ],
    }
}

const G1: [f64; 4] = [1.0, -5.0, 5.0, 7.0];
const G2: [f64; 4] = [0.2, 1.0, -1.0, 1.4];

/// Gradients 1, −5, 5, 7 of w₁ and 0.2, 1, −1, 1.4 of w₂: their two σ³.
fn sigmas() -> Exercise {
    let pooled = sigma(&[G1, G2].concat());
    Exercise {
        id: "S2.5",
        right: answer([sigma(&G1), sigma(&G2)]),
        because: "√((1 + 25 + 25 + 49)/4) = 5 and √((0.04 + 1 + 1 + 1.96)/4) = 1: each from its own gradients.",
        begin: "For each parameter by itself: square its four gradients, take the mean, then the root.",
        mistakes: vec![
            mistake([1.0, 5.0], "These are the right two numbers, each at the other parameter."),
            mistake([10.0, 2.0], "These are the roots of the SUMS. Divide each sum by 4 first: root of the MEAN."),
            mistake([25.0, 1.0], "These are the means of the squares: take their roots."),
            mistake([100.0, 4.0], "These are the sums of the squares: divide each by 4 and take the root."),
            mistake([2.5, 0.5], "You took the root before you divided. The 1/4 stands under the root."),
            mistake([pooled; 2], "You put all eight gradients into one σ. Each parameter has its own."),
            mistake(
                [2.0, 0.4],
                "These are the means of the gradients. Square each before you add: the signs disappear.",
            ),
            mistake(
                [4.5, 0.9],
                "These are the means of the sizes. Root mean square: square, take the mean, take the root.",
            ),
            mistake([7.0, 1.4], "These are the last gradients. σ³ is made of all four."),
            mistake([sigma(&G1[..3]), sigma(&G2[..3])], "These are the two σ²: g³ belongs in σ³."),
            mistake(
                [G1, G2].map(|g| (g[1..].iter().map(|g| g * g).sum::<f64>() / 3.0).sqrt()),
                "You left out g⁰. The sum starts at i = 0 and has four terms.",
            ),
        ],
    }
}

/// The same gradients, η = 1: the two effective rates η³/σ³.
fn rates() -> Exercise {
    let eta_3 = eta_at(1.0, 3);
    let (a, b) = (sigma(&G1), sigma(&G2));
    Exercise {
        id: "S2.5b",
        right: answer([eta_3 / a, eta_3 / b]),
        because: "η³ = 1/√4 = 0.5; 0.5/5 = 0.1 and 0.5/1 = 0.5: smaller gradients, larger rate.",
        begin: "η³ = 1/√4 for both; divide it by each parameter's own σ³.",
        mistakes: vec![
            mistake(
                [eta_3 / b, eta_3 / a],
                "Each is divided by the other parameter's σ³: the one with the larger gradients gets the smaller rate.",
            ),
            mistake([eta_3 / a; 2], "Both are divided by the σ³ of w₁. Each parameter has its own."),
            mistake([eta_3 / b; 2], "Both are divided by the σ³ of w₂. Each parameter has its own."),
            mistake([1.0 / a, 1.0 / b], "You used η = 1 itself. At t = 3 the rate is η³ = 1/√4."),
            mistake(
                [0.25 / a, 0.25 / b],
                "One √4 too many: η³ is 1/√4, not 1/4, and σ³ is the root of the MEAN, not of the sum.",
            ),
            mistake([eta_3 * a, eta_3 * b], "You multiplied by σ³. Divide: larger gradients, smaller rate."),
            mistake([eta_3 / 25.0, eta_3], "You divided by the mean of the squares: its root is missing."),
            mistake(
                [1.0 / 3.0_f64.sqrt() / a, 1.0 / 3.0_f64.sqrt() / b],
                "You divided by √t. The slide has t+1 under the root: η³ = 1/√4.",
            ),
            mistake(
                [7.0 * eta_3 / a, 1.4 * eta_3 / b],
                "These are the steps. The rate is what gᵗ is multiplied by: η³/σ³.",
            ),
        ],
    }
}

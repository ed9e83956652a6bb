//! S4 · Adagrad, simplified.

use crate::exercise::{Exercise, answer, mistake};
use crate::formulae::{adagrad_next, last, n, sigma, squares};

pub(crate) fn all() -> Vec<Exercise> {
    vec![rate(), constant(), step(), large_sum(), notes()]
}

/// Adagrad's step η gᵗ/√Σ(gⁱ)², where `g` is g⁰ … gᵗ.
fn right_step(eta: f64, g: &[f64]) -> f64 {
    0.0 - adagrad_next(0.0, eta, g)
}

/// η = 0.7, the gradients 2, 3 and 6: the rate η²/σ².
fn rate() -> Exercise {
    let g = [2.0, 3.0, 6.0];
    Exercise {
        id: "S4.1",
        right: answer(right_step(0.7, &g) / 6.0),
        because: "The √3 cancels, so it is η/√Σ = 0.7/√(4 + 9 + 36) = 0.7/7.",
        begin: "η² is 0.7/√3, and σ² is √( ⅓ [4 + 9 + 36] ).",
        mistakes: vec![
            mistake(
                0.1 / 3.0_f64.sqrt(),
                "One √3 too many. With the root of the SUM below, √49, it has cancelled already; and η² is 0.7/√3, not 0.7/3.",
            ),
            mistake(
                0.7 / sigma(&g),
                "You divided by σ² but left η undivided: η² = 0.7/√3. Either both have their √3, or neither has.",
            ),
            mistake(0.7 / 49.0, "That is 0.7/49: the root of the sum is missing."),
            mistake(0.7 / 45.0_f64.sqrt(), "Your sum starts at i = 1. It starts at 0: (g⁰)² = 4 belongs in it."),
            mistake(
                0.7 / 13.0_f64.sqrt(),
                "Your sum stops at i = 1. At t = 2 the newest gradient is in it: (g²)² = 36.",
            ),
            mistake(0.7 / 11.0, "You added the gradients, 2 + 3 + 6. Square each, add, and take the root of the sum."),
            mistake(0.6, "That is the step, (η²/σ²) g². The rate is what g² is multiplied by."),
            mistake(0.7 / 3.0_f64.sqrt(), "That is η² alone: divide it by σ²."),
            mistake(sigma(&g), "That is σ² alone: divide η² by it."),
            mistake(1.0 / 7.0, "That is 1/√Σ: multiply it by η = 0.7."),
            mistake(10.0, "That is σ²/η²: turn it over."),
        ],
    }
}

/// All gradients are 0.5: the t at which the step is η/5.
fn constant() -> Exercise {
    let is_fifth = |t: &usize| (right_step(1.0, &vec![0.5; t + 1]) - 0.2).abs() < 1e-12;
    let t = (0..1000).find(is_fifth).expect("at t = 24");
    Exercise {
        id: "S4.1b",
        right: answer(t as f64),
        because: "The step is η/√(t+1), whatever the constant gradient; √(24+1) = 5.",
        begin: "With t+1 equal gradients g the sum of the squares is (t+1) (g)². What is left of η g/√Σ?",
        mistakes: vec![
            mistake(25.0, "That is the number of gradients, t+1. t is counted from 0."),
            mistake(26.0, "At t = 26 there are 27 gradients: t is one less than their number."),
            mistake(4.0, "There η/(t+1) is η/5. The step falls with the root, η/√(t+1)."),
            mistake(5.0, "There η/t is η/5. The step falls with the root, η/√(t+1)."),
            mistake(9.0, "You divided by Σ, whose root is missing: 0.5/(0.25 (t+1)) = 1/5."),
            mistake(5.25, "That is where vanilla's step 0.5 η/√(t+1) is η/5. Adagrad divides the 0.5 away."),
        ],
    }
}

/// The step η gᵗ/√Σ(gⁱ)², as a function.
fn step() -> Exercise {
    Exercise {
        id: "S4.2",
        right: answer(right_step),
        because: "Tried on four lists of gradients.",
        begin: "The step is η gᵗ/√Σ(gⁱ)²; gᵗ is g[g.len() - 1], and the sum runs over all of g.",
        mistakes: vec![
            mistake(
                |eta: f64, g: &[f64]| eta / n(g).sqrt() / squares(g).sqrt() * last(g),
                "One √(t+1) too many. With the root of the SUM below, it has cancelled already.",
            ),
            mistake(
                |eta: f64, g: &[f64]| eta / sigma(g) * last(g),
                "You divided by σᵗ, the root of the MEAN, but left η undivided. Either both have their √(t+1), or neither has.",
            ),
            mistake(|eta: f64, g: &[f64]| eta / squares(g) * last(g), "The root of the sum is missing."),
            mistake(
                |eta: f64, g: &[f64]| eta / squares(&g[1..]).sqrt() * last(g),
                "Your sum starts at i = 1. It starts at 0: g⁰ belongs in it.",
            ),
            mistake(
                |eta: f64, g: &[f64]| eta / squares(&g[..g.len() - 1]).sqrt() * last(g),
                "Your sum stops before gᵗ: the newest gradient belongs in it too.",
            ),
            mistake(
                |eta: f64, g: &[f64]| {
                    let factorial: f64 = (1..=g.len()).map(|n| n as f64).product();
                    eta / factorial.sqrt() / sigma(g) * last(g)
                },
                "Your η is divided anew at every step, as in ηᵗ = ηᵗ/√(t+1). Each ηᵗ is made of the first η.",
            ),
            mistake(|eta: f64, g: &[f64]| eta / squares(g).sqrt(), "That is the rate. The step is the rate times gᵗ."),
            mistake(
                |eta: f64, g: &[f64]| -eta / squares(g).sqrt() * last(g),
                "That has the wrong sign: the step is what is subtracted from wᵗ.",
            ),
            mistake(
                |eta: f64, g: &[f64]| eta / squares(g).sqrt() * last(g).abs(),
                "That is the size of the step. The step has the sign of gᵗ.",
            ),
            mistake(|_: f64, g: &[f64]| last(g) / squares(g).sqrt(), "The factor η is missing."),
            mistake(
                |eta: f64, g: &[f64]| eta / n(g).sqrt() * last(g),
                "That is vanilla's step: divide by the root mean square as well, or put √Σ in place of √(t+1).",
            ),
            mistake(
                |eta: f64, g: &[f64]| eta / g.iter().map(|g| g.abs()).sum::<f64>() * last(g),
                "You added the sizes. Square each gradient, add, and take the root of the sum.",
            ),
        ],
    }
}

/// The past squares are 144, the gradient is 5, η = 0.26: the step.
fn large_sum() -> Exercise {
    Exercise {
        id: "S4.2b",
        right: answer(right_step(0.26, &[12.0, 5.0])),
        because: "0.26 · 5/√(144 + 25) = 0.26 · 5/13.",
        begin: "The sum gains the square of the present gradient first. Then η g/√Σ.",
        mistakes: vec![
            mistake(0.26 * 5.0 / 12.0, "You divided by √144: the present gradient's square, 25, belongs in the sum."),
            mistake(
                0.26 * 5.0 / 149.0_f64.sqrt(),
                "You divided by √(144 + 5): the sum is one of squares, so it gains 25.",
            ),
            mistake(0.26 * 5.0 / 169.0, "You divided by 169: the root of the sum is missing."),
            mistake(0.26 * 5.0 / 17.0, "You divided by √144 + √25 = 17. Add first, then take the root: √169."),
            mistake(0.02, "That is the rate η/√Σ: multiply it by the gradient."),
            mistake(5.0 / 13.0, "The factor η is missing."),
            mistake(1.3, "That is η g: divide it by √Σ."),
        ],
    }
}

/// η = 0.7, the gradients 2, 3 and 6, and the third step 0.6261: what stood under the root?
fn notes() -> Exercise {
    Exercise {
        id: "S4.2c",
        right: answer(3.0 * 3.0 + 6.0 * 6.0),
        because: "0.7 · 6/√45: their sum starts at i = 1 and lacks (g⁰)² = 4.",
        begin: "Solve 0.7 · 6/√x = 0.6261 for x.",
        mistakes: vec![
            mistake(49.0, "That is the right sum, 4 + 9 + 36, and gives the right step, 0.6. Which one gives 0.6261?"),
            mistake(45.0_f64.sqrt(), "That is the root itself. What stands under it?"),
            mistake(13.0, "4 + 9 under the root would give 0.7 · 6/√13 = 1.165. Solve 0.7 · 6/√x = 0.6261."),
            mistake(36.0, "36 alone would give 0.7 · 6/√36 = 0.7. Solve 0.7 · 6/√x = 0.6261."),
            mistake(1.25, "You left the factor g² = 6 out: solve 0.7 · 6/√x = 0.6261."),
        ],
    }
}

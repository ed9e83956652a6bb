//! S3 · Adagrad, step by step.

use crate::exercise::{Exercise, answer, mistake};
use crate::formulae::sigma;

pub(crate) fn all() -> Vec<Exercise> {
    vec![sigma_1(), sigma_t()]
}

/// σ¹ of the gradients 3 and 4.
fn sigma_1() -> Exercise {
    Exercise {
        id: "S3.2",
        right: answer(sigma(&[3.0, 4.0])),
        because: "√( ½ [9 + 16] ) = √12.5.",
        begin: "Square both gradients, take the mean of the squares, then its root.",
        mistakes: vec![
            mistake(
                25.0_f64.sqrt(),
                "That is the root of the SUM, √(9 + 16). σ¹ is the root of the MEAN: divide the sum by 2 first.",
            ),
            mistake(
                12.5,
                "That is the mean of the squares: its root is missing.",
            ),
            mistake(
                sigma(&[3.0]),
                "That is σ⁰, or the mean of the wrong squares: σ¹ has the squares of both gradients in it.",
            ),
            mistake(
                4.0,
                "That is |g¹|. The sum starts at i = 0: (g⁰)² = 9 belongs in it too.",
            ),
            mistake(
                8.0_f64.sqrt(),
                "That is √(16/2): the sum starts at i = 1. It starts at 0, so (g⁰)² = 9 belongs in it too.",
            ),
            mistake(
                3.5,
                "That is the mean of the gradients (or σ¹ rounded to two digits: give four). Square each before you add.",
            ),
            mistake(
                (25.0_f64 / 3.0).sqrt(),
                "You divided by 3. At t = 1 there are t+1 = 2 gradients.",
            ),
            mistake(
                2.5,
                "You took the root before you divided: √25/2. The ½ stands under the root.",
            ),
        ],
    }
}

/// σᵗ = √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² ), as a function.
fn sigma_t() -> Exercise {
    fn squares(g: &[f64]) -> f64 {
        g.iter().map(|g| g * g).sum()
    }
    fn n(g: &[f64]) -> f64 {
        g.len() as f64
    }
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
            mistake(
                |g: &[f64]| squares(g) / n(g),
                "That is the mean of the squares: its root is missing.",
            ),
            mistake(
                squares,
                "That is the sum of the squares: divide it by t+1 and take the root.",
            ),
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
        ],
    }
}

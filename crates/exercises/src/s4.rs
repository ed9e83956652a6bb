//! S4 · Adagrad, simplified.

use crate::exercise::{Exercise, answer, mistake};
use crate::formulae::adagrad_next;

pub(crate) fn all() -> Vec<Exercise> {
    vec![step()]
}

/// η = 1, the gradients 3, 4 and 12: the size of the last step.
fn step() -> Exercise {
    let g = [3.0, 4.0, 12.0];
    Exercise {
        id: "S4.2",
        right: answer(0.0 - adagrad_next(0.0, 1.0, &g)),
        because: "12/√(9 + 16 + 144) = 12/13.",
        begin: "The step is η gᵗ/√Σ(gⁱ)²; the sum has the last gradient in it.",
        mistakes: vec![
            mistake(
                12.0 / 169.0,
                "That is 12/169: the root of the sum is missing.",
            ),
            mistake(
                12.0 / 169.0_f64.sqrt() / 3.0_f64.sqrt(),
                "The √(t+1) has been divided by once more. With the root of the SUM below, it has cancelled already.",
            ),
            mistake(
                12.0 / 5.0,
                "Your sum stops before the last gradient: 144 belongs in it.",
            ),
            mistake(
                12.0 / 160.0_f64.sqrt(),
                "Your sum starts at i = 1. It starts at 0: 9 belongs in it.",
            ),
            mistake(
                12.0 / (169.0_f64 / 3.0).sqrt(),
                "You divided by σ² = √(169/3), but left η² undivided. Either both have their √3, or neither has.",
            ),
        ],
    }
}

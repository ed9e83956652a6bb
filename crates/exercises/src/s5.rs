//! S5 · Contradiction?

use crate::exercise::{Exercise, answer, mistake};
use crate::formulae::{adagrad_next, eta_at, vanilla_next};

pub(crate) fn all() -> Vec<Exercise> {
    vec![vanilla(), current(), cap(), past(), contradiction(), scale()]
}

/// Adagrad's step, where `g` is g⁰ … gᵗ.
fn step(eta: f64, g: &[f64]) -> f64 {
    0.0 - adagrad_next(0.0, eta, g)
}

/// The slope of `f` at `x`, by central differences.
fn slope(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    let h = 1e-5;
    (f(x + h) - f(x - h)) / (2.0 * h)
}

/// η = 1, t = 3: by how much vanilla's step grows when the gradient grows from 2 to 6.
fn vanilla() -> Exercise {
    let step = |g: f64| 0.0 - vanilla_next(0.0, 1.0, 3, g);
    Exercise {
        id: "S5.1",
        right: answer(step(6.0) - step(2.0)),
        because: "η³ = 1/√4 = ½, so the step grows from 1 to 3.",
        begin: "Vanilla's step is ηᵗ gᵗ, with η³ = 1/√4. Compute it for both gradients.",
        mistakes: vec![
            mistake(4.0, "Your η does not decay: at t = 3 the rate is η³ = 1/√4."),
            mistake(
                1.0,
                "That is the step for the gradient 2; or your rate is 1/(t+1) = ¼. With η³ = 1/√4, take the step for 6 minus the step for 2.",
            ),
            mistake(4.0 / 3.0_f64.sqrt(), "Your rate is η/√t. The slide has t+1 under the root: η³ = 1/√4."),
            mistake(3.0, "That is the new step, and also the factor by which it grew. By how much did it grow?"),
            mistake(eta_at(1.0, 3), "That is the rate η³. The step grows by the rate times the gradient's growth."),
        ],
    }
}

/// Past gradients 1, 2, 2 and η = 1: ∂step/∂gᵗ at gᵗ = 4.
fn current() -> Exercise {
    Exercise {
        id: "S5.2",
        right: answer(slope(|g| step(1.0, &[1.0, 2.0, 2.0, g]), 4.0)),
        because: "η S/(S + (gᵗ)²)^(3/2) = 9/25^(3/2) = 9/125: positive, so a larger gradient gives a larger step.",
        begin: "S = 1 + 4 + 4. Differentiate g/√(S + g²) by the quotient rule; g is below the bar as well.",
        mistakes: vec![
            mistake(-9.0 / 125.0, "The size is right, the sign is not: the step grows with the current gradient."),
            mistake(1.0 / 5.0, "You kept the divisor fixed. gᵗ is in the sum too, and that is why the step is capped."),
            mistake(
                16.0 / 125.0,
                "You have (gᵗ)² = 16 above the bar. After the quotient rule the sum of the PAST squares is left there, S = 9.",
            ),
            mistake(9.0 / 25.0, "The power is 3/2: 25^(3/2) = 125. You divided by 25."),
            mistake(1.0 / 125.0, "The factor S = 9 is missing above the bar."),
            mistake(4.0 / 5.0, "That is the step itself. How fast does it change?"),
            mistake(-8.0 / 125.0, "That is the slope in the past gradient 2. Here the current one changes."),
        ],
    }
}

/// Past gradients 3, 4 and η = 0.5: the bound of the step.
fn cap() -> Exercise {
    Exercise {
        id: "S5.2b",
        right: answer(step(0.5, &[3.0, 4.0, 1e9])),
        because: "η g/√(25 + g²) comes ever closer to η = 0.5, and never passes it.",
        begin: "Divide above and below by g: η/√(25/g² + 1). What happens when g grows without end?",
        mistakes: vec![
            mistake(0.1, "That is η/√25, the rate at g = 0. How large can the rate times g become?"),
            mistake(2.5, "That is η · √25. For very large g the 25 hardly matters: √(25 + g²) is nearly g."),
            mistake(1.0, "g/√(25 + g²) stays below 1, but η = 0.5 stands before it."),
            mistake(0.5 / 3.0_f64.sqrt(), "That is ηᵗ = η/√3. The √3 cancels against the one in σᵗ."),
            mistake(0.5 * 3.0_f64.sqrt(), "That is η√(t+1), the bound if η does not decay. Here the √(t+1) cancels."),
        ],
    }
}

/// Gradients 1, 2, 2 and then 4, η = 1: ∂step/∂g² at g² = 2.
fn past() -> Exercise {
    Exercise {
        id: "S5.3",
        right: answer(slope(|g| step(1.0, &[1.0, 2.0, g, 4.0]), 2.0)),
        because: "−η gᵗ gᵏ/(S + (gᵗ)²)^(3/2) = −4 · 2/125: negative, so a larger past gradient gives a smaller step.",
        begin: "Only the sum below the bar changes. Write the step as 4 · (sum)^(−1/2) and use the chain rule.",
        mistakes: vec![
            mistake(8.0 / 125.0, "The size is right, the sign is not: a power of −1/2 brings a minus down."),
            mistake(
                -16.0 / 125.0,
                "The factor ½ is missing: the power −1/2 comes down, and the 2 of the square cancels its 2.",
            ),
            mistake(-4.0 / 125.0, "Half of it: the square's own derivative is 2 · 2, and you took 2."),
            mistake(
                -2.0 / 125.0,
                "The derivative of the square is missing (chain rule): the sum changes by 2 · 2 for each unit.",
            ),
            mistake(9.0 / 125.0, "That is the slope in the current gradient. Here a past one changes."),
            mistake(-8.0 / 25.0, "The power is −3/2: 25^(3/2) = 125. You divided by 25."),
        ],
    }
}

/// Is it a contradiction?
fn contradiction() -> Exercise {
    Exercise {
        id: "S5.4",
        right: answer(false),
        because: "Both sentences are true, of different variables: the current gradient makes the step larger, the past ones smaller.",
        begin: "Ask of each sentence which gradient it speaks of.",
        mistakes: vec![mistake(
            true,
            "Hold the past gradients fixed and let the current one grow; then the other way round. Do the two sentences speak of the same variable?",
        )],
    }
}

/// Gradients 3, 4 and 12, each times 1000, η = 0.1: the third step.
fn scale() -> Exercise {
    Exercise {
        id: "S5.4b",
        right: answer(step(0.1, &[3000.0, 4000.0, 12000.0])),
        because: "The factor 1000 stands above and below the bar and cancels: 0.1 · 12/13, as without it.",
        begin: "Put a factor c before every gradient in η g/√Σ(gⁱ)², and take it out of the root.",
        mistakes: vec![
            mistake(1200.0 / 13.0, "You multiplied the step by 1000. The divisor grows by 1000 too."),
            mistake(0.0012 / 13.0, "You divided the step by 1000. Above the bar the gradient grows by 1000 too."),
            mistake(1.2 / 169.0, "The root is missing: the divisor is √169, not 169."),
            mistake(0.0012 / 169.0, "The root of the sum is missing: without it the scale would not cancel."),
            mistake(
                0.1,
                "That would be the first step, and the bound of all. The third divides by the root of all three squares.",
            ),
            mistake(0.1 * 12.0 / 5.0, "Your sum stops before the third gradient: 144 belongs in it."),
            mistake(
                1.2 / 13.0 / 3.0_f64.sqrt(),
                "One √(t+1) too many. With the root of the SUM below, it has cancelled already.",
            ),
            mistake(12.0 / 13.0, "The factor η = 0.1 is missing."),
        ],
    }
}

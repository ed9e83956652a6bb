//! S1 · Adaptive learning rates.

use crate::exercise::{Exercise, answer, mistake};
use crate::formulae::eta_at;
use ndarray::{Array2, array};
use update_rules::{Quadratic, Schedule, Vanilla};

pub(crate) fn all() -> Vec<Exercise> {
    vec![step_decay(), jumping(), number(), formula(), two_rates(), limit()]
}

/// η = 0.8, halved every 10 updates: ηᵗ at t = 25.
fn step_decay() -> Exercise {
    let halved = Schedule::StepDecay { eta: 0.8, factor: 0.5, every: 10 };
    Exercise {
        id: "S1.1",
        right: answer(halved.at(25)),
        because: "By t = 25 the rate has been halved twice, at t = 10 and at t = 20.",
        begin: "List the updates at which the rate is halved, up to t = 25.",
        mistakes: vec![
            mistake(0.4, "That is halved once. There is a second halving at t = 20."),
            mistake(0.1, "That is halved three times. The first ten updates, t = 0 … 9, still have the full η."),
            mistake(
                0.8 * 0.5_f64.powf(2.5),
                "That is η · 0.5^(25/10), a smooth decay. Step decay waits: only whole tens count, so round 25/10 down.",
            ),
            mistake(0.8 * 0.5_f64.powi(25), "That is halved at every update. It is halved at every tenth."),
            mistake(eta_at(0.8, 25), "That is η/√(t+1), the slide's other example. Here the rate falls in steps."),
        ],
    }
}

/// L(w) = √(1 + (w)²) − 1 and η = 2.5: between which two places does w jump in the end?
fn jumping() -> Exercise {
    let mut rule = Vanilla::new(Schedule::Constant { eta: 2.5 });
    let mut w = array![20.0];
    for _ in 0..200 {
        let slope = w.mapv(|w: f64| w / (1.0 + w * w).sqrt());
        rule.step(&slope, &mut w);
    }
    Exercise {
        id: "S1.2",
        right: answer(w[0].abs()),
        because: "w − 2.5 w/√(1 + (w)²) = −w gives √(1 + (w)²) = 1.25, so (w)² = 0.5625.",
        begin: "Where does an update take w to −w? Solve w − η w/√(1 + (w)²) = −w for w.",
        mistakes: vec![
            mistake(1.25, "That is η/2, which is √(1 + (w)²). Square it, take 1 away, and take the root."),
            mistake(0.5625, "That is (w)²: its root is still to be taken."),
            mistake((1.0 + 1.25_f64.powi(2)).sqrt(), "You added 1. From 1 + (w)² = (1.25)² it is subtracted."),
            mistake(
                (2.5_f64.powi(2) - 1.0).sqrt(),
                "From there an update ends at the bottom, w = 0. A jump from w to −w is twice as long.",
            ),
            mistake(1.25_f64.sqrt(), "That is the place for η = 3, from the text above."),
        ],
    }
}

/// η = 6: ηᵗ at t = 8.
fn number() -> Exercise {
    Exercise {
        id: "S1.3",
        right: answer(eta_at(6.0, 8)),
        because: "6/√9 = 6/3.",
        begin: "Put η = 6 and t = 8 into η/√(t+1).",
        mistakes: vec![
            mistake(6.0 / 9.0, DIVIDED_TWICE),
            mistake(6.0 / 8.0_f64.sqrt(), WITHOUT_ONE),
            mistake(6.0 / 8.0, "That is η/t. The slide divides by a root, and t starts at 0: √(t+1)."),
            mistake(in_place(6.0, 8), IN_PLACE),
            mistake(1.0 / 3.0, "That is 1/√(t+1): multiply it by η."),
            mistake(18.0, "That is η · √(t+1): the rate grows. Divide."),
            mistake((6.0_f64 / 9.0).sqrt(), "The root stands over t+1 only, not over η."),
        ],
    }
}

/// ηᵗ = η/√(t+1), as a function.
fn formula() -> Exercise {
    let root = |t: usize| (t as f64 + 1.0).sqrt();
    Exercise {
        id: "S1.3b",
        right: answer(eta_at),
        because: "Tried on five pairs of η and t.",
        begin: "The formula is η/√(t+1); in Rust, the root of t+1 is (t as f64 + 1.0).sqrt().",
        mistakes: vec![
            mistake(|eta: f64, t: usize| eta / (t as f64 + 1.0), DIVIDED_TWICE),
            mistake(|eta: f64, t: usize| eta / (t as f64).sqrt(), WITHOUT_ONE),
            mistake(
                |eta: f64, t: usize| eta / ((t as f64).sqrt() + 1.0),
                "That is η/(√t + 1). The 1 belongs under the root.",
            ),
            mistake(in_place, IN_PLACE),
            mistake(move |_: f64, t: usize| 1.0 / root(t), "That is 1/√(t+1): multiply it by η."),
            mistake(move |eta: f64, t: usize| eta * root(t), "That is η · √(t+1): the rate grows. Divide."),
            mistake(|eta: f64, _: usize| eta, "That is a constant rate: t is not in it."),
            mistake(|eta: f64, t: usize| (eta / (t as f64 + 1.0)).sqrt(), "The root stands over t+1 only, not over η."),
        ],
    }
}

/// L = (w₁)² + 25 (w₂)²: the two rates with which one update lands on the minimum from everywhere.
fn two_rates() -> Exercise {
    let hessian = hessian();
    Exercise {
        id: "S1.4",
        right: answer([1.0 / hessian[[0, 0]], 1.0 / hessian[[1, 1]]]),
        because: "The gradients are 2w₁ and 50w₂, so w₁ − ½ · 2w₁ = 0 and w₂ − (1/50) · 50w₂ = 0.",
        begin: "Solve w − η · (its partial derivative) = 0 for η, for each parameter by itself.",
        mistakes: vec![
            mistake(
                [0.02, 0.5],
                "These are the right two rates, each at the other parameter: the steep w₂ needs the smaller one.",
            ),
            mistake([1.0, 0.04], "You took w₁ and 25w₂ for the partial derivatives. They are 2w₁ and 50w₂."),
            mistake(
                [1.0, 0.2],
                "You divided by √25 = 5. On a bowl the best rate is 1 over the second derivative, without a root.",
            ),
            mistake(
                [2.0, 50.0],
                "These are the second derivatives. The steeper the direction, the smaller its rate: turn them over.",
            ),
            mistake([0.5, 0.5], "One rate for both: with 0.5 an update multiplies w₂ by 1 − 0.5 · 50 = −24."),
            mistake([0.02, 0.02], "One rate for both: with 0.02 an update multiplies w₁ by 0.96, so it hardly moves."),
        ],
    }
}

/// The same bowl and one rate for both parameters: from which η on does gradient descent no longer converge?
fn limit() -> Exercise {
    let [flat, steep] = [hessian()[[0, 0]], hessian()[[1, 1]]];
    Exercise {
        id: "S1.4b",
        right: answer(2.0 / steep),
        because: "An update multiplies w₂ by 1 − 50η, and |1 − 50η| < 1 means η < 2/50. For w₁ alone it is 2/2.",
        begin: "An update multiplies w₁ by 1 − 2η and w₂ by 1 − 50η. From which η on is one of them no longer below 1 in size?",
        mistakes: vec![
            mistake(
                1.0 / steep,
                "With that η one update takes w₂ to 0. Past it w₂ changes sides, but still comes nearer. Up to which η?",
            ),
            mistake(
                2.0 / (flat + steep),
                "That is the best single rate: both factors have the size 0.923. From which η on is one of them no longer below 1?",
            ),
            mistake(2.0 / flat, "That is the limit of the flat w₁. The steep w₂ diverges long before."),
            mistake(4.0 / steep, "You took 25w₂ for the partial derivative. It is 50w₂."),
            mistake(steep, "That is the second derivative of w₂. The limit falls as it rises: 2 divided by it."),
            mistake(steep / 2.0, "That is 50/2. The limit falls as the second derivative rises: turn it over."),
        ],
    }
}

/// The second derivatives of L = (w₁)² + 25 (w₂)².
fn hessian() -> Array2<f64> {
    Quadratic::separable(&[1.0, 25.0]).hessian()
}

/// `eta = eta / √(t+1)` at every update, as the self-referential ηᵗ = ηᵗ/√(t+1) reads.
fn in_place(eta: f64, t: usize) -> f64 {
    (0..=t).fold(eta, eta_at)
}

const DIVIDED_TWICE: &str =
    "That is η/(t+1): the root is missing, or you divided by √(t+1) twice. The slide's decay is slower: η/√(t+1).";
const WITHOUT_ONE: &str =
    "That is η/√t. The steps count from t = 0, where it would divide by zero: the slide has t+1 under the root.";
const IN_PLACE: &str = "You divided the last rate again at every step, as ηᵗ = ηᵗ/√(t+1) would say. Each ηᵗ starts afresh from η: η/√(t+1).";

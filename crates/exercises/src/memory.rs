//! M · What a rule remembers: page 10, the sum, the moving mean, Adam.

use crate::prelude::*;
use ndarray::Ix1;
use update_rules::{Adagrad, Adam, RmsProp, Rule, on_gradients};

pub(crate) const ALL: &[Listed] = exercises! {
    "M1": moving([1.0, 0.75, 8.0, 6.0]),
    "M2": cap([0.1, 0.96]),
    "M3": turn([1.0, 0.8, 0.99, 3.0, -2.0]),
    "M4": moved([399.0, 1.0, -1.0, 2.0, 4.0, 0.9, 1.0]),
    "M5": no_memory([0.1, 0.0, 5.0, -1.0, -1.0, -1.0, -1.0]),
};

/// What the rule subtracts at the last of these gradients.
fn last(rule: impl Rule<f64, Ix1>, g: &[f64]) -> f64 {
    on_gradients(rule, g).last().expect("there are gradients").update[0]
}

fn rms_prop(eta: f64, alpha: f64) -> RmsProp<f64> {
    RmsProp::new(Schedule::Constant { eta }, alpha, &array![0.0])
}

/// RMSProp's second step.
fn moving([eta, alpha, g0, g1]: [f64; 4]) -> Exercise {
    let [squares, fresh] = [g0 * g0 + g1 * g1, 1.0 - alpha];
    let solved =
        computed("η g¹/√v, where v = α · (1 − α)(g⁰)² + (1 − α)(g¹)²", ["v", "divide"], |part| {
            let [old, new] = [g0, g1].map(|g| number(fresh) * square(number(g)));
            number(eta) * number(g1) / sqrt(part(number(alpha) * old + new))
        });
    Exercise {
        asked: answer(last(rms_prop(eta, alpha), &[g0, g1]), [solved]),
        because: "v is 0.25 · 64 = 16, then 0.75 · 16 + 0.25 · 36 = 21, and the step 6/√21.",
        begin: "v is 0 at first: what is it after the gradient 8, and then after 6?",
        own: wrong! {
            eta * g1 / squares.sqrt() => "That is Adagrad's step: √(64 + 36) is the root of the sum.",
            eta * g1 / (squares / 2.0).sqrt() => "That is the step of the mean. RMSProp's mean moves: α in place of ½.",
            last(rms_prop(eta, 1.0 - alpha), &[g0, g1]) => "You swapped α and 1 − α: the new square counts for 1 − α.",
            eta * g1 / (alpha * g0 * g0 + fresh * g1 * g1).sqrt() => "Your v was 64 after the first gradient. It started at 0: 0.25 · 64.",
            eta * g1 / (alpha * fresh * g0 * g0 + fresh * g1 * g1) => "You divided by v: its root is missing.",
            eta * g1 / (fresh * g0 * g0).sqrt() => "The gradient 6 is in v before v divides.",
            last(Adam::new(Schedule::Constant { eta }, [0.0, alpha], &array![0.0]), &[g0, g1]) => "That is with Adam's correction. RMSProp has none.",
        },
    }
}

/// RMSProp's longest step.
fn cap([eta, alpha]: [f64; 2]) -> Exercise {
    let solved = computed("η/√(1 − α)", ["subtract and take the root", "divide"], |part| {
        number(eta) / part(sqrt(int(1) - number(alpha)))
    });
    Exercise {
        asked: answer(eta / (1.0 - alpha).sqrt(), [solved]),
        because: "v is at least 0.04 (gᵗ)², so its root is at least 0.2 |gᵗ|, and the step at most 0.1/0.2.",
        begin: "Which part of v is the present gradient's alone? The rest of v can only make the step smaller.",
        own: wrong! {
            eta => "That is Adagrad's cap: in its sum the present square counts in full. In v it counts for 1 − α.",
            eta / (1.0 - alpha) => "The root is missing: v is at least (1 − α)(gᵗ)², and √v divides.",
            1.0 / (1.0 - alpha).sqrt() => "The factor η = 0.1 is missing.",
            eta / alpha.sqrt() => "α is the weight of the past. The present square counts for 1 − α.",
            eta * (1.0 - alpha).sqrt() => "Turn it over: a small weight makes a small divisor, and a long step.",
        },
    }
}

/// Adam's second step, where the gradient has turned.
fn turn([eta, beta1, beta2, g0, g1]: [f64; 5]) -> Exercise {
    let step = |betas| last(Adam::new(Schedule::Constant { eta }, betas, &array![0.0]), &[g0, g1]);
    let after = |beta: f64, x0: f64, x1: f64| beta * (1.0 - beta) * x0 + (1.0 - beta) * x1;
    let (m, v) = (after(beta1, g0, g1), after(beta2, g0 * g0, g1 * g1));
    let [of_m, of_v] = [1.0 - beta1 * beta1, 1.0 - beta2 * beta2];
    let titles = ["m̂ = m/(1 − β₁²), with m = β₁ (1 − β₁) g⁰ + (1 − β₁) g¹", "v̂, likewise of the squares", "η m̂/√v̂"];
    let mean = |part: fn(Expr) -> Expr, beta: f64, [old, new]: [Expr; 2]| {
        let fresh = || int(1) - number(beta);
        part(number(beta) * fresh() * old + fresh() * new) / part(int(1) - square(number(beta)))
    };
    let solved = [
        computed(titles[0], ["m, and the weights' sum", "divide"], |part| mean(part, beta1, [g0, g1].map(number))),
        computed(titles[1], ["v, and the weights' sum", "divide"], |part| {
            mean(part, beta2, [g0, g1].map(|g| square(number(g))))
        }),
        computed(titles[2], ["the root", "divide"], |part| {
            number(eta) * number(m / of_m) / part(sqrt(number(v / of_v)))
        }),
    ];
    Exercise {
        asked: answer(step([beta1, beta2]), solved),
        because: "m = 0.8 · 0.6 − 0.2 · 2 = 0.08, so m̂ = 0.08/0.36. It is still positive, though the gradient is not.",
        begin: "m is 0.2 · 3 = 0.6 after the first gradient, v is 0.01 · 9 = 0.09. What are they after −2, and which correction belongs to two gradients?",
        own: wrong! {
            step([0.0, beta2]) => "That is the gradient over √v̂. Adam's step takes m̂, the mean of the gradients, in its place.",
            eta * m / v.sqrt() => "You forgot both corrections: m̂ = m/(1 − β₁²), v̂ = v/(1 − β₂²).",
            eta * m / of_m / v.sqrt() => "v is to be corrected too: v̂ = v/(1 − β₂²).",
            eta * m / (v / of_v).sqrt() => "m is to be corrected too: m̂ = m/(1 − β₁²).",
            eta * (m / (1.0 - beta1)) / (v / (1.0 - beta2)).sqrt() => "These are the corrections of the first step. At t = 1 the exponent t + 1 is 2.",
            step([beta2, beta1]) => "You swapped β₁, which belongs to m, and β₂, which belongs to v.",
            -step([beta1, beta2]) => "The size is right. What is subtracted has the sign of m̂, not of the last gradient.",
        },
    }
}

/// Adagrad's and RMSProp's step after many gradients of one size.
fn moved([quiet, one, minus_one, eta, g, alpha, v]: [f64; 7]) -> Exercise {
    let past: Vec<f64> = (0..quiet as usize).map(|t| [one, minus_one][t % 2]).chain([g]).collect();
    let adagrad = last(Adagrad::simplified(eta, &array![0.0]), &past);
    let mean = alpha * v + (1.0 - alpha) * g * g;
    let titles = ["Adagrad: η g/√(399 + g²)", "RMSProp: η g/√(α v + (1 − α) g²)"];
    let solved = [
        computed(titles[0], ["the sum", "divide"], |part| {
            number(eta) * number(g) / sqrt(part(number(quiet) + square(number(g))))
        }),
        computed(titles[1], ["the moving mean", "divide"], |part| {
            number(eta) * number(g)
                / sqrt(part(number(alpha) * number(v) + (int(1) - number(alpha)) * square(number(g))))
        }),
    ];
    Exercise {
        asked: answer([adagrad, eta * g / mean.sqrt()], solved),
        because: "8/√415 and 8/√2.5: one remembers 399 gradients, the other about ten.",
        begin: "What is Adagrad's sum with the new square in it, and what is v?",
        own: wrong! {
            [eta * g / quiet.sqrt(), eta * g / v.sqrt()] => "The new gradient is in the memory before that divides: 399 + 16, and 0.9 · 1 + 0.1 · 16.",
            [eta * g / mean.sqrt(), adagrad] => "You swapped them: Adagrad's first.",
            [adagrad / eta, g / mean.sqrt()] => "The factor η = 2 is missing.",
            [adagrad, eta * g / (alpha * v + (1.0 - alpha) * g).sqrt()] => "Square the new gradient in v: 0.1 · 16.",
            [adagrad, eta * g / (alpha * g * g + (1.0 - alpha) * v).sqrt()] => "You swapped α and 1 − α: the new square counts for 0.1.",
            [eta * g / ((quiet + g * g) / (quiet + 1.0)).sqrt(), eta * g / mean.sqrt()] => "Adagrad divides by the root of the SUM of the 400 squares, not of their mean.",
        },
    }
}

/// A rule without any memory, over one period.
fn no_memory(given @ [eta, alpha, g0, g1, ..]: [f64; 7]) -> Exercise {
    let g = &given[2..];
    let change = -on_gradients(rms_prop(eta, alpha), g).iter().map(|step| step.update[0]).sum::<f64>();
    let solved = computed("−Σ η g/√v, where v = 0 · v + 1 · g²", ["a step each", "multiply and add"], |part| {
        let step = |g: f64| part(number(eta) * number(g) / sqrt(square(number(g))));
        int(0) - step(g0) - int(4) * step(g1)
    });
    Exercise {
        asked: answer(change, [solved]),
        because: "Each step has the size η, whatever the gradient: −0.1 + 4 · 0.1. The gradients add up to +1, so w ought to fall.",
        begin: "With α = 0 only the present gradient is under the root. What is g/√(g²)?",
        own: wrong! {
            -change => "The sign: the steps are SUBTRACTED from w.",
            -eta * g.iter().sum::<f64>() => "That is vanilla's: the gradients add up to +1. RMSProp divides each by its own size here.",
            eta * g.iter().sum::<f64>() => "Those are the gradients times η. RMSProp divides each by a root first.",
            4.0 * eta => "Those are the four small ones. The 5 makes a step too.",
            5.0 * eta => "The signs: the step of the 5 goes down, the other four go up.",
            change / eta => "The factor η = 0.1 is missing.",
        },
    }
}

//! S3 · Adagrad, step by step.

use crate::answer::Kind::OfGradients;
use crate::asked::{function, one};
use crate::exercise::{Exercise, wrong};
use crate::rule::{Case, Rule, SLIDES};
use crate::{s2, worked};

pub(crate) const ALL: &[fn() -> Exercise] = &[first_update, sigma_1, third_w, sigma_t, update];

/// w¹ after one gradient.
fn first_update() -> Exercise {
    let given @ [w, eta, g @ ..] = [2.0, 0.1, -5.0];
    Exercise {
        id: "S3.1",
        given: given.into(),
        asked: one(Rule::next, worked::next, Case::new(w, eta, &g)),
        because: "σ⁰ = √25 = 5, so w¹ = 2 − (0.1/5) · (−5) = 2 + 0.1: the first step is always η.",
        begin: "σ⁰ is the root of (g⁰)²; then put w⁰, η⁰/σ⁰ and g⁰ into the update.",
        own: wrong! {
            w - eta => "That is a step uphill. σ⁰ = √25 is +5, and minus a negative step is plus.",
            w - eta / g[0] => "You divided by (g⁰)² = 25: its root is missing. σ⁰ = √25.",
            w + eta * g[0] => "That is vanilla's step, and uphill: divide η⁰ by σ⁰, and mind the two minus signs.",
            w + eta / 2.0_f64.sqrt() => "You used η¹ = η/√2. At t = 0 the rate is η⁰ = η/√1.",
            eta / g[0].abs() => "That is the rate η⁰/σ⁰. w¹ is w⁰ − (η⁰/σ⁰) g⁰.",
        },
    }
}

/// σ¹ of two gradients.
fn sigma_1() -> Exercise {
    let g = [6.0_f64, -8.0];
    Exercise {
        id: "S3.2",
        given: g.into(),
        asked: one(Rule::sigma, worked::sigma, Case::new(0.0, 1.0, &g)),
        because: "√( ½ [36 + 64] ) = √50.",
        begin: "Square both gradients, take the mean of the squares, then its root.",
        own: wrong! {
            (g[0].abs() + g[1].abs()) / 2.0 =>
                "That is the mean of the sizes (or σ¹ rounded to one digit: give four). Square each before you add.",
        },
    }
}

/// w³ after three gradients.
fn third_w() -> Exercise {
    let given @ [w, eta, g @ ..] = [0.0, 1.0, 4.0, 1.0, -8.0];
    let case = Case::new(w, eta, &g);
    let third_step = SLIDES.step(&case);
    let vanilla = w - (0..3).map(|t| (SLIDES.schedule)(eta, t) * g[t]).sum::<f64>();
    Exercise {
        id: "S3.3",
        given: given.into(),
        asked: one(after_all, worked::all_updates, case),
        because: "The sums of squares are 16, 17 and 81, and the steps 4/4, 1/√17 and −8/9: w³ = −1 − 0.2425 + 0.8889.",
        begin: "Make one step after the other: σ⁰ and w¹, then σ¹ and w², then σ² and w³.",
        own: wrong! {
            after_all(&SLIDES, &case) + third_step => "That is w²: one more step, with g² = −8.",
            third_step => "That is the third step alone. w³ is w⁰ minus all three steps.",
            vanilla / SLIDES.sigma(&case) =>
                "You divided all three steps by σ². Each step has its own σᵗ, of the gradients up to then.",
            vanilla / g[0] =>
                "You divided all three steps by σ⁰ = 4. Each step has its own σᵗ, of the gradients up to then.",
        },
    }
}

/// Where a rule has taken w when it has seen all gradients, one after the other.
fn after_all(rule: &Rule, x: &Case) -> f64 {
    (1..=x.g.len()).fold(x.w, |w, n| rule.next(&Case::new(w, x.eta, &x.g[..n])))
}

/// σᵗ as a function.
fn sigma_t() -> Exercise {
    Exercise {
        id: "S3.4",
        given: vec![],
        asked: function(OfGradients, Rule::sigma, derivation::sigma_symbolic(None)),
        because: "Tried on four lists of gradients.",
        begin: "Square each gradient, take the mean of the squares, then its root.",
        own: wrong! {
            |g: &[f64]| (SLIDES.divisor)(g) * (g.len() as f64 / (g.len() as f64 - 1.0)).sqrt() =>
                "You divided by t. From i = 0 to t there are t+1 gradients, which is g.len().",
        },
    }
}

/// The update as a function: asked on slide S2 already.
fn update() -> Exercise {
    Exercise {
        id: "S3.4b",
        begin: "The update is w − (ηᵗ/σᵗ) gᵗ; gᵗ is g[g.len() - 1], and t+1 is g.len().",
        ..s2::formula()
    }
}

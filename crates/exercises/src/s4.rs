//! S4 · Adagrad, simplified.

use crate::prelude::*;

pub(crate) const ALL: &[Listed] = exercises! {
    "S4.1": rate(GIVEN),
    "S4.2": step([]),
    "S4.2b": large_sum([144.0, 5.0, 0.39]),
    "S4.2c": constant([0.5, 5.0]),
    "S4.2d": notes([0.6261]),
};

/// g⁰, g¹, g², η and t of S4.1.
const GIVEN: [f64; 5] = [2.0, 3.0, 6.0, 0.7, 2.0];

/// The rate η²/σ².
fn rate([g @ .., eta, _]: [f64; 5]) -> Exercise {
    let case = Case::new(0.0, eta, &g);
    let solved = |x: &Case| {
        let formula = |part: fn(Expr) -> Expr| number(x.eta) / part(sqrt(squares(x.g)));
        let reasons = ["square, add, take the root", "divide"];
        vec![computed("ηᵗ/σᵗ = η/√Σ, since the √(t+1) of ηᵗ and of σᵗ cancel", reasons, formula)]
    };
    Exercise {
        asked: one(Rule::rate, solved, case),
        because: "The √3 cancels, so it is η/√Σ = 0.7/√(4 + 9 + 36) = 0.7/7.",
        begin: "η² is 0.7/√3, and σ² is √( ⅓ [4 + 9 + 36] ).",
        own: wrong! {
            SLIDES.rate(&case) / 3.0_f64.sqrt() =>
                "One √3 too many. With the root of the SUM below, √49, it has cancelled already; and η² is 0.7/√3, not 0.7/3.",
            SLIDES.rate(&case) * 3.0_f64.sqrt() =>
                "You divided by σ² but left η undivided: η² = 0.7/√3. Either both have their √3, or neither has.",
            SLIDES.step(&case) => "That is the step, (η²/σ²) g². The rate is what g² is multiplied by.",
            SLIDES.sigma(&case) => "That is σ² alone: divide η² by it.",
        },
    }
}

/// The step η gᵗ/√Σ(gⁱ)² as a function.
fn step([]: [f64; 0]) -> Exercise {
    let right = |eta: f64, g: &[f64]| SLIDES.step(&Case::new(0.0, eta, g));
    Exercise {
        asked: function(Kind::OfEtaAndGradients, Rule::step, derivation::cancelling_root()),
        because: "Tried on four lists of gradients.",
        begin: "The step is η gᵗ/√Σ(gⁱ)²; gᵗ is g[g.len() - 1], and the sum runs over all of g.",
        own: wrong! {
            |eta: f64, g: &[f64]| right(eta, g) / (g.len() as f64).sqrt() =>
                "One √(t+1) too many. With the root of the SUM below, it has cancelled already.",
            |eta: f64, g: &[f64]| right(eta, g) * (g.len() as f64).sqrt() =>
                "You divided by σᵗ, the root of the MEAN, but left η undivided. Either both have their √(t+1), or neither has.",
            |eta: f64, g: &[f64]| -right(eta, g) =>
                "That has the wrong sign: the step is what is subtracted from wᵗ.",
        },
    }
}

/// The step after past gradients of which only the sum of the squares is known, and with it no t.
fn large_sum([past, g, eta]: [f64; 3]) -> Exercise {
    let solved = computed("η g/√Σ", ["square, add, take the root", "multiply and divide"], |part| {
        number(eta) * number(g) / part(sqrt(number(past) + square(number(g))))
    });
    Exercise {
        asked: answer(SLIDES.step(&Case::new(0.0, eta, &[past.sqrt(), g])), [solved]),
        because: "0.39 · 5/√(144 + 25) = 0.39 · 5/13.",
        begin: "The sum gains the square of the present gradient first. Then η g/√Σ.",
        own: wrong! {
            eta * g / past.sqrt() => "You divided by √144: the present gradient's square, 25, belongs in the sum.",
            eta * g / (past + g).sqrt() => "You divided by √(144 + 5): the sum is one of squares, so it gains 25.",
            eta * g / (past + g * g) => "You divided by 169: the root of the sum is missing.",
            eta * g / (past.sqrt() + g) => "You divided by √144 + √25 = 17. Add first, then take the root: √169.",
            eta / (past + g * g).sqrt() => "That is the rate η/√Σ: multiply it by the gradient.",
            g / (past + g * g).sqrt() => "The factor η is missing.",
            eta * g => "That is η g: divide it by √Σ.",
        },
    }
}

/// All gradients are equal: the t at which the step is a certain part of η.
fn constant([g, part]: [f64; 2]) -> Exercise {
    let step = |t: usize| SLIDES.step(&Case::new(0.0, 1.0, &vec![g; t + 1]));
    let t = (0..1000).find(|&t| (step(t) - 1.0 / part).abs() < 1e-12).expect("at t = 24");
    let title = format!("{g} η/√((t+1) · ({g})²) = η/√(t+1) is η/{part} where √(t+1) = {part}");
    let solved = computed(title, ["square", "subtract"], |value| value(square(number(part))) - int(1));
    Exercise {
        asked: answer(t as f64, [solved]),
        because: "The step is η/√(t+1), whatever the constant gradient; √(24+1) = 5.",
        begin: "With t+1 equal gradients g the sum of the squares is (t+1) (g)². What is left of η g/√Σ?",
        own: wrong! {
            part * part => "That is the number of gradients, t+1. t is counted from 0.",
            part * part + 1.0 => "At t = 26 there are 27 gradients: t is one less than their number.",
            part - 1.0 => "There η/(t+1) is η/5. The step falls with the root, η/√(t+1).",
            part => "There η/t is η/5. The step falls with the root, η/√(t+1).",
            part / g - 1.0 => "You divided by Σ, whose root is missing: 0.5/(0.25 (t+1)) = 1/5.",
            (part * g) * (part * g) - 1.0 =>
                "That is where vanilla's step 0.5 η/√(t+1) is η/5. Adagrad divides the 0.5 away.",
        },
    }
}

/// The gradients and the η of S4.1, and a wrong third step: what stood under the root?
fn notes([third]: [f64; 1]) -> Exercise {
    let [g @ .., eta, _] = GIVEN;
    let squared = |x: f64| x * x;
    let under = |step: f64| squared(eta * g[2] / step);
    let title = format!("{eta} · {}/√x = {third}, solved for x", g[2]);
    let solved = computed(title, ["multiply and divide", "square"], |part| {
        square(part(number(eta) * number(g[2]) / number(third)))
    });
    Exercise {
        asked: answer(under(third), [solved]),
        because: "0.7 · 6/√45: their sum starts at i = 1 and lacks (g⁰)² = 4.",
        begin: "Solve 0.7 · 6/√x = 0.6261 for x.",
        own: wrong! {
            under(SLIDES.step(&Case::new(0.0, eta, &g))) =>
                "That is the right sum, 4 + 9 + 36, and gives the right step, 0.6. Which one gives 0.6261?",
            under(third).sqrt() => "That is the root itself. What stands under it?",
            squared(g[0]) + squared(g[1]) =>
                "4 + 9 under the root would give 0.7 · 6/√13 = 1.165. Solve 0.7 · 6/√x = 0.6261.",
            squared(g[2]) => "36 alone would give 0.7 · 6/√36 = 0.7. Solve 0.7 · 6/√x = 0.6261.",
            squared(eta / third) => "You left the factor g² = 6 out: solve 0.7 · 6/√x = 0.6261.",
        },
    }
}

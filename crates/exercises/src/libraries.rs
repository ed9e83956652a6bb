//! L · Adagrad in the libraries.

use crate::prelude::*;

pub(crate) const ALL: &[Listed] = exercises! {
    "L2": start([1.0, 0.3]),
    "L4": inside([0.000001]),
    "L4b": outside([1.0, 0.002, 0.8]),
    "L5": printed([3.0, 4.0, 12.0, 0.26]),
    "L5b": decayed([3.0, 4.0, 12.0, 0.26, 0.15]),
};

/// A first step where the sum starts at 0.1.
fn start([eta, g]: [f64; 2]) -> Exercise {
    let s0 = update_rules::Convention::KERAS.initial_accumulator;
    let solved = computed("η g/√(s₀ + (g)²)", ["the root of the sum", "divide"], |part| {
        number(eta) * number(g) / part(sqrt(number(s0) + square(number(g))))
    });
    Exercise {
        asked: answer(eta * g / (s0 + g * g).sqrt(), [solved]),
        because: "0.3/√(0.1 + 0.09): more than half of the divisor is the 0.1 at which the sum starts.",
        begin: "Keras divides by the root of s₀ + (g⁰)², and its s₀ is 0.1.",
        own: wrong! {
            eta => "That is the slide's first step. In Keras the sum does not start at 0.",
            g / (s0.sqrt() + g) => "You added the roots. The 0.1 and the square stand under one root.",
            g / (s0 + g) => "You added the 0.1 to the root. It stands under the root, beside the square.",
            g / (s0 + g * g) => "The root is missing.",
            g / s0.sqrt() => "Here the gradient's own square counts too: 0.09 beside 0.1.",
            g / (s0 + g).sqrt() => "You forgot to square the gradient under the root.",
        },
    }
}

/// What an ε inside is worth outside.
fn inside([eps]: [f64; 1]) -> Exercise {
    let solved =
        computed("√ε, where √(s + ε) turns from √s to √ε", ["the ε itself", "take the root"], |part| {
            sqrt(part(number(eps)))
        });
    Exercise {
        asked: answer(eps.sqrt(), [solved]),
        because: "√0.000001 = 0.001: inside it is compared with squares, outside with their root.",
        begin: "Inside, the ε is compared with the sum of squares. With which root of a sum is it on a par?",
        own: wrong! {
            eps => "Outside, this number would matter only for gradients a thousand times smaller.",
            eps * eps => "The other way round: you squared it, and inside the root squares are what it is compared with.",
        },
    }
}

/// The ε outside that gives a step.
fn outside([eta, g, step]: [f64; 3]) -> Exercise {
    let solved = computed("g/(|g| + ε) = step, so ε = η g/step − g", ["divide", "subtract"], |part| {
        part(number(eta) * number(g) / number(step)) - number(g)
    });
    Exercise {
        asked: answer(eta * g / step - g, [solved]),
        because: "0.002/0.8 = 0.0025 is the divisor, and 0.002 of it is the root of the sum.",
        begin: "The divisor is the gradient over the step. How much of it is not the root of the sum?",
        own: wrong! {
            g / step => "That is the whole divisor, √s + ε. Without √s?",
            g * g / (step * step) - g * g => "That is the ε inside the root. Here it stands outside.",
            g - g * step => "You took a fifth of the gradient. The divisor is larger than the gradient by ε: 0.002/(0.002 + ε) = 0.8.",
        },
    }
}

/// The rate behind the printed one.
fn printed([g @ .., eta]: [f64; 4]) -> Exercise {
    let case = Case::new(0.0, eta, &g);
    let [three, sum] = [3.0_f64.sqrt(), 169.0];
    let solved =
        computed("η/√Σ(gⁱ)²", ["the root of the sum", "divide"], |part| number(eta) / part(sqrt(squares(&g))));
    Exercise {
        asked: answer(SLIDES.rate(&case), [solved]),
        because: "0.26/√169 = 0.26/13. The ε of 1e-10 does not show.",
        begin: "The rate is η over the root of the sum of all three squares.",
        own: wrong! {
            eta => "That is what it prints: η. The rate is η over the root of the sum.",
            eta / sum => "The root is missing: √169 = 13.",
            eta / (sum / 3.0).sqrt() => "You divided by the root of the MEAN: with that, η would be divided by √3 too.",
            eta / three => "That is ηᵗ = η/√(t+1), without the gradients.",
            eta / three / 13.0 => "One √(t+1) too many: with the root of the sum below, it has cancelled.",
            SLIDES.step(&case) => "That is the step. The rate is the step over the gradient.",
        },
    }
}

/// The third step with `lr_decay`.
fn decayed([g @ .., eta, k]: [f64; 5]) -> Exercise {
    let step = SLIDES.step(&Case::new(0.0, eta, &g));
    let solved = computed(
        "η/(1 + k t) · g²/√Σ(gⁱ)², with t = 2",
        ["the decay; the root of the sum", "divide, multiply"],
        |part| {
            let root = sqrt(squares(&g));
            number(eta) / part(int(1) + number(k) * int(2)) * (number(g[2]) / part(root))
        },
    );
    Exercise {
        asked: answer(step / (1.0 + 2.0 * k), [solved]),
        because: "0.26/1.3 = 0.2, times 12/13.",
        begin: "The third step has t = 2. Divide η by 1 + 0.15 t, and then step as Adagrad does.",
        own: wrong! {
            step => "That is the step without lr_decay.",
            step / (1.0 + 3.0 * k) => "t counts from 0: the third step has t = 2.",
            step * (1.0 - 2.0 * k) => "The decay divides by 1 + k t; you multiplied by 1 − k t.",
            step / (1.0 + 2.0 * k).sqrt() => "No root here: lr_decay divides by 1 + k t itself.",
            step / (1.0 + k) => "That is the decay of the second step. The third has t = 2.",
            eta / (1.0 + 2.0 * k) / 13.0 => "That is the rate. Times the gradient, 12?",
            step / (1.0 + 2.0 * k) / 13.0 => "The root of the sum is missing: √169 = 13.",
        },
    }
}

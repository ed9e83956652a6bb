//! S2 · Adagrad.

use crate::prelude::*;
use update_rules::Quadratic;

pub(crate) const ALL: &[Listed] = exercises! {
    "S2.2": partial([3.0, 5.0, 1.0, 2.0]),
    "S2.3": vanilla([2.0, 4.0, 0.6]),
    "S2.4": adagrad([3.0, 4.0, 1.0, 2.0]),
    "S2.4b": next([]),
    "S2.5": sigmas(SEEN),
    "S2.5b": rates([1.0, 3.0]),
};

/// ∂L/∂w₁ of L = (w₁)² + 3 w₁ w₂ + 5 (w₂)².
fn partial([mixed, square, w1, w2]: [f64; 4]) -> Exercise {
    let (bowl, w) = (Quadratic::new(array![[2.0, mixed], [mixed, 2.0 * square]]), array![w1, w2]);
    let g = bowl.gradient(&w);
    let title = format!("∂L/∂w₁ = 2 w₁ + {mixed} w₂, with nothing of {square} (w₂)²");
    let solved =
        computed(title, ["multiply", "add"], |part| part(int(2) * number(w1)) + part(number(mixed) * number(w2)));
    Exercise {
        asked: answer(g[0], [solved]),
        because: "∂L/∂w₁ = 2w₁ + 3w₂ = 2 + 6.",
        begin: "Treat w₂ as a constant and differentiate with respect to w₁; then put in (1, 2).",
        own: wrong! {
            g[1] => "That is ∂L/∂w₂, the other parameter's gradient.",
            bowl.loss(&w) => "That is the loss itself, not its slope.",
            g.sum() => "That is the sum of both partial derivatives. gᵗ of one parameter is only its own.",
            2.0 * w1 => "The term 3w₁w₂ depends on w₁ too: its derivative is 3w₂.",
            2.0 * w1 + mixed => "The derivative of 3w₁w₂ with respect to w₁ is 3w₂, and w₂ is 2.",
            w1 + mixed * w2 => "The derivative of (w₁)² is 2w₁.",
            -g[0] => "The size is right, the sign is not. The minus belongs to the update, not to the gradient.",
        },
    }
}

/// One update by vanilla gradient descent, at t = 8.
fn vanilla([w, g @ .., eta]: [f64; 3]) -> Exercise {
    Exercise {
        asked: one(Rule::vanilla, worked::vanilla, Case { w, eta, t: 8, g: &g }),
        because: "η⁸ = 0.6/√9 = 0.2, and 2 − 0.2 · 4 = 1.2.",
        begin: "First η⁸ = 0.6/√9, then w − η⁸ · g.",
        own: wrong! {
            w - g[0] => "You subtracted the gradient itself: multiply it by the rate η⁸.",
        },
    }
}

/// One update by Adagrad.
fn adagrad([g @ .., w, eta]: [f64; 4]) -> Exercise {
    Exercise {
        asked: one(Rule::next, worked::next, Case::new(w, eta, &g)),
        because: "η¹ = 2/√2 and σ¹ = √12.5, so the rate is 0.4, and 1 − 0.4 · 4 = −0.6.",
        begin: "First η¹ = 2/√2, then σ¹ = √((9 + 16)/2), then w¹ − (η¹/σ¹) g¹.",
        own: vec![],
    }
}

/// wᵗ⁺¹ as a function of wᵗ, η and g⁰ … gᵗ.
fn next([]: [f64; 0]) -> Exercise {
    let (t, count) = (Index::T, || t() + int(1));
    let update = |rate: Expr| w(t) - rate * g(t);
    let rate = eta() / sqrt(count()) / sqrt(int(1) / count() * sum_of_squares(0, t));
    let solved = Derivation::new("the update", w(Index::TPlus1))
        .becomes(update(eta_at(t) / sigma_at(t)), "Adagrad's update rule")
        .then(update(rate), "put in both definitions");
    Exercise {
        asked: function(Kind::OfWEtaAndGradients, Rule::next, solved),
        because: "Tried on four lists of gradients.",
        begin: "Three lines: ηᵗ = η/√(t+1); σᵗ, the root mean square of g; then wᵗ − (ηᵗ/σᵗ) gᵗ, where gᵗ is the last of g and t+1 is g.len().",
        own: vec![],
    }
}

/// The gradients of w₁, and then those of w₂.
const SEEN: [f64; 8] = [1.0, -5.0, 5.0, 7.0, 0.2, 1.0, -1.0, 1.4];

/// σ³ of both.
fn sigmas(seen: [f64; 8]) -> Exercise {
    let (g_1, g_2) = seen.split_at(4);
    let [a, b, pooled] = [g_1, g_2, &seen].map(SLIDES.divisor);
    Exercise {
        asked: each(Rule::sigma, worked::sigma, [g_1, g_2].map(|g| Case::new(0.0, 1.0, g))),
        because: "√((1 + 25 + 25 + 49)/4) = 5 and √((0.04 + 1 + 1 + 1.96)/4) = 1: each from its own gradients.",
        begin: "For each parameter by itself: square its four gradients, take the mean, then the root.",
        own: wrong! {
            [b, a] => "These are the right two numbers, each at the other parameter.",
            [pooled; 2] => "You put all eight gradients into one σ. Each parameter has its own.",
            [seen[3], seen[7]] => "These are the last gradients. σ³ is made of all four.",
        },
    }
}

/// The rates η³/σ³ of both.
fn rates([eta, t]: [f64; 2]) -> Exercise {
    let (g_1, g_2) = SEEN.split_at(4);
    let cases = [g_1, g_2].map(|g| Case { w: 0.0, eta, t: t as usize, g });
    let (eta_3, [a, b]) = ((SLIDES.schedule)(eta, t as usize), [g_1, g_2].map(SLIDES.divisor));
    Exercise {
        asked: each(Rule::rate, worked::rate, cases),
        because: "η³ = 1/√4 = 0.5; 0.5/5 = 0.1 and 0.5/1 = 0.5: smaller gradients, larger rate.",
        begin: "η³ = 1/√4 for both; divide it by each parameter's own σ³.",
        own: wrong! {
            [eta_3 / b, eta_3 / a] =>
                "Each is divided by the other parameter's σ³: the one with the larger gradients gets the smaller rate.",
            [eta_3 / a; 2] => "Both are divided by the σ³ of w₁. Each parameter has its own.",
            [eta_3 / b; 2] => "Both are divided by the σ³ of w₂. Each parameter has its own.",
            cases.map(|case| SLIDES.step(&case)) => "These are the steps. The rate is what gᵗ is multiplied by: η³/σ³.",
        },
    }
}

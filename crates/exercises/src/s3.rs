//! S3 · Adagrad, step by step.

use crate::prelude::*;

pub(crate) const ALL: &[Listed] = exercises! {
    "S3.1": first_update([2.0, 0.1, -5.0]),
    "S3.2": sigma_1([6.0, -8.0]),
    "S3.3": third_w([0.0, 1.0, 4.0, 1.0, -8.0]),
    "S3.4": sigma_t([]),
    "S3.4b": running([3.0, -13.0]),
};

/// w¹ after one gradient.
fn first_update([w, eta, g @ ..]: [f64; 3]) -> Exercise {
    Exercise {
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
fn sigma_1(g: [f64; 2]) -> Exercise {
    Exercise {
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
fn third_w([w, eta, g @ ..]: [f64; 5]) -> Exercise {
    let case = Case::new(w, eta, &g);
    let third_step = SLIDES.step(&case);
    let vanilla = w - (0..3).map(|t| (SLIDES.schedule)(eta, t) * g[t]).sum::<f64>();
    Exercise {
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
fn sigma_t([]: [f64; 0]) -> Exercise {
    Exercise {
        asked: function(Kind::OfGradients, Rule::sigma, derivation::sigma_symbolic(None)),
        because: "Tried on four lists of gradients.",
        begin: "Square each gradient, take the mean of the squares, then its root.",
        own: wrong! {
            |g: &[f64]| (SLIDES.divisor)(g) * (g.len() as f64 / (g.len() as f64 - 1.0)).sqrt() =>
                "You divided by t. From i = 0 to t there are t+1 gradients, which is g.len().",
        },
    }
}

/// σ³ of σ² and g³: the mean before counts for three squares.
fn running([before, g]: [f64; 2]) -> Exercise {
    let [old, new] = [before, g].map(|x: f64| x * x);
    let solved =
        computed("√( ¼ [3 (σ²)² + (g³)²] )", ["square, multiply, add", "divide and take the root"], |part| {
            sqrt(part(int(3) * square(number(before)) + square(number(g))) / int(4))
        });
    Exercise {
        asked: answer(SLIDES.sigma(&Case::new(0.0, 1.0, &[before, before, before, g])), [solved]),
        because: "The first three squares add up to 3 · 9, so it is √( ¼ [27 + 169] ) = √49.",
        begin: "Go back from σ² to the sum of the first three squares. Add the fourth square, take the mean, take the root.",
        own: wrong! {
            ((old + new) / 2.0).sqrt() =>
                "You took the mean of 9 and 169. The 9 is a mean already, of three squares: it counts for three.",
            ((old + new) / 4.0).sqrt() => "You divided 9 + 169 by 4. The sum of the first three squares is 3 · 9.",
            (old + new).sqrt() => "That is √(9 + 169). The 9 is the mean of three squares: what is their sum? And the mean of all four?",
            (3.0 * old + new).sqrt() => "That is the root of the SUM, √(27 + 169), not of the MEAN: divide by 4 first.",
            ((3.0 * old + new) / 3.0).sqrt() => "You divided 27 + 169 by 3. Now there are four gradients.",
            (3.0 * old + new) / 4.0 => "That is the mean of the squares: its root is missing.",
            (3.0 * before - g) / 4.0 =>
                "You took the mean of the sizes, as if all three had the size 3. Only the sum of their squares is known, 3 · 9.",
            (3.0 * before + g) / 4.0 => "You took the mean of 3, 3, 3 and −13. Take that of the squares, and its root.",
            (before - g) / 2.0 => "You took the mean of 3 and 13. Go back to the squares: the first three add up to 3 · 9.",
        },
    }
}

//! S5 · Contradiction?

use crate::prelude::*;
use derivation::{current_gradient, past_gradient};

pub(crate) const ALL: &[Listed] = exercises! {
    "S5.1": vanilla([1.0, 3.0, 6.0, 2.0]),
    "S5.2": current(GIVEN),
    "S5.2b": cap([0.5, 3.0, 4.0]),
    "S5.3": past([]),
    "S5.4": contradiction([2.0, 3.0]),
    "S5.4b": scale([0.1, 3000.0, 4000.0, 12000.0]),
};

/// By how much vanilla's step grows with the gradient.
fn vanilla([eta, t, g, before]: [f64; 4]) -> Exercise {
    let eta_3 = (SLIDES.schedule)(eta, t as usize);
    Exercise {
        asked: one(
            |rule, x| rule.eta_t(x) * (x.g[1] - x.g[0]),
            growth,
            Case { w: 0.0, eta, t: t as usize, g: &[before, g] },
        ),
        because: "η³ = 1/√4 = ½, so the step grows from 1 to 3.",
        begin: "Vanilla's step is ηᵗ gᵗ, with η³ = 1/√4. Compute it for both gradients.",
        own: wrong! {
            eta_3 * before =>
                "That is the step for the gradient 2; or your rate is 1/(t+1) = ¼. With η³ = 1/√4, take the step for 6 minus the step for 2.",
            eta_3 * g => "That is the new step, and also the factor by which it grew. By how much did it grow?",
            eta_3 => "That is the rate η³. The step grows by the rate times the gradient's growth.",
        },
    }
}

/// ηᵗ (g − g), what is added to vanilla's step.
fn growth(x: &Case) -> Vec<Derivation> {
    let formula = |part: fn(Expr) -> Expr| part(decayed(x)) * part(number(x.g[1]) - number(x.g[0]));
    vec![computed("ηᵗ times the gradient's growth", ["the rate; the difference", "multiply"], formula)]
}

/// η, three past gradients and the current one, of S5.2 and S5.3.
const GIVEN: [f64; 5] = [1.0, 1.0, 2.0, 2.0, 4.0];

/// The slope of Adagrad's step in gradient `i`, by central differences; as `derived`, and with these numbers in that
/// formula, `above`/(S + (gᵗ)²)^(3/2).
fn slope([eta, g @ ..]: [f64; 5], i: usize, derived: Derivation, above: Expr) -> Asked {
    let step = |change: f64| {
        let mut g = g;
        g[i] += change;
        SLIDES.step(&Case::new(0.0, eta, &g))
    };
    let h = 1e-5;
    let formula = derived.lines[derived.lines.len() - 2].expr.to_string();
    let with_numbers = computed(formula, ["square, add, multiply", "divide"], |part| {
        part(above.clone()) / half_power(part(squares(&g)), 3)
    });
    answer((step(h) - step(-h)) / (2.0 * h), [derived, with_numbers])
}

/// ∂step/∂gᵗ
fn current(given @ [eta, a, b, past, g]: [f64; 5]) -> Exercise {
    let s = a * a + b * b + past * past;
    let all = s + g * g;
    let power = all * all.sqrt();
    Exercise {
        asked: slope(given, 3, current_gradient(), number(eta) * squares(&[a, b, past])),
        because: "η S/(S + (gᵗ)²)^(3/2) = 9/25^(3/2) = 9/125: positive, so a larger gradient gives a larger step.",
        begin: "S = 1 + 4 + 4. Differentiate g/√(S + g²) by the quotient rule; g is below the bar as well.",
        own: wrong! {
            -s / power => "The size is right, the sign is not: the step grows with the current gradient.",
            1.0 / all.sqrt() => "You kept the divisor fixed. gᵗ is in the sum too, and that is why the step is capped.",
            g * g / power =>
                "You have (gᵗ)² = 16 above the bar. After the quotient rule the sum of the PAST squares is left there, S = 9.",
            s / all => "The power is 3/2: 25^(3/2) = 125. You divided by 25.",
            1.0 / power => "The factor S = 9 is missing above the bar.",
            g / all.sqrt() => "That is the step itself. How fast does it change?",
            -g * past / power => "That is the slope in the past gradient 2. Here the current one changes.",
        },
    }
}

/// The bound of the step.
fn cap([eta, g0, g1]: [f64; 3]) -> Exercise {
    let title =
        format!("{eta} g/√(({g0})² + ({g1})² + (g)²) = {eta}/√((({g0})² + ({g1})²)/(g)² + 1), and 1/(g)² goes to 0");
    let limit = computed(title, ["add and take the root", "divide"], |part| number(eta) / part(sqrt(int(0) + int(1))));
    let [root, three] = [(g0 * g0 + g1 * g1).sqrt(), 3.0_f64.sqrt()];
    Exercise {
        asked: answer(SLIDES.step(&Case::new(0.0, eta, &[g0, g1, 1e9])), [limit]),
        because: "η g/√(25 + g²) comes ever closer to η = 0.5, and never passes it.",
        begin: "Divide above and below by g: η/√(25/g² + 1). What happens when g grows without end?",
        own: wrong! {
            eta / root => "That is η/√25, the rate at g = 0. How large can the rate times g become?",
            eta * root => "That is η · √25. For very large g the 25 hardly matters: √(25 + g²) is nearly g.",
            1.0 => "g/√(25 + g²) stays below 1, but η = 0.5 stands before it.",
            eta / three => "That is ηᵗ = η/√3. The √3 cancels against the one in σᵗ.",
            eta * three => "That is η√(t+1), the bound if η does not decay. Here the √(t+1) cancels.",
        },
    }
}

/// ∂step/∂g²
fn past([]: [f64; 0]) -> Exercise {
    let [eta, a, b, past, g] = GIVEN;
    let s = a * a + b * b + past * past;
    let all = s + g * g;
    let power = all * all.sqrt();
    Exercise {
        asked: slope(GIVEN, 2, past_gradient(), -(number(eta) * number(g) * number(past))),
        because: "−η gᵗ gᵏ/(S + (gᵗ)²)^(3/2) = −4 · 2/125: negative, so a larger past gradient gives a smaller step.",
        begin: "Only the sum below the bar changes. Write the step as 4 · (sum)^(−1/2) and use the chain rule.",
        own: wrong! {
            g * past / power => "The size is right, the sign is not: a power of −1/2 brings a minus down.",
            -2.0 * g * past / power =>
                "The factor ½ is missing: the power −1/2 comes down, and the 2 of the square cancels its 2.",
            -g / power => "Half of it: the square's own derivative is 2 · 2, and you took 2.",
            -g / 2.0 / power =>
                "The derivative of the square is missing (chain rule): the sum changes by 2 · 2 for each unit.",
            s / power => "That is the slope in the current gradient. Here a past one changes.",
            -g * past / all => "The power is −3/2: 25^(3/2) = 125. You divided by 25.",
        },
    }
}

/// The slide's question: one gradient is the current one of its own step and a past one of the next.
fn contradiction([t, next]: [f64; 2]) -> Exercise {
    let step = |t: f64, g2: f64| SLIDES.step(&Case::new(0.0, 1.0, &[3.0, 4.0, g2, 5.0][..=t as usize]));
    Exercise {
        asked: answer(
            step(t, 13.0) > step(t, 12.0) && step(next, 13.0) < step(next, 12.0),
            [current_gradient(), past_gradient()],
        ),
        because: "At t = 2 it is the current gradient, at t = 3 a past one: S5.2 and S5.3 are true of different variables.",
        begin: "Ask of each step whether g² is its current gradient or a past one.",
        own: wrong! {
            false =>
                "Which gradient is g² at t = 2, the current one or a past one? And at t = 3? Look up what each table says.",
        },
    }
}

/// The third step, where all gradients are a thousand times larger.
fn scale([eta, g @ ..]: [f64; 4]) -> Exercise {
    let case = Case::new(0.0, eta, &g);
    let step = SLIDES.step(&case);
    let without_root = SLIDES.step(&case) / g.iter().map(|g| g * g).sum::<f64>().sqrt();
    Exercise {
        asked: one(Rule::step, worked::step, case),
        because: "The factor 1000 stands above and below the bar and cancels: 0.1 · 12/13, as without it.",
        begin: "Put a factor c before every gradient in η g/√Σ(gⁱ)², and take it out of the root.",
        own: wrong! {
            step * 1000.0 => "You multiplied the step by 1000. The divisor grows by 1000 too.",
            step / 1000.0 => "You divided the step by 1000. Above the bar the gradient grows by 1000 too.",
            step / 3.0_f64.sqrt() =>
                "One √(t+1) too many. With the root of the SUM below, it has cancelled already.",
            without_root * 1000.0 => "The root is missing: the divisor is √169, not 169.",
            without_root => "The root of the sum is missing: without it the scale would not cancel.",
            eta =>
                "That would be the first step, and the bound of all. The third divides by the root of all three squares.",
        },
    }
}

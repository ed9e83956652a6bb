//! S1 · Adaptive learning rates.

use crate::prelude::*;
use update_rules::Quadratic;

pub(crate) const ALL: &[Listed] = exercises! {
    "S1.1": step_decay([0.8, 10.0, 25.0]),
    "S1.2": jumping([3.0, 1.118, 2.5]),
    "S1.3": at_8([6.0, 8.0]),
    "S1.3b": at_t([]),
    "S1.4": two_rates([STEEP]),
    "S1.4b": limit([]),
};

/// ηᵗ of a step decay that halves.
fn step_decay([eta, every, t]: [f64; 3]) -> Exercise {
    let halved = Schedule::StepDecay { eta, factor: 0.5, every: every as usize };
    let solved =
        computed(format!("η · 0.5ⁿ, where n is {t}/{every}, rounded down"), ["the power", "multiply"], |part| {
            number(eta) * part(half_power(number(0.5), 2 * (t / every) as i32))
        });
    Exercise {
        asked: answer(halved.at(t as usize), [solved]),
        because: "By t = 25 the rate has been halved twice, at t = 10 and at t = 20.",
        begin: "List the updates at which the rate is halved, up to t = 25.",
        own: wrong! {
            eta / 2.0 => "That is halved once. There is a second halving at t = 20.",
            eta / 8.0 => "That is halved three times. The first ten updates, t = 0 … 9, still have the full η.",
            eta * 0.5_f64.powi(5).sqrt() =>
                "That is η · 0.5^(25/10), a smooth decay. Step decay waits: only whole tens count, so round 25/10 down.",
            eta * 0.5_f64.powi(25) => "That is halved at every update. It is halved at every tenth.",
            (SLIDES.schedule)(eta, t as usize) =>
                "That is η/√(t+1), the slide's other example. Here the rate falls in steps.",
        },
    }
}

/// L(w) = √(1 + (w)²) − 1 and a large η: between which two places does w jump in the end?
fn jumping([_, for_3, eta]: [f64; 3]) -> Exercise {
    let slope = |w: &Array1<f64>| w.mapv(|w| w / (1.0 + w * w).sqrt());
    let end = descend(Vanilla::new(Schedule::Constant { eta }), array![20.0], 200, slope).pop().expect("200 of them");
    let half = eta / 2.0;
    let solved = computed(
        "w − η w/√(1 + (w)²) = −w gives √(1 + (w)²) = η/2, so w = √((η/2)² − 1)",
        ["square and subtract", "take the root"],
        |part| sqrt(part(square(number(eta) / int(2)) - int(1))),
    );
    Exercise {
        asked: answer(end.w_next[0].abs(), [solved]),
        because: "w − 2.5 w/√(1 + (w)²) = −w gives √(1 + (w)²) = 1.25, so (w)² = 0.5625.",
        begin: "Where does an update take w to −w? Solve w − η w/√(1 + (w)²) = −w for w.",
        own: wrong! {
            half => "That is η/2, which is √(1 + (w)²). Square it, take 1 away, and take the root.",
            half * half - 1.0 => "That is (w)²: its root is still to be taken.",
            (half * half + 1.0).sqrt() => "You added 1. From 1 + (w)² = (1.25)² it is subtracted.",
            (eta * eta - 1.0).sqrt() =>
                "From there an update ends at the bottom, w = 0. A jump from w to −w is twice as long.",
            for_3 => "That is the place for η = 3, from the text above.",
        },
    }
}

/// ηᵗ as a number.
fn at_8([eta, t]: [f64; 2]) -> Exercise {
    Exercise {
        asked: one(Rule::eta_t, worked::eta_t, Case { w: 0.0, eta, t: t as usize, g: &[] }),
        because: "6/√9 = 6/3.",
        begin: "Put η = 6 and t = 8 into η/√(t+1).",
        own: vec![],
    }
}

/// ηᵗ as a function.
fn at_t([]: [f64; 0]) -> Exercise {
    let formula = eta() / sqrt(t() + int(1));
    let solved = Derivation::new("the slide's schedule", eta_at(Index::T)).then(formula, "1/t decay");
    Exercise {
        asked: function(Kind::OfEtaAndT, Rule::eta_t, solved),
        because: "Tried on four pairs of η and t.",
        begin: "The formula is η/√(t+1); in Rust, the root of t+1 is (t as f64 + 1.0).sqrt().",
        own: vec![],
    }
}

/// The factor of (w₂)² in L = (w₁)² + 25 (w₂)².
const STEEP: f64 = 25.0;

/// The second derivatives of L = (w₁)² + a (w₂)², the one in w₂ first.
fn curvatures(a: f64) -> [f64; 2] {
    eigenvalues(&Quadratic::separable(&[1.0, a]).hessian())
}

/// The two rates with which one update lands on the minimum from everywhere.
fn two_rates([a]: [f64; 1]) -> Exercise {
    let [steep, flat] = curvatures(a);
    let solved = [("w₁", 1.0), ("w₂", a)].map(|(w, factor)| {
        let title = format!("{w} − η · 2 · {factor} {w} = 0");
        computed(title, ["multiply", "divide"], |part| int(1) / part(int(2) * number(factor)))
    });
    Exercise {
        asked: answer([1.0 / flat, 1.0 / steep], solved),
        because: "The gradients are 2w₁ and 50w₂, so w₁ − ½ · 2w₁ = 0 and w₂ − (1/50) · 50w₂ = 0.",
        begin: "Solve w − η · (its partial derivative) = 0 for η, for each parameter by itself.",
        own: wrong! {
            [1.0 / steep, 1.0 / flat] =>
                "These are the right two rates, each at the other parameter: the steep w₂ needs the smaller one.",
            [2.0 / flat, 2.0 / steep] => "You took w₁ and 25w₂ for the partial derivatives. They are 2w₁ and 50w₂.",
            [1.0, 1.0 / a.sqrt()] =>
                "You divided by √25 = 5. On a bowl the best rate is 1 over the second derivative, without a root.",
            [flat, steep] =>
                "These are the second derivatives. The steeper the direction, the smaller its rate: turn them over.",
            [1.0 / flat; 2] => "One rate for both: with 0.5 an update multiplies w₂ by 1 − 0.5 · 50 = −24.",
            [1.0 / steep; 2] => "One rate for both: with 0.02 an update multiplies w₁ by 0.96, so it hardly moves.",
        },
    }
}

/// The same bowl and one rate for both parameters: from which η on does gradient descent no longer converge?
fn limit([]: [f64; 0]) -> Exercise {
    let [steep, flat] = curvatures(STEEP);
    let title = format!("1 − η · 2 · {STEEP} = −1, where an update takes w₂ to −w₂");
    let solved = computed(title, ["multiply", "divide"], |part| int(2) / part(int(2) * number(STEEP)));
    Exercise {
        asked: answer(2.0 / steep, [solved]),
        because: "An update multiplies w₂ by 1 − 50η, and |1 − 50η| < 1 means η < 2/50. For w₁ alone it is 2/2.",
        begin: "An update multiplies w₁ by 1 − 2η and w₂ by 1 − 50η. From which η on is one of them no longer below 1 in size?",
        own: wrong! {
            1.0 / steep =>
                "With that η one update takes w₂ to 0. Past it w₂ changes sides, but still comes nearer. Up to which η?",
            2.0 / (flat + steep) =>
                "That is the best single rate: both factors have the size 0.923. From which η on is one of them no longer below 1?",
            2.0 / flat => "That is the limit of the flat w₁. The steep w₂ diverges long before.",
            2.0 / STEEP => "You took 25w₂ for the partial derivative. It is 50w₂.",
            steep => "That is the second derivative of w₂. The limit falls as it rises: 2 divided by it.",
            steep / 2.0 => "That is 50/2. The limit falls as the second derivative rises: turn it over.",
        },
    }
}

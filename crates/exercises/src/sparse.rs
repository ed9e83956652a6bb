//! Z · Sparse features.

use crate::prelude::*;

pub(crate) const ALL: &[Listed] = exercises! {
    "Z1": visits([24.0, 99.0, 399.0, -1.0, 0.0, 1.0]),
    "Z3": comparison([0.1, 1.0, 10.0, 500.0, 150.0, 130.0, 205.0, 200.0, 145.0, 125.0, 0.23]),
    "Z4": rates([0.3, 900.0, 9.0, 0.5, -0.5]),
    "F6": left_side([4.0, 3.0]),
    "Z5": regret([2.0, 2.0, 0.0, 0.0, 1.0]),
    "Z6": bound([100.0, 900.0, 99.0, 1.0, 2.0, 0.5]),
};

/// Vanilla's weight of a rare feature.
fn visits([first, second, third, g, w, eta]: [f64; 6]) -> Exercise {
    let times = [first, second, third];
    let after = |rate: fn(f64, f64) -> f64| w - times.iter().map(|&t| rate(eta, t) * g).sum::<f64>();
    let right = after(|eta, t| (SLIDES.schedule)(eta, t as usize));
    let title = format!("w − Σ ηᵗ gᵗ from {w}, where ηᵗ = η/√(t+1) and gᵗ = −1");
    let solved = computed(title, ["the rates", "add"], |part| {
        let rate = |t: f64| part(number(eta) / sqrt(number(t) + int(1)));
        number(w) + rate(first) + rate(second) + rate(third)
    });
    Exercise {
        asked: answer(right, [solved]),
        because: "0.2 + 0.1 + 0.05: the clock has run on between the visits. Adagrad's three steps are 1, 1/√2 and 1/√3.",
        begin: "Vanilla's rate at a visit is η/√(t+1), whatever happened before; the gradient is −1, so the weight goes up.",
        own: wrong! {
            -right => "The gradient is −1, and the step is subtracted: the weight goes up.",
            1.0 / 400_f64.sqrt() => "That is the last of the three steps alone.",
            1.0 + 1.0 / 2_f64.sqrt() + 1.0 / 3_f64.sqrt() =>
                "Those are Adagrad's steps: it counts the visits. Vanilla's t counts all examples.",
            after(|eta, _| eta) => "That is vanilla with a constant η. Here it decays: η/√(t+1).",
            after(|eta, t| eta / t.sqrt()) => "You divided by √t. The slides have t+1 under the root.",
            after(|eta, t| eta / (t + 1.0)) => "You divided by t+1: the root is missing.",
        },
    }
}

/// The regret of two rules, each at its best η.
fn comparison([e1, e2, e3, n, a1, a2, a3, b1, b2, b3, truth]: [f64; 11]) -> Exercise {
    let least = truth * n;
    let solved = [("A", [a1, a2, a3], a2), ("B", [b1, b2, b3], b3)].map(|(rule, [first, second, third], paid)| {
        let title = format!(
            "{rule} pays {first}, {second} and {third} with η = {e1}, {e2} and {e3}: \
             the least of it, minus what the true weights pay"
        );
        computed(title, ["what the true weights pay", "subtract"], |part| {
            number(paid) - part(number(n) * number(truth))
        })
    });
    Exercise {
        asked: answer([a2 - least, b3 - least], solved),
        because: "130 − 115 and 125 − 115: each rule at its own best η, 1 for A and 10 for B.",
        begin: "First choose the best η of each rule. What would the true weights pay for all examples together?",
        own: wrong! {
            [a2 - least, b2 - least] => "You compared both at η = 1. B pays less at another η: each rule at its own best.",
            [a1 - least, b1 - least] => "You compared both at η = 0.1. Each rule counts with its own best η.",
            [a3 - least, b3 - least] => "You compared both at η = 10. A pays less at another η: each rule at its own best.",
            [a2, b3] => "That is what they pay. Subtract what the true weights would pay, for all examples.",
            [a2 / n - truth, b3 / n - truth] => "That is the regret per example. Over all 500?",
            [b3 - least, a2 - least] => "The right numbers, in the other order.",
        },
    }
}

/// Adagrad's rates of a frequent and of a rare feature.
fn rates([eta, often, seldom, g, _]: [f64; 5]) -> Exercise {
    let both = |rate: &dyn Fn(f64) -> f64| [rate(often), rate(seldom)];
    let [right_often, right_seldom] = both(&|n| SLIDES.rate(&Case::new(0.0, eta, &vec![g; n as usize])));
    let solved = [often, seldom].map(|n| {
        let title = format!("η/√Σ(gⁱ)² after {n} visits, each with the square of {g} or −{g}");
        computed(title, ["the sum's root", "divide"], |part| number(eta) / part(sqrt(number(n) * square(number(g)))))
    });
    Exercise {
        asked: answer([right_often, right_seldom], solved),
        because: "√(900/4) = 15 and √(9/4) = 1.5: a hundredth of the visits, ten times the rate.",
        begin: "Each visit adds 0.25 to the sum, whatever the sign. The rate is η over the sum's root.",
        own: wrong! {
            both(&|n| eta / (n * g * g)) => "You divided by the sums: take their roots.",
            both(&|n| eta / n.sqrt()) => "That is η over the root of the number of visits, which each add 0.25. Or it is the step: the rate is without the gradient.",
            both(&|n| eta / (n * g).sqrt()) => "Each visit adds the SQUARE of 0.5, a quarter.",
            both(&|_| eta / g) => "You divided by the root of the MEAN square. Adagrad's short form has the sum.",
            [right_seldom, right_often] => "The right numbers, in the other order.",
        },
    }
}

/// The left side of F6 for two gradients.
fn left_side([first, second]: [f64; 2]) -> Exercise {
    let sum: f64 = first * first + second * second;
    let root = sum.sqrt();
    let solved = computed("Σ (gᵗ)²/√Σ(gⁱ)²", ["the roots", "add"], |part| {
        squares(&[first]) / part(sqrt(squares(&[first]))) + squares(&[second]) / part(sqrt(squares(&[first, second])))
    });
    Exercise {
        asked: answer(first + second * second / root, [solved]),
        because: "16/4 + 9/5, between √25 = 5 and 2√25 = 10.",
        begin: "Two terms: 16 over the root of 16, and 9 over the root of 16 + 9.",
        own: wrong! {
            sum / root => "You divided both squares by the last root. The first one stands over the root of its own sum, √16.",
            2.0 * root => "That is the bound, the right side.",
            first + second => "You divided each square by its own root. Below the second stands the root of the sum so far, √25.",
            1.0 + second * second / sum => "You divided by the sums so far. Take their roots.",
            1.0 + second / root => "Those are Adagrad's steps. Above the bar stands the square of each gradient.",
            first * first / sum + second * second / sum => "The roots: each square stands over the ROOT of a sum so far.",
            second + first * first / root => "The order: 4 comes first.",
        },
    }
}

/// The regret of three steps.
fn regret([z, _, last, w, eta]: [f64; 5]) -> Exercise {
    let [one, two] = [w + eta, w + eta + eta / 2_f64.sqrt()];
    let paid = (z - w) + (z - one) + (two - last);
    let of = |u: f64| 2.0 * (z - u).abs() + (u - last).abs();
    let title =
        format!("paid at w = {w}, {one} and 1 + 1/√2 on z = {z}, {z}, {last} with η = {eta}, minus what u = {z} pays");
    let solved = computed(title, ["what is paid, and what u pays", "subtract"], |part| {
        let third = number(one) + number(eta) / sqrt(int(2)) - number(last);
        part((number(z) - number(w)) + (number(z) - number(one)) + third) - part(number(z) - number(last))
    });
    Exercise {
        asked: answer(paid - of(z), [solved]),
        because: "It pays 2 + 1 + 1.7071, and the median u = 2 pays 0 + 0 + 2.",
        begin: "Write down w⁰, w¹, w² with their losses: both first gradients are −1. The best fixed place is a median of the z.",
        own: wrong! {
            paid => "That is all that the learner pays. Subtract what the best fixed place pays.",
            paid - of(4.0 / 3.0) => "You took the mean of the z. For these losses a median is best: u = 2 pays less.",
            (z - one) + (z - two) + (two - eta / 3_f64.sqrt() - last) - of(z) => "You paid after each update. The learner pays first, at w⁰ = 0.",
            3.0 + 2.0 - of(z) => "You took two full steps, to 1 and 2. The second is η/√2: the sum has two squares.",
            z + 1.0 - of(z) => "The third loss is missing: the learner stands at 1.7071, and z is 0.",
            3.0 * 3_f64.sqrt() => "That is the theorem's bound, with D = 2 and S = 3. The regret itself is smaller.",
        },
    }
}

/// Adagrad's bound where one parameter has nearly all the gradients.
fn bound([n, large, others, small, d, eta]: [f64; 6]) -> Exercise {
    let factor = d * d / (2.0 * eta) + eta;
    let roots = f64::sqrt(large) + others * f64::sqrt(small);
    let title = format!("(D²/2η + η) Σⱼ √Sⱼ over all {n}");
    let solved = computed(title, ["the factor, and the sum of the roots", "multiply"], |part| {
        part(square(number(d)) / (int(2) * number(eta)) + number(eta))
            * part(sqrt(number(large)) + number(others) * sqrt(number(small)))
    });
    Exercise {
        asked: answer(factor * roots, [solved]),
        because: "(4 + 0.5) · (30 + 99). Shared equally, 9.99 each, the same squares would give 4.5 · 316, more than twice as much.",
        begin: "The factor (D²/2η + η) is common to all. Take the root of each sum, and then add.",
        own: wrong! {
            factor * (large + others * small).sqrt() => "You added the sums and took one root. Take each parameter's root first.",
            factor * (large + others * small) => "The roots of the sums are missing.",
            roots => "That is Σⱼ √Sⱼ alone: multiply it by D²/2η + η.",
            (d * d / 2.0 * eta + eta) * roots => "In the first term η stands below the bar: D²/(2η) = 4.",
            d * d / (2.0 * eta) * roots => "Only the first of the two terms: + η is missing.",
            (d / (2.0 * eta) + eta) * roots => "D is squared: D²/(2η) = 4.",
            factor * (large.sqrt() + small) => "There are 99 of the small ones.",
            factor * (large.sqrt() + n) => "The 100 count the large one too: 99 are small.",
        },
    }
}

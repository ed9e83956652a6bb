//! B and F · What the lecture says after the five slides: surprise, distance, curvature.

use crate::prelude::*;

pub(crate) const ALL: &[Listed] = exercises! {
    "B1": surprise([2.0, 2.0, 1.0, 4.0]),
    "B2": best([4.0, 40.0, 8.0]),
    "B3": alike([6.0, 4.0]),
    "B4": division([15.0, 6.0]),
    "B5": sampled([2.0, 3.0, 4.0]),
    "F3": bowl([50.0, -5.0, 1.0]),
};

/// gᵗ/σᵗ
fn surprise(given @ [_, _, _, last]: [f64; 4]) -> Exercise {
    let sum: f64 = given.iter().map(|g| g * g).sum();
    let solved = computed("g³/σ³", ["the root mean square", "divide"], |part| {
        number(last) / part(sqrt(squares(&given) / int(given.len())))
    });
    Exercise {
        asked: answer(last / (sum / 4.0).sqrt(), [solved]),
        because: "σ³ = √(25/4) = 2.5, and 4/2.5 = 1.6.",
        begin: "σ³ is the root of the mean of all four squares. How many times σ³ is the last gradient?",
        own: wrong! {
            last / sum.sqrt() => "You divided by the root of the SUM: that is Adagrad's step for η = 1. The surprise has the mean.",
            last / ((sum - last * last) / 3.0).sqrt() => "The last gradient counts in σ³ too.",
            last / (sum / 4.0) => "The root is missing: σ³ = √(25/4).",
            last / (sum / 3.0).sqrt() => "You divided by t = 3, but g⁰ … g³ are four gradients.",
            last / (given.iter().sum::<f64>() / 4.0) => "You took the mean of the sizes. Square each, and take the root at the end.",
            (sum / 4.0).sqrt() / last => "Turn it over: the gradient stands above.",
            (sum / 4.0).sqrt() => "That is σ³. Divide the last gradient by it.",
        },
    }
}

/// |2ax₀ + b|/2a
fn best([a, b, x]: [f64; 3]) -> Exercise {
    let first = 2.0 * a * x - b;
    let solved = computed("(2ax₀ + b)/2a", ["multiply, subtract", "divide"], |part| {
        part(int(2) * number(a) * number(x) - number(b)) / part(int(2) * number(a))
    });
    Exercise {
        asked: answer(first / (2.0 * a), [solved]),
        because: "The first derivative is 64 − 40 = 24, and 24/8 = 3: from 8 to the minimum at 5.",
        begin: "Where is the minimum, −b/2a? How far is it from 8?",
        own: wrong! {
            first => "That is the first derivative. Divide it by 2a.",
            first / a => "You divided by a. The second derivative is 2a.",
            b / (2.0 * a) => "That is the place of the minimum. How far is it from the start?",
            (first + 2.0 * b) / (2.0 * a) => "b is −40: the minimum is to the right of 0.",
            -first / (2.0 * a) => "That is the way from 8 to the minimum, with its sign. How long is it?",
        },
    }
}

/// Where two parabolas have the same derivative.
fn alike([x, a]: [f64; 2]) -> Exercise {
    let solved = computed("the gradient of the flat one, over 2a", ["multiply", "divide"], |part| {
        number(x) / part(int(2) * number(a))
    });
    Exercise {
        asked: answer(x / (2.0 * a), [solved]),
        because: "8x = 6: the same gradient, at an eighth of the distance.",
        begin: "Write down both first derivatives, x and 8x. Which x makes the second one 6?",
        own: wrong! {
            x => "There the steep curve's gradient is 48.",
            x / a => "The derivative of 4x² is 8x.",
            x / 2.0 / (2.0 * a) => "The derivative of ½x² is x: the flat curve's gradient at 6 is 6.",
            x / (2.0 * a).sqrt() => "There the two LOSSES are equal. Set the derivatives equal.",
            x * 2.0 * a => "That is the steep curve's gradient at 6. Where is its gradient 6?",
        },
    }
}

/// First over second derivative.
fn division([first, second]: [f64; 2]) -> Exercise {
    let solved =
        computed("|first derivative|/second derivative", ["the numbers", "divide"], |_| number(first) / number(second));
    Exercise {
        asked: answer(first / second, [solved]),
        because: "15/6, whatever the parabola's height and place.",
        begin: "On a parabola the first derivative is the second derivative times the distance.",
        own: wrong! {
            second / first => "Turn it over: a steeper curve, a shorter way.",
            first * second => "Divide: the first derivative is already curvature times distance.",
            first / (2.0 * second) => "The 2 of 2a is in the second derivative already.",
            first => "That is what vanilla goes by. It is the distance only where the second derivative is 1.",
        },
    }
}

/// √Σ(gⁱ)² of a parabola, seen at two places.
fn sampled([second, x, y]: [f64; 3]) -> Exercise {
    let distance = (x * x + y * y).sqrt();
    let solved = computed(
        "the second derivative times the root of the sum of the squared distances",
        ["the root", "multiply"],
        |part| number(second) * part(sqrt(squares(&[x, y]))),
    );
    Exercise {
        asked: answer(second * distance, [solved]),
        because: "The gradients are 6 and 8, and √(36 + 64) = 10 = 2 · 5.",
        begin: "First the two gradients: second derivative times distance. Then square, add, take the root.",
        own: wrong! {
            distance => "Those are the distances. Multiply by the second derivative to get the gradients.",
            second * (x + y) => "You added the gradients. Square them first, and take the root at the end.",
            second * second * distance * distance => "The root is missing.",
            2.0 * second * distance => "The second derivative is 2a already: the gradients are 2 · 3 and 2 · 4.",
            second * distance / 2.0_f64.sqrt() => "That is σ¹, from the mean. B5 has the root of the sum.",
        },
    }
}

/// Adagrad's first step on a bowl a million times as steep.
fn bowl([a, x, eta]: [f64; 3]) -> Exercise {
    let solved =
        computed("x − η g/√(g)² for the gradient g = 2ax, which is negative", ["the quotient", "add"], |part| {
            let g = int(2) * number(a) * number(x);
            number(x) - part(number(eta) * g.clone() / sqrt(squares(&[2.0 * a * x])))
        });
    Exercise {
        asked: answer(x + eta, [solved]),
        because: "g/√(g)² is −1 for every bowl: the first step is η, the curvature cancels.",
        begin: "The first step is η g⁰/√(g⁰)². Which number is that, whatever the curvature?",
        own: wrong! {
            x - eta * 2.0 * a * x => "That is vanilla's step, η g. Adagrad divides by √(g)².",
            x - eta => "Downhill is to the right: the gradient at −5 is negative.",
            0.0 => "There the best step would lead. Adagrad's first step is η long, however far the minimum.",
            eta => "That is the length of the step. Where does it lead?",
        },
    }
}

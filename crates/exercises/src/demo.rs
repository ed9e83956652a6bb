//! D · The lecture's regression demo.

use crate::prelude::*;
use update_rules::LinearRegression;

pub(crate) const ALL: &[Listed] = exercises! {
    "D1": mean([10.0]),
    "D1b": above([1.15e-6]),
    "D2": tenfold([10.0, 1e-7, 10.0]),
    "D3": pause([1.0, 1000.0, 300.0, 4500.0]),
    "D4": centred([1000.0]),
    "D5": units([1000.0, 1.0]),
    "D6": level([1.0]),
    "D7": moved([251.0, -120.0, -4.0]),
};

/// The curvatures across and along the valley.
fn curvatures() -> [f64; 2] {
    eigenvalues(&LinearRegression::pokemon().hessian())
}

/// Vanilla's limit when the loss is the mean of the squared errors.
fn mean([n]: [f64; 1]) -> Exercise {
    let [steep, _] = curvatures();
    let limit = 2.0 / steep;
    let solved = computed(format!("2/(λ₁/{n}), the limit of the mean"), ["the mean's λ₁", "divide"], |part| {
        int(2) / part(number(steep) / number(n))
    });
    Exercise {
        asked: answer(n * limit, [solved]),
        because: "The mean has a tenth of the slopes and a tenth of the curvatures, so 2/λ₁ is ten times as large.",
        begin: "What does a division of the loss by 10 do to its second derivatives? The limit is 2/λ₁.",
        own: wrong! {
            limit => "That is the limit for the sum. The mean's curvatures are a tenth: which way does 2/λ₁ go?",
            limit / n => "The other way: λ₁ stands below the bar, and it becomes smaller.",
            n * limit / 2.0 => "That is 1/λ₁, where one update lands on the floor. It still settles up to 2/λ₁.",
        },
    }
}

/// The factor across the valley just above the limit.
fn above([eta]: [f64; 1]) -> Exercise {
    let [steep, flat] = curvatures();
    let solved =
        computed("1 − η λ₁", ["multiply", "subtract"], |part| int(1) - part(number(eta) * number(steep)));
    Exercise {
        asked: answer(1.0 - eta * steep, [solved]),
        because: "1 − ηλ₁: just beyond −1, so the swing grows by 0.9 % at every update, and 1000 of them make it 6700-fold.",
        begin: "An update multiplies the error across the valley by 1 − ηλ₁.",
        own: wrong! {
            eta * steep - 1.0 => "The size is right, the sign is not: the error changes sides at every update.",
            eta * steep => "That is ηλ₁, the part that is taken away. What is left is 1 − ηλ₁.",
            1.0 + eta * steep => "The step is subtracted: 1 − ηλ₁.",
            1.0 - eta * flat => "That is the factor along the valley, with λ₂. Across it the curvature is λ₁.",
        },
    }
}

/// Where vanilla is when every gradient is ten times as large.
fn tenfold([times, eta, updates]: [f64; 3]) -> Exercise {
    let data = LinearRegression::pokemon();
    let walk = |times: f64| {
        let rule = Vanilla::new(Schedule::Constant { eta });
        descend(rule, array![-120.0, -4.0], updates as usize, |w| times * data.gradient(w))
    };
    let last = |times: f64| walk(times).pop().expect("ten of them");
    let sum = walk(times).iter().map(|step| step.g[1] / times).sum::<f64>();
    let title = format!("w⁰ − {times} η Σ g, with the sum of the {updates} gradients of w on the way");
    let solved = computed(title, ["multiply", "subtract"], |part| {
        number(walk(times)[0].w[1]) - part(number(times) * number(eta) * number(sum))
    });
    Exercise {
        asked: answer(last(times).w_next[1], [solved]),
        because: "Ten times the gradient is ten times the rate: it is the walk of 1e-6, update for update.",
        begin: "Vanilla's step is η g. With 10 g in the place of g, which η takes the same step?",
        own: wrong! {
            last(1.0).w_next[1] => "That is w without the factor. Vanilla's step is η g, so it notices.",
            last(1.0 / times).w_next[1] => "The other way: ten times the gradient is ten times the step.",
            last(times).w[1] => "That is w after 9 updates. The start is w⁰, before the first.",
            last(times).w_next[0] => "That is b. The path holds [b, w].",
            data.minimum()[1] => "That is the least-squares w. Ten updates do not reach it.",
        },
    }
}

/// η/σᵗ with a constant η, after many gradients of 0.
fn pause([eta, g, large, zero]: [f64; 4]) -> Exercise {
    let all: f64 = large + zero;
    let sum: f64 = large * g * g;
    let solved = computed("η/σᵗ, the root of the mean over all gradients", ["σᵗ", "divide"], |part| {
        number(eta) / part(sqrt(number(large) * square(number(g)) / (number(large) + number(zero))))
    });
    Exercise {
        asked: answer(eta / (sum / all).sqrt(), [solved]),
        because: "σᵗ = √(3 · 10⁸/4800) = 250, a quarter of what it was: η/σᵗ has grown from 0.001 to 0.004.",
        begin: "Σ = 300 · 1000², and σᵗ is the root of the mean over all 4800 gradients.",
        own: wrong! {
            eta / sum.sqrt() => "That is η/√Σ, the slide's rate, which does not grow. Here η is constant over the root of the MEAN.",
            eta / g => "That was the rate before the zeros. They count in the mean.",
            eta / (sum / all) => "You divided by the mean of the squares: its root is missing.",
            (sum / all).sqrt() => "That is σᵗ: divide η by it.",
            eta / (sum / zero).sqrt() => "The mean is over all gradients, the 300 large ones too.",
            eta / (g * large / all) => "You took the mean of the sizes. Square first, and take the root at the end.",
        },
    }
}

/// The condition number when the mean of x is subtracted, and x measured in thousands.
fn centred([thousand]: [f64; 1]) -> Exercise {
    let h = LinearRegression::pokemon().hessian();
    let [n, sum, squares] = [h[[0, 0]], h[[0, 1]], h[[1, 1]]].map(|twice| twice / 2.0);
    let around = squares - sum * sum / n; // Σ (x − x̄)²
    let condition = |mixed: f64, w: f64| {
        let [steep, flat] = eigenvalues(&array![[2.0 * n, 2.0 * mixed], [2.0 * mixed, 2.0 * w]]);
        steep / flat
    };
    let right = condition(0.0, around / (thousand * thousand));
    let title = format!("λ₁/λ₂ = 2 n/(2 Σ (x − x̄)²/{thousand}²): the curvature along b is the larger one");
    let solved = computed(title, ["the curvatures", "divide"], |part| {
        part(int(2) * number(n)) / part(int(2) * number(around) / square(number(thousand)))
    });
    Exercise {
        asked: answer(right, [solved]),
        because: "Σ x = 0 takes the mixed derivative away. 20 stays, and 486\u{a0}796 becomes 0.4868: b is now the steep one.",
        begin: "Put (x − x̄)/1000 into LinearRegression::new, and divide the eigenvalues of its Hessian.",
        own: wrong! {
            condition(0.0, around) => "That is x − x̄. The division by 1000 makes the curvature along w a millionth.",
            condition(0.0, around) / thousand => "Under the sum x is squared: divide by the SQUARE of 1000.",
            1.0 / right => "Turn it over: the larger curvature stands above. Here it is that along b, 20.",
            condition(sum / thousand, squares / (thousand * thousand)) => "That is x/1000. Subtract the mean first.",
            condition(sum, squares) => "That is the condition number of the data as they are.",
            2.0 * n => "That is λ₁ alone. The condition number is λ₁/λ₂.",
            1.0 / n => "That is vanilla's new limit, 2/λ₁. The condition number is λ₁/λ₂.",
        },
    }
}

/// The η that walks the same lines when x is measured in thousands.
fn units([thousand, eta]: [f64; 2]) -> Exercise {
    let solved =
        Derivation::new("g/√Σ is the same, and w has as many times as far to go", number(thousand) * number(eta))
            .then(number(thousand * eta), "multiply");
    Exercise {
        asked: answer(thousand * eta, [solved]),
        because: "g/√Σ stays what it was, and w is a thousand times as large: η is a length in units of w.",
        begin: "What becomes of g/√Σ(gⁱ)², and how far has w to go now?",
        own: wrong! {
            eta => "With it w takes steps of the same size, but its way is a thousand times as long.",
            eta / thousand => "The other way: w is a thousand times larger, not smaller.",
            thousand * thousand * eta =>
                "That would be vanilla's: its η has the units of w and of g to undo. Adagrad divides those of g away.",
        },
    }
}

/// The best b for a given w.
fn level([w]: [f64; 1]) -> Exercise {
    let data = LinearRegression::pokemon();
    let mean = |values: &Array1<f64>| values.mean().expect("ten of them");
    let (x, y) = (mean(data.x()), mean(data.y()));
    let solved = computed("ȳ − x̄ w", ["multiply", "subtract"], |part| number(y) - part(number(x) * number(w)));
    Exercise {
        asked: answer(y - x * w, [solved]),
        because: "481.6 − 251: at this b the ten errors add up to 0.",
        begin: "∂L/∂b = 20 (b − (ȳ − x̄ w)), with the means 251 and 481.6.",
        own: wrong! {
            y => "That is the best b for w = 0. With w = 1 the line already rises by x.",
            y + x * w => "The sign: the higher w, the lower the best b.",
            x * w - y => "The sign: b + 251 has to be the mean of y.",
            data.minimum()[0] => "That is the b of the least squares, with their w. Here w is 1.",
            10.0 * (y - x * w) => "That is the sum of the ten differences. b is their mean.",
        },
    }
}

/// The b that draws the same line when the mean of x is subtracted.
fn moved([m, b, w]: [f64; 3]) -> Exercise {
    let solved = computed("b + m w", ["multiply", "add"], |part| number(b) + part(number(m) * number(w)));
    Exercise {
        asked: answer(b + m * w, [solved]),
        because: "b is now the line's height over x = 251, where it was the height over 0: −120 − 1004.",
        begin: "Write b + w x as (…) + w (x − 251). What stands in the brackets?",
        own: wrong! {
            b => "With this b the new line lies elsewhere: at x = 251 it would be −120.",
            b - m * w => "The sign: b + w x = (b + 251 w) + w (x − 251).",
            b - m => "The mean is shifted along x; along y that is w times as much.",
            m * w => "That is the shift. Add it to b.",
        },
    }
}

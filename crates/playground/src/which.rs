//! Which gradient is larger, the current one or the past? Adagrad's step against both.

use crate::read::size;
use display::typeset;
use figures::{Axis, Figure, Series, lines};
use update_rules::{
    Adagrad, Rule, Schedule, Vanilla,
    ndarray::{Ix1, array},
    on_gradients,
};

/// Where the pictures end, as page 05's do.
const MOST: f64 = 40.0;

/// The step in words; against the current gradient; against the past.
pub(crate) fn parts(current: &str, past: &str) -> Result<Vec<String>, String> {
    let (current, past) = (size("the current gradient", current, MOST)?, size("the past gradient", past, MOST)?);
    let step = adagrad(past, current);
    let vanilla = last(Vanilla::new(Schedule::InverseSqrt { eta: 1.0 }), past, current);
    let says = format!("Adagrad's step is {}, vanilla's {} (η = 1, t = 1)", typeset(step), typeset(vanilla));
    let rising = against(
        "A larger current gradient: a larger step",
        "current gradient g¹",
        [current, step],
        Series::function(&format!("past gradient {}", typeset(past)), 0.0, MOST, &|g| adagrad(past, g)),
    );
    let falling = against(
        "A larger past gradient: a smaller step",
        "past gradient g⁰",
        [past, step],
        Series::function(&format!("current gradient {}", typeset(current)), 0.0, MOST, &|p| adagrad(p, current)),
    );
    Ok(vec![says, rising.svg().into(), falling.svg().into()])
}

fn against(title: &str, of: &str, here: [f64; 2], curve: Series) -> Figure {
    let cap = Series::xy("the cap, η", [0.0, MOST], [1.0; 2]);
    let series = [curve, cap, Series::path("here", [here])];
    lines(title, Axis::linear(of), Axis::linear("step").range(0.0, 1.1), &series)
}

/// Adagrad's step after one past gradient; 0 where both are 0.
fn adagrad(past: f64, current: f64) -> f64 {
    last(Adagrad::simplified(1.0, &array![0.0]), past, current)
}

fn last(rule: impl Rule<f64, Ix1>, past: f64, current: f64) -> f64 {
    on_gradients(rule, &[past, current])[1].update[0]
}

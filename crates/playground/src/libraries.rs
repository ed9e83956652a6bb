//! Adagrad as the libraries of page 08 write it, each with the reader's gradients.

use crate::read::{gradients, updates};
use display::{number, superscript, typeset};
use figures::{Axis, Figure, Series, Table, lines};
use update_rules::{Adagrad, Convention, Schedule, ndarray::array, on_gradients};

/// Page 08's, in its order.
const LIBRARIES: [(&str, Convention); 9] = [
    ("PyTorch 2.15", Convention::PYTORCH),
    ("Keras 3.15", Convention::KERAS),
    ("tf.keras 2.21, its old class", Convention::TF_KERAS),
    ("TensorFlow 1 (2.21)", Convention::TENSORFLOW_1),
    ("optax 0.2.8", Convention::OPTAX),
    ("burn 0.22", Convention::BURN),
    ("MXNet 1", Convention::MXNET_1),
    ("MXNet 2", Convention::MXNET_2),
    ("Dive into Deep Learning", Convention::D2L),
];
/// Those that differ enough to be drawn.
const DRAWN: [(&str, Convention); 5] = [
    ("the slide, PyTorch", Convention::PYTORCH),
    ("burn, √s + 1e-5", Convention::BURN),
    ("MXNet 1, √(s + 1e-7)", Convention::MXNET_1),
    ("Dive into Deep Learning, √(s + 1e-6)", Convention::D2L),
    ("Keras, optax, TensorFlow, s₀ = 0.1", Convention::KERAS),
];
/// The lecture's two rows, by the names that the page has for them.
const ROWS: [(&str, [f64; 5]); 2] =
    [("first", [0.001, 0.001, 0.003, 0.002, 0.1]), ("second", [10.8, 20.9, 31.7, 12.1, 0.1])];
/// A column for each.
const MOST: usize = 12;

/// The last step in words; each step of each library; some of them as curves.
pub(crate) fn parts(typed: &str, eta: &str) -> Result<Vec<String>, String> {
    let (arguments, rate, _) = updates(eta, "0", "constant", typed)?;
    let g = gradients(&arguments, MOST)?;
    let steps = |convention| steps(rate, convention, &g);
    let of = LIBRARIES.map(|(library, convention)| (library, steps(convention)));
    let name =
        ROWS.iter().find(|(_, row)| row[..] == g).map_or("your gradients".into(), |(nth, _)| format!("the {nth} row"));

    let t = g.len() - 1;
    let last = of.each_ref().map(|(library, steps)| (steps[t], *library));
    let end = |(step, library): &(f64, &str)| format!("{} ({library})", typeset(*step));
    let by_size = |a: &&(f64, &str), b: &&(f64, &str)| a.0.abs().total_cmp(&b.0.abs());
    let [least, most] =
        [last.iter().min_by(by_size), last.iter().rev().max_by(by_size)].map(|of| of.map_or_else(String::new, end));
    let slide = typeset(steps(Convention::SLIDE)[t]);
    let says = format!("step {}: the slide {slide}, the libraries from {least} to {most}", t + 1);

    let table = Table::new(&format!("Steps on {name}, η = {}, to three digits", typeset(rate.at(0))));
    let table = table.column("library", of.each_ref().map(|(library, _)| *library));
    let table = g.iter().enumerate().fold(table, |table, (t, g)| {
        let head = format!("g{} = {}", superscript(&t.to_string()), number(*g));
        table.column(&head, of.iter().map(|(_, steps)| short(steps[t])))
    });
    let drawn = DRAWN.map(|(label, convention)| (label, steps(convention)));
    Ok(vec![says, table.html(), picture(&name, &drawn).svg().into()])
}

/// To three digits: so the table fits a phone.
fn short(x: f64) -> f64 {
    format!("{x:.2e}").parse().unwrap_or(x)
}

/// With the setting that gives the slide's numbers all would be one curve.
fn picture(name: &str, of: &[(&str, Vec<f64>)]) -> Figure {
    let all = || of.iter().flat_map(|(_, steps)| steps);
    let [least, most] = [all().copied().fold(1e-3, f64::min), all().copied().fold(2.0, f64::max)];
    let axis = if least > 0.0 { Axis::log("step").range(least, most) } else { Axis::linear("step") };
    let series: Vec<Series> = of.iter().map(|(label, steps)| Series::new(label, steps)).collect();
    let mut title = format!("{name}, as the libraries step");
    title[..1].make_ascii_uppercase();
    lines(&title, Axis::linear("update t"), axis, &series)
}

fn steps(rate: Schedule, convention: Convention, g: &[f64]) -> Vec<f64> {
    let rule = Adagrad::simplified(rate.at(0), &array![0.0]).with_convention(convention);
    on_gradients(rule, g).iter().map(|step| step.update[0]).collect()
}

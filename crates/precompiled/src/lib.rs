//! Generic code that the pages' cells call, compiled before they do.
//!
//! A cell is compiled while its reader waits, and with it all generic code that it calls: five hundred functions for a few
//! steps of Adagrad, a hundred to keep a variable for the next cell. rustc links to an instance that a crate below has
//! compiled, if that crate is as little optimised as the cell; so this one has them compiled once, with the kernel. Its
//! functions do what cells do, and are never called. Without it every cell does the same, later: add what a page newly
//! calls. The kernel's template (`crates/kernel/src/template.rs`) compiles it as it compiles cells, and has each session
//! use it.

use derivation::{Derivation, Steps};
use figures::{Axis, Series, Table};
use ndarray::{Array1, Ix1, array};
use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use rand_distr::{Distribution, Normal};
use std::any::Any;
use std::collections::HashMap;
use update_rules::{Adagrad, Adam, RmsProp, Rule, Schedule, Step, Vanilla, descend, on_gradients};

/// The store in which evcxr keeps variables from cell to cell, and the types that pages keep there.
pub fn variables(kept: &mut HashMap<String, Box<dyn Any>>) {
    macro_rules! of {
        ($($kind:ty),*) => {$(
            if kept.get("").is_some_and(|value| value.downcast_ref::<$kind>().is_some())
                && let Ok(value) = kept.remove("").unwrap().downcast::<$kind>()
            {
                kept.insert("".to_owned(), Box::new(*value));
            }
        )*};
    }
    of!(f64, usize, bool, String, [f64; 2], [f64; 3], [f64; 4], [f64; 5], [f64; 6], [usize; 4], [usize; 6]);
    of!(Vec<f64>, Vec<usize>, Vec<[f64; 2]>, Vec<Vec<f64>>, Option<f64>, Option<[f64; 2]>, Option<bool>);
    of!(Array1<f64>, Step<f64>, Vec<Step<f64>>, Schedule, Derivation, Steps);
}

/// Numbers: noise, lists, sums, and their text.
pub fn numbers(noise: Normal<f64>) -> Vec<f64> {
    let g: Vec<f64> = noise.sample_iter(Xoshiro256PlusPlus::seed_from_u64(1)).take(4).collect();
    let mut all = [g.clone(), vec![g.iter().sum()]].concat();
    all.push(g.iter().copied().fold(0.0, f64::max) / g.len() as f64);
    assert_eq!(all[..2], [g[0], g[1]]);
    println!("{} {:.4} {g:?} {g:.4?} {:.4?} {:.4?}", g[0], g[1], [g[0], g[1]], [g[0], g[1], g[2]]);
    all
}

/// Descents by each rule.
pub fn rules(schedule: Schedule, g: &[f64]) -> [Vec<Step<f64>>; 7] {
    let (w, gradient) = (array![0.0], |w: &Array1<f64>| w.clone());
    let mut boxed: Box<dyn Rule<f64, Ix1>> = Box::new(Adagrad::new(schedule, &w));
    boxed.step(&array![1.0], &mut w.clone());
    [
        on_gradients(boxed, g),
        on_gradients(Adagrad::simplified(1.0, &w), g),
        on_gradients(RmsProp::new(schedule, 0.9, &w), g),
        on_gradients(Adam::new(schedule, [0.9, 0.999], &w), g),
        on_gradients(Vanilla::new(schedule), g),
        descend(Adagrad::new(schedule, &w), w.clone(), 1, gradient),
        descend(Vanilla::new(schedule), w, 1, gradient),
    ]
}

/// What cells show.
pub fn shown(steps: &[Step<f64>], g: &[f64], sigmas: &Vec<f64>) {
    let table = Table::new("").column("", g).column("", sigmas).column("", g.to_vec()).column("", ["", ""]);
    table.column("", [0, 1]).column("", [0.0, 1.0]).column("", steps.iter().map(|step| step.t)).evcxr_display();
    let series = [Series::new("", g), Series::new("", sigmas), Series::new("", steps.iter().map(|step| step.w[0]))];
    figures::lines("", Axis::linear(""), Axis::log(""), &series).evcxr_display();
    figures::rms("", g, sigmas).evcxr_display();
    exercises::check("", None::<f64>).evcxr_display();
    exercises::check("", None::<[f64; 2]>).evcxr_display();
}

//! Slide 1's schedules, each with the reader's numbers.

use crate::read::{schedule, size};
use display::{superscript, typeset};
use figures::{Axis, Series, lines};
use update_rules::Schedule;

/// As many updates as page 01 draws.
const UPDATES: usize = 40;

/// ηᵗ of each in words, and their curves.
pub(crate) fn parts([eta, factor, every, k, t]: [&str; 5]) -> Result<Vec<String>, String> {
    let (step_decay, inverse_time) = (format!("step-decay:{factor}:{every}"), format!("inverse-time:{k}"));
    let kinds = ["constant", &step_decay, "inverse-sqrt", &inverse_time];
    let read = |kind| schedule(eta, kind);
    let schedules = kinds.into_iter().map(read).collect::<Result<Vec<Schedule>, String>>()?;
    let t = size("t", t, (UPDATES - 1) as f64)? as usize;

    let values: Vec<String> = schedules.iter().map(|of| format!("{} {}", of.name(), typeset(of.at(t)))).collect();
    let says = format!("η{}: {}", superscript(&t.to_string()), values.join(", "));
    let rates = |of: &Schedule| (0..UPDATES).map(|t| of.at(t)).collect::<Vec<f64>>();
    let curves = schedules.iter().map(|of| Series::new(of.name(), rates(of)));
    let here = schedules.iter().map(|of| [t as f64, of.at(t)]);
    let series: Vec<Series> = curves.chain([Series::path(&format!("at t = {t}"), here)]).collect();
    let picture = lines("Your schedules", Axis::linear("update t"), Axis::linear("learning rate ηᵗ"), &series);
    Ok(vec![says, picture.svg().into()])
}

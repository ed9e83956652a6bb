//! Values as they were typed: read by `derive`, and refused where a rule would not take them.

use derive::{Arguments, number, quoted};
use update_rules::Schedule;

/// The arguments of `derive`, with their schedule and w⁰.
pub(crate) fn updates(eta: &str, w0: &str, schedule: &str, g: &str) -> Result<(Arguments, Schedule, f64), String> {
    // A lone minus, soon a number, is no request for standard input.
    let g = if g == "-" { "- " } else { g };
    let arguments = Arguments::updates(eta, w0, schedule, g)?;
    let (schedule, w0) = arguments.update().expect("η is given");
    not_negative("η", schedule.at(0))?;
    if let Schedule::StepDecay { factor, .. } = schedule {
        not_negative("FACTOR", factor)?;
    }
    Ok((arguments, schedule, w0))
}

/// ηᵗ alone.
pub(crate) fn schedule(eta: &str, schedule: &str) -> Result<Schedule, String> {
    Ok(updates(eta, "0", schedule, "")?.1)
}

/// The gradients among them, for a table and a picture.
pub(crate) fn gradients(arguments: &Arguments, most: usize) -> Result<Vec<f64>, String> {
    let mut g = Vec::new();
    arguments.gradients.as_ref().expect("they are given").each(|one| g.push(one))?;
    if g.len() > most {
        return Err(format!("{} gradients: at most {most} are drawn here", g.len()));
    }
    match g.iter().position(|g| !(g * g * most as f64).is_finite()) {
        Some(i) => Err(format!("gradient {}, {}, has too large a square for a picture", i + 1, display::number(g[i]))),
        None => Ok(g),
    }
}

/// A number from 0 to `most`.
pub(crate) fn size(name: &str, text: &str, most: f64) -> Result<f64, String> {
    between(name, text, 0.0, most)
}

/// A number from `least` to `most`, as a slider gives it.
pub(crate) fn between(name: &str, text: &str, least: f64, most: f64) -> Result<f64, String> {
    let x = number(text).map_err(|why| format!("{name} {} {why}", quoted(text)))?;
    if least <= x && x <= most { Ok(x) } else { Err(format!("{name} is {x}: give a number from {least} to {most}")) }
}

fn not_negative(name: &str, x: f64) -> Result<(), String> {
    if x < 0.0 { Err(format!("{name} is {x}: it must not be negative")) } else { Ok(()) }
}

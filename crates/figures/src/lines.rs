//! Curves on two axes.

use std::borrow::Borrow;

use crate::axis::Axis;
use crate::canvas::{Canvas, Key, describe, notes};
use crate::figure::Figure;
use crate::series::{Checked, Series};
use display::{number, typeset};

/// Draws each series as a line, told apart by colour, dashes and markers; an axis may be passed by reference.
///
/// # Panics
/// When there is no series, when one is empty or starts with a number that is not finite, or when a logarithmic axis
/// meets a number that is not positive.
///
/// ```
/// use figures::{Axis, Series, lines};
///
/// let losses = Series::new("η = 0.1", [9.0, 4.0, 1.0, 0.25]).counting_from(1);
/// let figure = lines("Loss", Axis::log("update"), Axis::log("loss"), &[losses]);
/// assert!(figure.summary().contains("η = 0.1: 4 points, first (1, 9), last (4, 0.25)"));
/// ```
pub fn lines(title: &str, x: impl Borrow<Axis>, y: impl Borrow<Axis>, series: &[Series]) -> Figure {
    draw(title, x.borrow(), y.borrow(), series)
}

fn draw(title: &str, x: &Axis, y: &Axis, series: &[Series]) -> Figure {
    assert!(!series.is_empty(), "figure \"{title}\" has no series");
    let checked: Vec<Checked> = series.iter().map(|s| s.checked(x, y)).collect();
    let coordinates = |c: usize| checked.iter().flat_map(move |s| s.points.iter().map(move |p| p[c]));
    let (sx, sy) = (x.scale(coordinates(0)), y.scale(coordinates(1)));

    let mut summary = vec![format!("x: {}", x.describe(&sx)), format!("y: {}", y.describe(&sy))];
    summary.extend(checked.iter().map(describe));
    summary.extend(notes(&checked, &sx, &sy, number));

    let legend: Vec<Key> = checked.iter().map(Key::line).collect();
    let notes = notes(&checked, &sx, &sy, typeset);
    let mut canvas = Canvas::new(title, (x, sx), (y, sy), &legend, &notes);
    for (i, s) in checked.iter().enumerate() {
        canvas.curve(i, &s.points);
    }
    canvas.finish(summary)
}

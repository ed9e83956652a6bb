//! Curves on two axes.

use std::borrow::Borrow;

use crate::axis::Axis;
use crate::chart::Chart;
use crate::figure::Figure;
use crate::series::Series;
use crate::summary::Content;

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
    assert!(!series.is_empty(), "figure \"{title}\" has no series");
    Chart::new(&Content::new(title, x.borrow(), y.borrow(), series, &[])).series().finish()
}

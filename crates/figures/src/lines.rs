//! Curves on two axes, and σᵗ among them.

use std::borrow::Borrow;

use crate::axis::Axis;
use crate::figure::Figure;
use crate::series::Series;
use crate::sheet::draw;
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
    draw(&[Content::new(title, x.borrow(), y.borrow(), series, &[])])
}

/// Draws the size |gᵗ| of every gradient as a bar, and σᵗ as a line over the bars.
///
/// Where a pixel holds several gradients, their highest bar stands for all.
///
/// # Panics
/// When there are no gradients, when there are not as many σ as gradients, or when one of them is not finite.
///
/// ```
/// let figure = figures::rms("Two gradients", &[3.0, -4.0], &[3.0, 12.5_f64.sqrt()]);
/// assert!(figure.summary().contains("so far: 2 points, first (0, 3), last (1, 3.53553)"));
/// ```
pub fn rms<G: Borrow<f64>, S: Borrow<f64>>(
    title: &str,
    gradients: impl IntoIterator<Item = G>,
    sigmas: impl IntoIterator<Item = S>,
) -> Figure {
    let sizes: Vec<f64> = gradients.into_iter().map(|g| g.borrow().abs()).collect();
    let sigmas: Vec<f64> = sigmas.into_iter().map(|s| *s.borrow()).collect();
    over_bars(title, &sizes, &sigmas)
}

fn over_bars(title: &str, sizes: &[f64], sigmas: &[f64]) -> Figure {
    let count = sizes.len();
    assert!(count == sigmas.len(), "figure \"{title}\" has {count} gradients, but {} values of σ", sigmas.len());
    let mut series = [Series::new("|gᵗ|", sizes), Series::new("σᵗ, their root mean square so far", sigmas)];
    series[0].bars = true;
    for Series { name, points, .. } in &series {
        assert!(points.len() == count, "series \"{name}\" is not finite at index {}", points.len());
    }
    let highest = sizes.iter().chain(sigmas).fold(0.0_f64, |h, &v| h.max(v));
    let top = if highest > 0.0 { (1.06 * highest).clamp(f64::MIN_POSITIVE, f64::MAX) } else { 1.0 };
    let x = Axis::linear("update t").range(-0.6, count as f64 - 0.4);
    let y = Axis::linear("size of the gradient").range(0.0, top);
    draw(&[Content::new(title, &x, &y, &series, &[])])
}

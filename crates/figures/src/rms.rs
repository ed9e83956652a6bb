//! σᵗ as a picture.

use std::borrow::Borrow;

use crate::axis::Axis;
use crate::chart::Chart;
use crate::figure::Figure;
use crate::series::Series;
use crate::summary::Content;

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
    draw(title, &sizes, &sigmas)
}

fn draw(title: &str, sizes: &[f64], sigmas: &[f64]) -> Figure {
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
    Chart::new(&Content::new(title, &x, &y, &series, &[])).series().finish()
}

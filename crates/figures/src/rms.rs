//! σᵗ as a picture.

use std::borrow::Borrow;

use crate::axis::Axis;
use crate::canvas::{Canvas, Key, describe};
use crate::figure::Figure;
use crate::series::Series;

/// Draws the size |gᵗ| of every gradient as a bar, and σᵗ as a line over the bars.
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
    let gradients: Vec<f64> = gradients.into_iter().map(|g| g.borrow().abs()).collect();
    let sigmas: Vec<f64> = sigmas.into_iter().map(|s| *s.borrow()).collect();
    draw(title, &gradients, &sigmas)
}

fn draw(title: &str, sizes: &[f64], sigmas: &[f64]) -> Figure {
    assert!(
        sizes.len() == sigmas.len(),
        "figure \"{title}\" has {} gradients, but {} values of σ",
        sizes.len(),
        sigmas.len()
    );
    let (x, y) = (Axis::linear("update t"), Axis::linear("size of the gradient"));
    let series = [Series::new("|gᵗ|", sizes), Series::new("σᵗ, their root mean square so far", sigmas)];
    let checked = series.map(|s| s.checked(&x, &y));
    for s in &checked {
        assert!(s.cut.is_none(), "series \"{}\" is not finite at index {}", s.name, s.points.len());
    }
    let highest = sizes.iter().chain(sigmas).fold(0.0_f64, |h, &v| h.max(v));
    let x = x.range(-0.6, sizes.len() as f64 - 0.4);
    let y = y.range(0.0, if highest > 0.0 { 1.06 * highest } else { 1.0 });
    let (sx, sy) = (x.scale([].into_iter()), y.scale([].into_iter()));
    let mut summary = vec![format!("x: {}", x.describe(&sx)), format!("y: {}", y.describe(&sy))];
    summary.extend(checked.iter().map(describe));

    let legend = [Key { name: &checked[0].name, bar: true }, Key::line(&checked[1])];
    let mut canvas = Canvas::new(title, (&x, sx), (&y, sy), &legend, &[]);
    let width = (0.6 * (canvas.frame.right - canvas.frame.left) / sizes.len() as f64).max(4.0);
    canvas.bars(0, &checked[0].points, width);
    canvas.margins(&checked[1].points);
    canvas.curve(1, &checked[1].points);
    canvas.finish(summary)
}

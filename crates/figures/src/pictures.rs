//! The pictures that a cell asks for: curves on two axes, σᵗ over its gradients, and descents on the contours of a loss.

use std::borrow::Borrow;

use crate::axis::Axis;
use crate::figure::Figure;
use crate::levels::{levels, look_up, trace};
use crate::series::{Content, Mark, Series};

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
    Figure::draw(&[Content::new(title, x.borrow(), y.borrow(), series, &[])])
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
    Figure::draw(&[Content::new(title, &x, &y, &series, &[])])
}

/// Draws contour lines of `loss(x, y)`, the paths of descents over them, and marks; an axis may be passed by reference.
///
/// The contour levels are round numbers (1, 2 and 5 times powers of ten), chosen from the values of the loss in the
/// picture. A path that leaves the picture is cut off at its edge, and the figure says so.
///
/// # Panics
/// When an axis is logarithmic, when there is neither a path nor a mark nor a range to choose the picture by, when a
/// path is empty or starts with a number that is not finite, or when the loss is nowhere finite or mere noise.
///
/// ```
/// use figures::{Axis, Mark, Series, contours};
///
/// let path = Series::path("η = 0.1", [[4.0, 2.0], [3.2, 0.4], [2.56, 0.08]]);
/// let bowl = |x: f64, y: f64| x * x + 4.0 * y * y;
/// let (x, y) = (Axis::linear("w₁").range(-5.0, 5.0), Axis::linear("w₂").range(-3.0, 3.0));
/// let figure = contours("A bowl", x, y, &bowl, &[path], &[Mark::new("minimum", [0.0, 0.0])]);
/// assert!(figure.summary().contains("mark minimum: (0, 0)"));
/// ```
pub fn contours(
    title: &str,
    x: impl Borrow<Axis>,
    y: impl Borrow<Axis>,
    loss: &dyn Fn(f64, f64) -> f64,
    paths: &[Series],
    marks: &[Mark],
) -> Figure {
    Figure::draw(&[content(title, x.borrow(), y.borrow(), (loss, paths, marks))])
}

/// Draws two losses side by side, each as [`contours`] does, with its paths and marks; both have the same axes.
///
/// The legend is that of the first one's paths, so the others are called and ordered alike.
///
/// # Panics
/// As [`contours`], and when an axis has no range.
///
/// ```
/// use figures::{Axis, Mark, Series, side_by_side};
///
/// let (x, y) = (Axis::linear("w₁").range(-3.0, 3.0), Axis::linear("w₂").range(-3.0, 3.0));
/// let [along, across] = [[[2.0, 2.0], [0.0, 2.0]], [[2.0, 2.0], [2.0, 0.0]]].map(|walk| [Series::path("walk", walk)]);
/// let losses: [&dyn Fn(f64, f64) -> f64; 2] = [&|a, b| a * a + 9.0 * b * b, &|a, b| 9.0 * a * a + b * b];
/// let figure = side_by_side("Two bowls", x, y, losses, [&along, &across], [&[Mark::start([2.0, 2.0])]; 2]);
/// let walks: Vec<&str> = figure.summary().lines().filter(|line| line.starts_with("walk")).collect();
/// assert!(walks[0].contains("last (0, 2)") && walks[1].contains("last (2, 0)"));
/// ```
pub fn side_by_side(
    title: &str,
    x: impl Borrow<Axis>,
    y: impl Borrow<Axis>,
    losses: [&dyn Fn(f64, f64) -> f64; 2],
    paths: [&[Series]; 2],
    marks: [&[Mark]; 2],
) -> Figure {
    let (x, y) = (x.borrow(), y.borrow());
    assert!(x.range.is_some() && y.range.is_some(), "figure \"{title}\" needs a range on both axes");
    Figure::draw(&[0, 1].map(|i| content(title, x, y, (losses[i], paths[i], marks[i]))))
}

/// What one frame shows.
type Panel<'a> = (&'a dyn Fn(f64, f64) -> f64, &'a [Series], &'a [Mark]);

fn content<'a>(title: &'a str, x: &Axis, y: &Axis, (loss, paths, marks): Panel<'a>) -> Content<'a> {
    assert!(!x.log && !y.log, "figure \"{title}\": contours need linear axes");
    assert!(
        !paths.is_empty() || !marks.is_empty() || (x.range.is_some() && y.range.is_some()),
        "figure \"{title}\" needs a path, a mark, or a range on both axes"
    );
    let content = Content::new(title, x, y, paths, marks);
    let values = look_up(title, loss, &content.x, &content.y);
    let levels = levels(&values);
    Content { contours: trace(&values, &levels, &content.x, &content.y), levels, ..content }
}

#[cfg(test)]
mod tests;

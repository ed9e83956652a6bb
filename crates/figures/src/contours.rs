//! The loss of two parameters as contour lines, with descents on it.

use std::borrow::Borrow;

use contour::{ContourBuilder, Line, Pt};

use crate::axis::{Axis, Scale};
use crate::figure::Figure;
use crate::levels::levels;
use crate::series::{Mark, Series};
use crate::sheet::draw;
use crate::summary::Content;

/// Points of the grid on which the loss is looked up, in each direction.
const GRID: usize = 320;

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
    draw(&[content(title, x.borrow(), y.borrow(), (loss, paths, marks))])
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
    draw(&[0, 1].map(|i| content(title, x, y, (losses[i], paths[i], marks[i]))))
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

/// The number of an axis at the i-th line of a grid that reaches one step beyond the picture on both sides: so the edges
/// that contour lines follow there are cut off with the rest.
fn at(axis: &Scale, i: f64) -> f64 {
    // Half of the ends: the whole range of f64 is too wide for itself.
    let step = (axis.high / 2.0 - axis.low / 2.0) / (GRID - 3) as f64;
    2.0 * (axis.low / 2.0 - step + step * i)
}

/// The loss on the grid, row by row, as high where it is not finite as it is at most elsewhere.
fn look_up(title: &str, loss: &dyn Fn(f64, f64) -> f64, x: &Scale, y: &Scale) -> Vec<f64> {
    let points = (0..GRID * GRID).map(|i| [at(x, (i % GRID) as f64), at(y, (i / GRID) as f64)]);
    let values: Vec<f64> = points.map(|[x, y]| loss(x, y)).collect();
    let highest = values.iter().copied().filter(|v| v.is_finite()).fold(f64::NEG_INFINITY, f64::max);
    assert!(highest.is_finite(), "figure \"{title}\": the loss is nowhere finite in the picture");
    values.into_iter().map(|v| if v.is_finite() { v } else { highest }).collect()
}

/// Per level its lines. The square root of the height above the lowest point is contoured, because it bends less than the
/// loss between the points of the grid.
fn trace(values: &[f64], levels: &[f64], x: &Scale, y: &Scale) -> Vec<Vec<Vec<[f64; 2]>>> {
    let lowest = values.iter().copied().fold(f64::INFINITY, f64::min);
    // Half of each: the whole range of f64 is too wide for itself.
    let height = |v: &f64| (v / 2.0 - lowest / 2.0).max(0.0).sqrt();
    let heights = |values: &[f64]| values.iter().map(height).collect::<Vec<_>>();
    let lines = ContourBuilder::new(GRID, GRID, true)
        .lines(&heights(values), &heights(levels))
        .expect("the grid has as many values as points");
    // The builder puts value i at i + ½.
    let point = |c: &Pt| [at(x, c.x - 0.5), at(y, c.y - 0.5)];
    let rings = |line: &Line| line.geometry().iter().map(|ring| ring.coords().map(point).collect()).collect();
    lines.iter().map(rings).collect()
}

#[cfg(test)]
mod tests;

//! The loss of two parameters as contour lines, with descents on it.

use std::borrow::Borrow;

use contour::{ContourBuilder, Line, Pt};

use crate::axis::{Axis, Scale};
use crate::chart::{Chart, sheet};
use crate::figure::Figure;
use crate::levels::{levels, typeset};
use crate::marks;
use crate::polyline::{Point, along};
use crate::series::{Mark, Series};
use crate::summary::{Content, summary};
use crate::svg::{hex, stroke, through};

/// Points of the grid on which the loss is looked up, in each direction.
const GRID: usize = 320;

/// Pieces of contour lines, at most; of more than a tenth none has room for a label.
const MANY: usize = 2000;

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
    draw(title, [x.borrow(), y.borrow()], [(loss, paths, marks)])
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
    draw(title, [x, y], [0, 1].map(|i| (losses[i], paths[i], marks[i])))
}

/// What one frame shows.
type Panel<'a> = (&'a dyn Fn(f64, f64) -> f64, &'a [Series], &'a [Mark]);

fn draw<const N: usize>(title: &str, [x, y]: [&Axis; 2], panels: [Panel; N]) -> Figure {
    assert!(!x.log && !y.log, "figure \"{title}\": contours need linear axes");
    let (grids, contents): (Vec<Grid>, Vec<Content>) = panels
        .into_iter()
        .map(|(loss, paths, marks)| {
            assert!(
                !paths.is_empty() || !marks.is_empty() || (x.range.is_some() && y.range.is_some()),
                "figure \"{title}\" needs a path, a mark, or a range on both axes"
            );
            let mut content = Content::new(title, x, y, paths, marks);
            let grid = Grid::of(title, loss, &content.x, &content.y);
            content.levels = levels(&grid.values);
            (grid, content)
        })
        .unzip();
    let (mut svg, rows) = sheet(&contents);
    let mut frames = Vec::new();
    for (i, (grid, content)) in grids.iter().zip(&contents).enumerate() {
        let part = [i, i + 1].map(|i| i as f64 / N as f64);
        let chart = panel(Chart::on(svg, rows, part, content), grid, content);
        frames.push(chart.frame);
        svg = chart.svg;
    }
    Figure::new(&svg, frames[0], [&contents[0].x, &contents[0].y], summary(&contents))
}

/// Draws contour lines, paths and marks into a chart's frame.
fn panel<'a>(mut chart: Chart<'a>, grid: &Grid, content: &Content) -> Chart<'a> {
    let lines = grid.lines(&content.levels, &chart);
    let count = lines.iter().map(Vec::len).sum::<usize>();
    let title = content.title;
    assert!(count <= MANY, "figure \"{title}\": the loss is too rough for contour lines, which are {count} pieces");
    for (i, pieces) in lines.iter().enumerate() {
        for piece in pieces {
            chart.svg.shape(stroke(&shade(i, lines.len()), 10, ""), &through(piece));
        }
    }
    let mut chart = chart.series();
    marks::draw(&mut chart, content.marks);
    for (i, pieces) in lines.iter().enumerate().filter(|_| count <= MANY / 10) {
        let others = lines.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, pieces)| pieces);
        let others: Vec<Point> = others.flat_map(|piece| along(piece, 60)).collect();
        marks::label(&mut chart, pieces, &others, &typeset(content.levels[i]));
    }
    chart
}

/// The loss on a grid that reaches one step beyond the picture on every side, so that the edges that the contour lines
/// follow there are cut off with the rest.
struct Grid {
    values: Vec<f64>,
    /// Half of what they are: the whole range of f64 is too wide for itself.
    origin: [f64; 2],
    step: [f64; 2],
}

impl Grid {
    fn of(title: &str, loss: &dyn Fn(f64, f64) -> f64, x: &Scale, y: &Scale) -> Grid {
        let step = [x, y].map(|s| (s.high / 2.0 - s.low / 2.0) / (GRID - 3) as f64);
        let mut grid = Grid { values: Vec::new(), origin: [x.low / 2.0 - step[0], y.low / 2.0 - step[1]], step };
        let points = (0..GRID * GRID).map(|i| grid.at((i % GRID) as f64, (i / GRID) as f64));
        let values: Vec<f64> = points.map(|[x, y]| loss(x, y)).collect();
        let highest = values.iter().copied().filter(|v| v.is_finite()).fold(f64::NEG_INFINITY, f64::max);
        assert!(highest.is_finite(), "figure \"{title}\": the loss is nowhere finite in the picture");
        grid.values = values.into_iter().map(|v| if v.is_finite() { v } else { highest }).collect();
        grid
    }

    fn at(&self, i: f64, j: f64) -> [f64; 2] {
        [2.0 * (self.origin[0] + self.step[0] * i), 2.0 * (self.origin[1] + self.step[1] * j)]
    }

    /// Per level its lines, cut off at the frame. The square root of the height above the lowest point is contoured,
    /// because it bends less than the loss between the points of the grid.
    fn lines(&self, levels: &[f64], chart: &Chart) -> Vec<Vec<Vec<Point>>> {
        let lowest = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        let heights =
            |values: &[f64]| -> Vec<f64> { values.iter().map(|v| (v / 2.0 - lowest / 2.0).max(0.0).sqrt()).collect() };
        let lines = ContourBuilder::new(GRID, GRID, true)
            .lines(&heights(&self.values), &heights(levels))
            .expect("the grid has as many values as points");
        // The builder puts value i at i + ½.
        let place = |c: &Pt| chart.place(self.at(c.x - 0.5, c.y - 0.5));
        let pieces = |line: &Line| {
            let rings = line.geometry().iter().map(|ring| ring.coords().map(place).collect());
            rings.flat_map(|ring: Vec<Point>| chart.visible(&ring)).collect()
        };
        lines.iter().map(pieces).collect()
    }
}

/// Grey-blue, darker where the loss is lower.
fn shade(i: usize, count: usize) -> String {
    let s = i as f64 / (count.max(2) - 1) as f64;
    let mix = |dark: f64, light: f64| (dark + s * (light - dark)).round() as u8;
    hex((mix(96.0, 178.0), mix(115.0, 192.0), mix(140.0, 208.0)))
}

#[cfg(test)]
mod tests;

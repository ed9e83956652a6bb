//! The loss of two parameters as contour lines, with descents on it.

use std::borrow::Borrow;

use contour::ContourBuilder;

use crate::axis::{Axis, Scale};
use crate::canvas::{Canvas, Key, describe, notes, pair};
use crate::figure::Figure;
use crate::polyline::{Point, along, thin};
use crate::series::{Checked, Mark, Series};
use display::{number, power_of_ten, superscript, typeset};

/// Points of the grid on which the loss is looked up, in each direction.
const GRID: usize = 320;

/// Draws contour lines of `loss(x, y)`, the paths of descents over them, and marks; an axis may be passed by reference.
///
/// The contour levels are round numbers (1, 2 and 5 times powers of ten), chosen from the values of the loss in the
/// picture. A path that leaves the picture is cut off at its edge, and the figure says so.
///
/// # Panics
/// When an axis is logarithmic, when there is neither a path nor a mark nor a range to choose the picture by, when a
/// path is empty or starts with a number that is not finite, or when the loss is nowhere finite.
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
    draw(title, x.borrow(), y.borrow(), loss, paths, marks)
}

fn draw(title: &str, x: &Axis, y: &Axis, loss: &dyn Fn(f64, f64) -> f64, paths: &[Series], marks: &[Mark]) -> Figure {
    assert!(!x.log && !y.log, "figure \"{title}\": contours need linear axes");
    let checked: Vec<Checked> = paths.iter().map(|s| s.checked(x, y)).collect();
    for mark in marks {
        assert!(mark.at.iter().all(|c| c.is_finite()), "mark \"{}\" is not finite", mark.name);
    }
    let coordinates = |c: usize| {
        let points = checked.iter().flat_map(move |s| s.points.iter().map(move |p| p[c]));
        points.chain(marks.iter().map(move |m| m.at[c]))
    };
    let (sx, sy) = (x.scale(coordinates(0)), y.scale(coordinates(1)));
    assert!(
        sx.low.is_finite() && sy.low.is_finite(),
        "figure \"{title}\" needs a path, a mark, or a range on both axes"
    );

    let grid = Grid::of(title, loss, &sx, &sy);
    let levels = levels(&grid.values);
    let level_note = |write: fn(f64) -> String| {
        format!("contour lines at {}", levels.iter().map(|&l| write(l)).collect::<Vec<_>>().join(", "))
    };
    let mut summary = vec![format!("x: {}", x.describe(&sx)), format!("y: {}", y.describe(&sy)), level_note(number)];
    summary.extend(checked.iter().map(describe));
    summary.extend(marks.iter().map(|m| format!("mark {}: {}", m.name, pair(m.at, number))));
    summary.extend(notes(&checked, &sx, &sy, number));

    let legend: Vec<Key> = checked.iter().map(Key::line).collect();
    let mut below = vec![level_note(round)];
    below.extend(notes(&checked, &sx, &sy, typeset));
    let mut canvas = Canvas::new(title, (x, sx), (y, sy), &legend, &below);
    let lines = grid.lines(&levels, &canvas);
    for (i, pieces) in lines.iter().enumerate() {
        for piece in pieces {
            canvas.polyline(piece, &shade(i, lines.len()), 10, "");
        }
    }
    for (i, s) in checked.iter().enumerate() {
        canvas.curve(i, &s.points);
    }
    canvas.marks(marks);
    for (i, pieces) in lines.iter().enumerate() {
        let others = lines.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, pieces)| pieces);
        let others: Vec<Point> = others.flat_map(|piece| along(piece, 60)).collect();
        canvas.label_on(pieces, &others, &round(levels[i]));
    }
    canvas.finish(summary)
}

/// The loss on a grid that reaches one step beyond the picture on every side, so that the edges that the contour lines
/// follow there are cut off with the rest.
struct Grid {
    values: Vec<f64>,
    origin: [f64; 2],
    step: [f64; 2],
}

impl Grid {
    fn of(title: &str, loss: &dyn Fn(f64, f64) -> f64, x: &Scale, y: &Scale) -> Grid {
        let step = [x, y].map(|s| (s.high - s.low) / (GRID - 3) as f64);
        let origin = [x.low - step[0], y.low - step[1]];
        let at = |c: usize, i: usize| origin[c] + step[c] * i as f64;
        let mut values: Vec<f64> = (0..GRID * GRID).map(|i| loss(at(0, i % GRID), at(1, i / GRID))).collect();
        let highest = values.iter().copied().filter(|v| v.is_finite()).fold(f64::NEG_INFINITY, f64::max);
        assert!(highest.is_finite(), "figure \"{title}\": the loss is nowhere finite in the picture");
        for v in &mut values {
            if !v.is_finite() {
                *v = highest;
            }
        }
        Grid { values, origin, step }
    }

    /// Per level its lines, cut off at the frame. The square root of the height above the lowest point is contoured,
    /// because it bends less than the loss between the points of the grid.
    fn lines(&self, levels: &[f64], canvas: &Canvas) -> Vec<Vec<Vec<Point>>> {
        let lowest = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        let height = |v: f64| (v - lowest).max(0.0).sqrt();
        let heights: Vec<f64> = self.values.iter().map(|&v| height(v)).collect();
        let thresholds: Vec<f64> = levels.iter().map(|&l| height(l)).collect();
        let lines = ContourBuilder::new(GRID, GRID, true)
            .lines(&heights, &thresholds)
            .expect("the grid has as many values as points");
        let place = |x: f64, y: f64| {
            // The builder puts value i at i + ½.
            canvas.place([self.origin[0] + self.step[0] * (x - 0.5), self.origin[1] + self.step[1] * (y - 0.5)])
        };
        lines
            .iter()
            .map(|line| {
                let rings = line.geometry().iter().map(|ring| ring.coords().map(|c| place(c.x, c.y)).collect());
                let pieces = rings.flat_map(|ring: Vec<Point>| canvas.frame.clip(&ring));
                pieces.map(|piece| thin(&piece)).collect()
            })
            .collect()
    }
}

/// Between 5 and 12 round levels that spread over the values.
fn levels(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (lowest, highest) = (sorted[0], sorted[sorted.len() - 1]);
    let within = |levels: Vec<f64>| -> Vec<f64> {
        levels.into_iter().filter(|&l| l > sorted[sorted.len() / 500] && l < highest).collect()
    };
    let series =
        |steps: &[f64]| (-300..300).flat_map(|e| steps.iter().map(move |s| s * power_of_ten(e))).collect::<Vec<_>>();
    for steps in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
        let levels = within(series(steps));
        if lowest >= 0.0 && (5..=12).contains(&levels.len()) {
            return levels;
        }
    }
    let step = (highest - lowest) / 10.0;
    if step <= 0.0 {
        return Vec::new();
    }
    let power = power_of_ten(step.log10().floor() as i32);
    let step = [1.0, 2.0, 5.0, 10.0].map(|s| s * power).into_iter().find(|s| *s >= step).unwrap_or(step);
    let first = (lowest / step).ceil() as i64;
    within((first..first + 12).map(|i| i as f64 * step).collect())
}

/// A round level, as a power of ten where it is large.
fn round(level: f64) -> String {
    let exponent = level.abs().log10().floor();
    if exponent < 5.0 {
        return typeset(level);
    }
    let power = format!("10{}", superscript(&format!("{exponent}")));
    match number(level / power_of_ten(exponent as i32)).as_str() {
        "1" => power,
        mantissa => format!("{}\u{a0}×\u{a0}{power}", mantissa.replace('-', "−")),
    }
}

/// Grey-blue, darker where the loss is lower.
fn shade(i: usize, count: usize) -> String {
    let s = i as f64 / (count.max(2) - 1) as f64;
    let mix = |dark: f64, light: f64| (dark + s * (light - dark)).round() as u8;
    format!("#{:02x}{:02x}{:02x}", mix(96.0, 178.0), mix(115.0, 192.0), mix(140.0, 208.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contour_line_lies_where_the_loss_has_its_level() {
        let (x, y) = (Axis::linear("x").range(-3.0, 3.0), Axis::linear("y").range(-1.0, 1.0));
        let (sx, sy) = (x.scale([].into_iter()), y.scale([].into_iter()));
        let loss = |x: f64, y: f64| x * x + 20.0 * y * y + 7.0;
        let grid = Grid::of("", &loss, &sx, &sy);
        let canvas = Canvas::new("", (&x, sx.clone()), (&y, sy.clone()), &[], &[]);
        let f = canvas.frame;
        for (pieces, level) in grid.lines(&[8.0, 14.0], &canvas).iter().zip([8.0, 14.0]) {
            assert_eq!(pieces.len(), 1, "one ring, closed");
            for p in &pieces[0] {
                let x = sx.low + (p.0 - f.left) / (f.right - f.left) * (sx.high - sx.low);
                let y = sy.low + (f.bottom - p.1) / (f.bottom - f.top) * (sy.high - sy.low);
                assert!((loss(x, y) - level).abs() < 0.02, "({x}, {y}) has {}, not {level}", loss(x, y));
            }
        }
    }

    #[test]
    fn a_narrow_valley_has_straight_sides() {
        let (x, y) = (Axis::linear("x").range(-1.0, 1.0), Axis::linear("y").range(-1.0, 1.0));
        let (sx, sy) = (x.scale([].into_iter()), y.scale([].into_iter()));
        // 0.02 wide on each side, three steps of the grid, whose points it does not meet.
        let grid = Grid::of("", &|_, y| (y - 0.001).powi(2), &sx, &sy);
        let canvas = Canvas::new("", (&x, sx), (&y, sy), &[], &[]);
        let half = 0.02 * (canvas.frame.bottom - canvas.frame.top) / 2.0;
        let middle = canvas.place([0.0, 0.001]).1;
        for p in grid.lines(&[0.0004], &canvas).concat().concat() {
            assert!(((p.1 - middle).abs() - half).abs() < 1.0, "{p:?} is not {half} from {middle}");
        }
    }

    #[test]
    fn levels_are_round_and_lie_between_the_lowest_and_the_highest_value() {
        let values =
            |from: f64, to: f64| (0..=10_000).map(|i| from + (to - from) * f64::from(i) / 1e4).collect::<Vec<_>>();
        let shown = |from, to| levels(&values(from, to)).into_iter().map(number).collect::<Vec<_>>().join(" ");
        assert_eq!(shown(-1.0, 1.0), "-0.8 -0.6 -0.4 -0.2 0 0.2 0.4 0.6 0.8");
        assert_eq!(shown(0.0, 30.0), "0.1 0.2 0.5 1 2 5 10 20");
        assert!(levels(&values(4.0, 4.0)).is_empty());
    }
}

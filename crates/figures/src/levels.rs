//! A loss on a grid: which levels get a contour line, how they are written, and where their lines run.

use contour::{ContourBuilder, Line, Pt};

use crate::axis::{Scale, in_powers};
use display::power_of_ten;

/// Points of the grid on which the loss is looked up, in each direction.
const GRID: usize = 320;

/// Between 5 and 12 round levels that spread over the values, which are finite.
pub(crate) fn levels(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (lowest, highest) = (sorted[0], sorted[sorted.len() - 1]);
    let inside = |l: &f64| *l > sorted[sorted.len() / 500] && *l < highest;
    for steps in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
        let all = (-300..300).flat_map(|e| steps.iter().map(move |s| s * power_of_ten(e)));
        let levels: Vec<f64> = all.filter(inside).collect();
        if lowest >= 0.0 && (5..=12).contains(&levels.len()) {
            return levels;
        }
    }
    let scale = Scale { label: String::new(), log: false, low: lowest, high: highest };
    scale.even_ticks(11).into_iter().filter(inside).collect()
}

/// A level for the picture: a power of ten from 10⁵ on.
pub(crate) fn typeset(level: f64) -> String {
    if level.abs() < 1e5 { display::typeset(level) } else { in_powers(level) }
}

/// The number of an axis at the i-th line of a grid that reaches one step beyond the picture on both sides: so the edges
/// that contour lines follow there are cut off with the rest.
fn at(axis: &Scale, i: f64) -> f64 {
    // Half of the ends: the whole range of f64 is too wide for itself.
    let step = (axis.high / 2.0 - axis.low / 2.0) / (GRID - 3) as f64;
    2.0 * (axis.low / 2.0 - step + step * i)
}

/// The loss on the grid, row by row, as high where it is not finite as it is at most elsewhere.
pub(crate) fn look_up(title: &str, loss: &dyn Fn(f64, f64) -> f64, x: &Scale, y: &Scale) -> Vec<f64> {
    let points = (0..GRID * GRID).map(|i| [at(x, (i % GRID) as f64), at(y, (i / GRID) as f64)]);
    let values: Vec<f64> = points.map(|[x, y]| loss(x, y)).collect();
    let highest = values.iter().copied().filter(|v| v.is_finite()).fold(f64::NEG_INFINITY, f64::max);
    assert!(highest.is_finite(), "figure \"{title}\": the loss is nowhere finite in the picture");
    values.into_iter().map(|v| if v.is_finite() { v } else { highest }).collect()
}

/// Per level its lines. The square root of the height above the lowest point is contoured, because it bends less than the
/// loss between the points of the grid.
pub(crate) fn trace(values: &[f64], levels: &[f64], x: &Scale, y: &Scale) -> Vec<Vec<Vec<[f64; 2]>>> {
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

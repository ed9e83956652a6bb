//! Lines in the picture's own units: cut off at a frame, and thinned to what the eye can tell apart.

use std::collections::BTreeSet;
use std::iter::once;

pub(crate) type Point = (f64, f64);

/// How far a thinned line may lie from the true one: 0.3 px.
const TOLERANCE: f64 = 3.0;

/// Points of a line, more or less at most.
const MANY: usize = 5000;

/// Beyond this distance a line's slope is lost in rounding where it crosses the frame; it is not drawn.
const FAR: f64 = 1e14;

/// The frame beyond which nothing is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Frame {
    pub fn contains(&self, (x, y): Point) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// The part of the line that lies inside, in as many pieces as it takes.
    pub fn clip(&self, points: &[Point]) -> Vec<Vec<Point>> {
        let segments: Vec<_> = points.array_windows().filter_map(|[a, b]| self.clip_segment(*a, *b)).collect();
        let piece = |run: &[(Point, Point)]| once(run[0].0).chain(run.iter().map(|(_, to)| *to)).collect();
        segments.chunk_by(|a, b| a.1 == b.0).map(piece).collect()
    }

    /// The part of one segment that lies inside (Liang and Barsky).
    fn clip_segment(&self, from: Point, to: Point) -> Option<(Point, Point)> {
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (from, to, low, high) in [(from.0, to.0, self.left, self.right), (from.1, to.1, self.top, self.bottom)] {
            if from.abs().max(to.abs()) > FAR || (from == to && !(low..=high).contains(&from)) {
                return None;
            } else if from != to {
                let (one, other) = ((low - from) / (to - from), (high - from) / (to - from));
                enter = enter.max(one.min(other));
                leave = leave.min(one.max(other));
            }
        }
        let at = |s: f64| {
            let (x, y) = if s == 1.0 { to } else { between(from, to, s) };
            (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
        };
        (enter <= leave).then(|| (at(enter), at(leave)))
    }
}

/// Fewer points, the same look.
pub(crate) fn thin(points: &[Point]) -> Vec<Point> {
    // A curve has columns half a pixel wide; a path that runs to and fro without end fills the picture, as its
    // outermost points do.
    let column = |p: &Point| (p.0 / 5.0).floor();
    let curve: Vec<Point> =
        points.chunk_by(|a, b| column(a) == column(b)).flat_map(|column| extremes(column, &[|p| p.1])).collect();
    let thinned: Vec<Point> = curve.chunks(100).flat_map(straightened).collect();
    let run = if thinned.len() > MANY { thinned.len() / MANY * 10 } else { 1 };
    thinned.chunks(run).flat_map(|run| extremes(run, &[|p| p.0, |p| p.1])).collect()
}

/// Of a run of points the first, the last, and those that are lowest and highest in each of the directions.
fn extremes(points: &[Point], directions: &[fn(&Point) -> f64]) -> Vec<Point> {
    let mut kept = BTreeSet::from([0, points.len() - 1]);
    for along in directions {
        let order = |a: &usize, b: &usize| along(&points[*a]).total_cmp(&along(&points[*b]));
        kept.extend((0..points.len()).min_by(order));
        kept.extend((0..points.len()).max_by(order));
    }
    kept.into_iter().map(|i| points[i]).collect()
}

/// Leaves out each point that lies on the straight line through its neighbours (Ramer, Douglas and Peucker).
fn straightened(points: &[Point]) -> Vec<Point> {
    let last = points.len() - 1;
    let off = |i: usize| (i, distance_from_segment(points[i], points[0], points[last]));
    match (1..last).map(off).max_by(|a, b| a.1.total_cmp(&b.1)) {
        Some((i, off)) if off > TOLERANCE => {
            [&straightened(&points[..=i])[..], &straightened(&points[i..])[1..]].concat()
        }
        _ => points.iter().step_by(last.max(1)).copied().collect(),
    }
}

/// `count` points evenly spaced along a line, none of them at its very ends.
pub(crate) fn along(points: &[Point], count: usize) -> Vec<Point> {
    let mut walked = vec![0.0];
    for [a, b] in points.array_windows() {
        walked.push(walked[walked.len() - 1] + distance(*a, *b));
    }
    let spot = |n: usize| {
        let goal = walked[walked.len() - 1] * (n as f64 + 0.5) / count as f64;
        let i = walked.partition_point(|&walked| walked < goal);
        (i > 0).then(|| between(points[i - 1], points[i], (goal - walked[i - 1]) / distance(points[i - 1], points[i])))
    };
    (0..count).filter_map(spot).collect()
}

/// The point of a segment at a part `s` of its length.
fn between(a: Point, b: Point, s: f64) -> Point {
    (a.0 + s * (b.0 - a.0), a.1 + s * (b.1 - a.1))
}

/// By a square root rather than `hypot`, whose last bit depends on the machine.
fn distance(a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    (dx * dx + dy * dy).sqrt()
}

fn distance_from_segment(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let s = ((p.0 - a.0) * dx + (p.1 - a.1) * dy) / (dx * dx + dy * dy);
    distance(p, if a == b { a } else { between(a, b, s.clamp(0.0, 1.0)) })
}

#[cfg(test)]
mod tests;

//! Lines in the picture's own units: cut off at a frame, and thinned to what the eye can tell apart.

pub(crate) type Point = (f64, f64);

/// How far a thinned line may lie from the true one: 0.3 px.
const TOLERANCE: f64 = 3.0;

/// Beyond this distance a line's slope is lost in rounding where it crosses the frame; it is not drawn.
const FAR: f64 = 1e14;

/// The frame beyond which nothing is drawn.
#[derive(Clone, Copy, Debug)]
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
        if let [point] = points {
            return if self.contains(*point) { vec![vec![*point]] } else { Vec::new() };
        }
        let mut pieces: Vec<Vec<Point>> = Vec::new();
        for pair in points.windows(2) {
            let Some((from, to)) = self.clip_segment(pair[0], pair[1]) else {
                continue;
            };
            match pieces.last_mut() {
                Some(piece) if piece.last() == Some(&from) => piece.push(to),
                _ => pieces.push(vec![from, to]),
            }
        }
        pieces
    }

    /// The part of one segment that lies inside (Liang and Barsky).
    fn clip_segment(&self, from: Point, to: Point) -> Option<(Point, Point)> {
        if [from.0, from.1, to.0, to.1].iter().any(|c| c.abs() > FAR) {
            return None;
        }
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (slope, room) in
            [(-dx, from.0 - self.left), (dx, self.right - from.0), (-dy, from.1 - self.top), (dy, self.bottom - from.1)]
        {
            if slope == 0.0 && room < 0.0 {
                return None;
            } else if slope < 0.0 {
                enter = enter.max(room / slope);
            } else if slope > 0.0 {
                leave = leave.min(room / slope);
            }
        }
        let at = |s: f64| match s {
            0.0 => from,
            1.0 => to,
            s => {
                let inside = (from.0 + s * dx, from.1 + s * dy);
                (inside.0.clamp(self.left, self.right), inside.1.clamp(self.top, self.bottom))
            }
        };
        (enter <= leave).then(|| (at(enter), at(leave)))
    }
}

/// Fewer points, the same look.
pub(crate) fn thin(points: &[Point]) -> Vec<Point> {
    let rising = points.windows(2).all(|p| p[0].0 <= p[1].0);
    let fewer = if rising { extremes_per_column(points) } else { apart(points) };
    fewer.chunks(2000).flat_map(straightened).collect()
}

/// Of each column half a pixel wide the first, lowest, highest and last point.
fn extremes_per_column(points: &[Point]) -> Vec<Point> {
    points
        .chunk_by(|a, b| (a.0 / 5.0).floor() == (b.0 / 5.0).floor())
        .flat_map(|column| {
            let by_y = |a: &usize, b: &usize| column[*a].1.total_cmp(&column[*b].1);
            let lowest = (0..column.len()).min_by(by_y).expect("a column has a point");
            let highest = (0..column.len()).max_by(by_y).expect("a column has a point");
            let mut kept = [0, lowest, highest, column.len() - 1];
            kept.sort_unstable();
            let mut kept = kept.to_vec();
            kept.dedup();
            kept.into_iter().map(|i| column[i]).collect::<Vec<_>>()
        })
        .collect()
}

/// Leaves out each point that lies on top of the last one kept.
fn apart(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for (i, &p) in points.iter().enumerate() {
        let near = kept.last().is_some_and(|k| (p.0 - k.0).hypot(p.1 - k.1) < TOLERANCE);
        if !near || i + 1 == points.len() {
            kept.push(p);
        }
    }
    kept
}

/// Leaves out each point that lies on the straight line through its neighbours (Ramer, Douglas and Peucker).
fn straightened(points: &[Point]) -> Vec<Point> {
    let mut keep = vec![false; points.len()];
    let last = points.len() - 1;
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let farthest = (from + 1..to)
            .map(|i| (i, distance(points[i], points[from], points[to])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((i, off)) = farthest
            && off > TOLERANCE
        {
            keep[i] = true;
            open.extend([(from, i), (i, to)]);
        }
    }
    points.iter().zip(keep).filter(|(_, keep)| *keep).map(|(p, _)| *p).collect()
}

/// The distance of a point from a segment.
fn distance(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length2 = dx * dx + dy * dy;
    let s = if length2 == 0.0 { 0.0 } else { (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length2).clamp(0.0, 1.0) };
    (p.0 - a.0 - s * dx).hypot(p.1 - a.1 - s * dy)
}

/// `count` points evenly spaced along a line, none of them at its very ends.
pub(crate) fn along(points: &[Point], count: usize) -> Vec<Point> {
    let length = |p: &[Point]| (p[1].0 - p[0].0).hypot(p[1].1 - p[0].1);
    let total: f64 = points.windows(2).map(length).sum();
    let mut spots = Vec::new();
    let mut walked = 0.0;
    for pair in points.windows(2) {
        let segment = length(pair);
        while spots.len() < count {
            let goal = total * (spots.len() as f64 + 0.5) / count as f64;
            if segment == 0.0 || goal > walked + segment {
                break;
            }
            let s = (goal - walked) / segment;
            spots.push((pair[0].0 + s * (pair[1].0 - pair[0].0), pair[0].1 + s * (pair[1].1 - pair[0].1)));
        }
        walked += segment;
    }
    spots
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { left: 0.0, right: 100.0, top: 0.0, bottom: 100.0 };

    #[test]
    fn a_line_that_leaves_and_returns_is_two_pieces() {
        let pieces = FRAME.clip(&[(50.0, 50.0), (50.0, -50.0), (80.0, -50.0), (80.0, 50.0)]);
        assert_eq!(pieces, [[(50.0, 50.0), (50.0, 0.0)], [(80.0, 0.0), (80.0, 50.0)]]);
    }

    #[test]
    fn a_line_past_the_frame_is_nothing_and_one_through_it_is_cut_twice() {
        assert!(FRAME.clip(&[(-10.0, -10.0), (-10.0, 200.0)]).is_empty());
        assert_eq!(FRAME.clip(&[(-100.0, 50.0), (200.0, 50.0)]), [[(0.0, 50.0), (100.0, 50.0)]]);
    }

    #[test]
    fn a_line_from_afar_keeps_its_slope_and_one_from_too_far_is_left_out() {
        let far =
            |scale: f64| FRAME.clip(&[(50.0 - scale, 50.0 - 350.0 * scale), (50.0 + scale, 50.0 + 350.0 * scale)]);
        let piece = &far(1e9)[0];
        assert!((piece[0].0 - (50.0 - 50.0 / 350.0)).abs() < 0.01 && piece[0].1 == 0.0, "{piece:?}");
        assert!(far(1e200).is_empty());
    }

    #[test]
    fn thinning_keeps_the_look() {
        let line: Vec<Point> = (0..100_000)
            .map(|i| (f64::from(i) * 0.06, 2000.0 + 1500.0 * (f64::from(i) * 0.06 / 700.0).sin()))
            .collect();
        let thinned = thin(&line);
        assert!(thinned.len() < 200, "{} points", thinned.len());
        for &p in line.iter().step_by(37) {
            let off = thinned.windows(2).map(|s| distance(p, s[0], s[1])).fold(f64::INFINITY, f64::min);
            assert!(off <= 2.0 * TOLERANCE, "{p:?} is {off} away");
        }
    }

    #[test]
    fn thinning_keeps_a_spike() {
        let mut line: Vec<Point> = (0..50_000).map(|i| (f64::from(i) * 0.1, 0.0)).collect();
        line[31_234].1 = 900.0;
        assert!(thin(&line).contains(&line[31_234]));
    }

    #[test]
    fn thinning_a_path_keeps_its_turns() {
        let path: Vec<Point> = (0..=300).map(|i| (if i % 2 == 0 { 0.0 } else { 500.0 }, f64::from(i) * 20.0)).collect();
        assert_eq!(thin(&path), path);
        let still: Vec<Point> = (0..5000).map(|i| (1000.0 - f64::from(i) * 1e-4, 7.0)).collect();
        assert_eq!(thin(&still), [still[0], still[4999]]);
    }
}

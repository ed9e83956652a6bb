//! Places the names of marks and the labels of contour lines inside the frame, where they find room.

use std::iter::successors;

use crate::chart::Chart;
use crate::levels::typeset;
use crate::polyline::{Frame, Point, along};
use crate::svg::{FAINT_INK, INK, PAPER, stroke, text_width};

const RING: &str = "m-70 0a70 70 0 1 0 140 0a70 70 0 1 0-140 0z";
const CROSS: &str = "m-75-75l150 150m0-150l-150 150";

/// Of more pieces of contour lines none has room for a label.
const MANY: usize = 200;

/// Draws the marks inside the frame, with their names beside them as far as there is room.
pub(crate) fn names(chart: &mut Chart) {
    let Frame { top, right, bottom, .. } = chart.frame;
    let mut names: Vec<Point> = Vec::new();
    for mark in chart.content.marks {
        let at = chart.place(mark.at);
        if !chart.frame.contains(at) {
            continue;
        }
        chart.taken.push(at);
        let shape = if mark.ring { RING } else { CROSS };
        chart.svg.shape(stroke(PAPER, 60, ""), &[at], shape);
        chart.svg.shape(stroke(INK, 28, ""), &[at], shape);

        let width = text_width(&mark.name, 130.0);
        let (aside, anchor) = if at.0 + 140.0 + width < right { (1.0, "start") } else { (-1.0, "end") };
        let x = at.0 + 90.0 * aside;
        let first = if at.1 - 110.0 > top + 150.0 { at.1 - 110.0 } else { at.1 + 210.0 };
        let is_free = |y: &f64| names.iter().all(|n| (n.0 - at.0).abs() >= 1500.0 || (n.1 - y).abs() >= 150.0);
        let mut places = successors(Some(first), |y| Some(y + 160.0)).take_while(|y| *y < bottom);
        let Some(y) = places.find(is_free) else { continue };
        names.push((at.0, y));
        let look = format!("font-size='130' font-weight='bold' text-anchor='{anchor}'");
        on_paper(chart, (x, y), &look, &mark.name);
        chart.taken.extend((0..=6).map(|i| (x + aside * width * f64::from(i) / 6.0, y - 45.0)));
    }
}

/// Writes each level on one of its contour lines where it is farthest from all else, or nowhere if there is no room, or
/// if another level's line would run through it.
pub(crate) fn levels(chart: &mut Chart, lines: &[Vec<Vec<Point>>]) {
    if lines.iter().map(Vec::len).sum::<usize>() > MANY {
        return;
    }
    let Frame { left, right, top, bottom } = chart.frame;
    let passed: Vec<Vec<Point>> =
        lines.iter().map(|pieces| pieces.iter().flat_map(|p| along(p, 60)).collect()).collect();
    for (i, pieces) in lines.iter().enumerate() {
        let text = typeset(chart.content.levels[i]);
        let half = text_width(&text, 105.0) / 2.0;
        let room = |p: &Point| {
            let mut others = passed[..i].iter().chain(&passed[i + 1..]).flatten();
            if others.any(|o| (o.0 - p.0).abs() < half && (o.1 - p.1).abs() < 70.0) {
                return 0.0;
            }
            let edge = (p.0 - left).min(right - p.0).min(2.0 * (p.1 - top)).min(2.0 * (bottom - p.1));
            let distance = |t: &Point| ((t.0 - p.0) * (t.0 - p.0) + 4.0 * (t.1 - p.1) * (t.1 - p.1)).sqrt();
            chart.taken.iter().map(distance).fold(edge, f64::min)
        };
        let spots = pieces.iter().flat_map(|piece| along(piece, 24));
        let best = spots.map(|p| (room(&p), p)).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, p)) = best.filter(|(room, _)| *room > half + 120.0) {
            let look = format!("font-size='105' text-anchor='middle' fill='{FAINT_INK}'");
            on_paper(chart, (p.0, p.1 + 36.0), &look, &text);
            chart.taken.extend([(p.0 - half, p.1), p, (p.0 + half, p.1)]);
        }
    }
}

/// A text with paper around its letters.
fn on_paper(chart: &mut Chart, at: Point, look: &str, text: &str) {
    let paper = format!("{look} {} stroke-linejoin='round' paint-order='stroke'", stroke(PAPER, 60, ""));
    chart.svg.text(at, &paper, text);
}

//! The frame with its axes, grid lines and tick labels.

use crate::layout::text_width;
use crate::polyline::Frame;
use crate::scale::Scale;
use crate::svg::{FAINT_INK, Svg, WIDTH, stroke};

/// Ticks of an axis, at most.
const TICKS: usize = 9;

/// Draws the axes of a frame that starts at `top`, and all that stands around it.
pub(crate) fn draw(svg: &mut Svg, x: &Scale, y: &Scale, top: f64) -> Frame {
    let widest = y.ticks(TICKS).iter().map(|&v| text_width(&y.written(v), 125.0)).fold(0.0, f64::max);
    let (left, right, bottom) = ((480.0 + widest).round(), WIDTH - 300.0, top + 3650.0);
    let (width, height) = (right - left, bottom - top);
    let (mut lines, mut axes) = (String::new(), format!("M{left} {top}v{height}h{width}"));
    for v in x.ticks(TICKS) {
        let at = (left + width * x.position(v)).round();
        lines += &format!("M{at} {top}v{height}");
        axes += &format!("M{at} {bottom}v40");
        svg.text((at, bottom + 175.0), "font-size='125' text-anchor='middle'", &x.written(v));
    }
    for v in y.ticks(TICKS) {
        let at = (bottom - height * y.position(v)).round();
        lines += &format!("M{left} {at}h{width}");
        axes += &format!("M{left} {at}h-40");
        svg.text((left - 80.0, at + 45.0), "font-size='125' text-anchor='end'", &y.written(v));
    }
    svg.shape(stroke("#e1e4e8", 10, ""), &lines);
    svg.shape(stroke(FAINT_INK, 10, ""), &axes);
    let name = "font-size='135' text-anchor='middle'";
    svg.text((left + width / 2.0, bottom + 455.0), name, &x.label);
    let (at, middle) = (253.0, top + height / 2.0);
    svg.text((at, middle), &format!("{name} transform='rotate(270 {at} {middle})'"), &y.label);
    Frame { left, right, top, bottom }
}

//! Axes, grid and tick labels, as plotters draws them, and the plane between them.

use plotters::coord::ranged1d::ValueFormatter;
use plotters::prelude::{ChartBuilder, Color, FontFamily, IntoDrawingArea, RGBColor, TRANSPARENT};

use crate::axis::Scale;
use crate::polyline::{Frame, Point};
use crate::svg::{Svg, text_width};

const AXIS: RGBColor = RGBColor(0x57, 0x60, 0x6a);
const GRID: RGBColor = RGBColor(0xe1, 0xe4, 0xe8);

/// Ticks of an axis, at most.
const TICKS: usize = 9;

/// The numbers of two axes, and the frame that shows them.
#[derive(Clone, PartialEq)]
pub(crate) struct Plane {
    pub x: Scale,
    pub y: Scale,
    pub frame: Frame,
}

impl Plane {
    /// Where a point of the plane lies on the sheet.
    pub fn place(&self, [x, y]: [f64; 2]) -> Point {
        let Frame { left, right, top, bottom } = self.frame;
        (left + (right - left) * self.x.position(x), bottom - (bottom - top) * self.y.position(y))
    }

    /// The point of the plane at a spot of the sheet; outside the frame it goes on beyond the axes' ends.
    pub fn at(&self, (x, y): Point) -> [f64; 2] {
        let Frame { left, right, top, bottom } = self.frame;
        [self.x.number((x - left) / (right - left)), self.y.number((bottom - y) / (bottom - top))]
    }
}

/// Draws the axes of the i-th of `count` frames side by side, with some of the sheet left free above and below them.
pub(crate) fn draw(svg: &mut Svg, x: &Scale, y: &Scale, [above, below]: [f64; 2], (i, count): (usize, usize)) -> Plane {
    let widest = y.ticks(TICKS).iter().map(|v| text_width(&y.format_ext(v), 125.0)).fold(0.0, f64::max);
    let parts = svg.into_drawing_area().split_evenly((1, count));
    let mut chart = ChartBuilder::on(&parts[i])
        .margin_top(above)
        .margin_right(300)
        .margin_left(150)
        .margin_bottom(120.0 + below)
        .x_label_area_size(490)
        .y_label_area_size(widest + 330.0)
        .build_cartesian_2d(x.clone(), y.clone())
        .expect("the frame fits on the sheet");
    chart
        .configure_mesh()
        .axis_style(AXIS.stroke_width(10))
        .bold_line_style(GRID.stroke_width(10))
        .light_line_style(TRANSPARENT)
        .set_all_tick_mark_size(40)
        .x_labels(TICKS)
        .y_labels(TICKS)
        .label_style((FontFamily::SansSerif, 125))
        .axis_desc_style((FontFamily::SansSerif, 135))
        .x_desc(&x.label)
        .y_desc(&y.label)
        .draw()
        .expect("the sheet takes all");
    let area = chart.plotting_area();
    let (across, down) = (area.get_x_axis_pixel_range(), area.get_y_axis_pixel_range());
    let [left, right, top, bottom] = [across.start, across.end, down.start, down.end].map(f64::from);
    Plane { x: x.clone(), y: y.clone(), frame: Frame { left, right, top, bottom } }
}

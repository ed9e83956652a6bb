//! A frame on a sheet: axes and grid, as plotters draws them, and between them contour lines, curves and bars.

use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::prelude::{ChartBuilder, Color, FontFamily, IntoDrawingArea, RGBColor, TRANSPARENT};

use crate::polyline::{Frame, Point, along, thin};
use crate::series::Content;
use crate::svg::{PAPER, Svg, hex, stroke, text_width};

const AXIS: RGBColor = RGBColor(0x57, 0x60, 0x6a);
const GRID: RGBColor = RGBColor(0xe1, 0xe4, 0xe8);

/// Ticks of an axis, at most.
const TICKS: usize = 9;

/// Okabe and Ito's colours that stand out on white at 3 to 1 or better.
const COLOURS: [&str; 5] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000"];
const DASHES: [&str; 5] = ["", "90 45", "140 40 25 40", "25 35", "220 60"];
/// Circle, square, triangle, diamond and a triangle on its head, each around (0, 0).
const MARKERS: [&str; 5] = [
    "m-38 0a38 38 0 1 0 76 0a38 38 0 1 0-76 0z",
    "m-34-34h68v68h-68z",
    "m0-46l42 76h-84z",
    "m0-50l44 50l-44 50l-44-50z",
    "m0 46l42-76h-84z",
];

/// Pieces of contour lines, at most.
const MANY: usize = 2000;

/// The colour, dashes and markers by which the i-th series is told from the others.
pub(crate) fn style(i: usize) -> [&'static str; 3] {
    [COLOURS[i % 5], DASHES[(i + i / 5) % 5], MARKERS[(i + i / 5) % 5]]
}

/// The paint of the i-th series' bars.
pub(crate) fn bar_paint(i: usize) -> String {
    format!("fill='{}' fill-opacity='0.75'", style(i)[0])
}

/// Draws the axes of the i-th of `count` frames side by side, with some of the sheet left free above and below them.
pub(crate) fn axes(svg: &mut Svg, content: &Content, [above, below]: [f64; 2], (i, count): (usize, usize)) -> Frame {
    let Content { x, y, .. } = content;
    let widest = y.key_points(TICKS).iter().map(|v| text_width(&y.format_ext(v), 125.0)).fold(0.0, f64::max);
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
    Frame { left, right, top, bottom }
}

/// A frame on a sheet, and what it shows.
pub(crate) struct Chart<'a> {
    pub svg: &'a mut Svg,
    pub content: &'a Content<'a>,
    pub frame: Frame,
    /// Spots that a label should keep away from.
    pub taken: Vec<Point>,
}

impl Chart<'_> {
    /// Draws contour lines, darker where the loss is lower, and gives those of each level, cut off at the frame.
    pub fn contours(&mut self) -> Vec<Vec<Vec<Point>>> {
        let visible = |ring: &Vec<[f64; 2]>| self.visible(&self.placed(ring));
        let of_level = |rings: &Vec<_>| rings.iter().flat_map(visible).collect();
        let lines: Vec<Vec<_>> = self.content.contours.iter().map(of_level).collect();
        let (title, count) = (self.content.title, lines.iter().map(Vec::len).sum::<usize>());
        assert!(count <= MANY, "figure \"{title}\": the loss is too rough for contour lines, which are {count} pieces");
        for (i, pieces) in lines.iter().enumerate() {
            let paint = stroke(&shade(i, lines.len()), 10, "");
            pieces.iter().for_each(|piece| self.svg.shape(paint.clone(), piece, ""));
        }
        lines
    }

    /// Draws all series.
    pub fn series(&mut self) {
        for (i, series) in self.content.series.iter().enumerate() {
            let points = self.placed(&series.points);
            if series.bars { self.bars(i, &points) } else { self.curve(i, points) }
        }
    }

    /// A line whose points are marked where they are few, or else six spots along it; on bars it has paper at its sides.
    fn curve(&mut self, i: usize, points: Vec<Point>) {
        let [colour, dash, marker] = style(i);
        let pieces = self.visible(&points);
        if self.content.series.iter().any(|series| series.bars) {
            pieces.iter().for_each(|piece| self.svg.shape(stroke(PAPER, 50, ""), piece, ""));
        }
        for piece in &pieces {
            self.svg.shape(stroke(colour, 20, dash), piece, "");
            self.taken.extend(along(piece, 60));
        }
        let spots: Vec<Point> = if points.len() <= 40 {
            points
        } else {
            let longest = pieces.iter().max_by_key(|piece| piece.len());
            longest.into_iter().flat_map(|piece| along(piece, 6)).chain(points.last().copied()).collect()
        };
        for spot in spots.into_iter().filter(|&p| self.frame.contains(p)) {
            self.svg.shape(format!("fill='{colour}' {}", stroke(PAPER, 8, "")), &[spot], marker);
        }
    }

    /// Bars that stand on the x axis. Of those that share a pixel the highest is drawn.
    fn bars(&mut self, i: usize, points: &[Point]) {
        let Frame { left, right, bottom, .. } = self.frame;
        let pitch = (right - left) / points.len() as f64;
        let pixel = |p: &Point| (p.0 / 10.0).floor() * 10.0;
        for bars in points.chunk_by(|a, b| pixel(a) == pixel(b)) {
            let top = bars.iter().map(|p| p.1).fold(f64::INFINITY, f64::min);
            let (left, width) =
                if pitch < 10.0 { (pixel(&bars[0]), 10.0) } else { (bars[0].0 - 0.3 * pitch, 0.6 * pitch) };
            let bar = format!("h{width:.0}V{bottom:.0}h-{width:.0}z");
            self.svg.shape(bar_paint(i), &[(left, top)], &bar);
        }
    }

    /// Where a point of the plane lies on the sheet.
    pub fn place(&self, [x, y]: [f64; 2]) -> Point {
        let Frame { left, right, top, bottom } = self.frame;
        (left + (right - left) * self.content.x.position(x), bottom - (bottom - top) * self.content.y.position(y))
    }

    fn placed(&self, points: &[[f64; 2]]) -> Vec<Point> {
        points.iter().map(|&p| self.place(p)).collect()
    }

    /// What of the line through the points lies inside the frame, thinned.
    fn visible(&self, points: &[Point]) -> Vec<Vec<Point>> {
        self.frame.clip(points).iter().map(|piece| thin(piece)).collect()
    }
}

/// Grey-blue, darker where the loss is lower.
fn shade(i: usize, count: usize) -> String {
    let s = i as f64 / (count.max(2) - 1) as f64;
    let mix = |dark: f64, light: f64| (dark + s * (light - dark)).round() as u8;
    hex((mix(96.0, 178.0), mix(115.0, 192.0), mix(140.0, 208.0)))
}

//! A sheet with title, legend, axes and notes, on which curves and bars are drawn.

use std::slice::from_ref;

use crate::figure::Figure;
use crate::grid;
use crate::layout::{rows, text_width, wrap};
use crate::polyline::{Frame, Point, along, thin};
use crate::series::Series;
use crate::summary::{Content, summary};
use crate::svg::{FAINT_INK, PAPER, Svg, WIDTH, fill, stroke, through};

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

/// The colour, dashes and markers by which the i-th series is told from the others.
fn style(i: usize) -> [&'static str; 3] {
    [COLOURS[i % 5], DASHES[(i + i / 5) % 5], MARKERS[(i + i / 5) % 5]]
}

pub(crate) struct Chart<'a> {
    content: &'a Content<'a>,
    pub svg: Svg,
    pub frame: Frame,
    /// Spots that a label should keep away from.
    pub taken: Vec<Point>,
}

impl<'a> Chart<'a> {
    /// The sheet before anything is drawn in its frame.
    pub fn new(content: &'a Content) -> Chart<'a> {
        let (svg, rows) = sheet(from_ref(content));
        Chart::on(svg, rows, [0.0, 1.0], content)
    }

    /// A chart on a sheet with `rows` above and below its frame, from one part of its width to another.
    pub fn on(mut svg: Svg, rows: [f64; 2], part: [f64; 2], content: &'a Content) -> Chart<'a> {
        let frame = grid::draw(&mut svg, &content.x, &content.y, rows, [part[0] * WIDTH, (1.0 - part[1]) * WIDTH]);
        Chart { content, svg, frame, taken: Vec::new() }
    }

    pub fn place(&self, [x, y]: [f64; 2]) -> Point {
        let Frame { left, right, top, bottom } = self.frame;
        let (x, y) = (self.content.x.position(x), self.content.y.position(y));
        (left + (right - left) * x, bottom - (bottom - top) * y)
    }

    /// What of the line through the points lies inside the frame, thinned.
    pub fn visible(&self, points: &[Point]) -> Vec<Vec<Point>> {
        self.frame.clip(points).iter().map(|piece| thin(piece)).collect()
    }

    /// Draws all series; lines that cross bars have paper at their sides.
    pub fn series(mut self) -> Chart<'a> {
        let bars = self.content.series.iter().any(|s| s.bars);
        for (i, series) in self.content.series.iter().enumerate() {
            let points: Vec<Point> = series.points.iter().map(|&p| self.place(p)).collect();
            if series.bars { self.bars(i, &points) } else { self.curve(i, points, bars) }
        }
        self
    }

    /// A line whose points are marked where they are few, or else six spots along it.
    fn curve(&mut self, i: usize, points: Vec<Point>, on_bars: bool) {
        let [colour, dash, marker] = style(i);
        let pieces = self.visible(&points);
        if on_bars {
            pieces.iter().for_each(|piece| self.svg.shape(stroke(PAPER, 50, ""), &through(piece)));
        }
        for piece in &pieces {
            self.svg.shape(stroke(colour, 20, dash), &through(piece));
            self.taken.extend(along(piece, 60));
        }
        let spots: Vec<Point> = if points.len() <= 40 {
            points
        } else {
            let longest = pieces.iter().max_by_key(|piece| piece.len());
            longest.into_iter().flat_map(|piece| along(piece, 6)).chain(points.last().copied()).collect()
        };
        for spot in spots.into_iter().filter(|&p| self.frame.contains(p)) {
            let paint = format!("{} {}", fill(colour), stroke(PAPER, 8, ""));
            self.svg.shape(paint, &format!("{}{marker}", through(&[spot])));
        }
    }

    /// Bars that stand on the x axis. Of those that share a pixel the highest is drawn.
    fn bars(&mut self, i: usize, points: &[Point]) {
        let pitch = (self.frame.right - self.frame.left) / points.len() as f64;
        let pixel = |p: &Point| (p.0 / 10.0).floor() * 10.0;
        for bars in points.chunk_by(|a, b| pixel(a) == pixel(b)) {
            let top = bars.iter().map(|p| p.1).fold(f64::INFINITY, f64::min);
            let (left, width) =
                if pitch < 10.0 { (pixel(&bars[0]), 10.0) } else { (bars[0].0 - 0.3 * pitch, 0.6 * pitch) };
            let bar = format!("{}h{width:.0}V{:.0}h-{width:.0}z", through(&[(left, top)]), self.frame.bottom);
            self.svg.shape(bar_paint(i), &bar);
        }
    }

    /// The finished figure; its summary is also what a screen reader says.
    pub fn finish(self) -> Figure {
        Figure::new(&self.svg, self.frame, [&self.content.x, &self.content.y], summary(from_ref(self.content)))
    }
}

/// A sheet with the title and the legend of its first content and the notes of all, whose frames stand side by side; and
/// how much of it lies above and below them.
pub(crate) fn sheet(contents: &[Content]) -> (Svg, [f64; 2]) {
    let mut svg = Svg::default();
    let mut y = 280.0;
    for line in wrap(contents[0].title, 170.0) {
        svg.text((WIDTH / 2.0, y), "font-size='170' font-weight='bold' text-anchor='middle'", &line);
        y += 220.0;
    }
    let keys = contents[0].series.iter().enumerate().map(|s| (s, 600.0 + text_width(&s.1.name, 130.0)));
    for row in rows(keys, WIDTH - 300.0) {
        let mut x = (WIDTH - row.iter().map(|(_, width)| width).sum::<f64>()) / 2.0;
        for ((i, series), width) in row {
            key(&mut svg, (x, y - 40.0), i, series);
            x += width;
        }
        y += 200.0;
    }
    let top = y - 20.0;
    // Two frames side by side are square.
    let foot = top + if contents.len() == 1 { 4260.0 } else { 3260.0 };
    svg.height = foot;
    let mut notes: Vec<String> = contents.iter().flat_map(Content::notes).collect();
    notes.dedup();
    for line in notes.iter().flat_map(|note| wrap(note, 120.0)) {
        svg.text((170.0, svg.height + 40.0), &format!("font-size='120' {}", fill(FAINT_INK)), &line);
        svg.height += 170.0;
    }
    let below = svg.height - foot;
    (svg, [top, below])
}

/// The i-th series' entry in the legend.
fn key(svg: &mut Svg, (x, y): Point, i: usize, series: &Series) {
    let [colour, dash, marker] = style(i);
    if series.bars {
        svg.shape(bar_paint(i), &format!("{}v-110h150v110z", through(&[(x + 200.0, y + 55.0)])));
    } else {
        svg.shape(stroke(colour, 22, dash), &format!("{}h340", through(&[(x, y)])));
        svg.shape(fill(colour), &format!("{}{marker}", through(&[(x + 170.0, y)])));
    }
    svg.text((x + 420.0, y + 45.0), "font-size='130'", &series.name);
}

fn bar_paint(i: usize) -> String {
    format!("{} fill-opacity='0.75'", fill(style(i)[0]))
}

//! A picture with its text: a sheet with title, legend and notes, and on it one frame or two.

use std::fmt;

use crate::axis::Scale;
use crate::chart::{Chart, axes, bar_paint, style};
use crate::marks;
use crate::polyline::{Frame, Point};
use crate::series::{Content, Series};
use crate::svg::{FAINT_INK, Svg, WIDTH, stroke, text_width};
use display::escape;

/// How much of a summary is read aloud, in characters: some three minutes.
const ALOUD: usize = 2000;

/// A picture as SVG, and the numbers drawn as text.
///
/// As the last expression of a cell it shows the picture in Jupyter and leaves the text in `text/plain`.
#[derive(Clone, PartialEq)]
#[must_use]
pub struct Figure {
    sheet: Svg,
    svg: String,
    summary: String,
    /// Its first frame, and what that shows.
    frame: Frame,
    x: Scale,
    y: Scale,
}

impl Figure {
    /// Draws a frame for each of the contents, side by side, under the title and the legend of the first and above the
    /// notes of all.
    pub(crate) fn draw(contents: &[Content]) -> Figure {
        let mut sheet = Svg::default();
        let mut y = 280.0;
        for line in wrap(contents[0].title, 170.0) {
            sheet.text((WIDTH / 2.0, y), "font-size='170' font-weight='bold' text-anchor='middle'", &line);
            y += 220.0;
        }
        let keys = contents[0].series.iter().enumerate().map(|s| (s, 600.0 + text_width(&s.1.name, 130.0)));
        for row in rows(keys, WIDTH - 300.0) {
            let mut x = (WIDTH - row.iter().map(|(_, width)| width).sum::<f64>()) / 2.0;
            for ((i, series), width) in row {
                key(&mut sheet, (x, y - 40.0), i, series);
                x += width;
            }
            y += 200.0;
        }
        let above = y - 20.0;
        // Two frames side by side are square.
        let foot = above + if contents.len() == 1 { 4260.0 } else { 3260.0 };
        sheet.height = foot;
        let mut notes: Vec<String> = contents.iter().flat_map(Content::notes).collect();
        notes.dedup();
        for line in notes.iter().flat_map(|note| wrap(note, 120.0)) {
            sheet.text((170.0, sheet.height + 40.0), &format!("font-size='120' fill='{FAINT_INK}'"), &line);
            sheet.height += 170.0;
        }
        let below = sheet.height - foot;
        let frame = |(i, content): (usize, &Content)| {
            let frame = axes(&mut sheet, content, [above, below], (i, contents.len()));
            let mut chart = Chart { svg: &mut sheet, content, frame, taken: Vec::new() };
            let lines = chart.contours();
            chart.series();
            marks::names(&mut chart);
            marks::levels(&mut chart, &lines);
            frame
        };
        let frames: Vec<Frame> = contents.iter().enumerate().map(frame).collect();
        let lines: Vec<String> = contents.iter().flat_map(Content::lines).collect();
        let Content { title, x, y, .. } = &contents[0];
        let summary = format!("figure: {title}\n{}\n", lines.join("\n"));
        let label = format!(" aria-label=\"{}\"", told(&summary).replace('\n', "&#10;"));
        Figure { svg: sheet.finish(&label), sheet, summary, x: x.clone(), y: y.clone(), frame: frames[0] }
    }

    /// The picture: one self-contained `<svg>` element with a description.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The picture as an HTML image, which also a JupyterLab shows that has not been told to trust the page.
    #[must_use]
    pub fn html(&self) -> String {
        let address = in_url(self.sheet.finish("").trim_end());
        format!("<img alt=\"{}\" src=\"data:image/svg+xml,{address}\">", told(&self.summary))
    }

    /// The numbers drawn, line by line: title, axes, and per series its count, first, last, lowest and highest values.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The numbers at a spot of the picture, where a reader points: `across` and `down` are parts of its width and height.
    ///
    /// Outside the frame they go on beyond the axes' ends.
    ///
    /// ```
    /// use figures::{Axis, Series, lines};
    ///
    /// let axis = |name| Axis::linear(name).range(-1.0, 1.0);
    /// let figure = lines("A line", axis("x"), axis("y"), &[Series::xy("y = x", [-1.0, 1.0], [-1.0, 1.0])]);
    /// let ([x, low], [_, high]) = (figure.at(0.5, 0.9), figure.at(0.5, 0.1));
    /// assert!(x.abs() < 0.1 && low < -0.9 && high > 0.9);
    /// ```
    #[must_use]
    pub fn at(&self, across: f64, down: f64) -> [f64; 2] {
        let Frame { left, right, top, bottom } = self.frame;
        let (x, y) = (across * WIDTH, down * self.sheet.height);
        [self.x.number((x - left) / (right - left)), self.y.number((bottom - y) / (bottom - top))]
    }

    /// Shows the figure in a notebook; evcxr calls it for the last expression of a cell. Exports to PDF take the SVG.
    pub fn evcxr_display(&self) {
        display::show(&[("text/html", &self.html()), ("image/svg+xml", &self.svg), ("text/plain", &self.summary)]);
    }
}

/// The i-th series' entry in the legend.
fn key(sheet: &mut Svg, (x, y): Point, i: usize, series: &Series) {
    let [colour, dash, marker] = style(i);
    if series.bars {
        sheet.shape(bar_paint(i), &[(x + 200.0, y + 55.0)], "v-110h150v110z");
    } else {
        sheet.shape(stroke(colour, 22, dash), &[(x, y)], "h340");
        sheet.shape(format!("fill='{colour}'"), &[(x + 170.0, y)], marker);
    }
    sheet.text((x + 420.0, y + 45.0), "font-size='130'", &series.name);
}

/// Things in as many rows as they need, each with its width.
fn rows<T>(things: impl Iterator<Item = (T, f64)>, width: f64) -> Vec<Vec<(T, f64)>> {
    let mut rows: Vec<Vec<(T, f64)>> = Vec::new();
    let mut room = 0.0;
    for thing in things {
        if thing.1 > room || rows.is_empty() {
            rows.push(Vec::new());
            room = width;
        }
        room -= thing.1;
        rows.last_mut().expect("a row was begun").push(thing);
    }
    rows
}

/// The text in lines no wider than the sheet, broken at spaces (but not at those that hold a number together).
fn wrap(text: &str, size: f64) -> Vec<String> {
    let words = text.split(' ').filter(|word| !word.is_empty());
    let lines = rows(words.map(|word| (word, text_width(word, size) + text_width(" ", size))), WIDTH - 350.0);
    lines.iter().map(|line| line.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" ")).collect()
}

/// What a screen reader says: the summary, cut where it is too long for that.
fn told(summary: &str) -> String {
    let told = summary["figure: ".len()..].trim_end();
    let cut = told.char_indices().nth(ALOUD).map(|(end, _)| format!("{} …", &told[..end]));
    escape(cut.as_deref().unwrap_or(told))
}

/// The SVG as the end of a `data:` address. Line breaks stay: browsers drop them, and changes are read line by line.
fn in_url(svg: &str) -> String {
    let codes = [("%", "%25"), ("#", "%23"), ("<", "%3C"), (">", "%3E"), ("&", "%26"), ("\"", "%22")];
    codes.iter().fold(svg.to_string(), |svg, (plain, code)| svg.replace(plain, code))
}

/// What evcxr falls back to when a cell's last expression takes a variable away, so that it cannot call
/// [`Figure::evcxr_display`].
impl fmt::Debug for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{}", self.summary, display::MOVED)
    }
}

//! The sheet on which every figure is drawn: plotters makes the frame, grid and tick labels; title, legend, curves, marks
//! and notes are written here, because plotters' SVG has whole pixels only and no dashes, titles or descriptions.
//!
//! Coordinates are whole tenths of a pixel.

use std::fmt::Write;

use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::prelude::{ChartBuilder, IntoDrawingArea, IntoFont, RGBColor, SVGBackend, TRANSPARENT};

use crate::axis::{Axis, Scale};
use crate::figure::Figure;
use crate::polyline::{Frame, Point, along, thin};
use crate::series::{Checked, Mark};
use display::{escape, number};

const WIDTH: f64 = 7200.0;
const INK: &str = "#1f2328";
const FAINT_INK: &str = "#57606a";
const PAPER: &str = "#ffffff";

/// Okabe and Ito's colours that stand out on white at 3 to 1 or better.
const COLOURS: [&str; 5] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000"];
const DASHES: [&str; 5] = ["", "90 45", "140 40 25 40", "25 35", "220 60"];
/// Circle, square, triangle, diamond and a triangle on its head, each around (0, 0).
const MARKERS: [&str; 5] = [
    "m-38 0a38 38 0 1 0 76 0a38 38 0 1 0-76 0z",
    "m-34-34h68v68h-68z",
    "m0-46l42 76h-84z",
    "m0-50l44 50l-44 50l-44-50z",
    "m0 46l42-76h-84z",
];

/// How the i-th series is told from the others: by colour, by dashes and by markers.
#[derive(Clone, Copy)]
struct Style {
    colour: &'static str,
    dash: &'static str,
    marker: &'static str,
}

fn style(i: usize) -> Style {
    Style { colour: COLOURS[i % 5], dash: DASHES[(i + i / 5) % 5], marker: MARKERS[(i + i / 5) % 5] }
}

fn dashes(dash: &str) -> String {
    if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") }
}

fn bar_paint(colour: &str) -> String {
    format!("fill=\"{colour}\" fill-opacity=\"0.75\"")
}

/// An entry of the legend.
pub(crate) struct Key<'a> {
    pub name: &'a str,
    /// A bar rather than a line.
    pub bar: bool,
}

impl<'a> Key<'a> {
    pub fn line(series: &'a Checked) -> Key<'a> {
        Key { name: &series.name, bar: false }
    }
}

enum Anchor {
    Start,
    Middle,
    End,
}

pub(crate) struct Canvas {
    title: String,
    height: f64,
    body: String,
    pub frame: Frame,
    x: Scale,
    y: Scale,
    /// Spots that a label should keep away from.
    taken: Vec<Point>,
}

impl Canvas {
    /// The empty sheet: card, title, legend, axes and the notes below.
    pub fn new(title: &str, x: (&Axis, Scale), y: (&Axis, Scale), legend: &[Key], notes: &[String]) -> Canvas {
        let (titles, notes) = (wrap(title, 170.0), notes.iter().flat_map(|n| wrap(n, 120.0)).collect::<Vec<_>>());
        let rows = legend_rows(legend);
        let head = 180.0 + 220.0 * titles.len() as f64;
        let top = head + 200.0 * rows.len() as f64 + 80.0;
        let notes_height = 170.0 * notes.len() as f64;
        let height = top + 3650.0 + 610.0 + notes_height;
        let ticks = y.1.key_points(9).iter().map(|v| text_width(&y.1.format_ext(v), 125.0)).fold(0.0, f64::max);

        let mut svg = String::new();
        let root = SVGBackend::with_string(&mut svg, (WIDTH as u32, height as u32)).into_drawing_area();
        let mut chart = ChartBuilder::on(&root)
            .margin_top(top)
            .margin_right(300)
            .margin_left(150)
            .margin_bottom(120.0 + notes_height)
            .x_label_area_size(490)
            .y_label_area_size(ticks + 330.0)
            .build_cartesian_2d(x.1.clone(), y.1.clone())
            .expect("the frame fits on the sheet");
        let font = |size: f64| ("sans-serif", 1.24 * size).into_font();
        chart
            .configure_mesh()
            .axis_style(RGBColor(87, 96, 106))
            .bold_line_style(RGBColor(225, 228, 232))
            .light_line_style(TRANSPARENT)
            .set_all_tick_mark_size(40)
            .x_labels(9)
            .y_labels(9)
            .label_style(font(125.0).color(&RGBColor(31, 35, 40)))
            .axis_desc_style(font(135.0).color(&RGBColor(31, 35, 40)))
            .x_desc(&x.0.label)
            .y_desc(&y.0.label)
            .draw()
            .expect("a string takes all");
        let (across, down) = chart.plotting_area().get_pixel_range();
        root.present().expect("a string takes all");
        drop(chart);
        drop(root);

        // plotters draws each line one unit wide; a hair line is ten here.
        let grid = svg[svg.find('>').expect("an svg tag") + 1..svg.rfind("</svg>").expect("its end")]
            .trim()
            .replace("stroke-width=\"1\"", "stroke-width=\"10\"")
            .replace(" opacity=\"1\"", "");
        let mut canvas = Canvas {
            title: title.to_string(),
            height,
            body: String::new(),
            frame: Frame {
                left: across.start.into(),
                right: across.end.into(),
                top: down.start.into(),
                bottom: down.end.into(),
            },
            x: x.1,
            y: y.1,
            taken: Vec::new(),
        };
        for (i, line) in titles.iter().enumerate() {
            let at = (WIDTH / 2.0, 280.0 + 220.0 * i as f64);
            canvas.text(at, Anchor::Middle, "font-size=\"170\" font-weight=\"bold\"", INK, line);
        }
        canvas.body += &grid;
        canvas.body.push('\n');
        canvas.legend(&rows, head);
        for (i, note) in notes.iter().enumerate() {
            let at = (170.0, height - notes_height + 170.0 * i as f64 + 40.0);
            canvas.text(at, Anchor::Start, "font-size=\"120\"", FAINT_INK, note);
        }
        canvas
    }

    fn legend(&mut self, rows: &[Vec<(usize, &Key, f64)>], top: f64) {
        for (row, entries) in rows.iter().enumerate() {
            let y = top + 200.0 * row as f64 + 60.0;
            let width: f64 = entries.iter().map(|e| e.2).sum();
            let mut x = (WIDTH - width) / 2.0;
            for &(i, key, width) in entries {
                let Style { colour, dash, marker } = style(i);
                if key.bar {
                    let at = [x + 200.0, y + 55.0];
                    writeln!(self.body, "<path d=\"M{:.0} {:.0}v-110h150v110z\" {}/>", at[0], at[1], bar_paint(colour))
                } else {
                    writeln!(
                        self.body,
                        "<path d=\"M{x:.0} {y:.0}h340\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"22\"{}/>\n\
                         <path d=\"M{:.0} {y:.0}{marker}\" fill=\"{colour}\"/>",
                        dashes(dash),
                        x + 170.0
                    )
                }
                .expect("a String takes all");
                self.text((x + 420.0, y + 45.0), Anchor::Start, "font-size=\"130\"", INK, key.name);
                x += width;
            }
        }
    }

    pub fn place(&self, [x, y]: [f64; 2]) -> Point {
        let Frame { left, right, top, bottom } = self.frame;
        (left + (right - left) * self.x.position(x), bottom - (bottom - top) * self.y.position(y))
    }

    /// The i-th series as a line; its points are marked where they are few, or else six spots along it.
    pub fn curve(&mut self, i: usize, points: &[[f64; 2]]) {
        let Style { colour, dash, marker } = style(i);
        let placed: Vec<Point> = points.iter().map(|&p| self.place(p)).collect();
        let pieces: Vec<Vec<Point>> = self.frame.clip(&placed).iter().map(|piece| thin(piece)).collect();
        for piece in pieces.iter().filter(|piece| piece.len() > 1) {
            self.polyline(piece, colour, 20, dash);
            self.taken.extend(along(piece, 60));
        }
        let spots: Vec<Point> = if placed.len() <= 40 {
            placed.into_iter().filter(|&p| self.frame.contains(p)).collect()
        } else {
            let end = placed.last().filter(|&&p| self.frame.contains(p)).copied();
            let longest = pieces.iter().max_by_key(|piece| piece.len());
            longest.into_iter().flat_map(|piece| along(piece, 6)).chain(end).collect()
        };
        if !spots.is_empty() {
            let d: String = spots.iter().map(|(x, y)| format!("M{x:.0} {y:.0}{marker}")).collect();
            writeln!(self.body, "<path d=\"{d}\" fill=\"{colour}\" stroke=\"{PAPER}\" stroke-width=\"8\"/>")
                .expect("a String takes all");
        }
    }

    /// Paper-coloured margins for the curve that will be drawn through `points`, over whatever lies below.
    pub fn margins(&mut self, points: &[[f64; 2]]) {
        let placed: Vec<Point> = points.iter().map(|&p| self.place(p)).collect();
        for piece in self.frame.clip(&placed) {
            self.polyline(&thin(&piece), PAPER, 50, "");
        }
    }

    /// A line of a colour of its own, without markers, already inside the frame.
    pub fn polyline(&mut self, points: &[Point], colour: &str, width: u32, dash: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.0},{y:.0}")).collect();
        let dash = dashes(dash);
        writeln!(
            self.body,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{dash} points=\"{}\"/>",
            points.join(" ")
        )
        .expect("a String takes all");
    }

    /// Upright bars of one width that stand on the x axis, in the colour of the i-th series.
    pub fn bars(&mut self, i: usize, points: &[[f64; 2]], width: f64) {
        let colour = style(i).colour;
        let bottom = self.frame.bottom;
        let bar = |&p: &[f64; 2]| {
            let (x, top) = self.place(p);
            format!("M{:.0} {top:.0}h{width:.0}V{bottom:.0}h-{width:.0}z", x - width / 2.0)
        };
        let d: String = points.iter().map(bar).collect();
        writeln!(self.body, "<path d=\"{d}\" {}/>", bar_paint(colour)).expect("a String takes all");
    }

    /// The marks inside the frame, with their names beside them.
    pub fn marks(&mut self, marks: &[Mark]) {
        let mut rows: Vec<Point> = Vec::new();
        for mark in marks {
            let at = self.place(mark.at);
            if !self.frame.contains(at) {
                continue;
            }
            let shape = if mark.ring {
                "m-70 0a70 70 0 1 0 140 0a70 70 0 1 0-140 0z"
            } else {
                "m-75-75l150 150m0-150l-150 150"
            };
            for (colour, width) in [(PAPER, 60), (INK, 28)] {
                writeln!(
                    self.body,
                    "<path d=\"M{:.0} {:.0}{shape}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>",
                    at.0, at.1
                )
                .expect("a String takes all");
            }
            let to_the_right = at.0 + 140.0 + text_width(&mark.name, 130.0) < self.frame.right;
            let mut y = if at.1 - 110.0 > self.frame.top + 150.0 { at.1 - 110.0 } else { at.1 + 210.0 };
            while rows.iter().any(|r| (r.0 - at.0).abs() < 1500.0 && (r.1 - y).abs() < 150.0) {
                y += 160.0;
            }
            rows.push((at.0, y));
            let (x, anchor) = if to_the_right { (at.0 + 90.0, Anchor::Start) } else { (at.0 - 90.0, Anchor::End) };
            self.haloed((x, y), anchor, "font-size=\"130\" font-weight=\"bold\"", INK, &mark.name);
            let (width, forward) = (text_width(&mark.name, 130.0), if to_the_right { 1.0 } else { -1.0 });
            self.taken.push(at);
            self.taken.extend((0..=6).map(|i| (x + forward * width * f64::from(i) / 6.0, y - 45.0)));
        }
    }

    /// Writes `text` on one of `lines` where it is farthest from all else, or nowhere if there is no room, or if one of
    /// `others` would run through it.
    pub fn label_on(&mut self, lines: &[Vec<Point>], others: &[Point], text: &str) {
        let Frame { left, right, top, bottom } = self.frame;
        let half = text_width(text, 105.0) / 2.0;
        let room = |p: &Point| {
            let edge = (p.0 - left).min(right - p.0).min(2.0 * (p.1 - top)).min(2.0 * (bottom - p.1));
            if others.iter().any(|o| (o.0 - p.0).abs() < half && (o.1 - p.1).abs() < 70.0) {
                return 0.0;
            }
            let others = self.taken.iter().map(|t| (t.0 - p.0).hypot(2.0 * (t.1 - p.1)));
            others.fold(edge, f64::min)
        };
        let spots = lines.iter().flat_map(|line| along(line, 24));
        let best = spots.map(|p| (room(&p), p)).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((room, p)) = best
            && room > half + 120.0
        {
            self.haloed((p.0, p.1 + 36.0), Anchor::Middle, "font-size=\"105\"", FAINT_INK, text);
            self.taken.extend([(p.0 - half, p.1), p, (p.0 + half, p.1)]);
        }
    }

    fn haloed(&mut self, at: Point, anchor: Anchor, font: &str, colour: &str, content: &str) {
        let halo =
            format!("{font} stroke=\"{PAPER}\" stroke-width=\"60\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        self.text(at, anchor, &halo, colour, content);
    }

    fn text(&mut self, (x, y): Point, anchor: Anchor, font: &str, colour: &str, content: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        writeln!(
            self.body,
            "<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"{anchor}\" {font} fill=\"{colour}\">{}</text>",
            escape(content)
        )
        .expect("a String takes all");
    }

    /// The finished figure; the summary is also the picture's description.
    pub fn finish(self, lines: Vec<String>) -> Figure {
        let summary = format!("figure: {}\n{}\n", self.title, lines.join("\n"));
        let id = format!("figure-{:016x}", fnv1a(self.body.as_bytes(), fnv1a(summary.as_bytes(), 0xcbf29ce484222325)));
        let (title, desc) = (escape(&self.title), escape(lines.join("\n").trim()));
        let (w, h) = (WIDTH, self.height);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" font-family=\"sans-serif\" style=\"max-width:100%;height:auto\">\n\
             <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{desc}</desc>\n\
             <rect x=\"5\" y=\"5\" width=\"{}\" height=\"{}\" rx=\"80\" fill=\"{PAPER}\" stroke=\"#d0d7de\" stroke-width=\"10\"/>\n\
             {}</svg>\n",
            w / 10.0,
            h / 10.0,
            w - 10.0,
            h - 10.0,
            self.body
        );
        Figure { svg, summary }
    }
}

/// The summary's line for one series.
pub(crate) fn describe(series: &Checked) -> String {
    let points = &series.points;
    let range = |c: usize| {
        let (low, high) =
            points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), p| (l.min(p[c]), h.max(p[c])));
        format!("{} to {}", number(low), number(high))
    };
    format!(
        "{}: {}, first {}, last {}, x {}, y {}",
        series.name,
        if points.len() == 1 { "1 point".to_string() } else { format!("{} points", points.len()) },
        pair(points[0], number),
        pair(points[points.len() - 1], number),
        range(0),
        range(1)
    )
}

/// What of the series is not drawn, in sentences whose numbers `write` writes.
pub(crate) fn notes(series: &[Checked], x: &Scale, y: &Scale, write: fn(f64) -> String) -> Vec<String> {
    series.iter().flat_map(|s| [cut(s), outside(s, x, y, write)]).flatten().collect()
}

/// What lies outside the frame, said in one sentence.
fn outside(series: &Checked, x: &Scale, y: &Scale, write: fn(f64) -> String) -> Option<String> {
    let out = |p: &&[f64; 2]| !x.contains(p[0]) || !y.contains(p[1]);
    let first = series.points.iter().find(out)?;
    let count = series.points.iter().filter(out).count();
    let (name, all) = (&series.name, series.points.len());
    Some(format!("{name}: {count} of {all} points lie outside the picture, the first at {}", pair(*first, write)))
}

/// Where a series stopped being finite, said in one sentence.
fn cut(series: &Checked) -> Option<String> {
    let (at, length) = series.cut?;
    Some(format!("{}: cut at index {at} of {length}, where it is no longer finite", series.name))
}

pub(crate) fn pair([x, y]: [f64; 2], write: fn(f64) -> String) -> String {
    format!("({}, {})", write(x), write(y))
}

/// The width of a text, as well as it can be known without its font.
fn text_width(text: &str, size: f64) -> f64 {
    let em = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '|' | '\'' | '(' | ')' | '/' | ' ' | 'f' | 't' | 'r' | '-' => {
            0.33
        }
        '⁰'..='⁹' | '²' | '³' | '¹' | 'ᵗ' | '⁺' | '⁻' | '₀'..='₉' => 0.4,
        'm' | 'w' | 'M' | 'W' | '=' | '+' | '−' | '×' | '√' | 'Σ' => 0.75,
        c if c.is_uppercase() => 0.7,
        _ => 0.58,
    };
    size * text.chars().map(em).sum::<f64>()
}

/// The legend's entries (series, key, width), in as many rows as they need.
fn legend_rows<'a>(keys: &'a [Key<'a>]) -> Vec<Vec<(usize, &'a Key<'a>, f64)>> {
    let mut rows: Vec<Vec<(usize, &Key, f64)>> = Vec::new();
    let mut room = 0.0;
    for (i, key) in keys.iter().enumerate() {
        let width = 420.0 + text_width(key.name, 130.0) + 180.0;
        if width > room {
            rows.push(Vec::new());
            room = WIDTH - 300.0;
        }
        room -= width;
        rows.last_mut().expect("a row was begun").push((i, key, width));
    }
    rows
}

/// The text in lines no wider than the sheet, broken at spaces (but not at those that hold a number together).
fn wrap(text: &str, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size) < WIDTH - 400.0 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// Fowler, Noll and Vo's hash: ids that depend on what is drawn and on nothing else.
fn fnv1a(bytes: &[u8], start: u64) -> u64 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

//! The sheet as SVG: shapes, and texts above them, in whole tenths of a pixel.
//!
//! It is also what plotters draws on, so that axes, grid and ticks come out as everything else does. Attributes stand in
//! single quotes, which neither a notebook's JSON nor HTML escapes.

use std::convert::Infallible;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use crate::polyline::Point;
use display::escape;

pub(crate) const WIDTH: f64 = 7200.0;
pub(crate) const INK: &str = "#1f2328";
pub(crate) const FAINT_INK: &str = "#57606a";
pub(crate) const PAPER: &str = "#ffffff";

/// A sheet of paper with a thin edge, and what was drawn on it so far.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Svg {
    pub height: f64,
    /// Each with its paint and the commands of its path.
    shapes: Vec<(String, String)>,
    /// Each with its look and its element.
    texts: Vec<(String, String)>,
}

impl Svg {
    /// A shape whose path leads through points and goes on by more commands.
    pub fn shape(&mut self, paint: String, points: &[Point], more: &str) {
        self.shapes.push((paint, through(points) + more));
    }

    /// A text that starts at a point, unless its look says otherwise; it stands above all shapes.
    pub fn text(&mut self, (x, y): Point, look: &str, text: &str) {
        self.texts.push((look.to_string(), format!("<text x='{x:.0}' y='{y:.0}'>{}</text>\n", escape(text))));
    }

    /// The whole sheet, with what a screen reader says of it. It has no ids: a page may hold several sheets.
    pub fn finish(&self, label: &str) -> String {
        let (w, h) = (WIDTH, self.height);
        let (width, height, inner_width, inner_height) = (w / 10.0, h / 10.0, w - 10.0, h - 10.0);
        let shapes = shared(&self.shapes, |paint, path| format!("<path {paint} d='{path}'/>\n"));
        let texts = shared(&self.texts, |look, texts| format!("<g {look}>\n{texts}</g>\n"));
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {w} {h}' role='img'{label} font-family='sans-serif' style='max-width:100%;height:auto'>
<rect x='5' y='5' width='{inner_width}' height='{inner_height}' rx='80' fill='{PAPER}' stroke='#d0d7de' stroke-width='10'/>
<g fill='none' stroke-linejoin='round'>
{shapes}</g>
<g fill='{INK}'>
{texts}</g>
</svg>
"
        )
    }
}

/// Things that follow each other with one look share it.
fn shared(things: &[(String, String)], element: fn(&str, String) -> String) -> String {
    let element = |run: &[(String, String)]| element(&run[0].0, run.iter().map(|(_, thing)| &**thing).collect());
    things.chunk_by(|a, b| a.0 == b.0).map(element).collect()
}

/// The paint of a line; `dash` is empty or a pattern of lengths.
pub(crate) fn stroke(colour: &str, width: u32, dash: &str) -> String {
    let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray='{dash}'") };
    format!("stroke='{colour}' stroke-width='{width}'{dash}")
}

pub(crate) fn hex((r, g, b): (u8, u8, u8)) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The path through points: the first as it is, each other one as seen from the one before, which is short.
fn through(points: &[Point]) -> String {
    let (mut path, mut last) = (String::new(), (0, 0));
    for (i, p) in points.iter().enumerate() {
        let next = (p.0.round() as i64, p.1.round() as i64);
        path += &format!("{}{} {}", ["M", "l", " "][i.min(2)], next.0 - last.0, next.1 - last.1);
        last = next;
    }
    path.replace(" -", "-")
}

/// The width of a text, as well as it can be known without its font.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    let em = |c: char| match c {
        c if "ijlI.,:;|'()/ ftr-".contains(c) => 0.33,
        c if "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵗ₀₁₂₃₄₅₆₇₈₉".contains(c) => 0.4,
        c if "mwMW=+−×√Σ".contains(c) => 0.75,
        c if c.is_uppercase() => 0.7,
        _ => 0.58,
    };
    size * text.chars().map(em).sum::<f64>()
}

type Drawn<T = ()> = Result<T, DrawingErrorKind<Infallible>>;

impl DrawingBackend for &mut Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (WIDTH as u32, self.height as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.shape(format!("fill='{}'", hex(colour.rgb)), &[(x.into(), y.into())], "h1v1h-1z");
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        if style.color().alpha > 0.0 {
            let points: Vec<Point> = points.into_iter().map(|(x, y)| (x.into(), y.into())).collect();
            self.shape(stroke(&hex(style.color().rgb), style.stroke_width(), ""), &points, "");
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        // All in one ink. In the order of HPos and VPos: left, right, centre; top, centre, bottom. A digit is some 0.72 em high.
        let anchor = ["start", "end", "middle"][style.anchor().h_pos as usize];
        let down = [0.76, 0.36, -0.26][style.anchor().v_pos as usize] * style.size();
        let degrees = 90 * style.transform() as i32;
        let turned = if degrees == 0 { String::new() } else { format!(" transform='rotate({degrees} {x} {y})'") };
        let attributes = format!("font-size='{}' text-anchor='{anchor}'{turned}", style.size());
        self.text((x.into(), f64::from(y) + down), &attributes, text);
        Ok(())
    }

    /// Plotters itself would measure it in a browser's page, and take that code along.
    fn estimate_text_size<S: BackendTextStyle>(&self, text: &str, style: &S) -> Drawn<(u32, u32)> {
        Ok((text_width(text, style.size()) as u32, style.size() as u32))
    }
}

//! A finished picture, with its text.

use std::{fmt, fs, io, path::Path};

use crate::chart::Plane;
use crate::svg::{Svg, WIDTH};
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
    plane: Plane,
}

impl Figure {
    /// The sheet, its first frame, and the numbers drawn.
    pub(crate) fn new(sheet: Svg, plane: Plane, summary: String) -> Figure {
        let label = format!(" aria-label=\"{}\"", told(&summary).replace('\n', "&#10;"));
        Figure { svg: sheet.finish(&label), sheet, summary, plane }
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
        self.plane.at((across * WIDTH, down * self.sheet.height))
    }

    /// Writes the picture to an `.svg` file.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        fs::write(path, &self.svg)
    }

    /// Shows the figure in a notebook; evcxr calls it for the last expression of a cell. Exports to PDF take the SVG.
    pub fn evcxr_display(&self) {
        display::show(&[("text/html", &self.html()), ("image/svg+xml", &self.svg), ("text/plain", &self.summary)]);
    }
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

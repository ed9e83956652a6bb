//! A finished picture, with its text.

use std::{fmt, fs, io, path::Path};

/// A picture as SVG, and the numbers drawn as text.
///
/// As the last expression of a cell it shows the picture in Jupyter and leaves the text in `text/plain`.
#[derive(Clone, PartialEq)]
#[must_use]
pub struct Figure {
    pub(crate) svg: String,
    pub(crate) summary: String,
}

impl Figure {
    /// The picture: one self-contained `<svg>` element with a title and a description.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The numbers drawn, line by line: title, axes, and per series its count, first, last, lowest and highest values.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// Writes the picture to an `.svg` file.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        fs::write(path, &self.svg)
    }

    /// Shows the figure in a notebook; evcxr calls it for the last expression of a cell.
    pub fn evcxr_display(&self) {
        display::show(&[("text/html", &self.svg), ("text/plain", &self.summary)]);
    }
}

/// What evcxr falls back to when a cell's last expression takes a variable away, so that it cannot call
/// [`Figure::evcxr_display`].
impl fmt::Debug for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{}", self.summary, display::MOVED)
    }
}

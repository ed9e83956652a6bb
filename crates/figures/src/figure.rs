//! A finished picture, with its text.

use std::{fmt, fs, io, path::Path};

/// A picture as SVG, and the numbers drawn as text.
///
/// As the last expression of a cell it shows the picture in Jupyter and leaves the text in `text/plain`.
#[derive(Clone, PartialEq)]
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
        show("text/html", &self.svg);
        show("text/plain", &self.summary);
    }
}

/// What evcxr falls back to when a cell's last expression takes a variable away, so that it cannot call
/// [`Figure::evcxr_display`].
impl fmt::Debug for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{TEXT_ONLY}", self.summary)
    }
}

pub(crate) const TEXT_ONLY: &str = "(Text only. In a notebook this means that the last expression took a variable away: pass `&name` or `name.clone()`.)";

/// Hands one block of content to evcxr.
pub(crate) fn show(mime: &str, content: &str) {
    println!("EVCXR_BEGIN_CONTENT {mime}\n{}\nEVCXR_END_CONTENT", content.trim_end());
}

/// Text as it may stand in XML, in an attribute or between tags.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

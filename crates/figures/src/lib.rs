//! Figures and tables that a notebook cell makes in one line.
//!
//! - [`lines`]: curves, each a [`Series`], on a linear or logarithmic [`Axis`].
//! - [`contours`]: the loss of two parameters, with the paths of several descents, and a [`Mark`] at points with a name;
//!   [`side_by_side`]: two of them.
//! - [`rms`]: the size of each gradient, and σᵗ, their root mean square so far.
//! - [`Table`]: numbers in columns.
//!
//! Each gives a [`Figure`] (or a [`Table`]), which evcxr shows twice: as a picture for the reader, and as a text with the
//! numbers drawn, for a test and for a reader who cannot see the picture. The same input gives the same bytes.
//!
//! Inside: what is drawn (`series`, `levels`) goes onto a frame (`chart`, `marks`, with `axis` and `polyline`), the frames
//! onto a sheet (`figure`), and the sheet becomes SVG (`svg`).
//!
//! Nothing here knows an update rule: the page computes, the figure shows. Input that cannot be drawn panics with one
//! sentence that names the series; a series that diverges is drawn as far as it goes, and the figure says so.
//!
//! ```
//! use figures::{Axis, Series, lines};
//!
//! let decay = Series::function("η/√(t+1)", 0.0, 20.0, &|t| 1.0 / (t + 1.0).sqrt());
//! let figure = lines("Two rates", Axis::linear("update t"), Axis::log("rate"), &[decay, Series::new("η", [1.0; 21])]);
//! assert!(figure.summary().starts_with("figure: Two rates\n"));
//! assert!(figure.svg().starts_with("<svg "));
//! ```

mod axis;
mod chart;
mod figure;
mod levels;
mod marks;
mod pictures;
mod polyline;
mod series;
mod svg;
mod table;

pub use axis::Axis;
pub use figure::Figure;
pub use pictures::{contours, lines, rms, side_by_side};
pub use series::{Mark, Series};
pub use table::{Cell, Table};

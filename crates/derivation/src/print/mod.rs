//! How a line is printed: as text and as LaTeX.

mod latex;
mod text;

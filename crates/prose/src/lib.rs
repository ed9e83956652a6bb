//! Every number in a sentence is proved.
//!
//! What a cell shows, a kernel proves. What the Markdown around it says, this crate proves, without a kernel and in
//! milliseconds: that each number is one that a cell shows or types, or the value of arithmetic beside it.
//!
//! - [`Document::parse`]: a notebook or a Markdown file as cells;
//! - [`Page`]: what a notebook's cells type and show, and [`Page::findings`], the numbers of its sentences that they do
//!   not prove;
//! - [`formula::findings`]: formulae that do not parse; [`link::findings`]: links that lead nowhere, pictures without
//!   words; [`example::findings`]: numbers that an example in a doc comment prints and does not assert;
//! - [`Finding`]: what is wrong, with its file, cell and heading.
//!
//! ```
//! use prose::{Document, Givens, Page};
//!
//! let page = r#"{"cells": [
//!     {"id": "root", "cell_type": "code", "source": "println!(\"{:.4}\", 12.5_f64.sqrt());",
//!      "outputs": [{"name": "stdout", "text": "3.5355\n"}]},
//!     {"id": "note", "cell_type": "markdown", "source": "Half of $9 + 16 = 25$ has the root 3.54, not 3.53."}
//! ]}"#;
//! let document = Document::parse("notebooks/page.ipynb".as_ref(), page).unwrap();
//! let findings = Page::new(&document, &Givens::new(), &[]).findings();
//! let subjects: Vec<&str> = findings.iter().map(|finding| &finding.subject[..]).collect();
//! assert_eq!(subjects, ["3.53"]);
//! ```
//!
//! # What proves a number
//!
//! A number is to be proved if it has a point, an exponent or three digits; the rest are steps, exponents and counts. It
//! is proved by
//!
//! - a number in a cell's code (not in its comments), its stdout or its text/plain, rounded to the digits shown; of a
//!   figure's summary all but its axes, contour lines and counts of points;
//! - an equation in the text that holds, like `9 + 16 = 25`;
//! - in an exercise's question: the numbers that its check is made of, [`Givens`], and nothing else;
//! - a phrase in the list of names, which says why.
//!
//! *About 320* is 323, *more than 300* is 352; without such a word only the digits shown may differ from the value.
//! Short numbers stand somewhere on every page. So one that the page would also prove with two or more
//! other last digits counts only if the code cell before or after it shows this very number, not rounded.

mod arithmetic;
mod claim;
mod document;
pub mod example;
mod finding;
pub mod formula;
pub mod link;
mod markdown;
mod page;
mod token;

pub use claim::other_digit;
pub use document::{Cell, Document};
pub use finding::Finding;
pub use page::{Givens, Page, last_digits};

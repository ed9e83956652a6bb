//! What a value shows in a notebook: blocks of several mime types, escaped text, raised digits, numbers as people write them.
//!
//! One place for all crates that show something. It knows nothing of what is shown.
//!
//! - [`show`]: a value's text and its richer forms, as evcxr reads them from standard output.
//! - [`escape`]: text as it may stand in XML and HTML.
//! - [`number`], [`typeset`]: six significant digits, for a text and for a picture.
//! - [`superscript`], [`subscript`]: `-7` as `⁻⁷`.

mod block;
mod number;
mod script;

pub use block::{MOVED, blocks, escape, show};
pub use number::{number, power_of_ten, scientific, typeset};
pub use script::{subscript, superscript};

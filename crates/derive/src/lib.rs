//! σᵗ step by step from words and numbers, every line checked before it is printed: the command `derive`, and what the
//! book's playground shares with it.
//!
//! - [`run`] prints on a [`Page`] what the command prints for these words, [`print()`] for [`Arguments`];
//! - [`Arguments`]: what was asked for; [`Source`]: the gradients; [`number`]: one number, or why it is none.
//!
//! ```
//! use derive::{Page, run};
//!
//! let mut page = Page::new(Vec::new());
//! run(["--last", "3", "4"].map(Into::into), &mut page).unwrap();
//! assert!(String::from_utf8(page.out).unwrap().ends_with("≈ 3.53553                    take the root\n"));
//!
//! let refused = run(["3", "x"].map(Into::into), &mut Page::new(Vec::new())).unwrap_err();
//! assert_eq!(refused.to_string(), "gradient 2, \"x\", is not a number");
//! ```

mod arguments;
mod gradients;
mod printing;

pub use arguments::{Arguments, Format};
pub use gradients::{Source, number, quoted};
pub use printing::{Page, Stop, print, run};

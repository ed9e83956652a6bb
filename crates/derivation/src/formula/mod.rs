//! Formulae as data: a small tree that can be evaluated and printed.
//!
//! The functions and the operators `+ − * /` build it, so that a formula in the code reads as it does on the slide:
//!
//! ```
//! use derivation::formula::*;
//! let sigma = sqrt(int(1) / (t() + int(1)) * sum_of_squares(0, Index::T));
//! assert_eq!(sigma.to_string(), "√( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² )");
//! ```

mod build;
mod number;
mod tree;

pub use build::*;
pub(crate) use number::Number;
pub(crate) use tree::Form;
pub use tree::{Expr, Index};

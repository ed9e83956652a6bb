//! Derivations as data: σᵗ step by step, the root that cancels, the two readings of "larger gradient".
//!
//! A [`Derivation`] is a subject and a chain of [`Line`]s, each with its reason. One source prints plain text, LaTeX and
//! Markdown, and [`Derivation::verify`] evaluates every line: what is printed has been checked.
//!
//! ```
//! let steps = derivation::sigma(&[3.0, 4.0]);
//! steps.verify().unwrap();
//! assert_eq!(steps.last().to_string(), "\
//! σ¹ = √( ½ [ (g⁰)² + (g¹)² ] )   the root mean square of the gradients so far
//!    = √( ½ [ (3)² + (4)² ] )     put in the gradients
//!    = √( ½ (9 + 16) )            square each
//!    = √( ½ · 25 )                add
//!    = √12.5                      divide: the mean
//!    ≈ 3.53553                    take the root");
//! ```
//!
//! - The slides' derivations: [`sigma`] and [`adagrad`] with anybody's numbers, as [`Steps`], one [`Step`] for each
//!   gradient, or gradient by gradient with [`Running`]; [`sigma_symbolic`], [`cancelling_root`], [`current_gradient`],
//!   [`past_gradient`].
//! - A derivation of one's own: the functions of [`formula`] build each line, an [`Expr`]; [`Derivation::new`] and
//!   [`Derivation::then`] chain them; a wrong line is a [`Mismatch`] that names both lines and both values.
//! - [`Env`]: the numbers that the letters stand for.
//!
//! What is deliberately absent: simplification. A derivation is written by a person; the crate prints it and checks it.

mod chain;
mod decimal;
pub mod formula;
mod notebook;
mod print;
mod slides;
mod value;

pub use chain::{Derivation, Line, Mismatch, Relation};
pub use formula::Expr;
pub use slides::{Running, Step, Steps, adagrad, cancelling_root, cancelling_root_of};
pub use slides::{current_gradient, past_gradient, sigma, sigma_symbolic};
pub use update_rules::Schedule;
pub use value::{Env, Undefined};

//! Derivations as data: σᵗ step by step, the root that cancels, the two readings of "larger gradient".
//!
//! A [`Derivation`] is a subject and a chain of lines, each with its reason. One source prints plain text, LaTeX and Markdown,
//! and [`Derivation::check`] evaluates every line: what is printed has been checked.
//!
//! | file | idea |
//! |---|---|
//! | `sigma.rs` | σᵗ and wᵗ⁺¹ with anybody's numbers, and σᵗ in symbols (S3.1 to S3.4) |
//! | `cancel.rs` | the √(t+1) cancels (S4.1, S4.2) |
//! | `contradiction.rs` | larger gradient, larger step; larger past, smaller step (S5) |
//! | `derivation.rs` | a chain of lines, and its check |
//! | `expr.rs` | formulae as data |
//! | `eval.rs`, `env.rs` | their values and derivatives under given numbers |
//! | `ball.rs` | a bound on the error of 40 digits |
//! | `number.rs` | numbers as a person writes them |
//! | `text.rs`, `latex.rs`, `written.rs` | how a line is printed |
//! | `notebook.rs` | how a notebook cell shows it |
//!
//! ```
//! let steps = derivation::sigma(&[3.0, 4.0, 12.0]);
//! steps.verify().unwrap();
//! assert_eq!(
//!     steps.at(1).to_string(),
//!     "\
//! σ¹ = √( ½ [ (g⁰)² + (g¹)² ] )   the root mean square of the gradients so far
//!    = √( ½ [ (3)² + (4)² ] )     put in the gradients
//!    = √( ½ (9 + 16) )            square each
//!    = √( ½ · 25 )                add
//!    = √12.5                      divide: the mean
//!    ≈ 3.53553                    take the root",
//! );
//! ```
//!
//! What is deliberately absent: simplification. A derivation is written by a person; the crate prints it and checks it.

mod ball;
mod cancel;
mod contradiction;
mod derivation;
mod env;
mod eval;
pub mod expr;
mod latex;
mod notebook;
mod number;
mod sigma;
mod text;
mod written;

pub use cancel::{cancelling_root, cancelling_root_of};
pub use contradiction::{current_gradient, past_gradient};
pub use derivation::{Derivation, Line, Mismatch, Relation, TOLERANCE};
pub use env::Env;
pub use eval::Undefined;
pub use expr::Expr;
pub use number::Number;
pub use sigma::{Running, Step, Steps, adagrad, sigma, sigma_symbolic};
pub use update_rules::Schedule;

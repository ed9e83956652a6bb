//! Values of formulae under given numbers, with a bound on their error.

mod ball;
mod dual;
mod env;
mod eval;
mod gradients;
mod rate;

pub use dual::Undefined;
pub use env::Env;
pub(crate) use gradients::Gradients;
pub(crate) use rate::{assert_valid, over_root, rate};

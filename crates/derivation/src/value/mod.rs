//! Values of formulae under given numbers, with a bound on their error.

mod env;
mod eval;
mod gradients;
mod interval;
mod rate;
mod slope;

pub use env::Env;
pub use eval::Undefined;
pub(crate) use gradients::Gradients;
pub(crate) use rate::{over_root, rate, scheduled};

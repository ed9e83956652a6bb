//! Values of formulae under given numbers, with a bound on their error.

mod dual;
mod env;
mod eval;
mod gradients;
mod interval;
mod rate;

pub use env::Env;
pub(crate) use gradients::{Gradient, Gradients};
pub use interval::Undefined;
pub(crate) use rate::{over_root, rate, scheduled, step_size};

//! Values of formulae under given numbers, with a bound on their error.

mod ball;
pub(crate) mod env;
mod eval;

pub use env::Env;
pub use eval::Undefined;

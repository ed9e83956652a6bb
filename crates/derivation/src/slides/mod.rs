//! The derivations of the slides.

mod cancel;
mod contradiction;
mod sigma;

pub use cancel::{cancelling_root, cancelling_root_of};
pub use contradiction::{current_gradient, past_gradient};
pub use sigma::{Running, Step, Steps, adagrad, sigma, sigma_symbolic};

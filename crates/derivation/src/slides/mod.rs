//! The derivations of the slides.

mod cancel;
mod contradiction;
mod running;
mod sigma;
mod steps;

pub use cancel::{cancelling_root, cancelling_root_of};
pub use contradiction::{current_gradient, past_gradient};
pub use running::Running;
pub use sigma::{adagrad, sigma, sigma_symbolic};
pub use steps::{Step, Steps};

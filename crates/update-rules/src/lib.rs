//! wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ: the update rules of the slides, over ndarray arrays of any dimension.
//!
//! One file per idea, in the slides' order:
//!
//! | file | idea |
//! |---|---|
//! | `schedule.rs` | ηᵗ, the learning rate at step t (S1.1, S1.3) |
//! | `vanilla.rs` | vanilla gradient descent (S2.3) |
//! | `adagrad.rs` | Adagrad (S2.4, S3.1 to S4.2) |
//! | `convention.rs` | the same rule as libraries write it |
//! | `descent.rs` | the loop: gradient, step, again |
//! | `problem.rs` | functions to descend on, with their gradients (S2.2) |
//! | `sweep.rs` | one pass over memory: instruction sets and threads |
//!
//! The three steps of slide S3, by hand: gradients 3, 4 and 12 have the sums of squares 9, 25 and 169.
//!
//! ```
//! use ndarray::array;
//! use update_rules::{Adagrad, Schedule};
//!
//! let mut w = array![0.0];
//! let mut rule = Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &w);
//! for g in [array![3.0], array![4.0], array![12.0]] {
//!     rule.step(&g, &mut w);
//!     println!("{w:.4}");
//! }
//! // [-1.0000]    0 − 3/3
//! // [-1.8000]    … − 4/5
//! // [-2.7231]    … − 12/13
//! # assert_eq!(format!("{w:.4}"), "[-2.7231]");
//! ```
//!
//! What is deliberately absent: momentum, builders, an ε where the slides have none, printing, and fused
//! multiply-add, so that a result has the same bits on every CPU.

mod adagrad;
mod convention;
mod descent;
mod problem;
mod schedule;
mod sweep;
mod vanilla;

pub use adagrad::Adagrad;
pub use convention::{Convention, Divisor};
pub use descent::{Descent, NotFinite, Rule, Step, run};
pub use problem::{LinearRegression, Parabola, Quadratic, eigenvalues};
pub use schedule::Schedule;
pub use vanilla::Vanilla;

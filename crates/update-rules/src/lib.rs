//! wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ: the update rules of the slides and two that follow from them, over ndarray arrays of any
//! dimension.
//!
//! - [`Schedule`]: ηᵗ, the learning rate at step t (S1.1, S1.3).
//! - [`Vanilla`]: vanilla gradient descent (S2.3).
//! - [`Adagrad`]: Adagrad, step by step and simplified (S2.4, S3.1 to S4.2); [`Convention`]: as libraries write it.
//! - [`RmsProp`] and [`Adam`]: the same step over a moving mean; page 10 shows how near they stand.
//! - [`Rule`]: what all are, and a rule of your own is; [`Update`]: what it subtracts.
//! - [`run`]: many steps in place; [`Descent`] and [`descend`]: the same, one [`Step`] at a time with all its numbers;
//!   [`on_gradients`]: steps on gradients that are given. All stop at the first number that is [`NotFinite`].
//! - [`Parabola`], [`Quadratic`], [`LinearRegression`]: losses to descend on, with their gradients (S2.2); the last two
//!   have a Hessian, and it has [`eigenvalues`].
//!
//! The three steps of slide S3, by hand: gradients 3, 4 and 12 have the sums of squares 9, 25 and 169.
//!
//! ```
//! use update_rules::{Adagrad, Schedule, ndarray::array};
//!
//! let mut w = array![0.0];
//! let mut rule = Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &w);
//! rule.step(&array![3.0], &mut w);
//! assert_eq!(format!("{w:.4}"), "[-1.0000]"); // 0 − 3/3
//! rule.step(&array![4.0], &mut w);
//! assert_eq!(format!("{w:.4}"), "[-1.8000]"); // … − 4/5
//! rule.step(&array![12.0], &mut w);
//! assert_eq!(format!("{w:.4}"), "[-2.7231]"); // … − 12/13
//! ```
//!
//! Parameters that live in a `Vec`, or anywhere else, are stepped through views:
//!
//! ```
//! use update_rules::Adagrad;
//! use update_rules::ndarray::{ArrayView1, ArrayViewMut1};
//!
//! let (mut w, g) = (vec![1.0, 1.0], vec![3.0, 0.0]);
//! let mut w = ArrayViewMut1::from(&mut w);
//! Adagrad::simplified(0.5, &w).step(&ArrayView1::from(&g), &mut w);
//! assert_eq!(w.to_vec(), [0.5, 1.0]);
//! ```
//!
//! Rules of several kinds in one list are `Box<dyn Rule<f64, Ix1>>`, as [`Rule`] shows; a run that is to go on later
//! saves the rule's public fields and makes the rule anew, as [`Adagrad`] shows. With the feature `threads` large steps
//! run on all cores.
//!
//! # Which rule when
//!
//! - [`Vanilla`] where one rate suits all parameters: it needs no memory, and a well chosen η.
//! - [`Adagrad`] for sparse derivatives, for sizes that differ, and where the run must settle: each rate only falls, in
//!   step with what its own parameter has seen, and no step exceeds η.
//! - [`RmsProp`] where the target moves, or derivatives that were large once are small for good: it forgets them. So its
//!   rates do not fall by themselves, and a rare, large derivative is forgotten too.
//! - [`Adam`] where derivatives are noisy besides: it averages them also, and its first step is η.
//!
//! # To add a rule, a schedule
//!
//! A rule is a file with a struct of hyper-parameters and state, its arithmetic for one parameter (in `step` of
//! `adagrad.rs`, two lines), and `impl Rule`, whose update is that step made from zero (a rule that reads w says its update
//! alone). Add it to `Kind`, `cases` and `new` of `tests/rules/main.rs`: what holds for all rules is tested there, and the
//! compiler asks for the rest.
//!
//! A schedule begins at η, never rises, stays above 0, and is n/√d of exact decimals: tests and derivations need that. It is
//! a variant of [`Schedule`]: the compiler asks for its formula, its name, its derivation, and how `derive` shows its η. Add
//! it to [`Schedule::all`], which tests go through, to derivation's `random.rs`, and where a reader chooses one:
//! `arguments.rs` and `help.txt` of derive, `schedules.rs` and `read.rs` (numbers to refuse) of playground, `widgets.rs` of
//! book.
//!
//! What is deliberately absent: builders, an ε where the slides have none, printing, and fused multiply-add, so that a
//! result has the same bits on every CPU.

/// The program in the README runs.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

mod adagrad;
mod adam;
mod convention;
mod descent;
mod loss;
mod rms_prop;
mod rule;
mod schedule;
mod sweep;
mod vanilla;

pub use adagrad::Adagrad;
pub use adam::Adam;
pub use convention::Convention;
pub use descent::{Descent, NotFinite, Step, descend, on_gradients, run};
pub use loss::{LinearRegression, Parabola, Quadratic, eigenvalues};
pub use ndarray;
pub use rms_prop::RmsProp;
pub use rule::{Rule, Update};
pub use schedule::Schedule;
pub use vanilla::Vanilla;

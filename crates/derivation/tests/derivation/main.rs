//! The crate from outside, in one binary.
//!
//! | file | what it shows |
//! |---|---|
//! | `check.rs` | every line equals its neighbours; the results equal those of `update-rules` |
//! | `values.rs` | the values of formulae and their derivatives |
//! | `traps.rs` | the same check refuses the wrong formulae of real notes |
//! | `reading.rs` | the printed text, read back, has the values that were checked |
//! | `snapshots.rs` | the text as a reader sees it |
//! | `forms.rs` | how each form of formula is printed |
//! | `latex.rs` | a real parser accepts the LaTeX |
//! | `random.rs` | random gradients and schedules |
//! | `notebook.rs` | what a notebook cell shows |

mod check;
mod forms;
mod latex;
mod notebook;
mod random;
mod reading;
mod snapshots;
mod traps;
mod values;

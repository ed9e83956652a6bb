//! Checks a student's answer, and recognises the known mistakes.
//!
//! A page asks, the student's cell ends in [`check`], and the [`Verdict`] says yes, or no with a hint, or that no answer
//! is there yet.
//!
//! ```
//! println!("{}", exercises::check("S3.2", Some(7.0711)));
//! // ✓ S3.2: right. √( ½ [36 + 64] ) = √50.
//! println!("{}", exercises::check("S3.2", Some(10.0)));
//! // ✗ S3.2: not yet. That is the root of the SUM, √(36 + 64). σ¹ is the root of the MEAN: divide the sum by 2 first.
//! println!("{}", exercises::check("S3.2", None::<f64>));
//! // … S3.2: no answer yet.
//!
//! fn sigma(g: &[f64]) -> f64 {
//!     g.iter().map(|g| g * g).sum::<f64>() / g.len() as f64
//! }
//! println!("{}", exercises::check("S3.4", sigma));
//! // ✗ S3.4: not yet. That is the mean of the squares: its root is missing.
//! # assert!(exercises::check("S3.2", Some(7.0711)).is_right());
//! # assert!(exercises::check("S3.2", Some(10.0)).to_string().contains("root of the SUM"));
//! # assert!(exercises::check("S3.2", None::<f64>).to_string().ends_with("no answer yet."));
//! # assert!(exercises::check("S3.4", sigma).to_string().contains("its root is missing"));
//! ```
//!
//! | file | idea |
//! |---|---|
//! | `answer.rs` | what an answer may be: a number, several, yes or no, a formula as a function |
//! | `verdict.rs` | what comes back, as text and as HTML |
//! | `exercise.rs` | an exercise as data, and how an answer is compared with it |
//! | `formulae.rs` | the slides' formulae, by `update-rules` |
//! | `s1.rs` … `s5.rs` | the exercises, one file per slide |
//!
//! # To add an exercise
//!
//! Add an `Exercise` to the list in its slide's file. Its id is the slide's, with a letter for a second one of the same
//! item: `S3.2`, `S3.2b`. Compute `right` with a function of `formulae.rs`; give each known mistake as the wrong
//! formula's value (or the wrong formula itself, where a function is asked) and its hint. Whatever is asked is compared
//! as a list of numbers: functions are tried on the inputs in `answer.rs`. The tests of this crate then demand, from the
//! data alone, that the right answer passes, also rounded to four digits, and that no two mistakes look alike. Where two
//! mistakes give the same number, as η/(t+1) does when a root is taken twice, one hint must speak of both.

mod answer;
mod exercise;
mod formulae;
mod s1;
mod s2;
mod s3;
mod s4;
mod s5;
mod verdict;

pub use answer::{Answer, IntoAnswer};
pub use verdict::Verdict;

/// Compares an answer with the exercise of that id.
///
/// The answer is a number, several numbers (an array, a `Vec` or an `Array1`), a `bool`, one of these in an `Option`, or
/// a function; [`IntoAnswer`] lists them. `None` and NaN mean that there is no answer yet.
///
/// ```
/// use exercises::check;
///
/// fn rate(eta: f64, t: usize) -> f64 {
///     eta / (t as f64 + 1.0).sqrt()
/// }
/// assert!(check("S1.3b", rate).is_right());
/// assert!(check("S1.4", [0.5, 0.02]).is_right());
/// assert_eq!(check("S1.4", Some(0.5)).to_string(), "✗ S1.4 asks for 2 numbers; this is one number.");
/// ```
pub fn check<Kind>(id: &str, answer: impl IntoAnswer<Kind>) -> Verdict {
    let answer = answer.into_answer();
    match all().into_iter().find(|exercise| exercise.id == id) {
        Some(exercise) => exercise.judge(&answer),
        None => Verdict::wrong(format!("There is no exercise {id:?}. These are there: {}.", ids().join(", "))),
    }
}

/// The ids of all exercises, in the slides' order.
///
/// ```
/// assert!(exercises::ids().contains(&"S3.2"));
/// ```
pub fn ids() -> Vec<&'static str> {
    all().iter().map(|exercise| exercise.id).collect()
}

fn all() -> Vec<exercise::Exercise> {
    [s1::all(), s2::all(), s3::all(), s4::all(), s5::all()].into_iter().flatten().collect()
}

//! Checks a student's answer, recognises the known mistakes, and shows a solution to whoever is stuck.
//!
//! A page asks, the student's cell ends in [`check`], and the [`Verdict`] says yes, or no with a hint, or that no answer
//! is there yet.
//!
//! ```
//! use exercises::check;
//!
//! assert_eq!(check("S3.2", Some(7.0711)).to_string(), "✓ S3.2: right. √( ½ [36 + 64] ) = √50.");
//! assert_eq!(
//!     check("S3.2", Some(10.0)).to_string(),
//!     "✗ S3.2: not yet. Your σ¹ is the root of the SUM, √(36 + 64), not of the MEAN: divide the sum by 2 first.",
//! );
//! assert_eq!(check("S3.2", None::<f64>).to_string(), "… S3.2: no answer yet.");
//!
//! fn sigma(g: &[f64]) -> f64 {
//!     g.iter().map(|g| g * g).sum::<f64>() / g.len() as f64
//! }
//! let verdict = check("S3.4", sigma).to_string();
//! assert_eq!(verdict, "✗ S3.4: not yet. Your σᵗ is the mean of the squares: its root is missing.");
//! ```
//!
//! - [`check`] compares an answer with an exercise; [`ids`] lists the exercises.
//! - [`IntoAnswer`] is what may be given as an answer, [`Verdict`] what comes back, as text and as HTML.
//! - [`solution`] is how the right answer is found, line by line, as text and as formulae.
//!
//! # To add an exercise
//!
//! Say, a second one on S3.2, so `S3.2b`.
//!
//! 1. Ask it in the page, `notebooks/03-sigma-step-by-step.ipynb`: below the last exercise, a Markdown cell that begins
//!    with `**S3.2b.**`, and a code cell that runs as it is:
//!    ```text
//!    let answer: Option<f64> = None;
//!    exercises::check("S3.2b", answer)
//!    ```
//!    Where a function is asked for, write `fn name(g: &[f64]) -> f64 {`, `f64::NAN // your formula here`, `}` instead of
//!    the first line.
//! 2. In its page's file, `src/s3.rs`, add a row to `ALL`, such as `"S3.2b": second([-4.0, 7.0]),` with the question's
//!    numbers, and the function that it names: it takes them and returns an `Exercise`. `asked` computes the right answer
//!    from them: a quantity of the slides' `Rule` and its derivation, such as `one(Rule::sigma, worked::sigma, …)`, or
//!    `answer(…, [computed(…)])` for anything else. A `Rule` brings the known mistakes of `src/mistakes.rs` along; `own` are
//!    the wrong answers that only this exercise has. The derivations are its solution. A function that is asked for
//!    stands as `pub fn` in `src/functions.rs` too, below a line `// S3.2b`, and in `functions!` of `src/solution/tests.rs`;
//!    a number of the question that no derivation uses goes to `NOT_NEEDED` there. (Pages 06 to 10 have `beyond.rs`,
//!    `demo.rs`, `libraries.rs`, `sparse.rs`, `memory.rs`. A new page needs a file, and its `ALL` in `all` below.)
//! 3. `cargo test -p exercises` takes seconds. From the data alone it demands that the question stands in the page with
//!    exactly these numbers, that the right answer passes, also rounded to four digits, that no wrong answer looks like
//!    another or like the right one, and that the solution has the question's numbers and leads to the right answer. The
//!    numbers within `because`, `begin` and the hints it does not compute: read them again when you change the question.
//! 4. `just render 03` runs the page; `just review` shows what has changed in it and accepts it; then `just test`.
//!
//! A mistake that people make in many exercises is a row in `src/mistakes.rs`: one part of the rule, and a hint.

mod answer;
mod asked;
mod beyond;
mod demo;
mod exercise;
#[cfg(test)]
mod functions;
mod libraries;
mod memory;
mod mistakes;
mod panics;
mod prelude;
mod rule;
mod s1;
mod s2;
mod s3;
mod s4;
mod s5;
mod solution;
mod sparse;
#[cfg(test)]
mod tests;
mod verdict;
mod worked;

pub use answer::{Answer, IntoAnswer};
use exercise::{Exercise, Listed};
pub use solution::Solution;
use verdict::Outcome;
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
    match find(id) {
        Ok(exercise) => exercise.judge(id, &answer.into_answer()),
        Err(unknown) => Outcome::Wrong.because(unknown),
    }
}

/// How the right answer to the exercise of that id is found, line by line, in derivations that have been checked.
///
/// ```
/// assert_eq!(exercises::solution("S1.3").to_string(), "\
/// ηᵗ = η/√(t+1):
/// 6 / √( 8 + 1 )
///   = 6/3   add and take the root
///   = 2     divide
///
/// S1.3: 2. 6/√9 = 6/3.");
/// ```
pub fn solution(id: &str) -> Solution {
    match find(id) {
        Ok(exercise) => Solution::of(id, exercise),
        Err(unknown) => Solution { derivations: Vec::new(), end: unknown },
    }
}

/// The numbers of each exercise's question, in its order, from which the right answer is computed; by id.
///
/// A page whose question has other numbers asks for something else than is checked: a test compares them.
///
/// ```
/// assert_eq!(exercises::given()["S3.2"], [6.0, -8.0]);
/// ```
#[must_use]
pub fn given() -> std::collections::BTreeMap<String, Vec<f64>> {
    all().map(|listed| (listed.id.to_string(), listed.given.to_vec())).collect()
}

/// The ids of all exercises, in the slides' order, and then those of the pages beyond them, 06 to 10.
///
/// ```
/// assert!(exercises::ids().contains(&"S3.2"));
/// ```
#[must_use]
pub fn ids() -> Vec<&'static str> {
    all().map(|listed| listed.id).collect()
}

/// Or which there are.
fn find(id: &str) -> Result<Exercise, String> {
    let unknown = || format!("There is no exercise {id:?}. These are there: {}.", ids().join(", "));
    all().find(|listed| listed.id == id).map(|listed| (listed.exercise)()).ok_or_else(unknown)
}

fn all() -> impl Iterator<Item = &'static Listed> {
    [s1::ALL, s2::ALL, s3::ALL, s4::ALL, s5::ALL, beyond::ALL, demo::ALL, libraries::ALL, sparse::ALL, memory::ALL]
        .into_iter()
        .flatten()
}

//! An exercise as data, and how an answer is compared with it.

use crate::answer::{Answer, Kind};
use crate::asked::{Asked, Wrong};
use crate::verdict::{Outcome, Verdict};
use display::number;

/// An exercise in the list of its page, which [`exercises!`] makes.
pub(crate) struct Listed {
    /// The slide's id, with a letter for a second exercise on the same item.
    pub id: &'static str,
    /// The numbers in the page's question, in its order, without step indices.
    pub given: &'static [f64],
    pub exercise: fn() -> Exercise,
}

/// What a page's question asks, and what is said to an answer.
pub(crate) struct Exercise {
    pub asked: Asked,
    /// What is said with "right": the numbers written out.
    pub because: &'static str,
    /// The hint for a wrong answer that nobody foresaw: where to begin.
    pub begin: &'static str,
    /// Wrong answers that only this exercise has, or of which it can tell more than the known mistakes do.
    pub own: Vec<Wrong>,
}

/// Rows of `id: function([the numbers in the page's question])`.
macro_rules! exercises {
    ($($id:literal: $exercise:ident($given:expr),)*) => {
        &[$(Listed { id: $id, given: &$given, exercise: || $exercise($given) }),*]
    };
}
pub(crate) use exercises;

/// Rows of `a wrong answer, as a student could give it => hint`.
macro_rules! wrong {
    ($($answer:expr => $hint:literal,)*) => {
        vec![$($crate::asked::wrong($answer, $hint)),*]
    };
}
pub(crate) use wrong;

/// Four significant digits: the last one of 1.001 is worth a thousandth.
pub(crate) const ROUNDED: f64 = 1e-3;
/// Three digits.
const ROUGH: f64 = 1e-2;
/// What another order of operations may cost.
pub(crate) const COMPUTED: f64 = 1e-9;

impl Exercise {
    pub fn judge(&self, id: &str, given: &Answer) -> Verdict {
        let (kind, values, right) = (given.kind, &given.values, &self.asked.right);
        if given.panic.is_none() && values.iter().all(|x| x.is_nan()) {
            return Outcome::Unanswered.because(format!("{id}: no answer yet."));
        }
        if kind != right.kind {
            let (asked, this) = (right.kind.in_words(), kind.in_words());
            return Outcome::Wrong.because(format!("{id} asks for {asked}; this is {this}."));
        }
        if let Some(message) = &given.panic {
            return self.unforeseen(id, kind, values.len(), &format!(" your function panicked ({message})"));
        }
        let tolerances: &[f64] = if kind.is_typed() { &[ROUNDED, ROUGH] } else { &[COMPUTED] };
        for &tolerance in tolerances {
            if same(values, &right.values, tolerance) {
                return match tolerance {
                    ROUGH => Outcome::Wrong.because(format!("{id}: nearly. Give four digits.")),
                    _ => Outcome::Right.because(format!("{id}: right. {}", self.because)),
                };
            }
            if let Some(hint) = self.foreseen(values, tolerance) {
                return Outcome::Wrong.because(format!("{id}: not yet. {hint}"));
            }
        }
        let differs = |&i: &usize| !same(&values[i..=i], &right.values[i..=i], tolerances[0]);
        let i = (0..values.len()).find(differs).expect("some number differs");
        let found = match (kind.is_typed(), number(values[i])) {
            (true, _) if values[i].is_nan() => " is still missing".into(),
            (true, x) => format!(", {x}, is not right"),
            (false, x) => format!(" your function gives {x}"),
        };
        self.unforeseen(id, kind, i, &found)
    }

    /// The exercise's own hint; else those of the known mistakes that give these values.
    fn foreseen(&self, values: &[f64], tolerance: f64) -> Option<String> {
        let is_it = |wrong: &&Wrong| same(values, &wrong.answer.values, tolerance);
        let known = || self.asked.known.iter().filter(is_it).take(2).collect();
        let wrong = self.own.iter().find(is_it).map_or_else(known, |own| vec![own]);
        let hints: Vec<&str> = wrong.iter().map(|wrong| &wrong.hint[..]).collect();
        (!hints.is_empty()).then(|| hints.join(" Or: "))
    }

    /// What is wrong with value `i`, and where to begin.
    fn unforeseen(&self, id: &str, kind: Kind, i: usize, found: &str) -> Verdict {
        let found = kind.place(i).map_or(String::new(), |place| format!("; {place}{found}"));
        Outcome::Wrong.because(format!("{id}: not yet{found}. {}", self.begin))
    }
}

/// Whether the numbers agree, each relative to the second one; NaN agrees with NaN.
pub(crate) fn same(given: &[f64], wanted: &[f64], tolerance: f64) -> bool {
    let agree = |(&x, &y): (&f64, &f64)| {
        x == y || (x.is_nan() && y.is_nan()) || (y.is_finite() && (x - y).abs() <= tolerance * y.abs() + 1e-12)
    };
    given.len() == wanted.len() && given.iter().zip(wanted).all(agree)
}

//! An exercise as data, and how an answer is compared with it.

use crate::answer::{Answer, IntoAnswer};
use crate::verdict::Verdict;

pub(crate) struct Exercise {
    /// The slide's id, with a letter for a second exercise on the same item.
    pub id: &'static str,
    /// The right answer, computed.
    pub right: Answer,
    /// What is said with "right": the numbers written out.
    pub because: &'static str,
    /// The hint for a wrong answer that is no known mistake: where to begin.
    pub begin: &'static str,
    /// The known mistakes.
    pub mistakes: Vec<Mistake>,
}

pub(crate) struct Mistake {
    pub answer: Answer,
    pub hint: &'static str,
}

/// The right answer, from anything that a student could have given.
pub(crate) fn answer<K>(answer: impl IntoAnswer<K>) -> Answer {
    answer.into_answer()
}

/// A wrong answer, from anything that a student could have given, and its hint.
pub(crate) fn mistake<K>(answer: impl IntoAnswer<K>, hint: &'static str) -> Mistake {
    Mistake { answer: answer.into_answer(), hint }
}

impl Exercise {
    pub fn judge(&self, given: &Answer) -> Verdict {
        let (id, values, right) = (self.id, given.values(), self.right.values());
        if values.iter().all(|x| x.is_nan()) {
            return Verdict::unanswered(id);
        }
        if given.kind() != self.right.kind() {
            let (asked, this) = (self.right.kind(), given.kind());
            return Verdict::wrong(format!("{id} asks for {asked}; this is {this}."));
        }
        let tolerance = if given.is_typed() { ROUNDED } else { COMPUTED };
        if same(&values, &right, tolerance) {
            return Verdict::right(format!("{id}: right. {}", self.because));
        }
        let known = |tolerance| {
            let is_it = |m: &&Mistake| same(&values, &m.answer.values(), tolerance);
            let hint = self.mistakes.iter().find(is_it)?.hint;
            Some(Verdict::wrong(format!("{id}: not yet. {hint}")))
        };
        if let Some(verdict) = known(tolerance) {
            return verdict;
        }
        if given.is_typed() {
            if same(&values, &right, ROUGH) {
                return Verdict::wrong(format!("{id}: nearly. Give four digits."));
            }
            if let Some(verdict) = known(ROUGH) {
                return verdict;
            }
        }
        let first =
            (0..values.len()).find(|&i| !same(&values[i..=i], &right[i..=i], tolerance)).expect("some number differs");
        let (place, begin) = (given.place(first), self.begin);
        let found = match (given.is_typed(), six_digits(values[first])) {
            _ if place.is_empty() => String::new(),
            (true, x) if x.is_nan() => format!("; {place} is still missing"),
            (true, x) => format!("; {place}, {x}, is not right"),
            (false, x) => format!("; {place} your function gives {x}"),
        };
        Verdict::wrong(format!("{id}: not yet{found}. {begin}"))
    }
}

/// Four significant digits: the last one of 1.001 is worth a thousandth.
const ROUNDED: f64 = 1e-3;
/// Three digits.
const ROUGH: f64 = 1e-2;
/// What another order of operations may cost.
const COMPUTED: f64 = 1e-9;

/// A number as people read it.
fn six_digits(x: f64) -> f64 {
    format!("{x:.5e}").parse().expect("it was a number")
}

/// Whether the numbers agree, each relative to the second one; NaN agrees with NaN.
fn same(given: &[f64], wanted: &[f64], tolerance: f64) -> bool {
    given.len() == wanted.len()
        && given
            .iter()
            .zip(wanted)
            .all(|(&x, &y)| x == y || (x.is_nan() && y.is_nan()) || (x - y).abs() <= tolerance * y.abs() + 1e-12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::all;
    use crate::answer::Kind;
    use std::collections::BTreeSet;

    /// The same answer once more, as a student would give it: exact where it is a function, else as written.
    fn rounded(answer: &Answer, digits: usize) -> Answer {
        let round = |x: f64| format!("{x:.*e}", digits - 1).parse().unwrap();
        let values: Vec<f64> = answer.values().into_iter().map(round).collect();
        match answer.0 {
            Kind::Number(_) => values[0].into_answer(),
            _ => values.into_answer(),
        }
    }

    #[test]
    fn the_right_answer_passes() {
        for exercise in all() {
            let verdict = exercise.judge(&exercise.right);
            assert!(verdict.is_right(), "{verdict}");
        }
    }

    #[test]
    fn four_digits_are_enough_and_three_are_nearly() {
        for exercise in all() {
            if !matches!(exercise.right.0, Kind::Number(_) | Kind::Numbers(_)) {
                continue;
            }
            let verdict = exercise.judge(&rounded(&exercise.right, 4));
            assert!(verdict.is_right(), "{verdict}");
            let verdict = exercise.judge(&rounded(&exercise.right, 3));
            let nearly = format!("✗ {}: nearly. Give four digits.", exercise.id);
            assert!(verdict.is_right() || verdict.to_string() == nearly, "{verdict}");
        }
    }

    #[test]
    fn each_known_mistake_gets_its_own_hint() {
        for exercise in all() {
            let hints: BTreeSet<&str> = exercise.mistakes.iter().map(|m| m.hint).collect();
            assert_eq!(hints.len(), exercise.mistakes.len(), "{}", exercise.id);
            for mistake in &exercise.mistakes {
                let wanted = format!("✗ {}: not yet. {}", exercise.id, mistake.hint);
                assert_eq!(exercise.judge(&mistake.answer).to_string(), wanted);
                if mistake.answer.is_typed() && !matches!(mistake.answer.0, Kind::YesNo(_)) {
                    let verdict = exercise.judge(&rounded(&mistake.answer, 4));
                    assert_eq!(verdict.to_string(), wanted);
                }
            }
        }
    }

    /// With room to spare: five times what rounding may cost.
    #[test]
    fn no_two_mistakes_look_alike() {
        for exercise in all() {
            let known = exercise.mistakes.iter().map(|m| (m.hint, m.answer.values()));
            let known: Vec<_> = known.chain([("right", exercise.right.values())]).collect();
            for (i, (a, x)) in known.iter().enumerate() {
                for (b, y) in &known[..i] {
                    assert!(!same(x, y, 5.0 * ROUNDED), "{}: “{a}” and “{b}” are both {x:?}", exercise.id);
                }
            }
        }
    }

    #[test]
    fn no_answer_is_no_answer_yet() {
        for exercise in all() {
            let nan: Answer = match &exercise.right.0 {
                Kind::Nothing => panic!("{} has no answer", exercise.id),
                Kind::Number(_) | Kind::YesNo(_) => f64::NAN.into_answer(),
                Kind::Numbers(xs) => vec![f64::NAN; xs.len()].into_answer(),
                Kind::Schedule(_) => (|_: f64, _: usize| f64::NAN).into_answer(),
                Kind::OfGradients(_) => (|_: &[f64]| f64::NAN).into_answer(),
                Kind::OfRateAndGradients(_) => (|_: f64, _: &[f64]| f64::NAN).into_answer(),
                Kind::Update(_) => (|_: f64, _: f64, _: &[f64]| f64::NAN).into_answer(),
            };
            for nothing in [nan, Answer(Kind::Nothing)] {
                let verdict = exercise.judge(&nothing).to_string();
                assert_eq!(verdict, format!("… {}: no answer yet.", exercise.id));
            }
        }
    }

    #[test]
    fn another_wrong_answer_is_told_where_to_begin() {
        for exercise in all() {
            let wrong: Vec<f64> = exercise.right.values().iter().map(|x| 1.7 * x + 0.3).collect();
            let (wrong, verdict) = match &exercise.right.0 {
                Kind::Number(_) => (wrong[0], exercise.judge(&wrong[0].into_answer())),
                Kind::Numbers(_) => (wrong[0], exercise.judge(&wrong.into_answer())),
                Kind::Schedule(_) => (8.25, exercise.judge(&(|_: f64, _: usize| 8.25).into_answer())),
                Kind::OfGradients(_) => (8.25, exercise.judge(&(|_: &[f64]| 8.25).into_answer())),
                _ => continue,
            };
            let text = verdict.to_string();
            assert!(text.ends_with(exercise.begin) && !verdict.is_right(), "{text}");
            assert!(matches!(exercise.right.0, Kind::Number(_)) || text.contains(&format!(" {}", six_digits(wrong))));
        }
    }

    #[test]
    fn an_answer_of_the_wrong_kind_is_told_so() {
        for exercise in all() {
            let verdict = exercise.judge(&[1.0; 7].into_answer()).to_string();
            let asked = exercise.right.kind();
            let wanted = format!("✗ {} asks for {asked}; this is 7 numbers.", exercise.id);
            assert_eq!(verdict, wanted);
        }
    }

    #[test]
    fn a_missing_number_and_a_rough_mistake() {
        let verdict = crate::check("S2.5", [5.0, f64::NAN]).to_string();
        assert!(verdict.starts_with("✗ S2.5: not yet; number 2 is still missing. "));
        // η/(t+1) = 0.6667, to two digits
        let verdict = crate::check("S1.3", 0.67);
        assert!(verdict.to_string().contains("That is η/(t+1)"));
        assert_eq!(format!("{verdict:?}"), verdict.to_string());
    }

    #[test]
    fn references_and_options_are_answers_too() {
        let rates = ndarray::array![0.5, 0.02];
        assert!(crate::check("S1.4", &rates).is_right());
        assert!(crate::check("S1.4", Some(rates.to_vec())).is_right());
        assert!(crate::check("S1.3b", Some(crate::formulae::eta_at)).is_right());
    }

    #[test]
    fn an_unknown_id_is_told_which_there_are() {
        let verdict = crate::check("S9.9", 1.0).to_string();
        assert!(verdict.starts_with("✗ There is no exercise \"S9.9\". These are there: S1.1, "), "{verdict}");
    }

    #[test]
    fn ids_are_unique_and_those_of_the_slides() {
        let slides = include_str!("../../../notebooks/slides.md");
        let mut seen = BTreeSet::new();
        for exercise in all() {
            let item = exercise.id.trim_end_matches(|c: char| c.is_ascii_lowercase());
            assert!(slides.contains(&format!("\n- {item} ")), "{item}");
            assert!(seen.insert(exercise.id), "{} is there twice", exercise.id);
        }
    }
}

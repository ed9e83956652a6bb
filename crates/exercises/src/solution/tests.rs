//! What every solution must keep, from the exercises' data alone.

use crate::answer::{Answer, Kind, TRIED};
use crate::exercise::{COMPUTED, Exercise, Listed, same};
use crate::rule::Case;
use crate::tests::exercises;
use crate::worked::start;
use crate::{all, check, functions, solution};
use derivation::{Derivation, Env, Schedule};

/// Numbers of a question that are there as an example only.
const NOT_NEEDED: [(&str, f64); 2] = [("S1.2", 3.0), ("S1.2", 1.118)];

/// What a function is tried on, for the letters of its formula.
fn tried() -> [Env; 4] {
    TRIED.map(|x: Case| Env::new(Schedule::InverseSqrt { eta: x.eta }, start(&x), x.g))
}

fn value(derivation: &Derivation, env: &Env) -> f64 {
    derivation.lines.last().unwrap().expr.value(env).unwrap()
}

/// The values to which the derivations lead: of one formula for all that is tried, or of each part's last line.
fn found(Exercise { asked, .. }: &Exercise) -> Vec<f64> {
    match (&asked.solved[..], asked.right.values.len()) {
        ([formula], _) if !asked.right.kind.is_typed() => tried().map(|env| value(formula, &env)).to_vec(),
        (solved, n) => solved.chunks(solved.len() / n).map(|part| value(part.last().unwrap(), &tried()[0])).collect(),
    }
}

#[test]
fn every_line_holds_and_the_last_is_the_right_answer() {
    for (id, exercise) in exercises() {
        let right = &exercise.asked.right;
        for derivation in &exercise.asked.solved {
            let checked = match right.kind.is_typed() {
                true => derivation.verify(),
                false => tried().iter().try_for_each(|env| derivation.check(env)),
            };
            checked.unwrap_or_else(|wrong| panic!("{id}: {wrong}"));
        }
        if right.kind == Kind::YesNo {
            let signs = exercise.asked.solved.iter().map(|slope| slope.lines.last().unwrap().relation.symbol());
            assert_eq!(signs.collect::<Vec<_>>(), ["≥", "≤"], "{id}: two slopes");
        } else {
            let found = found(&exercise);
            assert!(same(&found, &right.values, COMPUTED), "{id}: {found:?} is not {:?}", right.values);
        }
    }
}

/// A number that is changed in a page's question is changed in the derivations; the end says what is right.
#[test]
fn a_solution_has_all_numbers_of_its_question_and_the_answer() {
    for (Listed { given, .. }, (id, exercise)) in all().zip(exercises()) {
        let text = solution(id).to_string();
        let (derivations, end) = text.rsplit_once("\n\n").unwrap();
        let words: Vec<&str> = derivations.split(|c: char| !c.is_ascii_digit() && c != '.').collect();
        for &x in given.iter().filter(|&&x| !NOT_NEEDED.contains(&(id, x))) {
            let printed = derivation::formula::number(x.abs()).to_string();
            let found = words.contains(&&printed[..]) || printed.contains('×') && derivations.contains(&printed);
            assert!(found, "{id}: {x} is not in\n{text}");
        }
        let right = &exercise.asked.right;
        if right.kind.is_typed() {
            let (answer, because) = end.split_once(": ").unwrap().1.split_once(". ").unwrap();
            let read = |word: &str| word.parse().unwrap_or(f64::from(word == "true"));
            let answer = Answer::typed(right.kind, answer.split(", ").map(read).collect());
            assert!(exercise.judge(id, &answer).is_right() && because == exercise.because, "{end}");
        }
    }
}

/// Rows of an exercise and its function in `functions.rs`.
macro_rules! functions {
    ($($id:literal $function:ident,)*) => {
        [$(($id, stringify!($function), check($id, functions::$function))),*]
    };
}

#[test]
fn each_function_that_is_shown_is_right() {
    let shown = functions! { "S1.3b" eta_at, "S2.4b" next, "S3.4" my_sigma, "S4.2" my_step, };
    for (id, function, verdict) in &shown {
        assert!(verdict.is_right(), "{verdict}");
        let text = solution(id).to_string();
        assert!(text.contains(&format!("\n\n    fn {function}(")) && text.ends_with("\n    }\n"), "{text}");
        assert_eq!(text.matches("fn ").count(), 1, "{text}");
    }
    assert_eq!(exercises().filter(|(_, exercise)| !exercise.asked.right.kind.is_typed()).count(), shown.len());
}

#[test]
fn a_page_shows_formulae() {
    let shown = solution("S1.3").markdown();
    assert!(
        shown.starts_with("**ηᵗ = η/√(t+1)**\n\n$$\n") && shown.ends_with("\n$$\n\nS1.3: 2. 6/√9 = 6/3."),
        "{shown}"
    );
}

#[test]
fn an_unknown_id_is_told_which_there_are() {
    let text = solution("S9.9").to_string();
    assert_eq!(format!("✗ {text}"), check("S9.9", 1.0).to_string());
    assert_eq!(format!("{:?}", solution("S9.9")), text);
}

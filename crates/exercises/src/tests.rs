//! What every exercise must keep, from its data alone.

use crate::answer::{Answer, IntoAnswer, Kind, TRIED};
use crate::asked::Wrong;
use crate::exercise::{COMPUTED, Exercise, Listed, ROUNDED, same};
use crate::rule::SLIDES;
use crate::{all, ids};
use ndarray::{Ix1, array};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use update_rules::{Adagrad, Rule, Schedule, Vanilla, on_gradients};

/// Every exercise with its id.
pub(crate) fn exercises() -> impl Iterator<Item = (&'static str, Exercise)> {
    all().map(|listed| (listed.id, (listed.exercise)()))
}

/// Other numbers for the same answer.
fn with(answer: &Answer, change: impl Fn(f64) -> f64) -> Answer {
    Answer::typed(answer.kind, answer.values.iter().map(|&x| change(x)).collect())
}

/// As a student would write it down.
fn rounded(answer: &Answer, digits: usize) -> Answer {
    with(answer, |x| format!("{x:.*e}", digits - 1).parse().unwrap())
}

fn is_number(answer: &Answer) -> bool {
    matches!(answer.kind, Kind::Number | Kind::Numbers(_))
}

/// The known mistakes that change what this exercise asks for.
fn known(exercise: &Exercise) -> Vec<&Wrong> {
    let right = &exercise.asked.right.values;
    let known = exercise.asked.known.iter().filter(|wrong| !same(&wrong.answer.values, right, COMPUTED));
    known.filter(|wrong| wrong.answer.values.iter().any(|x| x.is_finite())).collect()
}

#[test]
fn the_right_answer_passes() {
    for (id, exercise) in exercises() {
        let verdict = exercise.judge(id, &exercise.asked.right);
        assert!(verdict.is_right(), "{verdict}");
    }
}

#[test]
fn four_digits_are_enough_and_three_are_nearly() {
    for (id, exercise) in exercises().filter(|(_, exercise)| is_number(&exercise.asked.right)) {
        let verdict = exercise.judge(id, &rounded(&exercise.asked.right, 4));
        assert!(verdict.is_right(), "{verdict}");
        let verdict = exercise.judge(id, &rounded(&exercise.asked.right, 3));
        let nearly = format!("✗ {id}: nearly. Give four digits.");
        assert!(verdict.is_right() || verdict.to_string() == nearly, "{verdict}");
    }
}

#[test]
fn each_mistake_gets_its_hint() {
    for (id, exercise) in exercises() {
        let told = |answer: &Answer| exercise.judge(id, answer).to_string();
        for Wrong { answer, hint } in &exercise.own {
            assert_eq!(answer.kind, exercise.asked.right.kind, "{id}: {hint}");
            let wanted = format!("✗ {id}: not yet. {hint}");
            assert_eq!(told(answer), wanted);
            assert!(!is_number(answer) || told(&rounded(answer, 4)) == wanted, "{wanted}");
        }
        for Wrong { answer, hint } in known(&exercise) {
            let text = told(answer);
            let better = exercise.own.iter().any(|own| text.ends_with(&own.hint)) || text.matches(" Or: ").count() == 1;
            assert!(text.starts_with(&format!("✗ {id}: not yet. ")), "{text}");
            assert!(text.contains(hint) || better, "{text}: {hint}");
            assert!(!is_number(answer) || told(&rounded(answer, 4)) == text, "{text}");
            assert!(!hint.contains(['{', '}']) && !hint.contains("NaN"), "{id}: {hint}");
        }
    }
}

/// With room to spare: five times what rounding may cost. Known mistakes that are told together are the same number.
#[test]
fn no_two_mistakes_look_alike() {
    for (id, exercise) in exercises() {
        let values = |wrong: &'_ Wrong| (wrong.hint.clone(), wrong.answer.values.clone());
        let right = [("right".to_string(), exercise.asked.right.values.clone())];
        let own: Vec<_> = right.into_iter().chain(exercise.own.iter().map(values)).collect();
        let all: Vec<_> = own.iter().cloned().chain(known(&exercise).into_iter().map(values)).collect();
        for (i, (a, x)) in all.iter().enumerate() {
            for (b, y) in &all[..i] {
                let together = i >= own.len() && same(x, y, COMPUTED);
                let alike = same(x, y, 5.0 * ROUNDED) && !together;
                assert!(!alike, "{id}: “{a}” and “{b}” are {x:?} and {y:?}");
            }
        }
    }
}

#[test]
fn no_answer_is_no_answer_yet() {
    for (id, exercise) in exercises() {
        assert!(!exercise.asked.right.values.is_empty(), "{id} has no answer");
        for nothing in [with(&exercise.asked.right, |_| f64::NAN), None::<f64>.into_answer()] {
            let verdict = exercise.judge(id, &nothing).to_string();
            assert_eq!(verdict, format!("… {id}: no answer yet."));
        }
    }
}

/// Every kind of answer: also true or false, where the other one is a known mistake.
#[test]
fn another_wrong_answer_is_told_where_to_begin() {
    for (id, exercise) in exercises() {
        let wrong = with(&exercise.asked.right, |x| 1.7 * x + 0.3);
        let text = exercise.judge(id, &wrong).to_string();
        assert!(text.starts_with(&format!("✗ {id}: not yet")), "{text}");
        assert!(text.ends_with(exercise.begin), "{text}");
        if let Some(place) = wrong.kind.place(0) {
            let found = format!("{place} your function gives {}", display::number(wrong.values[0]));
            let typed = format!("{place}, {}, is not right", display::number(wrong.values[0]));
            assert!(text.contains(&found) || text.contains(&typed), "{text}");
        }
    }
}

#[test]
fn an_answer_of_the_wrong_kind_is_told_so() {
    for (id, exercise) in exercises() {
        let verdict = exercise.judge(id, &[1.0; 7].into_answer()).to_string();
        let asked = exercise.asked.right.kind.in_words();
        assert_eq!(verdict, format!("✗ {id} asks for {asked}; this is 7 numbers."));
    }
}

#[test]
fn a_missing_number_and_a_rough_mistake() {
    let verdict = crate::check("S2.5", [5.0, f64::NAN]).to_string();
    assert!(verdict.starts_with("✗ S2.5: not yet; number 2 is still missing. "));
    // η/(t+1) = 0.6667, to two digits
    let verdict = crate::check("S1.3", 0.67);
    assert!(verdict.to_string().contains("Your η⁸ is η/(t+1)"));
    assert_eq!(format!("{verdict:?}"), verdict.to_string());
}

#[test]
fn references_and_options_are_answers_too() {
    let rates = array![0.5, 0.02];
    assert!(crate::check("S1.4", &rates).is_right());
    assert!(crate::check("S1.4", Some(rates.to_vec())).is_right());
    assert!(crate::check("S1.3b", Some(SLIDES.schedule)).is_right());
}

#[test]
fn an_unknown_id_is_told_which_there_are() {
    let verdict = crate::check("S9.9", 1.0).to_string();
    assert!(verdict.starts_with("✗ There is no exercise \"S9.9\". These are there: S1.1, "), "{verdict}");
}

#[test]
fn the_rule_in_parts_is_that_of_update_rules() {
    for case in TRIED {
        let schedule = Schedule::InverseSqrt { eta: case.eta };
        let next = |rule: &mut dyn Rule<f64, Ix1>| case.w - on_gradients(rule, case.g).last().unwrap().update[0];
        let adagrad = next(&mut Adagrad::new(schedule, &array![0.0]));
        assert!((SLIDES.next(&case) - adagrad).abs() < 1e-12);
        assert!((SLIDES.vanilla(&case) - next(&mut Vanilla::new(schedule))).abs() < 1e-12);
    }
}

/// S3.2 is an item of the slides; D1 is one of a page's own. A letter tells a second one on the same from the first.
#[test]
fn ids_are_unique_and_those_of_the_slides_or_of_a_page() {
    let slides = include_str!("../../../notebooks/slides.md");
    let mut seen = BTreeSet::new();
    for id in ids() {
        let item = id.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let number = item.strip_prefix(|c: char| c.is_ascii_uppercase() && c != 'B');
        let of_a_page = number.is_some_and(|number| number.parse::<usize>().is_ok());
        assert!(of_a_page || slides.contains(&format!("\n- {item} ")), "{item}");
        assert!(seen.insert(id), "{id} is there twice");
    }
}

/// The questions of the numbered pages: each id that a cell checks, and the text before it from that id on.
fn questions() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notebooks");
    let mut questions = Vec::new();
    for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = file.file_name().unwrap().to_str().unwrap();
        if !name.ends_with(".ipynb") || !name.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let page: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let text = |cell: &serde_json::Value| -> String {
            cell["source"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect()
        };
        let cells: Vec<String> = page["cells"].as_array().unwrap().iter().map(text).collect();
        for pair in cells.windows(2) {
            if let Some((_, call)) = pair[1].split_once("exercises::check(\"") {
                let id = call.split('"').next().unwrap();
                let question = pair[0].split_once(&format!("**{id}.**")).unwrap_or_else(|| panic!("{name}: {id}"));
                questions.push((id.to_string(), question.1.to_string()));
            }
        }
    }
    questions
}

/// Its numbers, such as 1e-7, without step indices, code, and the names of other items such as S4.1 and D1.
fn numbers(question: &str) -> Vec<f64> {
    let plain = question.split('`').step_by(2).collect::<String>().replace('−', "-").replace("e-", "ᴇ");
    let mut parts = plain.split(['^', '_']);
    let mut text = parts.next().unwrap().to_string();
    for part in parts {
        let index = if part.starts_with('{') { part.find('}').unwrap() } else { 0 };
        text.extend(part.chars().skip(index + 1));
    }
    let mut numbers = Vec::new();
    let mut before = ' ';
    for word in text.split_inclusive(|c: char| !(c.is_ascii_digit() || ".-ᴇ".contains(c))) {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        numbers.extend(digits.replace('ᴇ', "e-").parse::<f64>().ok().filter(|_| !before.is_ascii_uppercase()));
        before = word.chars().last().unwrap();
    }
    numbers
}

/// A number that is changed in a page's question changes the right answer.
#[test]
fn each_exercise_has_its_question_and_its_numbers() {
    let questions = questions();
    let asked: Vec<&str> = questions.iter().map(|(id, _)| &id[..]).collect();
    for Listed { id, given, .. } in all() {
        let texts: Vec<&str> = questions.iter().filter(|(asked, _)| asked == id).map(|(_, text)| &text[..]).collect();
        assert_eq!(texts.len(), 1, "{id} is asked once, in {asked:?}");
        assert_eq!(numbers(texts[0]), *given, "{id}: {}", texts[0]);
    }
    assert_eq!(asked.len(), all().count(), "a page asks for an exercise that is not there: {asked:?}");
}

//! A widget's parts are what the pages' own crates give.

use derive::{Page, run};
use display::escape;
use playground::show;
use prose::Document;
use std::path::Path;
use update_rules::Schedule;

fn parts(widget: &str, values: &[&str]) -> Result<Vec<String>, String> {
    show(widget, values.iter().map(ToString::to_string).collect())
}

/// What the command prints, or its sentence.
fn derived(words: &[&str]) -> Result<String, String> {
    let mut page = Page::new(Vec::new());
    run(words.iter().map(Into::into), &mut page).map_err(|stop| stop.to_string())?;
    Ok(String::from_utf8(page.out).unwrap())
}

#[test]
fn the_text_is_what_derive_prints_for_the_command_above_it() {
    for (gradients, eta, w0, schedule) in [
        ("3 4 12", "1", "0", "inverse-sqrt"),
        ("-1, 2e-3,\n−7", "0.5", "-2", "step-decay:0.5:2"),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13", "1", "0", "inverse-time:1"),
    ] {
        let parts = parts("sigma", &[gradients, eta, w0, schedule]).unwrap();
        let (command, text) = parts[2].split_once("</code></p><pre class=\"derived\" tabindex=\"0\">").unwrap();
        let words: Vec<&str> = command.strip_prefix("<p><code>just derive ").unwrap().split(' ').collect();
        assert_eq!(words[0] == "--last", gradients.ends_with("13"), "{words:?}");
        assert_eq!(text, escape(&derived(&words).unwrap()) + "</pre>");
    }
    let steps = derivation::adagrad(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[3.0, 4.0, 12.0]);
    let text = &parts("sigma", &["3 4 12", "1", "0", "inverse-sqrt"]).unwrap()[2];
    assert!(steps.derivations().all(|step| text.contains(&escape(&step.to_string()))));
}

#[test]
fn what_derive_refuses_is_refused_with_its_sentence() {
    for gradients in ["", "3 x", "3,5", "1,,2", "1e999", "NaN", "3 - 4"] {
        assert_eq!(parts("sigma", &[gradients, "1", "0", "constant"]).unwrap_err(), derived(&[gradients]).unwrap_err());
    }
    assert_eq!(parts("sigma", &["-", "1", "0", "constant"]).unwrap_err(), "gradient 1, \"-\", is not a number");
    for (eta, w0, schedule) in [("x", "0", "constant"), ("1", "", "constant"), ("1", "0", "linear")] {
        let words = ["--eta", eta, "--w0", w0, "--schedule", schedule, "3"];
        assert_eq!(parts("sigma", &["3", eta, w0, schedule]).unwrap_err(), derived(&words).unwrap_err());
    }
    let refused = parts("schedules", &["1", "0.5", "0", "1", "3"]).unwrap_err();
    assert_eq!(refused, "--schedule \"step-decay:0.5:0\": EVERY \"0\" is not a whole number from 1");
    assert_eq!(parts("which", &["41", "3"]).unwrap_err(), "the current gradient is 41: give a number from 0 to 40");
    assert_eq!(parts("sigma", &["3", "-1", "0", "constant"]).unwrap_err(), "η is -1: it must not be negative");
    assert_eq!(parts("libraries", &["3 x", "1"]).unwrap_err(), "gradient 2, \"x\", is not a number");
    let many = "1 ".repeat(13);
    assert_eq!(parts("libraries", &[&many, "1"]).unwrap_err(), "13 gradients: at most 12 are drawn here");
    let refused = parts("sigma", &["3 1e200", "1", "0", "constant"]).unwrap_err();
    assert_eq!(refused, "gradient 2, 1e200, has too large a square for a picture");
}

#[test]
fn each_exercise_is_judged_as_in_its_notebook() {
    for id in exercises::ids() {
        let verdicts = [
            ("1.5", exercises::check(id, 1.5)),
            ("[1, 2.5]", exercises::check(id, [1.0, 2.5])),
            ("true", exercises::check(id, true)),
            ("", exercises::check(id, None::<f64>)),
        ];
        for (answer, verdict) in verdicts {
            assert_eq!(parts("check", &[id, answer]).unwrap(), [verdict.html()], "{id}, {answer}");
        }
    }
    assert_eq!(parts("check", &["S3.2", "1 x"]).unwrap_err(), "\"x\" is not a number");
}

/// 12/√(5² + 12²) = 12/13, and vanilla's η¹ = 1/√2.
#[test]
fn the_step_against_either_gradient() {
    let parts = parts("which", &["12", "5"]).unwrap();
    assert_eq!(parts[0], "Adagrad's step is 0.923077, vanilla's 8.48528 (η = 1, t = 1)");
    assert!(parts[1].contains("here: 1 point, first (12, 0.923077)"));
    assert!(parts[2].contains("here: 1 point, first (5, 0.923077)"));
}

#[test]
fn each_schedule_at_t() {
    let parts = parts("schedules", &["3", "0.5", "10", "0.1", "10"]).unwrap();
    assert_eq!(parts[0], "η¹⁰: constant 3, step-decay 1.5, inverse-sqrt 0.904534, inverse-time 1.5");
    assert!(parts[1].contains("inverse-sqrt: 40 points, first (0, 3)"));
}

/// The other row's table and picture are with the book's widgets.
#[test]
fn the_libraries_step_as_on_page_08() {
    let file = Path::new("../../notebooks/08-in-the-libraries.ipynb");
    let page = Document::parse(file, &std::fs::read_to_string(file).unwrap()).unwrap();
    let table = page.cells.iter().find(|cell| cell.id == "loud-table").unwrap();
    let (_, table) = table.outputs.iter().find(|(kind, _)| kind == "text/html").unwrap();
    let loud = parts("libraries", &["10.8 20.9 31.7 12.1 0.1", "1"]).unwrap();
    assert_eq!(loud[1].trim(), table.trim());
    let quiet = parts("libraries", &["0.001, 0.001, 0.003, 0.002, 0.1", "1"]).unwrap();
    let (least, most) = ("0.301491 (Keras 3.15)", "0.999251 (PyTorch 2.15)");
    assert_eq!(quiet[0], format!("step 5: the slide 0.999251, the libraries from {least} to {most}"));
    let yours = parts("libraries", &["-3 0 4", "0.5"]).unwrap();
    assert!(yours[1].contains("Steps on your gradients, η = 0.5, to three digits</caption>"), "{}", yours[1]);
    assert!(yours[2].contains("Your gradients, as the libraries step"), "{}", yours[2]);
}

/// A panic would leave the reader with a dead page.
#[test]
fn no_value_that_is_read_stops_a_widget() {
    let numbers = ["0", "-0", "5e-324", "1e-200", "1e150", "1e153", "1e160", "-1e308", "1.7e308", "1"];
    for a in numbers {
        for b in numbers {
            for schedule in ["inverse-sqrt", "constant", "step-decay:0.5:2", "inverse-time:1"] {
                let _ = parts("sigma", &[&format!("{a} {b} {a}"), b, a, schedule]);
            }
            let _ = parts("schedules", &[a, b, "1", b, "39"]);
            let _ = parts("schedules", &[b, "0.5", "18446744073709551615", a, "0"]);
            let _ = parts("which", &[a, b]);
            let _ = parts("libraries", &[&format!("{a} {b} {a}"), b]);
        }
    }
}

//! Golden trajectories made by PyTorch, optax and Keras: our rules, under each one's convention, walk the same paths,
//! and no formula known to be wrong does.

use std::array::from_fn;

use ndarray::{Array1, Ix1};
use serde_json::Value;
use update_rules::{Adagrad, Adam, Convention, RmsProp, Rule, Schedule};

/// Adagrad's cases, and those of RMSProp and Adam.
const FILES: [&str; 2] = [include_str!("fixtures/peers.json"), include_str!("fixtures/rules.json")];

/// A recorded run, and the library's numbers with the case's options.
#[derive(Clone)]
struct Case {
    name: String,
    rule: String,
    eta: f64,
    convention: Convention,
    alpha: f64,
    betas: [f64; 2],
    w0: Array1<f64>,
    gradients: Vec<Array1<f64>>,
    w: Vec<Array1<f64>>,
}

fn cases(file: &str) -> Vec<Case> {
    let peers: Value = serde_json::from_str(file).expect("a fixture is JSON");
    assert_eq!(peers["dtype"], "float64");
    let cases = peers["cases"].as_array().expect("a fixture has a list of cases");
    assert!(!cases.is_empty(), "a fixture has no case");
    cases.iter().map(read).collect()
}

/// An option unknown here fails rather than being ignored.
fn read(case: &Value) -> Case {
    let rule = case["rule"].as_str().unwrap_or("adagrad");
    let name = format!("{} {rule} {} {}", case["library"], case["options"], case["sequence"]);
    let library = case["library"].as_str().expect("a library");
    let (mut convention, mut alpha) = match (library, rule) {
        ("torch", "adagrad") => (Convention::PYTORCH, 0.0),
        ("optax", "adagrad") => (Convention::OPTAX, 0.0),
        ("keras", "adagrad") => (Convention::KERAS, 0.0),
        ("torch", "rmsprop") => (Convention::PYTORCH_RMSPROP, 0.99),
        ("optax", "rmsprop") => (Convention::OPTAX_RMSPROP, 0.9),
        ("keras", "rmsprop") => (Convention::KERAS_RMSPROP, 0.9),
        ("torch", "adam") => (Convention::PYTORCH_ADAM, 0.0),
        ("optax", "adam") => (Convention::OPTAX_ADAM, 0.0),
        ("keras", "adam") => (Convention::KERAS_ADAM, 0.0),
        other => panic!("unknown library or rule {other:?}"),
    };
    let (mut betas, mut in_root) = ([0.9, 0.999], convention.eps_root > 0.0);
    let mut eps = convention.eps.max(convention.eps_root);
    for (option, value) in case["options"].as_object().expect("options are an object") {
        let number = || value.as_f64().expect("an option is a number");
        match option.as_str() {
            "lr_decay" => convention.lr_decay = number(),
            "initial_accumulator_value" | "initial_scale" => convention.initial_accumulator = number(),
            "alpha" | "decay" | "rho" => alpha = number(),
            "betas" => betas = from_fn(|i| value[i].as_f64().expect("two numbers")),
            "b1" | "beta_1" => betas[0] = number(),
            "b2" | "beta_2" => betas[1] = number(),
            "eps" | "epsilon" => eps = number(),
            "eps_root" => convention.eps_root = number(),
            "eps_in_sqrt" => in_root = value.as_bool().expect("true or false"),
            other => panic!("unknown option {other}"),
        }
    }
    match in_root {
        true => (convention.eps, convention.eps_root) = (0.0, eps),
        false if rule == "rmsprop" => (convention.eps, convention.eps_root) = (eps, 0.0),
        false => convention.eps = eps,
    }
    let (gradients, w) = (rows(&case["gradients"]), rows(&case["w"]));
    assert_eq!(gradients.len(), w.len(), "{name}: one w per gradient");
    assert!(!gradients.is_empty(), "{name}: no step");
    let eta = case["learning_rate"].as_f64().expect("a learning rate");
    Case { name, rule: rule.into(), eta, convention, alpha, betas, w0: numbers(&case["w0"]), gradients, w }
}

fn rows(value: &Value) -> Vec<Array1<f64>> {
    value.as_array().expect("a list of rows").iter().map(numbers).collect()
}

fn numbers(value: &Value) -> Array1<f64> {
    value.as_array().expect("a list of numbers").iter().map(|x| x.as_f64().expect("a number")).collect()
}

#[test]
fn every_step_of_all_peers() {
    let cases: Vec<Case> = FILES.into_iter().flat_map(cases).collect();
    for Case { name, rule, eta, convention, alpha, betas, w0, gradients, w: expected } in &cases {
        let constant = Schedule::Constant { eta: *eta };
        let mut rule: Box<dyn Rule<f64, Ix1>> = match rule.as_str() {
            "rmsprop" => Box::new(RmsProp::new(constant, *alpha, w0).with_convention(*convention)),
            "adam" => Box::new(Adam::new(constant, *betas, w0).with_convention(*convention)),
            _ => Box::new(Adagrad::simplified(*eta, w0).with_convention(*convention)),
        };
        let mut w = w0.clone();
        // Where w passes near 0, the rounding of the larger w before it is what is left of both results.
        let mut largest = w.mapv(f64::abs);
        for (t, (g, expected)) in gradients.iter().zip(expected).enumerate() {
            rule.step(g, &mut w);
            assert_eq!(w.shape(), expected.shape(), "{name}, t = {t}");
            for (j, (&ours, &theirs)) in w.iter().zip(expected).enumerate() {
                largest[j] = largest[j].max(theirs.abs());
                let allowed = 1e-12 * theirs.abs() + 4.0 * f64::EPSILON * largest[j];
                assert!(
                    (ours - theirs).abs() <= allowed,
                    "{name}, t = {t}, parameter {j}: {ours:e}, the peer has {theirs:e}"
                );
            }
        }
    }
    println!("{} trajectories agree", cases.len());
}

/// RMSProp and Adam on one parameter, written out with what one can get wrong.
struct Formula {
    eps: f64,
    eps_root: f64,
    v0: f64,
    /// What m and v keep, and what they take of g and g².
    keep: [f64; 2],
    take: [f64; 2],
    /// The β of each correction 1 − βᵗ⁺¹, if there is one, and the 1 in its exponent.
    correct: [Option<f64>; 2],
    from: i32,
    old_v: bool,
    eps_uncorrected: bool,
}

/// The right formula of a case.
fn right(case: &Case) -> Formula {
    let Convention { eps, eps_root, initial_accumulator: v0, eps_uncorrected, .. } = case.convention;
    let (keep, correct) = match case.rule.as_str() {
        "rmsprop" => ([0.0, case.alpha], [None, None]),
        _ => (case.betas, case.betas.map(Some)),
    };
    Formula { eps, eps_root, v0, keep, take: keep.map(|k| 1.0 - k), correct, from: 1, old_v: false, eps_uncorrected }
}

/// Where the formula is after each step of the case.
fn walk(formula: &Formula, case: &Case) -> Vec<Array1<f64>> {
    let Formula { eps, eps_root, v0, keep, take, correct, from, old_v, eps_uncorrected } = *formula;
    let mut w = case.w0.clone();
    let (mut m, mut v) = (w.map(|_| 0.0), w.map(|_| v0));
    let step = |(t, g): (i32, &Array1<f64>)| {
        let over = correct.map(|beta| beta.map_or(1.0, |beta: f64| 1.0 - beta.powi(t + from)));
        let eps = if eps_uncorrected { eps / over[1].sqrt() } else { eps };
        for j in 0..w.len() {
            let before = v[j];
            m[j] = keep[0] * m[j] + take[0] * g[j];
            v[j] = keep[1] * v[j] + take[1] * g[j] * g[j];
            let v = if old_v { before } else { v[j] };
            let divisor = (v / over[1] + eps_root).sqrt() + eps;
            w[j] -= case.eta * if m[j] == 0.0 { 0.0 } else { m[j] / over[0] / divisor };
        }
        w.clone()
    };
    (0..).zip(&case.gradients).map(step).collect()
}

/// The largest difference from the peer, relative to w where that is above a thousandth; infinite if one is NaN.
fn difference(formula: &Formula, case: &Case) -> f64 {
    let walked = walk(formula, case);
    let pairs = walked.iter().flatten().zip(case.w.iter().flatten());
    let differences = pairs.map(|(a, b)| (a - b).abs() / b.abs().max(1e-3));
    differences.map(|x| if x.is_nan() { f64::INFINITY } else { x }).fold(0.0, f64::max)
}

/// A mistake: its name, how many of the cases of RMSProp and of Adam refuse it, what it changes.
type Mistake = (&'static str, [usize; 2], fn(&mut Formula));

const MISTAKES: [Mistake; 12] = [
    ("ε on the other side of the root", [20, 18], |f| (f.eps, f.eps_root) = (f.eps_root, f.eps)),
    ("eps_root ignored", [9, 3], |f| f.eps_root = 0.0),
    ("ε beside the root as if it were corrected", [0, 6], |f| f.eps_uncorrected = false),
    ("v from 1, not from 0", [20, 20], |f| f.v0 += 1.0),
    ("α and 1 − α swapped", [20, 20], |f| (f.keep, f.take) = (f.take, f.keep)),
    ("β₁ and β₂ swapped", [20, 20], |f| {
        f.keep.swap(0, 1);
        f.take.swap(0, 1);
        f.correct.swap(0, 1);
    }),
    ("the sum in place of the moving mean", [20, 20], |f| (f.keep[1], f.take[1]) = (1.0, 1.0)),
    ("the v before this gradient", [20, 20], |f| f.old_v = true),
    ("a correction where there is none", [20, 0], |f| f.correct[1] = Some(f.keep[1])),
    ("no correction", [0, 20], |f| f.correct = [None, None]),
    ("m alone corrected", [0, 20], |f| f.correct[1] = None),
    ("βᵗ in place of βᵗ⁺¹", [0, 20], |f| f.from = 0),
];

#[test]
fn every_mistake_is_refused() {
    let cases = cases(FILES[1]);
    for case in &cases {
        let difference = difference(&right(case), case);
        assert!(difference <= 1e-12, "{}: {difference:e}", case.name);
    }
    for (mistake, expected, change) in MISTAKES {
        let shown = ["rmsprop", "adam"].map(|rule| {
            let of_rule = cases.iter().filter(|case| case.rule == rule);
            let differs = of_rule.filter(|case| {
                let mut formula = right(case);
                change(&mut formula);
                difference(&formula, case) > 1e-9
            });
            differs.count()
        });
        assert_eq!(shown, expected, "{mistake}");
    }
}

/// Page 08 shows three recorded runs; its numbers are those of the file, to the last digit.
#[test]
fn the_witnesses_of_page_08_are_recorded() {
    let page = include_str!("../notebooks/08-in-the-libraries.ipynb");
    let shown: Vec<Case> =
        cases(FILES[0]).into_iter().filter(|case| case.name.contains(" {} \"lecture row 1")).collect();
    assert_eq!(shown.len(), 3);
    for case in shown {
        let library = case.name.split('"').nth(1).unwrap();
        let w: Vec<f64> = case.w.iter().map(|w| w[0]).collect();
        assert!(page.contains(&format!("let {library}: [f64; 5] = {w:?};")), "{library}: {w:?}");
    }
}

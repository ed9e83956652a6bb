//! Golden trajectories made by PyTorch, optax and Keras: our rule, under each one's convention, walks the same path.

use ndarray::Array1;
use serde_json::Value;
use update_rules::{Adagrad, Convention};

const PEERS: &str = include_str!("fixtures/peers.json");

#[test]
fn every_step_of_every_peer() {
    let peers: Value = serde_json::from_str(PEERS).expect("peers.json is JSON");
    assert_eq!(peers["dtype"], "float64");
    let cases = peers["cases"].as_array().expect("peers.json has a list of cases");
    assert!(!cases.is_empty(), "peers.json has no case");
    for case in cases {
        walk(case);
    }
    println!("{} trajectories agree", cases.len());
}

/// Walks one case and compares w after every step.
fn walk(case: &Value) {
    let name = format!("{} {} {}", case["library"], case["options"], case["sequence"]);
    let eta = case["learning_rate"].as_f64().expect("a learning rate");
    let (gradients, expected) = (rows(&case["gradients"]), rows(&case["w"]));
    assert_eq!(gradients.len(), expected.len(), "{name}: one w per gradient");
    assert!(!gradients.is_empty(), "{name}: no step");

    let mut w = numbers(&case["w0"]);
    let mut rule = Adagrad::simplified(eta, &w).with_convention(convention(case));
    // Where w passes near 0, the rounding of the larger w before it is what is left of both results.
    let mut largest = w.mapv(f64::abs);
    for (t, (g, expected)) in gradients.iter().zip(&expected).enumerate() {
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

/// The library's convention with the case's options; an option unknown here fails rather than being ignored.
fn convention(case: &Value) -> Convention {
    let mut convention = match case["library"].as_str() {
        Some("torch") => Convention::PYTORCH,
        Some("optax") => Convention::OPTAX,
        Some("keras") => Convention::KERAS,
        other => panic!("unknown library {other:?}"),
    };
    for (option, value) in case["options"].as_object().expect("options are an object") {
        let value = value.as_f64().expect("an option is a number");
        match option.as_str() {
            "lr_decay" => convention.lr_decay = value,
            "initial_accumulator_value" => convention.initial_accumulator = value,
            "eps" | "epsilon" if convention.eps_root > 0.0 => convention.eps_root = value,
            "eps" | "epsilon" => convention.eps = value,
            other => panic!("unknown option {other}"),
        }
    }
    convention
}

fn rows(value: &Value) -> Vec<Array1<f64>> {
    value.as_array().expect("a list of rows").iter().map(numbers).collect()
}

fn numbers(value: &Value) -> Array1<f64> {
    value.as_array().expect("a list of numbers").iter().map(|x| x.as_f64().expect("a number")).collect()
}

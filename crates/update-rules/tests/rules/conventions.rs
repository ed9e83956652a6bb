//! The rule as libraries write it.

use ndarray::array;
use update_rules::{Adagrad, Convention};

use crate::figures::ROWS;
use crate::updates;

/// The table of facts: eps, eps_root and initial_accumulator as written there, and row 1 of B1, η = 1.
#[test]
fn row_1_through_the_libraries() {
    let row = |convention: Convention| {
        let rule = Adagrad::simplified(1.0, &array![0.0]).with_convention(convention);
        updates(rule, &ROWS[0]).iter().map(|update| format!("{update:.4}")).collect::<Vec<_>>().join(" ")
    };
    let slide = "1.0000 0.7071 0.9045 0.5164 0.9993";
    let keras = "0.0032 0.0032 0.0095 0.0063 0.3015";
    let expected = [
        ("slide", [0.0, 0.0, 0.0], slide),
        ("PyTorch", [1e-10, 0.0, 0.0], slide),
        ("Keras", [0.0, 1e-7, 0.1], keras),
        ("tf.keras", [1e-7, 0.0, 0.1], keras),
        ("TensorFlow 1", [0.0, 0.0, 0.1], keras),
        ("optax", [0.0, 1e-7, 0.1], keras),
        ("MXNet 1", [0.0, 1e-7, 0.0], "0.9535 0.6901 0.9005 0.5147 0.9992"),
        ("MXNet 2", [1e-6, 0.0, 0.0], "0.9990 0.7066 0.9043 0.5163 0.9992"),
        ("burn", [1e-5, 0.0, 0.0], "0.9901 0.7021 0.9018 0.5151 0.9992"),
        ("d2l", [0.0, 1e-6, 0.0], "0.7071 0.5774 0.8660 0.5000 0.9992"),
    ];
    let table = Convention::ALL.map(|(name, c)| {
        assert_eq!((c.skip_zero, c.eps_uncorrected, c.lr_decay), (name == "optax", false, 0.0), "{name}");
        (name, [c.eps, c.eps_root, c.initial_accumulator], row(c))
    });
    assert_eq!(table, expected.map(|(name, numbers, row)| (name, numbers, row.into())));
}

/// Those of RMSProp and Adam: eps, eps_root, eps_uncorrected.
#[test]
fn the_conventions_of_moving_means() {
    let numbers = |c: Convention| {
        assert_eq!((c.skip_zero, c.initial_accumulator, c.lr_decay), (false, 0.0, 0.0), "{c:?}");
        (c.eps, c.eps_root, c.eps_uncorrected)
    };
    let rms_prop = [Convention::PYTORCH_RMSPROP, Convention::OPTAX_RMSPROP, Convention::KERAS_RMSPROP];
    assert_eq!(rms_prop.map(numbers), [(1e-8, 0.0, false), (0.0, 1e-8, false), (0.0, 1e-7, false)]);
    let adam = [Convention::PYTORCH_ADAM, Convention::OPTAX_ADAM, Convention::KERAS_ADAM];
    assert_eq!(adam.map(numbers), [(1e-8, 0.0, false), (1e-8, 0.0, false), (1e-7, 0.0, true)]);
}

/// optax's rate is 0 where the sum is; d2l's is 1/√ε.
#[test]
fn skip_zero_is_seen_in_the_rate() {
    let rate = |convention| -> f64 {
        let convention = Convention { initial_accumulator: 0.0, ..convention };
        Adagrad::simplified(1.0, &array![0.0]).with_convention(convention).rate()[0]
    };
    assert_eq!(rate(Convention::OPTAX), 0.0);
    assert!((rate(Convention::D2L) - 1e3).abs() < 1e-9);
}

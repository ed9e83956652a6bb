//! Figures that are known from elsewhere: B1's rows, bowls and their rotation, the lecture's regression demo.

use ndarray::array;
use update_rules::{Adagrad, Convention, LinearRegression, Quadratic, Schedule, Vanilla, on_gradients, run};

use crate::updates;

/// B1's two rows of gradients, "how surprise it is".
pub const ROWS: [[f64; 5]; 2] = [[0.001, 0.001, 0.003, 0.002, 0.1], [10.8, 20.9, 31.7, 12.1, 0.1]];

pub fn rounded<'a>(values: impl IntoIterator<Item = &'a f64>) -> Vec<String> {
    values.into_iter().map(|x| format!("{x:.6}")).collect()
}

#[test]
fn surprise_of_both_rows() {
    let expected = [
        ["1.000000", "0.707107", "0.904534", "0.516398", "0.999251"],
        ["1.000000", "0.888397", "0.803023", "0.293059", "0.002422"],
    ];
    let sigmas = [
        ["0.001000", "0.001000", "0.001915", "0.001936", "0.044755"],
        ["10.800000", "16.635053", "22.791373", "20.644309", "18.464886"],
    ];
    for (row, gs) in ROWS.iter().enumerate() {
        let steps = on_gradients(Adagrad::simplified(1.0, &array![0.0]), gs);
        assert_eq!(rounded(steps.iter().map(|step| &step.update[0])), expected[row]);
        assert_eq!(rounded(steps.iter().map(|step| &step.sigma[0])), sigmas[row]);
        let vanilla = on_gradients(Vanilla::new(Schedule::InverseSqrt { eta: 1.0 }), gs);
        assert_eq!(rounded(&vanilla[4].update), ["0.044721"]); // the same for both rows: it cannot tell them apart
    }
    let of_2021 = updates(Adagrad::new(Schedule::Constant { eta: 1.0 }, &array![0.0]), &ROWS[0]);
    assert_eq!(rounded(&of_2021[4..]), ["2.234393"]);
}

#[test]
fn f4_a_rotation_breaks_it() {
    let bowls = [
        (Quadratic::separable(&[0.1, 2.0]), array![-5.0, -2.0]),
        // d2l's exercise, 0.1 (x₁ + x₂)² + 2 (x₁ − x₂)²: turned by 45°, √2 narrower, from a point of the same loss.
        (Quadratic::new(array![[4.2, -3.8], [-3.8, 4.2]]), array![-3.5, -1.5]),
        // The rotation alone, of the bowl and of its start.
        (Quadratic::rotated([0.1, 2.0], 45.0), 0.5_f64.sqrt() * array![-3.0, -7.0]),
    ];
    let losses = bowls.map(|(bowl, start)| {
        assert!((bowl.loss(&start) - 10.5).abs() < 1e-12);
        [20, 100].map(|updates| {
            let mut w = start.clone();
            let mut rule = Adagrad::simplified(2.0, &w);
            run(&mut rule, &mut w, updates, |w| bowl.gradient(w)).unwrap();
            format!("{:.2e}", bowl.loss(&w))
        })
    });
    assert_eq!(losses, [["5.27e-7", "6.07e-33"], ["1.85e-1", "3.54e-6"], ["2.11e-1", "8.31e-6"]]);
}

#[test]
fn pokemon_by_vanilla() {
    let data = LinearRegression::pokemon();
    for (eta, end) in [(1e-7, "[-123.692, 2.483]"), (1e-6, "[-149.229, 2.557]")] {
        let mut w = array![-120.0, -4.0];
        run(&mut Vanilla::new(Schedule::Constant { eta }), &mut w, 100_000, |w| data.gradient(w)).unwrap();
        assert_eq!(format!("{w:.3}"), end);
    }
}

/// d2l's function, 20 steps with its ε = 1e-6 inside the root.
#[test]
fn d2l_in_twenty_steps() {
    let bowl = Quadratic::separable(&[0.1, 2.0]);
    let end = |eta| {
        let mut w = array![-5.0, -2.0];
        let mut rule = Adagrad::simplified(eta, &w).with_convention(Convention::D2L);
        run(&mut rule, &mut w, 20, |w| bowl.gradient(w)).unwrap();
        format!("{w:.6}")
    };
    assert_eq!([end(0.4), end(2.0)], ["[-2.382563, -0.158591]", "[-0.002295, -0.000000]"]);
}

//! Figures that are known from elsewhere: B1's rows, bowls and their rotation, the lecture's regression demo.

use ndarray::{Array1, array};
use update_rules::{Adagrad, Descent, LinearRegression, NotFinite, Quadratic, Schedule, Step, Vanilla, run};

use crate::facts::{ours, updates};

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
    let sums = ["0.010015", "1704.760000"];
    for (row, gs) in ROWS.iter().enumerate() {
        assert_eq!(rounded(&ours(1.0, gs)), expected[row]);
        let rule = Adagrad::simplified(1.0, &array![0.0]);
        let mut given = gs.iter();
        let steps: Vec<Step<f64>> = Descent::new(rule, array![0.0], |_| array![*given.next().unwrap()])
            .take(5)
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(rounded(steps.iter().map(|s| &s.sigma[0])), sigmas[row]);
        assert_eq!(rounded([&gs.iter().map(|g| g * g).sum()]), [sums[row]]);
        let mut vanilla = Vanilla::new(Schedule::InverseSqrt { eta: 1.0 });
        let mut w = array![0.0];
        for _ in 0..4 {
            vanilla.step(&array![0.0], &mut w);
        }
        vanilla.step(&array![gs[4]], &mut w);
        assert_eq!(rounded(&w), ["-0.044721"]); // the same for both rows: it cannot tell them apart
    }
    let of_2021 = updates(Schedule::Constant { eta: 1.0 }, &ROWS[0]);
    assert_eq!(rounded(&of_2021[4..]), ["2.234393"]);
}

#[test]
fn f3_curvatures_up_to_1e6_walk_one_path() {
    let bowl = Quadratic::separable(&[0.1, 2.0, 5e5]);
    let w = array![3.0, 3.0, 3.0];
    let rule = Adagrad::simplified(1.0, &w);
    for step in Descent::new(rule, w, |w| bowl.gradient(w)).take(50) {
        let w = step.unwrap().w_next;
        assert!((w[0] - w[1]).abs() < 1e-15 && (w[0] - w[2]).abs() < 1e-15, "{w}");
    }
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
fn pokemon_by_both_rules() {
    let data = LinearRegression::pokemon();
    let end = |eta| -> Result<Array1<f64>, NotFinite> {
        let mut w = array![-120.0, -4.0];
        run(&mut Vanilla::new(Schedule::Constant { eta }), &mut w, 100_000, |w| data.gradient(w))?;
        Ok(w)
    };
    assert_eq!(format!("{:.3}", end(1e-7).unwrap()), "[-123.692, 2.483]");
    assert_eq!(format!("{:.3}", end(1e-6).unwrap()), "[-149.229, 2.557]");
    // 1e-5 is above 2/L: past 1e150 at t = 122, and then out of the numbers.
    let mut w = array![-120.0, -4.0];
    run(&mut Vanilla::new(Schedule::Constant { eta: 1e-5 }), &mut w, 123, |w| data.gradient(w)).unwrap();
    assert!(w[1].abs() > 1e150, "{w}");
    assert_eq!(end(1e-5).unwrap_err().to_string(), "at step t = 248 the gradient of parameter [1] is -inf");
}

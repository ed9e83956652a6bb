//! Gradients against central differences, Hessians against differences of gradients, minima where gradients vanish.

use ndarray::{Array1, Array2, array};
use proptest::prelude::*;
use update_rules::{LinearRegression, Parabola, Quadratic, eigenvalues};

use crate::refusal;

/// Central differences of `f` at `w`; exact for a quadratic but for rounding.
fn differences(f: impl Fn(&Array1<f64>) -> f64, w: &Array1<f64>) -> Array1<f64> {
    let along = |j: usize| {
        let h = 1e-3 * w[j].abs().max(1.0);
        let (mut up, mut down) = (w.clone(), w.clone());
        up[j] += h;
        down[j] -= h;
        (f(&up) - f(&down)) / (up[j] - down[j])
    };
    (0..w.len()).map(along).collect()
}

/// Compares within 1e-8 of the largest number involved, which is what a difference of losses leaves.
fn near(a: &Array1<f64>, b: &Array1<f64>, scale: f64) -> Result<(), TestCaseError> {
    prop_assert!(a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-8 * scale), "{} {}", a, b);
    Ok(())
}

/// Loss, gradient, Hessian and minimum belong together.
fn consistent(
    loss: impl Fn(&Array1<f64>) -> f64,
    gradient: impl Fn(&Array1<f64>) -> Array1<f64>,
    hessian: Array2<f64>,
    minimum: Array1<f64>,
    w: &Array1<f64>,
) -> Result<(), TestCaseError> {
    let g = gradient(w);
    let scale = loss(w).abs().max(g.iter().fold(1.0, |m: f64, g| m.max(g.abs())));
    near(&g, &differences(&loss, w), scale * 100.0)?;
    for j in 0..w.len() {
        let row = differences(|w| gradient(w)[j], w);
        near(&row, &hessian.row(j).to_owned(), scale)?;
    }
    near(&gradient(&minimum), &Array1::zeros(w.len()), scale)?;
    prop_assert!(loss(&minimum) <= loss(w));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parabola(a in 0.1..10.0, b in -10.0..10.0, c in -10.0..10.0, x in -10.0..10.0) {
        let p = Parabola { a, b, c };
        let minimum = -b / (2.0 * a);
        prop_assert!((p.best_step(x) - (x - minimum).abs()).abs() < 1e-12 * (1.0 + p.best_step(x)));
        prop_assert!((p.loss(&array![x]) - (a * x * x + b * x + c)).abs() < 1e-10);
        consistent(|w| p.loss(w), |w| p.gradient(w), array![[2.0 * a]], array![minimum], &array![x])?;
    }

    #[test]
    fn quadratics(a in 0.1..10.0, c in 0.1..10.0, degrees in -180.0..180.0, x in -10.0..10.0, y in -10.0..10.0) {
        let w = array![x, y];
        let bowls = [
            Quadratic::separable(&[a, c]),
            Quadratic::rotated([a, c], degrees),
            Quadratic::new(array![[a + c, a], [a, 2.0 * a]]),
        ];
        for q in bowls {
            consistent(|w| q.loss(w), |w| q.gradient(w), q.hessian(), array![0.0, 0.0], &w)?;
        }
        // What a rotation is: the loss at the rotated point is the loss at the point.
        let (sin, cos) = libm::sincos(degrees.to_radians());
        let turned = array![cos * x - sin * y, sin * x + cos * y];
        let (before, after) = (Quadratic::separable(&[a, c]).loss(&w), Quadratic::rotated([a, c], degrees).loss(&turned));
        prop_assert!((before - after).abs() <= 1e-12 * before);
        prop_assert!((before - (a * x * x + c * y * y)).abs() <= 1e-12 * before);
        // Its curvatures are those of the bowl it came from.
        let [large, small] = eigenvalues(&Quadratic::rotated([a, c], degrees).hessian());
        prop_assert!((large - 2.0 * a.max(c)).abs() < 1e-12 * large && (small - 2.0 * a.min(c)).abs() < 1e-12 * large);
    }

    #[test]
    fn regression(
        points in prop::collection::vec((-10.0..10.0, -10.0..10.0), 1..12), b in -10.0..10.0, w in -10.0..10.0,
    ) {
        let (mut x, mut y): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
        x.extend([20.0, -20.0]); // two that differ: the minimum is one point
        y.extend([1.0, 2.0]);
        let data = LinearRegression::new(x.into(), y.into());
        let at = array![b, w];
        let residuals = data.y() - &(b + w * data.x());
        prop_assert!((data.loss(&at) - residuals.dot(&residuals)).abs() <= 1e-12 * data.loss(&at));
        consistent(|w| data.loss(w), |w| data.gradient(w), data.hessian(), data.minimum(), &at)?;
    }
}

#[test]
fn one_point_has_no_least_squares() {
    assert!(LinearRegression::new(array![1.0], array![1.0]).minimum()[1].is_nan());
}

#[test]
fn shapes_that_make_no_sense_are_named() {
    let line = || LinearRegression::new(array![1.0], array![1.0, 2.0]);
    assert_eq!(refusal(line), "x has shape [1] but y has shape [2]");
    assert_eq!(refusal(|| Quadratic::new(array![[1.0, 2.0]])), "the Hessian has shape [1, 2]");
    let turned = refusal(|| Quadratic::new(array![[1.0, 2.0], [3.0, 4.0]]));
    assert_eq!(turned, "the Hessian [[1, 2],\n [3, 4]] is not symmetric");
    assert_eq!(refusal(|| eigenvalues(&array![[1.0]])), "the matrix has shape [1, 1] but must have shape [2, 2]");
}

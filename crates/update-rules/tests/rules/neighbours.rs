//! RMSProp and Adam: their caps, their first steps, and how near they stand to Adagrad and to the rule of 2021.

use ndarray::{Array1, array};
use proptest::prelude::*;
use update_rules::{Adagrad, Adam, RmsProp, Rule, Schedule};

use crate::facts::gradients;
use crate::figures::{ROWS, rounded};
use crate::{Boxed, updates};

const ONE: Schedule = Schedule::Constant { eta: 1.0 };

fn rms_prop(alpha: f64, g: &[f64]) -> Vec<f64> {
    updates(RmsProp::new(ONE, alpha, &array![0.0]), g)
}

fn adam(schedule: Schedule, betas: [f64; 2], g: &[f64]) -> Vec<f64> {
    updates(Adam::new(schedule, betas, &array![0.0]), g)
}

/// The largest |a − b|/|b|.
fn difference(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs() / b.abs()).fold(0.0, f64::max)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// No step of RMSProp exceeds η/√(1 − α), which is its first one; Adam's first one is η.
    #[test]
    fn caps_and_first_steps(g in gradients(), alpha in 0.0..0.999, beta1 in 0.0..0.999) {
        let cap: f64 = f64::sqrt(1.0 / (1.0 - alpha));
        let steps = rms_prop(alpha, &g);
        prop_assert!((steps[0] - cap * g[0].signum()).abs() <= 1e-15 * cap, "{} is not ±{cap}", steps[0]);
        prop_assert!(steps.iter().all(|step| step.abs() <= cap * (1.0 + 1e-15)), "above {cap}: {steps:?}");
        let first = adam(ONE, [beta1, alpha], &g)[0];
        prop_assert!((first - g[0].signum()).abs() <= 1e-12, "{first} is not ±1"); // 1 − β₁ has lost some digits
    }

    /// Neither knows the unit of the loss.
    #[test]
    fn scale(g in gradients(), alpha in 0.0..0.999, beta1 in 0.0..0.999) {
        let scaled: Vec<f64> = g.iter().map(|g| 0.125 * g).collect();
        prop_assert_eq!(rms_prop(alpha, &scaled), rms_prop(alpha, &g));
        prop_assert_eq!(adam(ONE, [beta1, alpha], &scaled), adam(ONE, [beta1, alpha], &g));
    }

    /// With t/(t+1) in place of α the moving mean is (σᵗ)², and the rule that of 2021.
    #[test]
    fn the_mean_is_a_moving_mean_with_its_own_alpha(g in gradients()) {
        let (mut t, mut v) = (0, array![0.0]);
        let step = |&g: &f64| {
            let mut rule = RmsProp::new(ONE, t as f64 / (t as f64 + 1.0), &v);
            (rule.t, rule.mean_of_squares) = (t, v.clone());
            let made = rule.update(&array![g], &array![0.0]);
            (t, v) = (rule.t, rule.mean_of_squares);
            made.update[0]
        };
        let steps: Vec<f64> = g.iter().map(step).collect();
        prop_assert!(difference(&steps, &updates(Adagrad::new(ONE, &array![0.0]), &g)) <= 1e-14);
    }

    /// Adam's correction alone: with β₁ = 0 it is RMSProp, each step times √(1 − αᵗ⁺¹).
    #[test]
    fn adam_without_momentum_is_rms_prop_corrected(g in gradients(), alpha in 0.0..0.999) {
        let corrected: Vec<f64> = (1..).zip(rms_prop(alpha, &g)).map(|(n, u)| u * (1.0 - alpha.powi(n)).sqrt()).collect();
        prop_assert!(difference(&adam(ONE, [0.0, alpha], &g), &corrected) <= 1e-12); // 1 − αⁿ has lost some digits
    }
}

/// β₁ = 0 and β₂ → 1: the rule of 2021 with a constant η, and Adagrad with η/√(t+1).
#[test]
fn adams_limits() {
    for schedule in [ONE, Schedule::InverseSqrt { eta: 1.0 }] {
        let expected = updates(Adagrad::new(schedule, &array![0.0]), &ROWS[0]);
        let differences = [1e-2, 1e-3, 1e-6, 1e-8]
            .map(|rest| format!("{:.1e}", difference(&adam(schedule, [0.0, 1.0 - rest], &ROWS[0]), &expected)));
        assert_eq!(differences, ["9.9e-3", "1.0e-3", "1.0e-6", "1.0e-8"]);
    }
}

#[test]
fn b1_rows() {
    let [one, two] = ROWS;
    let expected = ["3.162278 2.294157 2.898855 1.712532 3.160339", "3.162278 2.839438 2.594792 0.991385 0.008636"];
    assert_eq!([rms_prop(0.9, &one), rms_prop(0.9, &two)].map(|steps| rounded(&steps).join(" ")), expected);
    let expected = ["10.000000 7.088812 9.057659 5.188177 9.992652", "10.000000 8.893346 8.047524 2.949865 0.024502"];
    assert_eq!([rms_prop(0.99, &one), rms_prop(0.99, &two)].map(|steps| rounded(&steps).join(" ")), expected);
    let expected = ["1.000000 1.000000 0.907315 0.936578 0.575688", "1.000000 0.968645 0.959143 0.921546 0.780237"];
    let steps = [one, two].map(|row| rounded(&adam(ONE, [0.9, 0.999], &row)).join(" "));
    assert_eq!(steps, expected);
}

/// RMSProp's steps fall from η/√(1 − α) to η; Adam's are η.
#[test]
fn a_constant_gradient() {
    let falls: Vec<f64> = (1..=300).map(|n| 1.0 / (1.0 - 0.9_f64.powi(n)).sqrt()).collect();
    assert!(difference(&rms_prop(0.9, &[7.0; 300]), &falls) < 1e-13);
    assert!(difference(&adam(ONE, [0.9, 0.999], &[7.0; 300]), &[1.0; 300]) < 1e-13);
}

/// Gradients 3, −1, −1 for ever, w kept in [−1, 1]: −1 is best. Two rules forget the 3 (Reddi, Kale, Kumar 2018).
#[test]
fn who_forgets_walks_to_the_wrong_end() {
    let eta = Schedule::InverseSqrt { eta: 0.5 };
    let end = |mut rule: Boxed| {
        let mut w: Array1<f64> = array![0.0];
        for t in 0..999 {
            rule.step(&array![if t % 3 == 0 { 3.0 } else { -1.0 }], &mut w);
            w[0] = w[0].clamp(-1.0, 1.0);
        }
        format!("{:.6}", w[0])
    };
    let w = array![0.0];
    assert_eq!(end(Box::new(Adagrad::simplified(0.5, &w))), "-0.983476");
    assert_eq!(end(Box::new(RmsProp::new(eta, 0.1, &w))), "1.000000");
    assert_eq!(end(Box::new(Adam::new(eta, [0.0, 0.1], &w))), "1.000000");
}

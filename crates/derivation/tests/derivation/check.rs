//! Every line of every derivation equals its neighbours, and the results equal what `update-rules` computes.

use crate::random::{Sizes, gradients, schedule};
use derivation::*;
use ndarray::array;
use proptest::prelude::*;
use update_rules::Adagrad;

#[test]
fn symbolic_lines_agree_in_a_thousand_environments() {
    let mut all = vec![sigma_symbolic(None), cancelling_root(), current_gradient(), past_gradient()];
    all.extend([0, 1, 2, 4, 5, 30].map(|t| sigma_symbolic(Some(t))));
    for derivation in all {
        derivation.verify().unwrap_or_else(|mismatch| panic!("{}: {mismatch}", derivation.title));
    }
}

#[test]
fn the_first_step_has_no_past() {
    let env = Env::new(Schedule::InverseSqrt { eta: 0.5 }, 1.0, &[-3.0]);
    sigma_symbolic(Some(0)).check(&env).unwrap();
    cancelling_root().check(&env).unwrap();
    let refused = past_gradient().check(&env).unwrap_err();
    assert!(refused.why.contains("a step index has no value here"), "{refused}");
}

/// 1 − (1/3) · 3 is 0 but for the last of 40 digits, and so are the others.
#[test]
fn a_path_may_end_in_zero_or_beside_it() {
    let root = |eta| Schedule::InverseSqrt { eta };
    for (schedule, w0, gradients) in [
        (root(1.0), 1.0, &[3.0][..]),
        (root(0.1), 0.1, &[3.0, 4.0, 12.0]),
        (root(1.0), 1.8, &[9.0, 12.0]),
        (Schedule::Constant { eta: 1.0 }, -1.0, &[-3.0, 4.0]),
        (root(2.0), 0.0, &[-4.5, 1e20]),
        (root(1e-6), 0.0, &[-1e-22, -0.005]),
        (root(1.0), 0.0, &[1e-15, -1.0]),
        (root(1.0), 0.0, &[1e-20, -1.0]),
        (root(1.0), 0.5, &[0.0, 0.0, 2.0]),
    ] {
        let steps = adagrad(schedule, w0, gradients);
        assert_eq!(steps.verify(), Ok(()), "{steps}");
    }
    for first in (1..=100).map(f64::from) {
        let step = adagrad(root(1.0), 1.0, &[first]);
        assert_eq!(step.verify(), Ok(()), "{step}");
        assert_eq!(step.last().w_value(), Some(0.0));
    }
}

#[test]
fn what_no_derivation_can_be_made_of_is_named() {
    let root = Schedule::InverseSqrt { eta: 1.0 };
    let env = |schedule, gradients: &[f64]| drop(Env::new(schedule, 0.0, gradients));
    let refused = |why: &str, make: &dyn Fn()| {
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(make)).expect_err(why);
        let named = panic.downcast_ref::<String>().cloned().or(panic.downcast_ref::<&str>().map(|why| why.to_string()));
        assert_eq!(named.as_deref(), Some(why));
    };
    refused("the gradient at t = 2 is NaN: a derivation needs finite numbers", &|| drop(sigma(&[1.0, 2.0, f64::NAN])));
    refused("the gradient at t = 1 is -inf: a derivation needs finite numbers", &|| env(root, &[0.0, -f64::INFINITY]));
    refused("a derivation needs at least one gradient", &|| drop(sigma(&[])));
    refused("an environment needs at least one gradient", &|| env(root, &[]));
    refused("a derivation needs finite numbers, not inf", &|| drop(formula::number(f64::INFINITY)));
    let (nan, half) = (f64::NAN, 0.5);
    let others =
        [Schedule::StepDecay { eta: half, factor: nan, every: 1 }, Schedule::InverseTime { eta: half, k: nan }];
    for schedule in Schedule::all(nan).into_iter().chain(others) {
        refused("a derivation needs finite numbers, not NaN", &|| env(schedule, &[1.0]));
    }
    let never = Schedule::StepDecay { eta: half, factor: half, every: 0 };
    refused("a step decay needs `every` from 1", &|| env(never, &[1.0]));
    let falling = Schedule::InverseTime { eta: 1.0, k: -1.0 };
    refused("the schedule divides by zero at t = 1", &|| drop(adagrad(falling, 0.0, &[3.0, 4.0])));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numeric_lines_agree(
        gradients in gradients(Sizes::All),
        schedule in schedule(),
        // Multiples of η too: the first step is η or −η, and so w¹ is often 0.
        (w0, times) in (-10.0..10.0, -2..=4),
    ) {
        let w0 = if times <= 2 { schedule.at(0) * f64::from(times) } else { w0 };
        let steps = adagrad(schedule, w0, &gradients);
        prop_assert_eq!(steps.verify(), Ok(()));
        let eta = schedule.at(0);
        prop_assert_eq!(cancelling_root_of(eta, &gradients).verify(), Ok(()));
        // The same lines under an environment that keeps every gradient.
        let t = gradients.len() - 1;
        let env = Env::new(schedule, w0, &gradients);
        prop_assert_eq!(steps.at(t).sigma.check(&env), Ok(()));
    }

    #[test]
    fn results_equal_update_rules(
        gradients in gradients(Sizes::AsPeopleWrite),
        schedule in schedule(),
        w0 in -10.0..10.0,
    ) {
        let steps = adagrad(schedule, w0, &gradients);
        let mut w = array![w0];
        let mut rule = Adagrad::new(schedule, &w);
        let mut moved = w0.abs();
        for (step, &g) in steps.0.iter().zip(&gradients) {
            let before = w[0];
            rule.step(&array![g], &mut w);
            moved += (w[0] - before).abs();
            let sigma = rule.sigma()[0];
            prop_assert!((step.sigma_value() - sigma).abs() <= 1e-12 * sigma, "{} {sigma}", step.sigma_value());
            // Relative to the path: w itself may come to nearly 0 by cancellation.
            let ours = step.w_value().unwrap();
            prop_assert!((ours - w[0]).abs() <= 1e-12 * moved, "{ours} {}", w[0]);
        }
    }
}

#[test]
fn the_rates_are_those_of_update_rules() {
    for schedule in Schedule::all(0.3) {
        let env = Env::new(schedule, 0.0, &[1.0]);
        for t in (0..100).chain([999, 123_456]) {
            let (ours, theirs) = (formula::eta_at(formula::Index::At(t)).value(&env).unwrap(), schedule.at(t));
            assert!((ours - theirs).abs() <= 1e-15 * theirs.abs(), "{schedule:?}, t = {t}: {ours} {theirs}");
        }
        adagrad(schedule, 0.0, &[3.0, 4.0, 12.0, 1.0]).verify().unwrap();
    }
}

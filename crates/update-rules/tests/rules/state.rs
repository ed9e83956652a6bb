//! What a rule shows of itself, how it is resumed, and what it refuses.

use ndarray::{Array1, Array2, Ix1, array};
use update_rules::{Adagrad, Adam, Convention, RmsProp, Rule, Schedule, Vanilla};

use crate::{Case, Kind, cases, new};

#[test]
fn what_a_rule_shows_of_itself() {
    let mut w = array![0.0, 0.0];
    let schedule = Schedule::Constant { eta: 2.0 };
    let mut rule = Adagrad::new(schedule, &w);
    assert_eq!(rule.schedule(), schedule);
    assert_eq!((rule.t, rule.sigma(), rule.rate()), (0, array![0.0, 0.0], array![0.0, 0.0]));
    rule.step(&array![3.0, 0.0], &mut w);
    assert_eq!((rule.t, rule.sigma(), rule.rate()), (1, array![3.0, 0.0], array![2.0 / 3.0, 0.0]));
    rule.step(&array![4.0, 0.0], &mut w);
    assert_eq!(rule.sum_of_squares, array![25.0, 0.0]);
    assert_eq!((rule.t, rule.sigma()), (2, array![12.5_f64.sqrt(), 0.0]));
    // ηᵗ/σᵗ = 2/√12.5
    assert!((rule.rate()[0] - 2.0 / 12.5_f64.sqrt()).abs() < 1e-15);
    assert_eq!(rule.rate()[1], 0.0);
    // A convention starts the rule again, from its own sum.
    let rule = rule.with_convention(Convention::KERAS);
    assert_eq!((rule.t, &rule.sum_of_squares), (0, &array![0.1, 0.1]));

    let mut vanilla = Vanilla::new(schedule);
    vanilla.step(&w.clone(), &mut w);
    assert_eq!((vanilla.t, vanilla.schedule()), (1, schedule));
}

/// The rate is what g (in Adam m̂) was multiplied by, ε and lr_decay included; ηᵗ and σᵗ are those of the step.
#[test]
fn an_update_is_the_rate_times_g() {
    for case in cases() {
        let mut rule = new(case, &array![0.0, 0.0]);
        let (mut squares, mut mean) = (0.0, 0.0);
        if let Kind::Adagrad(convention) = case.rule {
            squares = convention.initial_accumulator;
        }
        for t in 0..5 {
            let g = array![0.5 + t as f64, 0.0];
            let made = rule.update(&g, &array![7.0, 7.0]);
            let (mut multiplied, mut sigma) = (g[0], 1.0);
            match case.rule {
                Kind::Vanilla => {}
                Kind::Adagrad(_) => {
                    squares += g[0] * g[0];
                    sigma = (squares / (t as f64 + 1.0)).sqrt();
                }
                Kind::RmsProp(alpha, _) => {
                    squares = alpha * squares + (1.0 - alpha) * (g[0] * g[0]);
                    sigma = squares.sqrt();
                }
                Kind::Adam([beta1, beta2], _) => {
                    mean = beta1 * mean + (1.0 - beta1) * g[0];
                    squares = beta2 * squares + (1.0 - beta2) * (g[0] * g[0]);
                    let corrected = |beta: f64| 1.0 / (1.0 - libm::pow(beta, t as f64 + 1.0));
                    multiplied = mean * corrected(beta1);
                    sigma = (squares * corrected(beta2)).sqrt();
                }
            }
            let product = made.rate[0] * multiplied;
            assert!((made.update[0] - product).abs() <= 1e-15 * product.abs(), "{case:?}, t = {t}: {made:?}");
            assert_eq!(made.update[1], 0.0, "{case:?}, t = {t}");
            assert_eq!(made.eta, case.schedule.at(t), "{case:?}, t = {t}");
            assert_eq!(made.sigma[0], sigma, "{case:?}, t = {t}");
        }
    }
}

/// Saved after three steps and made anew: the next steps have the same bits.
#[test]
fn a_resumed_rule_goes_on_to_the_last_bit() {
    let gradient = |t: usize| array![0.3 + t as f64, -1e-3, 0.0];
    let go_on = |case: Case, mut one: Box<dyn Rule<f64, Ix1>>, mut other: Box<dyn Rule<f64, Ix1>>| {
        let (mut w, mut v) = (array![1.0, 2.0, 3.0], array![1.0, 2.0, 3.0]);
        for t in 3..6 {
            one.step(&gradient(t), &mut w);
            other.step(&gradient(t), &mut v);
            assert_eq!(w, v, "{case:?}, t = {t}");
        }
    };
    for case in cases() {
        let mut w = array![1.0, 2.0, 3.0];
        macro_rules! resume {
            ($rule:expr, $($state:ident)*) => {{
                let (mut rule, mut resumed) = ($rule, $rule);
                (0..3).for_each(|t| rule.step(&gradient(t), &mut w));
                $(resumed.$state = rule.$state.clone();)*
                go_on(case, Box::new(rule), Box::new(resumed));
            }};
        }
        let (schedule, w0) = (case.schedule, w.clone());
        match case.rule {
            Kind::Vanilla => resume!(Vanilla::new(schedule), t),
            Kind::Adagrad(c) => resume!(Adagrad::new(schedule, &w0).with_convention(c), t sum_of_squares),
            Kind::RmsProp(alpha, c) => {
                resume!(RmsProp::new(schedule, alpha, &w0).with_convention(c), t mean_of_squares)
            }
            Kind::Adam(betas, c) => {
                resume!(Adam::new(schedule, betas, &w0).with_convention(c), t mean mean_of_squares)
            }
        }
    }
}

/// A convention starts a rule again, from its own first value.
#[test]
fn a_convention_starts_a_rule_again() {
    let schedule = Schedule::Constant { eta: 1.0 };
    let keras = Convention::KERAS;
    let mut w = array![0.0];
    let mut rms_prop = RmsProp::new(schedule, 0.9, &w);
    rms_prop.step(&array![1.0], &mut w);
    let rms_prop = rms_prop.with_convention(keras);
    assert_eq!((rms_prop.t, &rms_prop.mean_of_squares), (0, &array![0.1]));
    let mut adam = Adam::new(schedule, [0.9, 0.999], &w);
    adam.step(&array![1.0], &mut w);
    let adam = adam.with_convention(keras);
    assert_eq!((adam.t, &adam.mean, &adam.mean_of_squares), (0, &array![0.0], &array![0.1]));
}

#[test]
fn zero_gradients_do_not_move_and_make_no_nan() {
    for case in cases() {
        let mut w = array![5.0, 5.0];
        let mut rule = new(case, &w);
        (0..5).for_each(|_| rule.step(&array![0.0, -0.0], &mut w));
        assert_eq!(w, array![5.0, 5.0], "{case:?}");
    }
    // A square that underflows counts as zero: no division of it by √0.
    let mut w = array![5.0_f32];
    Adagrad::simplified(1.0, &w).step(&array![1e-30], &mut w);
    assert_eq!(w, array![5.0]);
}

/// It is not swept under, stays in the sum, and touches no other parameter.
#[test]
fn a_nan_stays() {
    for case in cases() {
        let mut w = array![5.0, 5.0];
        let mut rule = new(case, &w);
        rule.step(&array![f64::NAN, 1.0], &mut w);
        rule.step(&array![1.0, 1.0], &mut w);
        assert!(w[0].is_nan() && w[1] < 5.0, "{case:?}: {w}");
    }
}

/// What a call panics with.
fn refusal<T>(call: impl FnOnce() -> T + std::panic::UnwindSafe) -> String {
    let Err(payload) = std::panic::catch_unwind(call) else { return "accepted".into() };
    payload.downcast::<String>().map_or_else(|literal| literal.downcast::<&str>().unwrap().to_string(), |text| *text)
}

#[test]
fn a_number_that_makes_no_sense_is_named_where_it_enters() {
    let w = array![0.0];
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    let step_decay = |eta, factor, every| Schedule::StepDecay { eta, factor, every };
    for (schedule, named) in [
        (Schedule::Constant { eta: -0.1 }, "eta is -0.1"),
        (Schedule::InverseSqrt { eta: nan }, "eta is NaN"),
        (step_decay(inf, 0.5, 1), "eta is inf"),
        (step_decay(1.0, -0.5, 1), "factor is -0.5"),
        (step_decay(1.0, 0.5, 0), "every is 0: it must be at least 1"),
        (Schedule::InverseTime { eta: -1.0, k: 1.0 }, "eta is -1"),
        (Schedule::InverseTime { eta: 1.0, k: -1.0 }, "k is -1"),
    ] {
        let tail = if named.contains(':') { "" } else { ": it must be finite and not negative" };
        assert_eq!(refusal(|| Vanilla::new(schedule)), format!("{named}{tail}"));
        assert_eq!(refusal(|| Adagrad::new(schedule, &w)), format!("{named}{tail}"));
        assert_eq!(refusal(|| RmsProp::new(schedule, 0.9, &w)), format!("{named}{tail}"));
        assert_eq!(refusal(|| Adam::new(schedule, [0.9, 0.999], &w)), format!("{named}{tail}"));
    }
    assert_eq!(refusal(|| step_decay(1.0, 0.5, 0).at(3)), "every is 0: it must be at least 1");
    let (slide, eta) = (Convention::SLIDE, Schedule::Constant { eta: 1.0 });
    for (convention, named) in [
        (Convention { eps: -1e-9, ..slide }, "eps is -0.000000001"),
        (Convention { eps_root: nan, ..slide }, "eps_root is NaN"),
        (Convention { initial_accumulator: -0.1, ..slide }, "initial_accumulator is -0.1"),
        (Convention { lr_decay: inf, ..slide }, "lr_decay is inf"),
    ] {
        for refused in [
            refusal(|| Adagrad::simplified(1.0, &w).with_convention(convention)),
            refusal(|| RmsProp::new(eta, 0.9, &w).with_convention(convention)),
            refusal(|| Adam::new(eta, [0.9, 0.999], &w).with_convention(convention)),
        ] {
            assert_eq!(refused, format!("{named}: it must be finite and not negative"));
        }
    }
    for bad in [-0.1, 1.0, 1.5, inf, nan] {
        let of = |name: &str| format!("{name} is {bad}: it must be at least 0 and less than 1");
        assert_eq!(refusal(|| RmsProp::new(eta, bad, &w)), of("alpha"));
        assert_eq!(refusal(|| Adam::new(eta, [bad, 0.9], &w)), of("beta1"));
        assert_eq!(refusal(|| Adam::new(eta, [0.9, bad], &w)), of("beta2"));
    }
    // Zero is a number: a rule that stands still, a sum from 0.
    assert_eq!(refusal(|| Adagrad::simplified(0.0, &w).with_convention(slide)), "accepted");
}

#[test]
fn shapes_that_differ_are_named() {
    let zeros = |n| Array1::<f64>::zeros(n);
    let adagrad = |n| Adagrad::simplified(1.0, &zeros(n));
    let two = "g has shape [3] but w has shape [2]";
    assert_eq!(refusal(|| Vanilla::new(Schedule::Constant { eta: 1.0 }).step(&zeros(3), &mut zeros(2))), two);
    assert_eq!(refusal(|| adagrad(2).step(&zeros(3), &mut zeros(2))), two);
    assert_eq!(refusal(|| adagrad(1).step(&zeros(2), &mut zeros(2))), "the rule has shape [1] but w has shape [2]");
    let eta = Schedule::Constant { eta: 1.0 };
    let rms_prop = || RmsProp::new(eta, 0.9, &zeros(1)).step(&zeros(2), &mut zeros(2));
    assert_eq!(refusal(rms_prop), "the rule has shape [1] but w has shape [2]");
    let adam = |change: fn(&mut Adam<f64>)| {
        let mut rule = Adam::new(eta, [0.9, 0.999], &zeros(2));
        change(&mut rule);
        rule.step(&zeros(2), &mut zeros(2));
    };
    assert_eq!(refusal(|| adam(|rule| rule.mean = array![0.0])), "the rule has shape [1] but w has shape [2]");
    assert_eq!(
        refusal(|| adam(|rule| rule.mean_of_squares = array![0.0])),
        "the rule has shape [1] but w has shape [2]"
    );
    let turned = || {
        let mut w = Array2::<f32>::zeros((2, 3));
        Adagrad::simplified(1.0, &w).step(&Array2::zeros((3, 2)), &mut w);
    };
    assert_eq!(refusal(turned), "g has shape [3, 2] but w has shape [2, 3]");
}

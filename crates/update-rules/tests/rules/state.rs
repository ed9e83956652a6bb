//! What a rule shows of itself, how it is resumed, and what it refuses.

use ndarray::{Array1, Array2, Ix1, array};
use update_rules::{Adagrad, Adam, Convention, Descent, RmsProp, Rule, Schedule, Vanilla};

use crate::layouts::{first, one};
use crate::{Boxed, Case, Kind, cases, new, refusal};

/// The rate is what g (in Adam m̂) was multiplied by, ε and lr_decay included; ηᵗ and σᵗ are those of the step.
#[test]
fn an_update_is_the_rate_times_g() {
    for case in cases() {
        let mut rule = new(case, &array![0.0, 0.0]);
        let [mut s, mut v] = first(case);
        for t in 0..5 {
            let g = array![0.5 + t as f64, 0.0];
            let made = rule.update(&g, &array![7.0, 7.0]);
            let [multiplied, squares] = one(case, t, g[0], [&mut s, &mut v], &mut 7.0);
            let count = if let Kind::Adagrad(_) = case.rule { t as f64 + 1.0 } else { 1.0 };
            let product = made.rate[0] * multiplied;
            assert!((made.update[0] - product).abs() <= 1e-15 * product.abs(), "{case:?}, t = {t}: {made:?}");
            assert_eq!(made.update[1], 0.0, "{case:?}, t = {t}");
            assert_eq!(made.eta, case.schedule.at(t), "{case:?}, t = {t}");
            assert_eq!(made.sigma[0], (squares / count).sqrt(), "{case:?}, t = {t}");
        }
    }
}

/// Saved after three steps and made anew: the next steps have the same bits.
#[test]
fn a_resumed_rule_goes_on_to_the_last_bit() {
    let gradient = |t: usize| array![0.3 + t as f64, -1e-3, 0.0];
    let go_on = |case: Case, mut one: Boxed, mut other: Boxed| {
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

/// The numbers before a first step, and after two; a convention starts a rule again, from its own first value.
#[test]
fn what_a_rule_shows_of_itself() {
    let (schedule, w) = (Schedule::Constant { eta: 2.0 }, array![0.0, 0.0]);
    let walk = |rule: &mut dyn Rule<f64, Ix1>| [3.0, 4.0].map(|g| rule.step(&array![g, 0.0], &mut w.clone()));

    let mut adagrad = Adagrad::new(schedule, &w);
    assert_eq!((adagrad.schedule(), Vanilla::new(schedule).schedule()), (schedule, schedule));
    assert_eq!((adagrad.sigma(), adagrad.rate()), (array![0.0, 0.0], array![0.0, 0.0]));
    walk(&mut adagrad);
    assert_eq!((adagrad.t, &adagrad.sum_of_squares), (2, &array![25.0, 0.0]));
    assert_eq!((adagrad.sigma(), adagrad.rate()[1]), (array![12.5_f64.sqrt(), 0.0], 0.0));
    assert!((adagrad.rate()[0] - 2.0 / 12.5_f64.sqrt()).abs() < 1e-15);
    let again = adagrad.with_convention(Convention::KERAS);
    assert_eq!((again.t, again.sum_of_squares), (0, array![0.1, 0.1]));

    let mut rms_prop = RmsProp::new(schedule, 0.9, &w);
    walk(&mut rms_prop);
    let again = rms_prop.with_convention(Convention::KERAS);
    assert_eq!((again.t, again.mean_of_squares), (0, array![0.1, 0.1]));

    let mut adam = Adam::new(schedule, [0.9, 0.999], &w);
    walk(&mut adam);
    let again = adam.with_convention(Convention::KERAS);
    assert_eq!((again.t, again.mean, again.mean_of_squares), (0, array![0.0, 0.0], array![0.1, 0.1]));
}

/// Gradients of zero do not move a parameter and make no NaN. One that is NaN is not swept under, stays in the sum, and
/// touches no other parameter.
#[test]
fn zero_stands_still_and_a_nan_stays() {
    for case in cases() {
        let mut w = array![5.0, 5.0, 5.0, 5.0];
        let mut rule = new(case, &w);
        for g in [f64::NAN, 1.0, 1.0, 1.0, 1.0] {
            rule.step(&array![0.0, -0.0, g, 1.0], &mut w);
        }
        assert!(w[0] == 5.0 && w[1] == 5.0 && w[2].is_nan() && w[3] < 5.0, "{case:?}: {w}");
    }
    // A square that underflows counts as zero: no division of it by √0.
    let mut w = array![5.0_f32];
    Adagrad::simplified(1.0, &w).step(&array![1e-30], &mut w);
    assert_eq!(w, array![5.0]);
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
    let (eta, zeros) = (Schedule::Constant { eta: 1.0 }, |n| Array1::<f64>::zeros(n));
    let adam = |mean, mean_of_squares| {
        let mut rule = Adam::new(eta, [0.9, 0.999], &zeros(2));
        (rule.mean, rule.mean_of_squares) = (zeros(mean), zeros(mean_of_squares));
        rule
    };
    let (of_g, of_rule) = ("g has shape [3] but w has shape [2]", "the rule has shape [1] but w has shape [2]");
    let refused: [(Boxed, usize, &str); 6] = [
        (Box::new(Vanilla::new(eta)), 3, of_g),
        (Box::new(Adagrad::simplified(1.0, &zeros(2))), 3, of_g),
        (Box::new(Adagrad::simplified(1.0, &zeros(1))), 2, of_rule),
        (Box::new(RmsProp::new(eta, 0.9, &zeros(1))), 2, of_rule),
        (Box::new(adam(1, 2)), 2, of_rule),
        (Box::new(adam(2, 1)), 2, of_rule),
    ];
    for (mut rule, g, text) in refused {
        assert_eq!(refusal(|| rule.step(&zeros(g), &mut zeros(2))), text);
    }
    let turned = || {
        let mut w = Array2::<f32>::zeros((2, 3));
        Adagrad::simplified(1.0, &w).step(&Array2::zeros((3, 2)), &mut w);
    };
    assert_eq!(refusal(turned), "g has shape [3, 2] but w has shape [2, 3]");
    let descent = || Descent::new(Vanilla::new(eta), array![1.0], |_| array![1.0, 2.0, 3.0]).next();
    assert_eq!(refusal(descent), "g has shape [3] but w has shape [1]");
}

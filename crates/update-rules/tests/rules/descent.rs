//! The loop: what an item holds, that it is lazy and endless, and how it ends when numbers do.

use std::cell::Cell;

use ndarray::{Array1, Array2, Array3, array};
use update_rules::{Adagrad, Descent, LinearRegression, NotFinite, Quadratic, Schedule, Vanilla, on_gradients, run};

use crate::{Decayed, cases, new};

/// Slide S3 by hand: gradients 3, 4, 12.
#[test]
fn s3_step_by_step() {
    let steps = on_gradients(Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &array![0.0]), &[3.0, 4.0, 12.0]);
    for (t, step) in steps.iter().enumerate() {
        assert_eq!(step.t, t);
        assert_eq!(step.g, array![[3.0, 4.0, 12.0][t]]);
        assert_eq!(step.eta, 1.0 / (t as f64 + 1.0).sqrt());
        assert_eq!(step.sigma, array![[9.0_f64, 12.5, 169.0 / 3.0][t].sqrt()]);
        assert_eq!(step.rate, array![1.0 / [3.0, 5.0, 13.0][t]]);
        assert_eq!(step.update, array![[1.0, 0.8, 12.0 / 13.0][t]]);
        assert_eq!(step.w_next, &step.w - &step.update);
    }
    assert_eq!(steps[0].w, array![0.0]);
    assert_eq!((&steps[1].w, &steps[2].w), (&steps[0].w_next, &steps[1].w_next));
}

/// The recorded path and the unrecorded one are the same to the last bit, also for a rule that reads w.
#[test]
fn run_walks_the_recorded_path() {
    let data = LinearRegression::pokemon();
    let start = array![-120.0, -4.0];
    for case in cases() {
        for decays in [false, true] {
            let rule = || match decays {
                false => new(case, &start),
                true => Box::new(Decayed(new(case, &start))),
            };
            let mut descent = Descent::new(rule(), start.clone(), |w| data.gradient(w));
            let recorded = descent.by_ref().take(30).filter(Result::is_ok).count();
            let (mut w, mut rule) = (start.clone(), rule());
            let ran = run(&mut rule, &mut w, 30, |w| data.gradient(w));
            assert_eq!(ran.is_ok(), recorded == 30, "{case:?}, weight decay: {decays}");
            assert_eq!(descent.w(), &w, "{case:?}, weight decay: {decays}");
        }
    }
    let (mut w, mut rule) = (Array2::<f32>::ones((2, 3)), Vanilla::new(Schedule::Constant { eta: 0.5 }));
    run(&mut rule, &mut w, 2, |w| w.clone()).unwrap();
    assert_eq!(w, Array2::from_elem((2, 3), 0.25));
}

#[test]
fn it_is_lazy_and_endless_and_can_borrow_its_rule() {
    let asked = Cell::new(0);
    let mut rule = Vanilla::new(Schedule::Constant { eta: 1.0 });
    let mut descent = Descent::new(&mut rule, array![1.0], |w: &Array1<f64>| {
        asked.set(asked.get() + 1);
        w.clone()
    });
    assert_eq!(asked.get(), 0);
    descent.next();
    assert_eq!(asked.get(), 1);
    assert_eq!(descent.by_ref().take(10_000).filter(Result::is_ok).count(), 10_000);
    assert_eq!(descent.rule().t, 10_001);
    assert_eq!(descent.w(), &array![0.0]);
    assert_eq!(rule.t, 10_001);
}

#[test]
fn a_gradient_that_is_not_finite_ends_it() {
    for (bad, text) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf"), (f64::NEG_INFINITY, "-inf")] {
        let mut t = 0;
        let mut gradient = move |w: &Array3<f64>| {
            t += 1;
            let mut g = Array3::ones(w.raw_dim());
            if t == 3 {
                g[[1, 0, 2]] = bad;
            }
            g
        };
        let rule = Vanilla::new(Schedule::Constant { eta: 1.0 });
        let start = Array3::zeros((2, 3, 4));
        let mut descent = Descent::new(rule.clone(), start.clone(), gradient);
        assert_eq!(descent.by_ref().take(2).filter(Result::is_ok).count(), 2);
        let error = descent.next().unwrap().unwrap_err();
        assert_eq!((error.t, &error.parameter[..]), (2, &[1, 0, 2][..]));
        assert_eq!(error.to_string(), format!("at step t = 2 the gradient of parameter [1, 0, 2] is {text}"));
        assert!(descent.next().is_none());
        assert_eq!(descent.w(), &Array3::from_elem((2, 3, 4), -2.0));

        let mut w = start;
        let error = run(&mut rule.clone(), &mut w, 10, &mut gradient).unwrap_err();
        assert_eq!((error.t, &error.parameter[..]), (2, &[1, 0, 2][..]));
        assert_eq!(&w, descent.w());
    }
}

/// The gradient is finite, the step overflows: w stays where it was, and the error says which parameter.
#[test]
fn a_step_that_overflows_ends_it_with_the_last_finite_w() {
    let steep = Quadratic::separable(&[0.0, 1e200]);
    let rule = Vanilla::new(Schedule::Constant { eta: 1e200 });
    let mut descent = Descent::new(rule.clone(), array![1.0, 3.0], |w| steep.gradient(w));
    let error = descent.next().unwrap().unwrap_err();
    assert_eq!(error.to_string(), "step t = 0 takes parameter [1] out of the finite numbers (its gradient is 6e200)");
    assert_eq!(error, NotFinite { t: 0, parameter: vec![1], g: 6e200 });
    assert!(descent.next().is_none());
    assert_eq!(descent.w(), &array![1.0, 3.0]);

    let mut w = array![1.0, 3.0];
    assert_eq!(run(&mut rule.clone(), &mut w, 5, |w| steep.gradient(w)), Err(error));
    assert_eq!(w, array![1.0, 3.0]);
}

//! What is true of the rule (slides S3 and S4, and the facts F1, F2, F3, F5 and F6 below), each a check that any
//! formula can be put to. Ours passes over scales from 1e-150 to 1e150; every formula known to be wrong fails.

use ndarray::array;
use proptest::prelude::*;
use update_rules::{Adagrad, Schedule};

use crate::updates;

/// From η and g⁰ … gᵗ of one parameter, the updates that the formula subtracts at each step.
type Formula = fn(f64, &[f64]) -> Vec<f64>;

/// The crate's rule.
fn ours(eta: f64, g: &[f64]) -> Vec<f64> {
    updates(Adagrad::simplified(eta, &array![0.0]), g)
}

/// The last update alone.
fn last(formula: Formula, eta: f64, g: &[f64]) -> f64 {
    *formula(eta, g).last().expect("at least one gradient")
}

type Checked = Result<(), String>;

fn ensure(truth: bool, what: impl Fn() -> String) -> Checked {
    if truth { Ok(()) } else { Err(what()) }
}

/// a and b agree to `tolerance`, relative to b.
fn close(a: f64, b: f64, tolerance: f64) -> Checked {
    ensure(a == b || (a - b).abs() <= tolerance * b.abs(), || format!("{a:e} is not {b:e}"))
}

/// S3.4: (ηᵗ/σᵗ) gᵗ with ηᵗ = η/√(t+1) and σᵗ the root MEAN square, written out with the slide's sums.
fn s3_literal(formula: Formula, eta: f64, g: &[f64]) -> Checked {
    for (t, update) in formula(eta, g).into_iter().enumerate() {
        let count = t as f64 + 1.0;
        let sigma = (1.0 / count * g[..=t].iter().map(|g| g * g).sum::<f64>()).sqrt();
        close(update, eta / count.sqrt() / sigma * g[t], 1e-12)?;
    }
    Ok(())
}

/// F1: a larger current gradient gives a larger step, with slope η S/(S + g²)^{3/2}; a larger past one a smaller step.
fn f1_current_and_past(formula: Formula, eta: f64, g: &[f64]) -> Checked {
    let (&now, past) = g.split_last().expect("at least one gradient");
    let with = |past: &[f64], now: f64| last(formula, eta, &[past, &[now]].concat()).abs();
    let step = with(past, now);
    ensure(with(past, 1.5 * now) >= step * (1.0 - 1e-15), || "a larger current gradient, a smaller step".into())?;
    for i in 0..past.len() {
        let mut larger = past.to_vec();
        larger[i] *= 1.5;
        ensure(with(&larger, now) <= step * (1.0 + 1e-15), || "a larger past gradient, a larger step".into())?;
    }
    // Everything over |g|, so that no power leaves the numbers: r = S/g², and the slope times |g| is η r/(1 + r)^{3/2}.
    let h = 1e-4;
    let slope = (with(past, now * (1.0 + h)) - with(past, now * (1.0 - h))) / (2.0 * h);
    let r = past.iter().map(|p| (p / now).powi(2)).sum::<f64>();
    let expected = eta * r / ((1.0 + r) * (1.0 + r).sqrt());
    ensure((slope - expected).abs() <= 1e-6 * step, || format!("slope {slope:e}, expected {expected:e}"))
}

/// F2: no step depends on the unit of the loss; none exceeds η; the first is η·sign(g⁰), all to the last bit.
fn f2_scale_and_bound(formula: Formula, eta: f64, g: &[f64]) -> Checked {
    let steps = formula(eta, g);
    ensure(steps[0] == eta * g[0].signum(), || format!("the first step is {}, not ±{eta}", steps[0]))?;
    ensure(steps.iter().all(|step| step.abs() <= eta), || format!("a step above η = {eta}: {steps:?}"))?;
    for (c, tolerance) in [(0.125, 0.0), (1.7, 1e-14)] {
        let scaled: Vec<f64> = g.iter().map(|g| c * g).collect();
        for (step, same) in steps.iter().zip(formula(eta, &scaled)) {
            close(same, *step, tolerance)?;
        }
    }
    Ok(())
}

/// F3: on ½ a x² the path from x = 1 is the same for every curvature a, and each step is ηᵗ × (best step) / (root mean
/// square of the best steps so far), the best step being x itself.
fn f3_curvature(formula: Formula, eta: f64, a: f64) -> Checked {
    let (mut x, mut best, mut g) = (1.0, vec![], vec![]);
    for t in 0..12 {
        best.push(x);
        g.push(a * x);
        let step = last(formula, eta, &g);
        let count = t as f64 + 1.0;
        let rms = (best.iter().map(|b| b * b).sum::<f64>() / count).sqrt();
        let expected = eta / count.sqrt() * x / rms;
        ensure((step - expected).abs() <= 1e-11 * eta, || format!("a = {a}, t = {t}: {step} is not {expected}"))?;
        x -= step;
    }
    Ok(())
}

/// F5: a constant gradient makes slide 1's decay, η/√(t+1).
fn f5_constant(formula: Formula, eta: f64, g: f64) -> Checked {
    for (t, step) in formula(eta, &[g; 30]).into_iter().enumerate() {
        close(step, eta * g.signum() / (t as f64 + 1.0).sqrt(), 1e-14)?;
    }
    Ok(())
}

/// F6: Σ (gᵗ)²/√Σ(gⁱ)² ≤ 2 √Σ(gⁱ)². A step times its gradient is the left side's term, for η = 1.
fn f6_regret(formula: Formula, g: &[f64]) -> Checked {
    // Over the largest gradient: a scale that no square leaves.
    let unit = g.iter().fold(0.0_f64, |m, g| m.max(g.abs()));
    let left: f64 = formula(1.0, g).iter().zip(g).map(|(step, g)| step * (g / unit)).sum();
    let right = 2.0 * g.iter().map(|g| (g / unit).powi(2)).sum::<f64>().sqrt();
    ensure(left <= right * (1.0 + 1e-14), || format!("{left} > {right}"))
}

/// Every check on one list of gradients; the first failure of each, by name.
fn failures(formula: Formula, eta: f64, g: &[f64]) -> Vec<(&'static str, String)> {
    let checks = [
        ("S3", s3_literal(formula, eta, g)),
        ("F1", f1_current_and_past(formula, eta, g)),
        ("F2", f2_scale_and_bound(formula, eta, g)),
        ("F3", f3_curvature(formula, eta, g[0].abs())),
        ("F5", f5_constant(formula, eta, g[0])),
        ("F6", f6_regret(formula, g)),
    ];
    checks.into_iter().filter_map(|(name, checked)| Some((name, checked.err()?))).collect()
}

/// Gradients of either sign within a factor of a hundred of a scale between 1e-150 and 1e150.
pub fn gradients() -> impl Strategy<Value = Vec<f64>> {
    let one = (any::<bool>(), 0.01..1.0).prop_map(|(plus, size): (bool, f64)| if plus { size } else { -size });
    (-148..150, 1.0..10.0, prop::collection::vec(one, 1..12)).prop_map(|(power, digits, gs)| {
        let scale: f64 = digits * 10f64.powi(power);
        gs.into_iter().map(|g| g * scale).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn facts_hold_at_every_scale(g in gradients(), eta in 1e-3..1e3) {
        prop_assert_eq!(failures(ours, eta, &g), vec![]);
    }

    #[test]
    fn literal_rule_for_every_schedule(g in gradients(), eta in 1e-3..1e3, k in 0.0..2.0) {
        let schedules = Schedule::all(eta).map(|schedule| match schedule {
            Schedule::StepDecay { eta, factor, .. } => Schedule::StepDecay { eta, factor, every: 3 },
            Schedule::InverseTime { eta, .. } => Schedule::InverseTime { eta, k },
            other => other,
        });
        for schedule in schedules {
            for (t, update) in updates(Adagrad::new(schedule, &array![0.0]), &g).into_iter().enumerate() {
                let count = t as f64 + 1.0;
                let sigma = (g[..=t].iter().map(|g| g * g).sum::<f64>() / count).sqrt();
                let checked = close(update, schedule.at(t) / sigma * g[t], 1e-12);
                prop_assert_eq!(checked, Ok(()), "{:?}, t = {}", schedule, t);
            }
        }
    }
}

/// S4.2: the √(t+1) cancel before they are rounded.
#[test]
fn s42_holds_to_the_last_bit() {
    let g: Vec<f64> = (0..50).map(|t| 0.3 + 0.7 * t as f64).collect();
    for (t, update) in ours(0.1, &g).into_iter().enumerate() {
        assert_eq!(update, 0.1 * (g[t] / sum(&g[..=t]).sqrt()), "t = {t}");
    }
}

/// The formula with Σ, ηᵗ and σᵗ taken from three closures of t: enough to write every trap.
fn trap(g: &[f64], eta_t: impl Fn(usize) -> f64, sigma: impl Fn(usize) -> f64) -> Vec<f64> {
    (0..g.len()).map(|t| eta_t(t) / sigma(t) * g[t]).collect()
}

fn sum(g: &[f64]) -> f64 {
    g.iter().map(|g| g * g).sum()
}

fn mean(g: &[f64]) -> f64 {
    sum(g) / g.len() as f64
}

fn root(t: usize) -> f64 {
    (t as f64 + 1.0).sqrt()
}

/// The wrong formulae found in notes about these slides, and the checks that reject each.
const TRAPS: [(&str, &str, Formula); 10] = [
    ("ηᵗ = ηᵗ/√(t+1), divided again at every step", "S3 F1 F3 F5", |eta, g| {
        trap(g, |t| (0..=t).fold(eta, |eta, i| eta / root(i)), |t| mean(&g[..=t]).sqrt())
    }),
    ("η/(t+1)", "S3 F1 F3 F5", |eta, g| trap(g, |t| eta / (t as f64 + 1.0), |t| mean(&g[..=t]).sqrt())),
    ("η/Σg², the root missing", "S3 F1 F2 F3 F5", |eta, g| trap(g, |_| eta, |t| sum(&g[..=t]))),
    ("σ⁰ for every σᵗ", "S3 F1 F2 F3 F6", |eta, g| trap(g, |t| eta / root(t), |_| g[0].abs())),
    ("one σ, of all the gradients", "S3 F2", |eta, g| trap(g, |t| eta / root(t), |_| mean(g).sqrt())),
    ("σᵗ = |gᵗ|", "S3 F1 F3", |eta, g| trap(g, |t| eta / root(t), |t| g[t].abs())),
    ("Σ from i = 1", "S3 F1 F2 F3 F5", |eta, g| trap(g, |_| eta, |t| sum(&g[1..=t.max(1).min(g.len() - 1)]).sqrt())),
    ("Σ to t − 1", "S3 F1 F2 F3 F5 F6", |eta, g| trap(g, |_| eta, |t| sum(&g[..t.max(1)]).sqrt())),
    ("σ the root of the sum", "S3 F1 F3 F5", |eta, g| trap(g, |t| eta / root(t), |t| sum(&g[..=t]).sqrt())),
    ("constant η over the mean (2021)", "S3 F1 F2 F3 F5 F6", |eta, g| trap(g, |_| eta, |t| mean(&g[..=t]).sqrt())),
];

#[test]
fn every_trap_is_rejected() {
    let g = [3.0, 4.0, -12.0, 0.5];
    assert_eq!(failures(ours, 0.5, &g), []);
    for (name, rejected_by, formula) in TRAPS {
        let failed: Vec<&str> = failures(formula, 0.5, &g).into_iter().map(|(check, _)| check).collect();
        assert_eq!(failed.join(" "), rejected_by, "{name}");
    }
}

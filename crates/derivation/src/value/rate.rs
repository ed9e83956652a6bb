//! ηᵗ in decimals: the schedules of `update-rules`, with 40 digits.

use super::gradients::Gradient;
use super::interval::Undefined;
use crate::decimal::{decimal, long_power};
use crate::formula::{Expr, Number, half_power, int, number, sqrt};
use bigdecimal::{BigDecimal, Signed, Zero};
use update_rules::Schedule;

/// ηᵗ as n/√d, with n and d exact even where ηᵗ is no decimal, unless the schedule divides by zero.
///
/// # Panics
/// If a number of the schedule is NaN or infinite, or `every` is 0: so it does at every t.
pub(crate) fn over_root(schedule: &Schedule, t: usize) -> Result<(BigDecimal, BigDecimal), Undefined> {
    let one = BigDecimal::from(1);
    let steps = BigDecimal::from(t as u64);
    let (numerator, divisor) = match *schedule {
        Schedule::Constant { eta } => (decimal(eta), one),
        Schedule::StepDecay { eta, factor, every } => {
            assert!(every > 0, "a step decay needs `every` from 1");
            (decimal(eta) * long_power(decimal(factor), t / every), one)
        }
        Schedule::InverseSqrt { eta } => (decimal(eta), one + steps),
        Schedule::InverseTime { eta, k } => {
            let divisor = one + decimal(k) * steps;
            (decimal(eta) * divisor.signum(), divisor.square())
        }
    };
    let why = || Undefined(format!("the schedule divides by zero at t = {t}"));
    (!divisor.is_zero()).then_some((numerator, divisor)).ok_or_else(why)
}

/// ηᵗ, exact where it is a short decimal, unless the schedule divides by zero.
pub(crate) fn rate(schedule: &Schedule, t: usize) -> Result<Number, Undefined> {
    let (numerator, divisor) = over_root(schedule, t)?;
    Ok(Number::root(&numerator, &1.into(), &divisor))
}

/// (ηᵗ/σᵗ) gᵗ, or 0 if every gradient so far is zero, unless the schedule divides by zero.
pub(crate) fn step_size(schedule: &Schedule, Gradient { i, g, sum }: &Gradient) -> Result<Number, Undefined> {
    if sum.is_zero() {
        return Ok(Number::exact(BigDecimal::zero()));
    }
    let (numerator, divisor) = over_root(schedule, *i)?;
    Ok(Number::root(&(numerator * g), &(*i as u64 + 1).into(), &(divisor * sum)))
}

/// ηᵗ as its schedule computes it: `1/√3`.
pub(crate) fn scheduled(schedule: &Schedule, t: usize) -> Expr {
    match *schedule {
        Schedule::Constant { eta } => number(eta),
        Schedule::StepDecay { eta, factor, every } => {
            let times = i32::try_from(t / every).expect("fewer steps than memory could hold");
            number(eta) * half_power(number(factor), 2 * times)
        }
        Schedule::InverseSqrt { eta } => number(eta) / sqrt(int(t + 1)),
        Schedule::InverseTime { eta, k } => number(eta) / (int(1) + number(k) * int(t)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learning_rates_are_exact_where_they_can_be() {
        let shown = |schedule: Schedule, t| Expr::from(rate(&schedule, t).unwrap()).to_string();
        let root = Schedule::InverseSqrt { eta: -3.0 };
        assert_eq!([shown(root, 0), shown(root, 1), shown(root, 8)], ["−3", "−2.12132", "−1"]);
        let step = Schedule::StepDecay { eta: 0.8, factor: -0.5, every: 3 };
        assert_eq!([2, 3, 6, 9, 300].map(|t| shown(step, t)), ["0.8", "−0.4", "0.2", "−0.1", "6.31089 × 10⁻³¹"]);
        let time = Schedule::InverseTime { eta: 1.5, k: 0.5 };
        assert_eq!([0, 1, 4].map(|t| shown(time, t)), ["1.5", "1", "0.5"]);
        assert_eq!(shown(Schedule::Constant { eta: 0.1 }, 7), "0.1");
        let falling = Schedule::InverseTime { eta: 1.0, k: -0.5 };
        let why = rate(&falling, 2).unwrap_err().to_string();
        assert_eq!([why, shown(falling, 3)], ["the schedule divides by zero at t = 2", "−2"]);
    }
}

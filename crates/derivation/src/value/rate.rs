//! ηᵗ in decimals: the schedules of `update-rules`, with 40 digits.

use crate::decimal::{CARRIED, decimal, power, to_digits};
use crate::formula::Number;
use bigdecimal::{BigDecimal, Signed, Zero};
use update_rules::Schedule;

/// ηᵗ, exact where it is a short decimal; none if the schedule divides by zero.
pub(crate) fn rate(schedule: &Schedule, t: usize) -> Option<Number> {
    let (numerator, divisor) = over_root(schedule, t)?;
    Some(Number::root_of_ratio(&numerator.square(), &divisor).with_sign_of(&numerator))
}

/// ηᵗ as n/√d: n and d are exact even where ηᵗ is no decimal. None if the schedule divides by zero.
pub(crate) fn over_root(schedule: &Schedule, t: usize) -> Option<(BigDecimal, BigDecimal)> {
    let one = BigDecimal::from(1);
    let steps = BigDecimal::from(t as u64);
    let (numerator, divisor) = match *schedule {
        Schedule::Constant { eta } => (decimal(eta), one),
        Schedule::StepDecay { eta, factor, every } => (decimal(eta) * long_power(decimal(factor), t / every), one),
        Schedule::InverseSqrt { eta } => (decimal(eta), one + steps),
        Schedule::InverseTime { eta, k } => {
            let divisor = one + decimal(k) * steps;
            (decimal(eta) * divisor.signum(), divisor.square())
        }
    };
    (!divisor.is_zero()).then_some((numerator, divisor))
}

/// η, the factor or k (0 if there is none), and how many steps keep one rate.
fn parameters(schedule: &Schedule) -> (f64, f64, usize) {
    match *schedule {
        Schedule::Constant { eta } | Schedule::InverseSqrt { eta } => (eta, 0.0, 1),
        Schedule::StepDecay { eta, factor, every } => (eta, factor, every),
        Schedule::InverseTime { eta, k } => (eta, k, 1),
    }
}

/// η before the schedule.
pub(crate) fn eta(schedule: &Schedule) -> BigDecimal {
    decimal(parameters(schedule).0)
}

/// # Panics
/// If a number of it is NaN or infinite, or `every` is 0.
pub(crate) fn assert_valid(schedule: &Schedule) {
    let (eta, other, every) = parameters(schedule);
    assert!(every > 0, "a step decay needs `every` from 1");
    for number in [eta, other] {
        decimal(number);
    }
}

/// xⁿ to twice the digits carried: however large n is, those are right.
fn long_power(x: BigDecimal, n: usize) -> BigDecimal {
    power(1.into(), x, n, |a, b| to_digits(&(a * b), 2 * CARRIED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learning_rates_are_exact_where_they_can_be() {
        let shown = |schedule: Schedule, t| rate(&schedule, t).unwrap().to_string();
        let root = Schedule::InverseSqrt { eta: -3.0 };
        assert_eq!([shown(root, 0), shown(root, 1), shown(root, 8)], ["−3", "−2.12132", "−1"]);
        let step = Schedule::StepDecay { eta: 0.8, factor: -0.5, every: 3 };
        assert_eq!([2, 3, 6, 9, 300].map(|t| shown(step, t)), ["0.8", "−0.4", "0.2", "−0.1", "6.31089 × 10⁻³¹"]);
        let time = Schedule::InverseTime { eta: 1.5, k: 0.5 };
        assert_eq!([0, 1, 4].map(|t| shown(time, t)), ["1.5", "1", "0.5"]);
        assert_eq!(shown(Schedule::Constant { eta: 0.1 }, 7), "0.1");
    }

    #[test]
    fn a_schedule_may_divide_by_zero() {
        let falling = Schedule::InverseTime { eta: 1.0, k: -0.5 };
        assert_eq!(rate(&falling, 2), None);
        assert_eq!(rate(&falling, 3).unwrap().to_string(), "−2");
    }

    #[test]
    fn large_powers_are_right_to_the_digits_carried() {
        let power = to_digits(&long_power(decimal(0.999), 1_000_000), CARRIED);
        assert_eq!(power.to_string(), "3.077697858219259476257174050766648238267E-435");
        let small = |factor, n| long_power(decimal(factor), n).to_string();
        assert_eq!([small(0.0, 3), small(0.0, 0), small(-0.5, 3)], ["0", "1", "-0.125"]);
    }
}

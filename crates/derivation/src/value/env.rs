//! The numbers under which a formula is evaluated: gradients, schedule, parameter.

use super::ball::Ball;
use crate::decimal::{CARRIED, decimal, power, to_digits};
use crate::formula::Number;
use bigdecimal::{BigDecimal, Zero};
use update_rules::Schedule;

/// What the letters of the slides stand for: g⁰ … gᵗ, the schedule that gives ηᵗ, w⁰, and so σᵗ and w¹ … wᵗ⁺¹ by Adagrad's rule.
///
/// Values are kept as decimals with 40 digits, so that neither a large nor a small gradient overflows.
#[derive(Clone, Debug)]
pub struct Env {
    pub(crate) schedule: Schedule,
    pub(crate) t: usize,
    /// A past step, for formulae with k.
    pub(crate) k: Option<usize>,
    /// (i, gⁱ), ascending; all of them, or the first two and the last.
    gradients: Vec<(usize, BigDecimal)>,
    /// The sum of the squares of the gradients that are not in `gradients`.
    hidden: Option<BigDecimal>,
    /// (j, wʲ): the parameter before step j.
    start: (usize, BigDecimal),
}

impl Env {
    /// The steps t = 0 … n−1 of n gradients from w⁰; t is the last of them, and k the one before (none if n = 1).
    ///
    /// # Panics
    /// If there is no gradient, if a number is NaN or infinite, or if a step decay's `every` is 0.
    ///
    /// ```
    /// use derivation::{Env, Schedule, formula::*};
    ///
    /// let env = Env::new(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[3.0, 4.0]);
    /// assert_eq!(t().value(&env), Ok(1.0));
    /// assert_eq!(g(Index::T).value(&env), Ok(4.0));
    /// assert_eq!(w(Index::TPlus1).value(&env), Ok(-1.8)); // 0 − 3/3 − 4/5
    /// ```
    pub fn new(schedule: Schedule, w0: f64, gradients: &[f64]) -> Env {
        assert!(!gradients.is_empty(), "an environment needs at least one gradient");
        assert_valid(&schedule);
        let gradients: Vec<_> = (gradients.iter().enumerate()).map(|(t, &g)| (t, gradient(t, g))).collect();
        let t = gradients.len() - 1;
        Env { schedule, t, k: t.checked_sub(1), gradients, hidden: None, start: (0, decimal(w0)) }
    }

    /// Step t alone: of many gradients the first two and the last, the squares of the others as one sum, and wᵗ.
    pub(crate) fn of_step(
        schedule: Schedule,
        gradients: Vec<(usize, BigDecimal)>,
        hidden: Option<BigDecimal>,
        w: BigDecimal,
    ) -> Env {
        let t = gradients.last().expect("a step has a gradient").0;
        Env { schedule, t, k: t.checked_sub(1), gradients, hidden, start: (t, w) }
    }

    /// An environment made of `seed`: slide 1's schedule, 2 to 12 gradients of both signs and of sizes from 0.1 to 10, and any k < t.
    ///
    /// The same seed gives the same environment.
    ///
    /// ```
    /// use derivation::{Env, formula::*};
    ///
    /// // η/√(t+1) is not η/(t+1): the samples tell them apart.
    /// let wrong = |env: &Env| (eta() / (t() + int(1))).value(env) != eta_at(Index::T).value(env);
    /// assert!((0..1000).map(Env::sample).all(|env| wrong(&env)));
    /// ```
    pub fn sample(seed: u64) -> Env {
        Env::sample_of(2 + (seed % 11) as usize, seed)
    }

    /// As [`sample`](Env::sample), with n gradients.
    pub(crate) fn sample_of(n: usize, seed: u64) -> Env {
        let mut state = seed;
        // SplitMix64 (Steele, Lea, Flood 2014): no dependency, the same numbers everywhere.
        let mut uniform = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (z ^ (z >> 31)) as f64 / 2f64.powi(64)
        };
        let size = |uniform: &mut dyn FnMut() -> f64| 0.1 + 9.9 * uniform();
        let eta = size(&mut uniform);
        let w0 = 20.0 * uniform() - 10.0;
        let gradients: Vec<f64> = (0..n)
            .map(|_| {
                let sign = (uniform() - 0.5).signum();
                sign * size(&mut uniform)
            })
            .collect();
        let mut env = Env::new(Schedule::InverseSqrt { eta }, w0, &gradients);
        env.k = Some((uniform() * env.t as f64) as usize);
        env
    }

    /// η, the schedule's learning rate at t = 0.
    pub(crate) fn eta(&self) -> BigDecimal {
        decimal(base(&self.schedule))
    }

    pub(crate) fn gradient(&self, i: usize) -> Option<&BigDecimal> {
        self.gradients.iter().find(|(j, _)| *j == i).map(|(_, g)| g)
    }

    /// Σ (gⁱ)² for i = from … to (0 if to < from); none if a gradient is missing.
    pub(crate) fn sum_of_squares(&self, from: usize, to: isize) -> Option<BigDecimal> {
        if to > self.t as isize {
            return None;
        }
        let inside = |i: usize| from <= i && i as isize <= to;
        let mut sum: BigDecimal = self.gradients.iter().filter(|(i, _)| inside(*i)).map(|(_, g)| g.square()).sum();
        if let Some(hidden) = &self.hidden {
            // Two first gradients and the last are known: the hidden ones lie between.
            if inside(2) && inside(self.t - 1) {
                sum += hidden;
            } else if (2..self.t).any(inside) {
                return None;
            }
        }
        Some(sum)
    }

    /// wʲ, by wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ from what is known.
    pub(crate) fn w(&self, j: usize) -> Option<Ball> {
        let (first, start) = &self.start;
        if j < *first {
            return None;
        }
        let mut w = Ball::exact(start.clone());
        for i in *first..j {
            let g = Ball::exact(self.gradient(i)?.clone());
            let sum = self.sum_of_squares(0, i as isize)?;
            if !sum.is_zero() {
                let count = Ball::exact((i as u64 + 1).into());
                let sigma = Ball::exact(sum).div(&count)?.sqrt()?;
                let step = Ball::of(&eta_at(&self.schedule, i)?).mul(&g).div(&sigma)?;
                w = w.add(&step.negated());
            }
        }
        Some(w)
    }
}

/// η before the schedule.
pub(crate) fn base(schedule: &Schedule) -> f64 {
    match *schedule {
        Schedule::Constant { eta }
        | Schedule::StepDecay { eta, .. }
        | Schedule::InverseSqrt { eta }
        | Schedule::InverseTime { eta, .. } => eta,
    }
}

/// ηᵗ, exact where it is a short decimal; none if the schedule divides by zero.
pub(crate) fn eta_at(schedule: &Schedule, t: usize) -> Option<Number> {
    let rate = Rate::at(schedule, t)?;
    Some(match rate.over_root {
        false => Number::ratio(&rate.numerator, &rate.denominator),
        true => Number::root_of_ratio(&rate.numerator.square(), &rate.denominator).with_sign_of(&rate.numerator),
    })
}

/// ηᵗ as a quotient of decimals, numerator/denominator or numerator/√denominator: exact even where ηᵗ is no decimal.
pub(crate) struct Rate {
    pub numerator: BigDecimal,
    pub denominator: BigDecimal,
    pub over_root: bool,
}

impl Rate {
    /// None if the schedule divides by zero.
    pub fn at(schedule: &Schedule, t: usize) -> Option<Rate> {
        let one = BigDecimal::from(1);
        let steps = BigDecimal::from(t as u64);
        let (numerator, denominator) = match *schedule {
            Schedule::Constant { eta } => (decimal(eta), one),
            Schedule::StepDecay { eta, factor, every } => (decimal(eta) * long_power(decimal(factor), t / every), one),
            Schedule::InverseSqrt { eta } => (decimal(eta), one + steps),
            Schedule::InverseTime { eta, k } => (decimal(eta), one + decimal(k) * steps),
        };
        (!denominator.is_zero()).then_some(Rate {
            numerator,
            denominator,
            over_root: matches!(schedule, Schedule::InverseSqrt { .. }),
        })
    }

    /// The denominator of (ηᵗ)².
    pub fn denominator_squared(&self) -> BigDecimal {
        if self.over_root { self.denominator.clone() } else { self.denominator.square() }
    }
}

/// xⁿ to twice the digits carried: however large n is, those are right.
fn long_power(x: BigDecimal, n: usize) -> BigDecimal {
    power(1.into(), x, n, |a, b| to_digits(&(a * b), 2 * CARRIED))
}

/// # Panics
/// If it is NaN or infinite.
pub(crate) fn gradient(t: usize, g: f64) -> BigDecimal {
    assert!(g.is_finite(), "the gradient at t = {t} is {g}: a derivation needs finite numbers");
    decimal(g)
}

/// # Panics
/// If a number of it is NaN or infinite, or `every` is 0.
pub(crate) fn assert_valid(schedule: &Schedule) {
    let (eta, other, every) = match *schedule {
        Schedule::Constant { eta } | Schedule::InverseSqrt { eta } => (eta, 0.0, 1),
        Schedule::StepDecay { eta, factor, every } => (eta, factor, every),
        Schedule::InverseTime { eta, k } => (eta, k, 1),
    };
    assert!(every > 0, "a step decay needs `every` from 1");
    for number in [eta, other] {
        decimal(number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::nearest;
    use bigdecimal::ToPrimitive;

    #[test]
    fn the_same_seed_gives_the_same_environment() {
        let env = Env::sample(9);
        let gradients: Vec<String> = env.gradients.iter().map(|(_, g)| g.to_string()).collect();
        let numbers = format!("{:?} {} {:?} {}", env.schedule, env.start.1, env.k, gradients.join(" "));
        insta::assert_snapshot!(numbers, @"InverseSqrt { eta: 6.855391076292058 } 5.013897859165574 Some(4) -7.869655555404469 -1.2346200704741095 9.837130423777916 -7.912693685629295 2.2262262492100513 2.479166293493197 8.869500083002192 2.0507466047036567 6.796188204284419 0.9010534575419452 -3.8014006326774576");
    }

    #[test]
    fn samples_cover_what_is_promised() {
        let samples: Vec<Env> = (0..1000).map(Env::sample).collect();
        let all = || samples.iter().flat_map(|env| env.gradients.iter().map(|(_, g)| g.to_f64().unwrap()));
        assert!(all().all(|g| (0.1..=10.0).contains(&g.abs())));
        assert!(all().any(|g| g.abs() < 0.11) && all().any(|g| g.abs() > 9.9));
        let negative = all().filter(|g| *g < 0.0).count() as f64 / all().count() as f64;
        assert!((0.45..0.55).contains(&negative));
        for n in 2..=12 {
            assert!(samples.iter().any(|env| env.t == n - 1 && env.gradients.len() == n));
        }
        assert!(samples.iter().all(|env| env.k.unwrap() < env.t));
        assert!(samples.iter().any(|env| env.k == Some(0)) && samples.iter().any(|env| env.k == Some(env.t - 1)));
    }

    /// Gradients 1, 2, 3, 4, 5, 6, 7, of which 3 to 6 are known as 9 + 16 + 25 + 36 only.
    fn of_step() -> Env {
        let known = [(0, 1), (1, 2), (6, 7)].map(|(i, g)| (i, BigDecimal::from(g))).to_vec();
        Env::of_step(Schedule::Constant { eta: 2.0 }, known, Some(86.into()), 10.into())
    }

    #[test]
    fn sums_that_cut_through_hidden_squares_are_unknown() {
        let sum = |from, to| of_step().sum_of_squares(from, to).map(|sum| sum.to_i32().unwrap());
        assert_eq!([sum(0, 6), sum(0, 5), sum(1, 6), sum(2, 5), sum(2, 6)], [140, 91, 139, 86, 135].map(Some));
        assert_eq!([sum(0, 1), sum(0, 0), sum(1, 1), sum(6, 6), sum(0, -1), sum(1, 0)], [5, 1, 4, 49, 0, 0].map(Some));
        assert_eq!([sum(0, 2), sum(0, 4), sum(3, 6), sum(5, 6), sum(3, 4), sum(0, 7)], [None; 6]);
    }

    #[test]
    fn w_is_known_from_its_start_on() {
        let w = |j| of_step().w(j).map(|w| nearest(&w.value));
        assert_eq!([w(5), w(6), w(8)], [None, Some(10.0), None]);
        // 10 − 2/√(140/7) · 7
        assert_eq!(w(7), Some(10.0 - 14.0 / 20f64.sqrt()));
    }

    #[test]
    fn learning_rates_are_exact_where_they_can_be() {
        let shown = |schedule: Schedule, t| eta_at(&schedule, t).unwrap().to_string();
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
        assert_eq!(eta_at(&falling, 2), None);
        assert_eq!(eta_at(&falling, 3).unwrap().to_string(), "−2");
    }

    #[test]
    fn large_powers_are_right_to_the_digits_carried() {
        let power = to_digits(&long_power(decimal(0.999), 1_000_000), CARRIED);
        assert_eq!(power.to_string(), "3.077697858219259476257174050766648238267E-435");
        let small = |factor, n| long_power(decimal(factor), n).to_string();
        assert_eq!([small(0.0, 3), small(0.0, 0), small(-0.5, 3)], ["0", "1", "-0.125"]);
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        let refusal = |schedule: Schedule| {
            let refused = std::panic::catch_unwind(|| Env::new(schedule, 0.0, &[1.0])).unwrap_err();
            refused.downcast_ref::<String>().cloned().or(refused.downcast_ref::<&str>().map(|why| why.to_string()))
        };
        let (nan, half) = (f64::NAN, 0.5);
        for schedule in [
            Schedule::Constant { eta: nan },
            Schedule::InverseSqrt { eta: nan },
            Schedule::StepDecay { eta: nan, factor: half, every: 1 },
            Schedule::StepDecay { eta: half, factor: nan, every: 1 },
            Schedule::InverseTime { eta: nan, k: half },
            Schedule::InverseTime { eta: half, k: nan },
        ] {
            let why = refusal(schedule).unwrap();
            assert_eq!(why, "a derivation needs finite numbers, not NaN");
        }
        let never = Schedule::StepDecay { eta: half, factor: half, every: 0 };
        assert_eq!(refusal(never).unwrap(), "a step decay needs `every` from 1");
    }

    #[test]
    #[should_panic(expected = "the gradient at t = 1 is -inf: a derivation needs finite numbers")]
    fn a_gradient_that_is_infinite_is_named() {
        Env::new(Schedule::Constant { eta: 1.0 }, 0.0, &[0.0, f64::NEG_INFINITY]);
    }

    #[test]
    #[should_panic(expected = "an environment needs at least one gradient")]
    fn an_empty_environment_is_refused() {
        Env::new(Schedule::Constant { eta: 1.0 }, 0.0, &[]);
    }
}

//! The numbers under which a formula is evaluated: gradients, schedule, parameter.

use super::gradients::Gradients;
use super::interval::{Interval, Undefined, undefined};
use super::rate::{over_root, step_size};
use crate::decimal::decimal;
use bigdecimal::{BigDecimal, Zero};
use update_rules::Schedule;

/// What the letters of the slides stand for: g⁰ … gᵗ, the schedule that gives ηᵗ, w⁰, and so σᵗ and w¹ … wᵗ⁺¹ by Adagrad's rule.
///
/// Values are kept as decimals with 40 digits, so that neither a large nor a small gradient overflows.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub struct Env {
    pub(crate) schedule: Schedule,
    pub(crate) gradients: Gradients,
    pub(crate) t: usize,
    /// A past step, for formulae with k.
    pub(crate) k: Option<usize>,
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
        let mut known = Gradients::default();
        gradients.iter().for_each(|&g| known.push(g));
        Env { start: (0, decimal(w0)), ..Env::of_step(schedule, &known, &BigDecimal::zero()) }
    }

    /// The last step of these gradients alone, from wᵗ.
    pub(crate) fn of_step(schedule: Schedule, gradients: &Gradients, w: &BigDecimal) -> Env {
        let _ = over_root(&schedule, 0); // panics as it says
        let t = gradients.last().i;
        Env { schedule, gradients: gradients.clone(), t, k: t.checked_sub(1), start: (t, w.clone()) }
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
        let size = |uniform: f64| 0.1 + 9.9 * uniform;
        let (eta, w0) = (size(uniform()), 20.0 * uniform() - 10.0);
        let gradients: Vec<f64> = (0..n).map(|_| (uniform() - 0.5).signum() * size(uniform())).collect();
        let mut env = Env::new(Schedule::InverseSqrt { eta }, w0, &gradients);
        env.k = Some((uniform() * env.t as f64) as usize);
        env
    }

    /// wʲ, by wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ from what is known.
    pub(crate) fn w(&self, j: usize) -> Result<Interval, Undefined> {
        let (first, start) = &self.start;
        let step = |i| Some(Interval::of(&step_size(&self.schedule, self.gradients.get(i).ok()?).ok()?));
        let w = (*first..j).try_fold(Interval::exact(start.clone()), |w, i| Some(w.sub(&step(i)?)));
        w.filter(|_| j >= *first).map_or_else(|| undefined("w is asked for at a step without gradients"), Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bigdecimal::ToPrimitive;

    #[test]
    fn the_same_seed_gives_the_same_environment() {
        let env = Env::sample(9);
        let gradients: Vec<String> = env.gradients.kept().map(|g| g.to_string()).collect();
        let numbers = format!("{:?} {} {:?} {}", env.schedule, env.start.1, env.k, gradients.join(" "));
        insta::assert_snapshot!(numbers, @"InverseSqrt { eta: 6.855391076292058 } 5.013897859165574 Some(4) -7.869655555404469 -1.2346200704741095 9.837130423777916 -7.912693685629295 2.2262262492100513 2.479166293493197 8.869500083002192 2.0507466047036567 6.796188204284419 0.9010534575419452 -3.8014006326774576");
    }

    #[test]
    fn samples_cover_what_is_promised() {
        let samples: Vec<Env> = (0..1000).map(Env::sample).collect();
        let all = || samples.iter().flat_map(|env| env.gradients.kept().map(|g| g.to_f64().unwrap()));
        assert!(all().all(|g| (0.1..=10.0).contains(&g.abs())));
        assert!(all().any(|g| g.abs() < 0.11) && all().any(|g| g.abs() > 9.9));
        let negative = all().filter(|g| *g < 0.0).count() as f64 / all().count() as f64;
        assert!((0.45..0.55).contains(&negative));
        for n in 2..=12 {
            assert!(samples.iter().any(|env| env.t == n - 1 && env.gradients.count() == n));
        }
        assert!(samples.iter().all(|env| env.k.unwrap() < env.t));
        assert!(samples.iter().any(|env| env.k == Some(0)) && samples.iter().any(|env| env.k == Some(env.t - 1)));
    }
}

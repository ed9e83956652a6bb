//! The value of a formula, and its derivative, under an environment.

use super::ball::Ball;
use super::env::{Env, eta_at};
use crate::decimal::{nearest, power};
use crate::formula::{Expr, Index, Symbol, written_out};
use bigdecimal::Signed;
use std::fmt;

/// Why a formula has no value under an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undefined(pub String);

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Undefined {}

impl Expr {
    /// The value under `env`, as the nearest f64.
    ///
    /// # Errors
    /// [`Undefined`] if a letter has no value there, and for 0/0, a division by zero and the root of a negative number.
    ///
    /// ```
    /// use derivation::{Env, Schedule, formula::*};
    /// let env = Env::new(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[3.0, 4.0]);
    /// assert_eq!(sum_of_squares(0, Index::T).value(&env), Ok(25.0));
    /// ```
    pub fn value(&self, env: &Env) -> Result<f64, Undefined> {
        Ok(nearest(&self.ball(env)?.value))
    }

    /// The value with 40 digits, and what it may be off.
    pub(crate) fn ball(&self, env: &Env) -> Result<Ball, Undefined> {
        Ok(Scope { env, i: None, seed: None }.eval(self)?.value)
    }
}

/// A value and its derivative in the seed: forward-mode differentiation, independent of the algebra that it checks.
#[derive(Clone)]
struct Dual {
    value: Ball,
    /// None if it does not depend on the seed.
    slope: Option<Ball>,
}

/// The gradient in which we differentiate; `size` if in |gⁱ| rather than gⁱ.
#[derive(Clone, Copy)]
struct Seed {
    i: usize,
    size: bool,
}

#[derive(Clone, Copy)]
struct Scope<'a> {
    env: &'a Env,
    i: Option<usize>,
    seed: Option<Seed>,
}

fn undefined<T>(why: impl Into<String>) -> Result<T, Undefined> {
    Err(Undefined(why.into()))
}

impl Scope<'_> {
    fn eval(&self, expr: &Expr) -> Result<Dual, Undefined> {
        match expr {
            Expr::Number(n) => Ok(Dual::constant(Ball::of(n))),
            Expr::UnitFraction(n) => whole(1).div(&whole(*n)),
            Expr::Symbol(s) => self.symbol(*s),
            Expr::Dots(a) => self.eval(a),
            Expr::Add(terms) => terms.iter().try_fold(whole(0), |sum, a| Ok(sum.add(self.eval(a)?))),
            Expr::Sub(a, b) => Ok(self.eval(a)?.add(self.eval(b)?.negated())),
            Expr::Neg(a) => Ok(self.eval(a)?.negated()),
            Expr::Mul(factors) => factors.iter().try_fold(whole(1), |product, a| Ok(product.mul(&self.eval(a)?))),
            Expr::Div(a, b) => self.eval(a)?.div(&self.eval(b)?),
            Expr::Square(a) => self.eval(a).map(|a| a.mul(&a)),
            Expr::Sqrt(a) => self.eval(a)?.sqrt(),
            Expr::HalfPower(a, n) => self.eval(a)?.half_power(*n),
            Expr::Abs(a) => Ok(self.eval(a)?.abs()),
            // Term by term, as it is printed.
            Expr::Sum { from, to, body, written_out: true } => {
                let Ok(to) = usize::try_from(self.last(*to)?) else {
                    return Ok(whole(0));
                };
                self.eval(&Expr::Add(written_out(*from, Index::At(to), body)))
            }
            Expr::Sum { from, to, body, .. } => self.sum(*from, *to, body),
            Expr::Derivative { of, with_respect_to } => {
                if self.seed.is_some() {
                    return undefined("a derivative inside a derivative is not supported");
                }
                let (index, size) = match &**with_respect_to {
                    Expr::Symbol(Symbol::G(index)) => (index, false),
                    Expr::Abs(a) => match &**a {
                        Expr::Symbol(Symbol::G(index)) => (index, true),
                        _ => {
                            return undefined("we differentiate in a gradient or in its size only");
                        }
                    },
                    _ => return undefined("we differentiate in a gradient or in its size only"),
                };
                let seed = Some(Seed { i: self.step(*index)?, size });
                let slope = Scope { seed, ..*self }.eval(of)?.slope;
                Ok(slope.map_or(whole(0), Dual::constant))
            }
        }
    }

    fn symbol(&self, symbol: Symbol) -> Result<Dual, Undefined> {
        let env = self.env;
        match symbol {
            Symbol::T => Ok(whole(env.t)),
            Symbol::Eta => Ok(Dual::constant(Ball::exact(env.eta()))),
            Symbol::EtaAt(index) => {
                let t = self.step(index)?;
                match eta_at(&env.schedule, t) {
                    Some(rate) => Ok(Dual::constant(Ball::of(&rate))),
                    None => undefined(format!("the schedule divides by zero at t = {t}")),
                }
            }
            Symbol::G(index) => self.gradient(self.step(index)?),
            Symbol::S => self.squares(0, env.t as isize - 1),
            Symbol::Sigma(None) => undefined("σ without its step has no value"),
            Symbol::Sigma(Some(index)) => {
                let t = self.step(index)?;
                self.squares(0, t as isize)?.div(&whole(t + 1))?.sqrt()
            }
            Symbol::W(_) if self.seed.is_some() => undefined("w is not differentiated here"),
            Symbol::W(index) => match env.w(self.step(index)?) {
                Some(w) => Ok(Dual::constant(w)),
                None => undefined("w is asked for at a step without gradients"),
            },
        }
    }

    fn step(&self, index: Index) -> Result<usize, Undefined> {
        match index {
            Index::At(i) => Some(i),
            Index::T => Some(self.env.t),
            Index::TPlus1 => Some(self.env.t + 1),
            Index::TMinus1 => self.env.t.checked_sub(1),
            Index::I => self.i,
            Index::K => self.env.k,
        }
        .ok_or_else(|| Undefined("a step index has no value here".into()))
    }

    fn gradient(&self, i: usize) -> Result<Dual, Undefined> {
        let Some(g) = self.env.gradient(i) else {
            return undefined("a gradient is asked for that is not known");
        };
        let slope = self.seed.filter(|seed| seed.i == i).map(|seed| {
            let falls = seed.size && g.is_negative();
            Ball::exact(if falls { (-1).into() } else { 1.into() })
        });
        Ok(Dual { value: Ball::exact(g.clone()), slope })
    }

    /// Σ (gⁱ)², of which some may be known as a sum only.
    fn squares(&self, from: usize, to: isize) -> Result<Dual, Undefined> {
        let Some(value) = self.env.sum_of_squares(from, to) else {
            return undefined("a gradient is asked for that is not known");
        };
        let mut sum = Dual::constant(Ball::exact(value));
        if let Some(seed) = self.seed
            && from <= seed.i
            && seed.i as isize <= to
        {
            let g = self.gradient(seed.i)?;
            sum.slope = g.mul(&g).slope;
        }
        Ok(sum)
    }

    fn sum(&self, from: usize, to: Index, body: &Expr) -> Result<Dual, Undefined> {
        let to = self.last(to)?;
        if *body == Expr::Square(Box::new(Expr::Symbol(Symbol::G(Index::I)))) {
            return self.squares(from, to);
        }
        (from as isize..=to).try_fold(whole(0), |sum, i| {
            let i = Some(i as usize);
            Ok(sum.add(Scope { i, ..*self }.eval(body)?))
        })
    }

    /// The last step of a sum: t − 1 is −1 where there is no past, and the sum is empty.
    fn last(&self, to: Index) -> Result<isize, Undefined> {
        match to {
            Index::TMinus1 => Ok(self.env.t as isize - 1),
            other => Ok(self.step(other)?.try_into().unwrap_or(isize::MAX)),
        }
    }
}

fn whole(n: usize) -> Dual {
    Dual::constant(Ball::exact((n as u64).into()))
}

/// The sum of two slopes.
fn plus(a: Option<Ball>, b: Option<Ball>) -> Option<Ball> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.add(&b)),
        (a, b) => a.or(b),
    }
}

impl Dual {
    fn constant(value: Ball) -> Dual {
        Dual { value, slope: None }
    }

    fn add(self, other: Dual) -> Dual {
        Dual { value: self.value.add(&other.value), slope: plus(self.slope, other.slope) }
    }

    fn negated(&self) -> Dual {
        Dual { value: self.value.negated(), slope: self.slope.as_ref().map(Ball::negated) }
    }

    fn mul(&self, other: &Dual) -> Dual {
        let left = self.slope.as_ref().map(|slope| slope.mul(&other.value));
        let right = other.slope.as_ref().map(|slope| slope.mul(&self.value));
        Dual { value: self.value.mul(&other.value), slope: plus(left, right) }
    }

    /// (a/b)′ = (a′ − (a/b) b′) / b
    fn div(&self, other: &Dual) -> Result<Dual, Undefined> {
        let Some(value) = self.value.div(&other.value) else {
            return undefined(if self.value.may_be_zero() {
                "0/0 has no value"
            } else {
                "a division by zero has no value"
            });
        };
        let falls = other.slope.as_ref().map(|slope| slope.mul(&value).negated());
        let slope = plus(self.slope.clone(), falls).and_then(|above| above.div(&other.value));
        Ok(Dual { value, slope })
    }

    /// (√a)′ = a′ / 2√a
    fn sqrt(&self) -> Result<Dual, Undefined> {
        let Some(value) = self.value.sqrt() else {
            return undefined("the root of a negative number has no value");
        };
        let Some(slope) = &self.slope else {
            return Ok(Dual::constant(value));
        };
        match slope.div(&value.add(&value)) {
            Some(slope) => Ok(Dual { value, slope: Some(slope) }),
            None => undefined("a root has no derivative at zero"),
        }
    }

    /// a^(n/2), as a power of a or of √a, or as 1 over it
    fn half_power(&self, n: i32) -> Result<Dual, Undefined> {
        let (base, times) =
            if n % 2 == 0 { (self.clone(), n.unsigned_abs() / 2) } else { (self.sqrt()?, n.unsigned_abs()) };
        let product = power(whole(1), base, times as usize, Dual::mul);
        if n.is_negative() { whole(1).div(&product) } else { Ok(product) }
    }

    fn abs(self) -> Dual {
        if self.value.value.is_negative() { self.negated() } else { self }
    }
}

#[cfg(test)]
mod tests {
    use crate::formula::*;
    use crate::{Env, Schedule};

    fn value(expr: Expr) -> f64 {
        let env = Env::new(Schedule::InverseSqrt { eta: 2.0 }, 1.0, &[3.0, -4.0, 12.0]);
        expr.value(&env).unwrap()
    }

    fn why(expr: Expr) -> String {
        let env = Env::new(Schedule::InverseSqrt { eta: 2.0 }, 1.0, &[3.0, 0.0]);
        expr.value(&env).unwrap_err().to_string()
    }

    #[test]
    fn letters() {
        assert_eq!(
            [t(), eta(), past_squares(), g(Index::T), g(Index::K), g(Index::TMinus1)].map(value),
            [2.0, 2.0, 25.0, 12.0, -4.0, -4.0]
        );
        assert_eq!(value(square(eta_at(Index::T))), 4.0 / 3.0);
        assert_eq!(value(sigma_at(Index::TMinus1)), 12.5f64.sqrt());
        assert_eq!([w(Index::At(0)), w(Index::At(1)), w(Index::At(2))].map(value), [1.0, -1.0, 0.6]);
    }

    #[test]
    fn sums() {
        assert_eq!(value(sum(0, Index::T, g(Index::I))), 11.0);
        assert_eq!(value(sum(1, Index::TMinus1, g(Index::I) * int(2))), -8.0);
        assert_eq!(value(sum(2, Index::TMinus1, g(Index::I))), 0.0);
        assert_eq!(value(sum_of_squares(1, Index::TMinus1)), 16.0);
        assert_eq!(value(sum(0, Index::T, g(Index::I) - int(1))), 8.0);
    }

    #[test]
    fn sums_written_out() {
        let gradients = [3.0, -4.0, 12.0, 1.0, 2.0, 5.0, 7.0];
        let env = Env::new(Schedule::InverseSqrt { eta: 2.0 }, 1.0, &gradients);
        let value = |to: Index| squares_written_out(to).value(&env).unwrap();
        let sums = [9.0, 25.0, 169.0, 170.0, 174.0, 199.0, 248.0];
        for (t, sum) in sums.into_iter().enumerate() {
            assert_eq!(value(Index::At(t)), sum, "t = {t}");
        }
        assert_eq!(value(Index::T), 248.0);
        let first = Env::new(Schedule::InverseSqrt { eta: 2.0 }, 1.0, &[3.0]);
        assert_eq!(squares_written_out(Index::TMinus1).value(&first), Ok(0.0));
        // Σᵢ₌₀ᵗ Σᵢ₌₀ⁱ gⁱ, a sum of sums
        let nested = |written_out| Expr::Sum {
            from: 0,
            to: Index::T,
            body: Box::new(sum(0, Index::I, g(Index::I))),
            written_out,
        };
        assert_eq!(nested(true).value(&env), nested(false).value(&env));
        // Σᵢ₌₀ᵗ ∂(gⁱ)²/∂gⁱ
        let slopes = |written_out| Expr::Sum {
            from: 0,
            to: Index::T,
            body: Box::new(derivative(square(g(Index::I)), g(Index::I))),
            written_out,
        };
        assert_eq!(slopes(true).value(&env), Ok(52.0));
        assert_eq!(slopes(false).value(&env), Ok(52.0));
    }

    #[test]
    fn powers() {
        let two = |n| value(half_power(int(2), n));
        assert_eq!([0, 2, 6, 20, -4].map(two), [1.0, 2.0, 8.0, 1024.0, 0.25]);
        let four = |n| value(half_power(int(4), n));
        assert_eq!([1, 3, 9, -5].map(four), [2.0, 8.0, 512.0, 1.0 / 32.0]);
        // A whole power of a negative number has a value, and one that nobody would multiply out.
        assert_eq!(value(half_power(-int(2), 6)), -8.0);
        assert_eq!(value(half_power(-int(1), 2_000_002)), -1.0);
    }

    #[test]
    fn slopes() {
        let in_first = |of: Expr| value(derivative(of, g(Index::At(0)))); // g⁰ = 3
        let x = || g(Index::At(0));
        assert_eq!(in_first(x() * x() * x()), 27.0);
        assert_eq!(in_first(int(18) / x()), -2.0);
        assert_eq!(in_first(x() / int(2)), 0.5);
        assert_eq!(in_first(sqrt(x() * int(12))), 1.0);
        assert_eq!(in_first(half_power(x() * int(12), 3)), 108.0);
        assert_eq!(in_first(half_power(x() * int(12), -2)), -1.0 / 108.0);
        assert_eq!(in_first(half_power(x(), 6)), 27.0);
        assert_eq!(in_first(half_power(-x(), 6)), -27.0);
        assert_eq!(in_first(int(2) * x() - square(x())), -4.0);
        assert_eq!(in_first(-abs(-x())), -1.0);
        assert_eq!(in_first(sum_of_squares(0, Index::T)), 6.0);
        assert_eq!(in_first(sum_of_squares(1, Index::T)), 0.0);
        assert_eq!(in_first(sum(0, Index::T, g(Index::I) * int(5))), 5.0);
        assert_eq!(in_first(past_squares()), 6.0);
        assert_eq!(in_first(eta() + eta_at(Index::T) + t() + g(Index::T)), 0.0);
        // In gᵗ, which S does not hold, and in the size of a negative gradient.
        assert_eq!(value(derivative(past_squares(), g(Index::T))), 0.0);
        assert_eq!(value(derivative(g(Index::K), abs(g(Index::K)))), -1.0);
        assert_eq!(value(derivative(g(Index::T), abs(g(Index::T)))), 1.0);
        assert_eq!(value(derivative(square(g(Index::K)), abs(g(Index::K)))), 8.0);
    }

    #[test]
    fn what_has_no_value() {
        assert_eq!(why(int(0) / int(0)), "0/0 has no value");
        assert_eq!(why(int(1) / g(Index::T)), "a division by zero has no value");
        assert_eq!(why(sqrt(-int(1))), "the root of a negative number has no value");
        assert_eq!(why(Expr::Symbol(Symbol::Sigma(None))), "σ without its step has no value");
        assert_eq!(why(w(Index::At(3))), "w is asked for at a step without gradients");
        assert_eq!(why(g(Index::I)), "a step index has no value here");
        assert_eq!(why(sigma_at(Index::TPlus1)), "a gradient is asked for that is not known");
        let in_first = |of: Expr| derivative(of, g(Index::At(0)));
        assert_eq!(why(in_first(w(Index::T))), "w is not differentiated here");
        assert_eq!(why(in_first(in_first(g(Index::T)))), "a derivative inside a derivative is not supported");
        assert_eq!(why(derivative(sqrt(g(Index::T)), g(Index::T))), "a root has no derivative at zero");
        assert_eq!(why(derivative(sqrt(square(g(Index::T))), abs(g(Index::T)))), "a root has no derivative at zero");
        let falling = Schedule::InverseTime { eta: 1.0, k: -1.0 };
        let env = Env::new(falling, 0.0, &[1.0, 2.0]);
        assert_eq!(eta_at(Index::T).value(&env).unwrap_err().to_string(), "the schedule divides by zero at t = 1");
        assert!(w(Index::T).value(&env).is_ok() && w(Index::TPlus1).value(&env).is_err());
        assert_eq!(why(sum_of_squares(0, Index::At(usize::MAX))), "a gradient is asked for that is not known");
        assert_eq!(why(derivative(t(), eta())), "we differentiate in a gradient or in its size only");
        assert_eq!(why(derivative(t(), abs(eta()))), "we differentiate in a gradient or in its size only");
    }
}

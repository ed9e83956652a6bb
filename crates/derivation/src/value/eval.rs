//! The value of a formula, and its derivative, under an environment.

use super::ball::Ball;
use super::dual::{Dual, Undefined, undefined};
use super::env::Env;
use super::rate::{eta, rate};
use crate::decimal::nearest;
use crate::formula::{Expr, Form, Index, g, square, written_out};
use bigdecimal::{Signed, Zero};

impl Expr {
    /// The value under `env`, as the nearest f64.
    ///
    /// # Errors
    /// [`Undefined`] if a letter has no value there; for 0/0, a division by zero and the root of a negative number; and for a
    /// derivative of |x| or √x where x is 0. A derivative in |gⁱ| is one-sided where gⁱ is 0, as no size is negative: there
    /// ∂|gⁱ|/∂|gⁱ| is 1, and gⁱ, which may leave 0 to either side, has none.
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
        Ok(Scope { env, i: None, variable: None }.eval(self)?.value)
    }
}

/// What the letters mean where a formula stands.
#[derive(Clone, Copy)]
struct Scope<'a> {
    env: &'a Env,
    /// The index of the sum around it.
    i: Option<usize>,
    variable: Option<Variable>,
}

/// The gradient in which we differentiate, or in whose size.
#[derive(Clone, Copy)]
struct Variable {
    i: usize,
    /// It falls as its size grows.
    falls: bool,
    /// Its size is 0, and can only grow.
    one_sided: bool,
}

impl Scope<'_> {
    fn eval(&self, expr: &Expr) -> Result<Dual, Undefined> {
        let part = |n: usize| self.eval(&expr.parts[n]);
        let mut parts = expr.parts.iter().map(|part| self.eval(part));
        match expr.form {
            Form::Number(ref n) => Ok(Dual::constant(Ball::of(n))),
            Form::UnitFraction(n) => Dual::whole(1).div(&Dual::whole(n)),
            Form::Letter(letter, step) => self.letter(letter, step),
            Form::Dots => part(0),
            Form::Add => parts.try_fold(Dual::whole(0), |sum, a| Ok(sum.add(a?))),
            Form::Sub => Ok(part(0)?.add(part(1)?.negated())),
            Form::Neg => Ok(part(0)?.negated()),
            Form::Mul => parts.try_fold(Dual::whole(1), |product, a| Ok(product.mul(&a?))),
            Form::Div => part(0)?.div(&part(1)?),
            Form::Square => part(0).map(|a| a.mul(&a)),
            Form::Sqrt => part(0)?.sqrt(),
            Form::HalfPower(n) => part(0)?.half_power(n),
            Form::Abs => part(0)?.abs(self.variable.is_some_and(|variable| variable.one_sided)),
            Form::Sum { from, to } => self.sum(from, self.last(to)?, &expr.parts[0]),
            // Term by term, as it is printed.
            Form::WrittenOut { from, to } => match usize::try_from(self.last(to)?) {
                Ok(to) => self.eval(&written_out(from, Index::At(to), &expr.parts[0])),
                Err(_) => Ok(Dual::whole(0)),
            },
            Form::Derivative => self.derivative(&expr.parts[0], &expr.parts[1]),
        }
    }

    fn letter(&self, letter: char, index: Option<Index>) -> Result<Dual, Undefined> {
        let env = self.env;
        if letter == 'w' && self.variable.is_some() {
            return undefined("w is not differentiated here");
        }
        let step = index.map(|index| self.step(index)).transpose()?;
        match (letter, step) {
            ('t', None) => Ok(Dual::whole(env.t)),
            ('η', None) => Ok(Dual::constant(Ball::exact(eta(&env.schedule)))),
            ('η', Some(t)) => match rate(&env.schedule, t) {
                Some(rate) => Ok(Dual::constant(Ball::of(&rate))),
                None => undefined(format!("the schedule divides by zero at t = {t}")),
            },
            ('g', Some(i)) => self.gradient(i),
            ('S', None) => self.squares(0, env.t as isize - 1),
            ('σ', Some(t)) => self.squares(0, t as isize)?.div(&Dual::whole(t + 1))?.sqrt(),
            ('w', Some(j)) => match env.w(j) {
                Some(w) => Ok(Dual::constant(w)),
                None => undefined("w is asked for at a step without gradients"),
            },
            _ => undefined(format!("{letter} without its step has no value")),
        }
    }

    fn step(&self, index: Index) -> Result<usize, Undefined> {
        let step = match index {
            Index::At(i) => Some(i),
            Index::T => Some(self.env.t),
            Index::TPlus1 => Some(self.env.t + 1),
            Index::TMinus1 => self.env.t.checked_sub(1),
            Index::I => self.i,
            Index::K => self.env.k,
        };
        step.ok_or_else(|| Undefined("a step index has no value here".into()))
    }

    fn gradient(&self, i: usize) -> Result<Dual, Undefined> {
        let Some(g) = self.env.gradients.get(i) else {
            return undefined("a gradient is asked for that is not known");
        };
        let here = self.variable.filter(|variable| variable.i == i);
        let slope = here.map(|variable| Ball::exact(if variable.falls { -1 } else { 1 }.into()));
        Ok(Dual { value: Ball::exact(g.clone()), slope })
    }

    /// Σ (gⁱ)², of which some may be known as a sum only.
    fn squares(&self, from: usize, to: isize) -> Result<Dual, Undefined> {
        let Some(value) = self.env.gradients.sum_of_squares(from, to) else {
            return undefined("a gradient is asked for that is not known");
        };
        let mut sum = Dual::constant(Ball::exact(value));
        if let Some(variable) = self.variable
            && from <= variable.i
            && variable.i as isize <= to
        {
            let g = self.gradient(variable.i)?;
            sum.slope = g.mul(&g).slope;
        }
        Ok(sum)
    }

    /// The last step of a sum: t − 1 is −1 where there is no past, and the sum is empty.
    fn last(&self, to: Index) -> Result<isize, Undefined> {
        match to {
            Index::TMinus1 => Ok(self.env.t as isize - 1),
            other => Ok(self.step(other)?.try_into().unwrap_or(isize::MAX)),
        }
    }

    fn sum(&self, from: usize, to: isize, body: &Expr) -> Result<Dual, Undefined> {
        if *body == square(g(Index::I)) {
            return self.squares(from, to);
        }
        (from as isize..=to).try_fold(Dual::whole(0), |sum, i| {
            let i = Some(i as usize);
            Ok(sum.add(Scope { i, ..*self }.eval(body)?))
        })
    }

    fn derivative(&self, of: &Expr, x: &Expr) -> Result<Dual, Undefined> {
        if self.variable.is_some() {
            return undefined("a derivative inside a derivative is not supported");
        }
        let (x, in_size) = if x.form == Form::Abs { (&x.parts[0], true) } else { (x, false) };
        let Form::Letter('g', Some(index)) = x.form else {
            return undefined("we differentiate in a gradient or in its size only");
        };
        let i = self.step(index)?;
        let is = |sign: fn(&bigdecimal::BigDecimal) -> bool| in_size && self.env.gradients.get(i).is_some_and(sign);
        let one_sided = is(Zero::is_zero);
        let slope = |falls| {
            let variable = Some(Variable { i, falls, one_sided });
            let slope = Scope { variable, ..*self }.eval(of)?.slope;
            Ok(slope.unwrap_or_else(|| Ball::whole(0)))
        };
        let there = slope(is(Signed::is_negative))?;
        if one_sided && !there.add(&slope(true)?.negated()).may_be_zero() {
            return undefined("a gradient of zero has no sign");
        }
        Ok(Dual::constant(there))
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
        let nested = |written_out| {
            let sum = if written_out { sum_written_out } else { sum };
            sum(0, Index::T, sum(0, Index::I, g(Index::I)))
        };
        assert_eq!(nested(true).value(&env), nested(false).value(&env));
        // Σᵢ₌₀ᵗ ∂(gⁱ)²/∂gⁱ
        let slopes = |written_out| {
            let sum = if written_out { sum_written_out } else { sum };
            sum(0, Index::T, derivative(square(g(Index::I)), g(Index::I)))
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
        assert_eq!(why(sigma_without_step()), "σ without its step has no value");
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
    /// Where gᵗ = 0: |gᵗ| has no slope in gᵗ, and the slope 1 in |gᵗ|, in which gᵗ itself has none.
    #[test]
    fn slopes_at_zero() {
        let x = || g(Index::T);
        let at_zero = Env::new(Schedule::InverseSqrt { eta: 2.0 }, 1.0, &[3.0, 0.0]);
        let value = |expr: Expr| expr.value(&at_zero).unwrap();
        assert_eq!(why(derivative(abs(x()), x())), "an absolute value has no derivative at zero");
        assert_eq!(
            why(derivative(abs(g(Index::At(0)) - int(3)), g(Index::At(0)))),
            "an absolute value has no derivative at zero"
        );
        assert_eq!(value(derivative(abs(square(x())), x())), 0.0);
        assert_eq!(value(derivative(abs(eta() - eta()), x())), 0.0);
        assert_eq!(value(derivative(abs(x()), abs(x()))), 1.0);
        assert_eq!(value(derivative(abs(-int(5) * x()) - square(x()), abs(x()))), 5.0);
        assert_eq!(value(derivative(eta() * abs(x()) / sqrt(sum_of_squares(0, Index::T)), abs(x()))), 2.0 / 3.0);
        assert_eq!(why(derivative(x(), abs(x()))), "a gradient of zero has no sign");
        assert_eq!(
            why(derivative(abs(x() + sqrt(int(2)) * sqrt(int(2)) - int(2)), abs(x()))),
            "an absolute value has no derivative at zero"
        );
    }
}

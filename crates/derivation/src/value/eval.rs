//! The value of a formula, and its derivative, under an environment.

use super::ball::Ball;
use super::dual::{Dual, Undefined, undefined};
use super::env::Env;
use super::rate::{eta, rate};
use crate::decimal::nearest;
use crate::formula::{Expr, Form, Index, written_out};
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
        if body.form == Form::Square && body.parts[0].form == Form::Letter('g', Some(Index::I)) {
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

//! The value of a formula, and its derivative, under an environment: one recursion over the tree.

use super::dual::Dual;
use super::env::Env;
use super::interval::{Interval, Undefined, undefined};
use super::rate::rate;
use crate::decimal::{nearest, power};
use crate::formula::{Expr, Form, Index, g, int, sqrt, square, sum_of_squares, written_out};
use bigdecimal::{Signed, Zero};

/// A value, or why there is none.
type Value = Result<Dual, Undefined>;

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
        Ok(nearest(&self.interval(env)?.value()))
    }

    /// The value with 40 digits, and what it may be off.
    pub(crate) fn interval(&self, env: &Env) -> Result<Interval, Undefined> {
        Ok(Scope { env, x: None }.eval(self)?.value)
    }
}

/// What the letters mean where a formula stands.
#[derive(Clone, Copy)]
struct Scope<'a> {
    env: &'a Env,
    /// What it is differentiated in.
    x: Option<Variable>,
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
    fn eval(&self, expr: &Expr) -> Value {
        let part = |n: usize| self.eval(&expr.parts[n]);
        let mut parts = expr.parts.iter().map(|part| self.eval(part));
        match expr.form {
            Form::Number(ref n) => Ok(Dual::constant(Interval::of(n))),
            Form::UnitFraction(n) => Dual::exact(1).div(&Dual::exact(n as u64)),
            Form::Letter(letter, index) => self.letter(letter, index),
            Form::Add => parts.try_fold(Dual::exact(0), |sum, a| Ok(sum.add(&a?))),
            Form::Sub => Ok(part(0)?.add(&part(1)?.negated())),
            Form::Neg => Ok(part(0)?.negated()),
            Form::Mul => parts.try_fold(Dual::exact(1), |product, a| Ok(product.mul(&a?))),
            Form::Div => part(0)?.div(&part(1)?),
            Form::Square => part(0).map(|a| a.mul(&a)),
            Form::Sqrt => part(0)?.sqrt(),
            Form::HalfPower(n) => half_power(part(0)?, n),
            Form::Abs => part(0)?.abs(self.x.is_some_and(|x| x.one_sided)),
            Form::Sum(from, to) => self.sum(from, to, &expr.parts[0]),
            // Term by term, as it is printed.
            Form::WrittenOut(_, to) if self.end(to)? == 0 => Ok(Dual::exact(0)),
            Form::WrittenOut(from, to) => self.eval(&written_out(from, Index::At(self.end(to)? - 1), &expr.parts[0])),
            Form::Dots => part(0),
            Form::Derivative => self.derivative(&expr.parts[0], &expr.parts[1]),
        }
    }

    fn letter(&self, letter: char, index: Option<Index>) -> Value {
        let step = index.map(|index| self.step(index)).transpose()?;
        let value = match (letter, step) {
            ('S', None) => return self.eval(&sum_of_squares(0, Index::TMinus1)),
            ('σ', Some(t)) => return self.eval(&sqrt(sum_of_squares(0, Index::At(t)) / int(t.saturating_add(1)))),
            ('t', None) => Interval::exact(self.env.t as u64),
            // η before the schedule is the rate of the first step.
            ('η', t) => Interval::of(&rate(&self.env.schedule, t.unwrap_or(0))?),
            ('g', Some(i)) => {
                let slope = self.x.filter(|x| x.i == i).map(|x| Interval::exact(if x.falls { -1 } else { 1 }));
                return Ok(Dual { value: Interval::exact(self.env.gradients.get(i)?.g.clone()), slope });
            }
            ('w', Some(_)) if self.x.is_some() => return undefined("w is not differentiated here"),
            ('w', Some(j)) => self.env.w(j)?,
            _ => return undefined(format!("{letter} without its step has no value")),
        };
        Ok(Dual::constant(value))
    }

    fn step(&self, index: Index) -> Result<usize, Undefined> {
        let step = match index {
            Index::At(i) => Some(i),
            Index::T => Some(self.env.t),
            Index::TPlus1 => Some(self.env.t + 1),
            Index::TMinus1 => self.env.t.checked_sub(1),
            Index::K => self.env.k,
            // Sums put numbers in its place.
            Index::I => None,
        };
        step.map_or_else(|| undefined("a step index has no value here"), Ok)
    }

    fn sum(&self, from: usize, to: Index, body: &Expr) -> Value {
        let end = self.end(to)?;
        if self.x.is_none() && *body == square(g(Index::I)) {
            // Of a long row some squares are known as a sum only.
            return Ok(Dual::exact(self.env.gradients.sum_of_squares(from, end)?));
        }
        let mut terms = (from..end).map(|i| self.eval(&body.at(Index::At(i))));
        terms.try_fold(Dual::exact(0), |sum, term| Ok(sum.add(&term?)))
    }

    /// The step after a sum's last one: for t − 1 that is t, also where there is no past and the sum is empty.
    fn end(&self, to: Index) -> Result<usize, Undefined> {
        if to == Index::TMinus1 { Ok(self.env.t) } else { Ok(self.step(to)?.saturating_add(1)) }
    }

    fn derivative(&self, of: &Expr, x: &Expr) -> Value {
        let (x, in_size) = if x.form == Form::Abs { (&x.parts[0], true) } else { (x, false) };
        let Form::Letter('g', Some(index)) = x.form else {
            return undefined("we differentiate in a gradient or in its size only");
        };
        if self.x.is_some() {
            return undefined("a derivative inside a derivative is not supported");
        }
        let i = self.step(index)?;
        let sized = self.env.gradients.get(i).ok().filter(|_| in_size).map(|there| &there.g);
        let one_sided = sized.is_some_and(Zero::is_zero);
        let slope = |falls| {
            let there = Scope { env: self.env, x: Some(Variable { i, falls, one_sided }) };
            Ok(there.eval(of)?.slope.unwrap_or(Interval::exact(0)))
        };
        let there = slope(sized.is_some_and(Signed::is_negative))?;
        if one_sided && !there.sub(&slope(true)?).may_be_zero() {
            return undefined("a gradient of zero has no sign");
        }
        Ok(Dual::constant(there))
    }
}

/// a^(n/2), as a power of a or of √a, or as 1 over it
fn half_power(a: Dual, n: i32) -> Value {
    let times = n.unsigned_abs() as usize;
    let (base, times) = if n % 2 == 0 { (a, times / 2) } else { (a.sqrt()?, times) };
    let product = power(Dual::exact(1), base, times, Dual::mul);
    if n.is_negative() { Dual::exact(1).div(&product) } else { Ok(product) }
}

//! The value of a formula, and its derivative, under an environment.

use super::env::Env;
use super::interval::Interval;
use super::slope::partial;
use crate::decimal::{nearest, power};
use crate::formula::{Expr, Form, Index, int, sqrt, sum_of_squares, written_out};
use bigdecimal::{BigDecimal, Signed, Zero};
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

fn undefined<T>(why: impl Into<String>) -> Result<T, Undefined> {
    Err(Undefined(why.into()))
}

/// A value, or why there is none.
type Value = Result<Interval, Undefined>;

/// A slope; none if there is no dependence on the gradient.
type Slope = Result<Option<Interval>, Undefined>;

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
    pub(crate) fn interval(&self, env: &Env) -> Value {
        Scope { env, i: None }.eval(self)
    }
}

/// What the letters mean where a formula stands.
#[derive(Clone, Copy)]
struct Scope<'a> {
    env: &'a Env,
    /// The index of the sum around it.
    i: Option<usize>,
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
        if let Some(long) = self.long_form(expr)? {
            return self.eval(&long);
        }
        let part = |n: usize| self.eval(&expr.parts[n]);
        let mut parts = expr.parts.iter().map(|part| self.eval(part));
        match expr.form {
            Form::Number(ref n) => Ok(Interval::of(n)),
            Form::UnitFraction(n) => quotient(&Interval::whole(1), &Interval::whole(n)),
            Form::Letter(letter, index) => self.letter(letter, index),
            Form::Add => parts.try_fold(Interval::whole(0), |sum, a| Ok(sum.add(&a?))),
            Form::Sub => Ok(part(0)?.sub(&part(1)?)),
            Form::Neg => Ok(part(0)?.negated()),
            Form::Mul => parts.try_fold(Interval::whole(1), |product, a| Ok(product.mul(&a?))),
            Form::Div => quotient(&part(0)?, &part(1)?),
            Form::Square => part(0).map(|a| a.mul(&a)),
            Form::Sqrt => root(&part(0)?),
            Form::HalfPower(n) => half_power(part(0)?, n),
            Form::Abs => Ok(part(0)?.abs()),
            Form::Sum { from, to } => self.sum(from, to, &expr.parts[0]),
            Form::Derivative => self.derivative(&expr.parts[0], &expr.parts[1]),
            Form::Dots | Form::WrittenOut { .. } => unreachable!("each has a long form"),
        }
    }

    /// What `expr` is short for.
    fn long_form(&self, expr: &Expr) -> Result<Option<Expr>, Undefined> {
        Ok(Some(match expr.form {
            Form::Letter('S', None) => sum_of_squares(0, Index::TMinus1),
            Form::Letter('σ', Some(index)) => {
                let t = self.step(index)?;
                sqrt(sum_of_squares(0, Index::At(t)) / int(t + 1))
            }
            Form::Dots => expr.parts[0].clone(),
            // Term by term, as it is printed.
            Form::WrittenOut { from, to } => match usize::try_from(self.last(to)?) {
                Ok(to) => written_out(from, Index::At(to), &expr.parts[0]),
                Err(_) => int(0),
            },
            _ => return Ok(None),
        }))
    }

    fn letter(&self, letter: char, index: Option<Index>) -> Value {
        let step = index.map(|index| self.step(index)).transpose()?;
        let or = |value: Option<Interval>, why: &str| value.ok_or_else(|| Undefined(why.into()));
        match (letter, step) {
            ('t', None) => Ok(Interval::whole(self.env.t)),
            ('η', None) => Ok(self.env.eta()),
            ('η', Some(t)) => or(self.env.rate(t), &format!("the schedule divides by zero at t = {t}")),
            ('g', Some(i)) => known(self.env.gradients.get(i).cloned()),
            ('w', Some(j)) => or(self.env.w(j), "w is asked for at a step without gradients"),
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

    fn sum(&self, from: usize, to: Index, body: &Expr) -> Value {
        if body.form == Form::Square && body.parts[0].form == Form::Letter('g', Some(Index::I)) {
            // Of a long row some squares are known as a sum only.
            return known(self.env.gradients.sum_of_squares(from, self.last(to)?));
        }
        self.terms(from, to)?.try_fold(Interval::whole(0), |sum, term| Ok(sum.add(&term.eval(body)?)))
    }

    /// The scope of each term of a sum.
    fn terms(&self, from: usize, to: Index) -> Result<impl Iterator<Item = Scope<'_>>, Undefined> {
        Ok((from as isize..=self.last(to)?).map(|i| Scope { i: Some(i as usize), ..*self }))
    }

    /// The last step of a sum: t − 1 is −1 where there is no past, and the sum is empty.
    fn last(&self, to: Index) -> Result<isize, Undefined> {
        match to {
            Index::TMinus1 => Ok(self.env.t as isize - 1),
            other => Ok(self.step(other)?.try_into().unwrap_or(isize::MAX)),
        }
    }

    fn derivative(&self, of: &Expr, x: &Expr) -> Value {
        let (x, in_size) = if x.form == Form::Abs { (&x.parts[0], true) } else { (x, false) };
        let Form::Letter('g', Some(index)) = x.form else {
            return undefined("we differentiate in a gradient or in its size only");
        };
        self.eval(of)?;
        let i = self.step(index)?;
        let is = |sign: fn(&BigDecimal) -> bool| in_size && self.env.gradients.get(i).is_some_and(sign);
        let one_sided = is(Zero::is_zero);
        let slope =
            |falls| self.slope(of, Variable { i, falls, one_sided }).map(|slope| slope.unwrap_or(Interval::whole(0)));
        let there = slope(is(Signed::is_negative))?;
        if one_sided && !there.sub(&slope(true)?).may_be_zero() {
            return undefined("a gradient of zero has no sign");
        }
        Ok(there)
    }

    /// How fast `expr`, which has a value, grows with the gradient.
    fn slope(&self, expr: &Expr, x: Variable) -> Slope {
        if let Some(long) = self.long_form(expr)? {
            return self.slope(&long, x);
        }
        match expr.form {
            Form::Letter('g', Some(index)) if self.step(index)? == x.i => {
                Ok(Some(Interval::exact(if x.falls { -1 } else { 1 })))
            }
            Form::Letter('w', _) => undefined("w is not differentiated here"),
            Form::Derivative => undefined("a derivative inside a derivative is not supported"),
            Form::HalfPower(0) => Ok(None),
            Form::Sum { from, to } => total(self.terms(from, to)?.map(|term| term.slope(&expr.parts[0], x))),
            _ => total((0..expr.parts.len()).map(|n| self.slope_through(expr, n, x))),
        }
    }

    /// The chain rule, for the `n`-th part.
    fn slope_through(&self, expr: &Expr, n: usize, x: Variable) -> Slope {
        let part = &expr.parts[n];
        let Some(inner) = self.slope(part, x)? else {
            return Ok(None);
        };
        let at_zero = || Ok(self.eval(part)?.may_be_zero());
        Ok(Some(match expr.form {
            Form::Abs => self.slope_of_size(part, inner, x)?,
            Form::Sqrt if at_zero()? => return undefined("a root has no derivative at zero"),
            Form::HalfPower(n) if n % 2 != 0 && at_zero()? => return undefined("a root has no derivative at zero"),
            _ => self.eval(&partial(expr, n))?.mul(&inner),
        }))
    }

    /// |a|′ = ±a′ by the sign of a. Where a is 0 it has no slope, unless a′ = 0, or it can only grow: then it rises as |a′|.
    fn slope_of_size(&self, a: &Expr, inner: Interval, x: Variable) -> Value {
        let a = self.eval(a)?;
        let zero = Interval::whole(0);
        if !a.may_be_zero() {
            return Ok(if a.low.is_negative() { inner.negated() } else { inner });
        }
        if inner != zero && !(x.one_sided && a == zero) {
            return undefined("an absolute value has no derivative at zero");
        }
        Ok(inner.abs())
    }
}

fn total(mut slopes: impl Iterator<Item = Slope>) -> Slope {
    slopes.try_fold(None, |sum, slope| {
        Ok(match (sum, slope?) {
            (Some(a), Some(b)) => Some(Interval::add(&a, &b)),
            (a, b) => a.or(b),
        })
    })
}

fn known(of_gradients: Option<BigDecimal>) -> Value {
    of_gradients.map(Interval::exact).ok_or_else(|| Undefined("a gradient is asked for that is not known".into()))
}

fn quotient(a: &Interval, b: &Interval) -> Value {
    a.div(b).ok_or_else(|| {
        let both = a.may_be_zero();
        Undefined(if both { "0/0 has no value" } else { "a division by zero has no value" }.into())
    })
}

fn root(a: &Interval) -> Value {
    a.sqrt().ok_or_else(|| Undefined("the root of a negative number has no value".into()))
}

/// a^(n/2), as a power of a or of √a, or as 1 over it
fn half_power(a: Interval, n: i32) -> Value {
    let times = n.unsigned_abs() as usize;
    let (base, times) = if n % 2 == 0 { (a, times / 2) } else { (root(&a)?, times) };
    let product = power(Interval::whole(1), base, times, Interval::mul);
    if n.is_negative() { quotient(&Interval::whole(1), &product) } else { Ok(product) }
}

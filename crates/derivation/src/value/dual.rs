//! A value and its derivative: forward-mode differentiation, independent of the algebra that it checks.

use super::ball::Ball;
use crate::decimal::power;
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

pub(crate) fn undefined<T>(why: impl Into<String>) -> Result<T, Undefined> {
    Err(Undefined(why.into()))
}

/// A value, and its slope in the gradient in which we differentiate.
#[derive(Clone)]
pub(crate) struct Dual {
    pub value: Ball,
    /// None if the value does not depend on that gradient.
    pub slope: Option<Ball>,
}

impl Dual {
    pub fn constant(value: Ball) -> Dual {
        Dual { value, slope: None }
    }

    pub fn whole(n: usize) -> Dual {
        Dual::constant(Ball::whole(n))
    }

    pub fn add(self, other: Dual) -> Dual {
        Dual { value: self.value.add(&other.value), slope: sum(self.slope, other.slope) }
    }

    pub fn negated(&self) -> Dual {
        Dual { value: self.value.negated(), slope: self.slope.as_ref().map(Ball::negated) }
    }

    pub fn mul(&self, other: &Dual) -> Dual {
        let left = self.slope.as_ref().map(|slope| slope.mul(&other.value));
        let right = other.slope.as_ref().map(|slope| slope.mul(&self.value));
        Dual { value: self.value.mul(&other.value), slope: sum(left, right) }
    }

    /// (a/b)′ = (a′ − (a/b) b′) / b
    pub fn div(&self, other: &Dual) -> Result<Dual, Undefined> {
        let Some(value) = self.value.div(&other.value) else {
            let both = self.value.may_be_zero();
            return undefined(if both { "0/0 has no value" } else { "a division by zero has no value" });
        };
        let falls = other.slope.as_ref().map(|slope| slope.mul(&value).negated());
        let slope = sum(self.slope.clone(), falls).and_then(|above| above.div(&other.value));
        Ok(Dual { value, slope })
    }

    /// (√a)′ = a′ / 2√a
    pub fn sqrt(&self) -> Result<Dual, Undefined> {
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
    pub fn half_power(&self, n: i32) -> Result<Dual, Undefined> {
        let times = n.unsigned_abs() as usize;
        let (base, times) = if n % 2 == 0 { (self.clone(), times / 2) } else { (self.sqrt()?, times) };
        let product = power(Dual::whole(1), base, times, Dual::mul);
        if n.is_negative() { Dual::whole(1).div(&product) } else { Ok(product) }
    }

    /// |a|′ = ±a′ by the sign of a. Where a is 0 it has no slope, unless a′ = 0, or `one_sided`: then it rises as |a′|.
    pub fn abs(&self, one_sided: bool) -> Result<Dual, Undefined> {
        match &self.slope {
            Some(slope) if self.value.may_be_zero() && !slope.is_exactly_zero() => {
                if !(one_sided && self.value.is_exactly_zero()) {
                    return undefined("an absolute value has no derivative at zero");
                }
                Ok(Dual { value: self.value.clone(), slope: Some(slope.abs()) })
            }
            _ if self.value.value.is_negative() => Ok(self.negated()),
            _ => Ok(self.clone()),
        }
    }
}

/// The sum of two slopes.
fn sum(a: Option<Ball>, b: Option<Ball>) -> Option<Ball> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.add(&b)),
        (a, b) => a.or(b),
    }
}

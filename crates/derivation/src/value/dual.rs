//! A value together with its derivative, by the rules of differentiation ("dual numbers").

use super::interval::{Interval, Undefined, undefined};
use bigdecimal::{BigDecimal, Signed};

/// A value, and how fast it grows with a gradient; none if it does not depend on it.
#[derive(Clone)]
pub(crate) struct Dual {
    pub value: Interval,
    pub slope: Option<Interval>,
}

impl Dual {
    pub fn constant(value: Interval) -> Dual {
        Dual { value, slope: None }
    }

    pub fn exact(value: impl Into<BigDecimal>) -> Dual {
        Dual::constant(Interval::exact(value))
    }

    pub fn add(&self, other: &Dual) -> Dual {
        Dual { value: self.value.add(&other.value), slope: total(self.slope.clone(), other.slope.clone()) }
    }

    pub fn negated(&self) -> Dual {
        Dual { value: self.value.negated(), slope: self.slope.as_ref().map(Interval::negated) }
    }

    /// (a b)′ = a′ b + a b′
    pub fn mul(&self, other: &Dual) -> Dual {
        let slope = |a: &Dual, b: &Dual| a.slope.as_ref().map(|slope| slope.mul(&b.value));
        Dual { value: self.value.mul(&other.value), slope: total(slope(self, other), slope(other, self)) }
    }

    /// (a/b)′ = (a′ − (a/b) b′)/b
    pub fn div(&self, other: &Dual) -> Result<Dual, Undefined> {
        let value = self.value.div(&other.value)?;
        let below = other.slope.as_ref().map(|slope| value.mul(slope).negated());
        let slope = total(self.slope.clone(), below).map(|slope| slope.div(&other.value)).transpose()?;
        Ok(Dual { value, slope })
    }

    /// (√a)′ = a′/(2 √a)
    pub fn sqrt(&self) -> Result<Dual, Undefined> {
        let value = self.value.sqrt()?;
        if self.slope.is_some() && self.value.may_be_zero() {
            return undefined("a root has no derivative at zero");
        }
        let slope = self.slope.as_ref().map(|slope| slope.div(&value.add(&value))).transpose()?;
        Ok(Dual { value, slope })
    }

    /// |a|′ = ±a′ by the sign of a. Where a is 0 it has no slope, unless a′ = 0, or a can only grow: then it rises as |a′|.
    pub fn abs(&self, can_only_grow: bool) -> Result<Dual, Undefined> {
        let zero = Interval::exact(0);
        let slope = match &self.slope {
            Some(slope) if !self.value.may_be_zero() => {
                Some(if self.value.low.is_negative() { slope.negated() } else { slope.clone() })
            }
            Some(slope) if *slope != zero && !(can_only_grow && self.value == zero) => {
                return undefined("an absolute value has no derivative at zero");
            }
            slope => slope.as_ref().map(Interval::abs),
        };
        Ok(Dual { value: self.value.abs(), slope })
    }
}

fn total(a: Option<Interval>, b: Option<Interval>) -> Option<Interval> {
    a.into_iter().chain(b).reduce(|a, b| a.add(&b))
}

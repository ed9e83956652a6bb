//! Intervals of decimals: how far two formulae may differ by rounding alone, however much of them cancels.

use crate::decimal::{carry, divide, root};
use crate::formula::Number;
use bigdecimal::RoundingMode::{Ceiling, Floor};
use bigdecimal::{BigDecimal, Signed, Zero};

/// Why a formula has no value under an environment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Undefined(pub String);

pub(crate) fn undefined<T>(why: impl Into<String>) -> Result<T, Undefined> {
    Err(Undefined(why.into()))
}

/// The true value lies from `low` to `high`; it is exact if they are the same.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Interval {
    pub low: BigDecimal,
    pub high: BigDecimal,
}

impl Interval {
    pub fn exact(value: impl Into<BigDecimal>) -> Interval {
        let low = value.into();
        Interval { high: low.clone(), low }
    }

    pub fn of(number: &Number) -> Interval {
        Interval { low: &number.value - &number.off, high: &number.value + &number.off }
    }

    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// The middle; 0 if it may be zero.
    pub fn value(&self) -> BigDecimal {
        if self.may_be_zero() { BigDecimal::zero() } else { (&self.low + &self.high).half() }
    }

    pub fn may_be_zero(&self) -> bool {
        !self.low.is_positive() && !self.high.is_negative()
    }

    /// In full: of sums nothing is cut.
    pub fn add(&self, other: &Interval) -> Interval {
        Interval { low: &self.low + &other.low, high: &self.high + &other.high }
    }

    pub fn sub(&self, other: &Interval) -> Interval {
        self.add(&other.negated())
    }

    pub fn negated(&self) -> Interval {
        Interval { low: -&self.high, high: -&self.low }
    }

    pub fn abs(&self) -> Interval {
        let (low, high) = (self.low.clone().max(-&self.high), self.high.clone().max(-&self.low));
        Interval { low: low.max(BigDecimal::zero()), high }
    }

    pub fn mul(&self, other: &Interval) -> Interval {
        let mut products = vec![&self.low * &other.low];
        if !(self.is_exact() && other.is_exact()) {
            products.extend([&self.low * &other.high, &self.high * &other.low, &self.high * &other.high]);
        }
        products.sort();
        let [low, high] = [0, products.len() - 1].map(|i| products[i].clone());
        Interval { low: carry(low, Floor), high: carry(high, Ceiling) }
    }

    /// `self / other`, unless `other` may be zero.
    pub fn div(&self, other: &Interval) -> Result<Interval, Undefined> {
        if other.may_be_zero() {
            return undefined(if self.may_be_zero() { "0/0 has no value" } else { "a division by zero has no value" });
        }
        if other.low.is_negative() {
            return self.negated().div(&other.negated());
        }
        // The larger the divisor, the nearer to zero.
        let [below, above] = [&self.low, &self.high].map(BigDecimal::is_negative);
        let low = divide(&self.low, if below { &other.low } else { &other.high }, Floor);
        let high = divide(&self.high, if above { &other.high } else { &other.low }, Ceiling);
        Ok(Interval { low, high })
    }

    /// `√self`, unless it is negative.
    pub fn sqrt(&self) -> Result<Interval, Undefined> {
        if self.high.is_negative() {
            return undefined("the root of a negative number has no value");
        }
        let low = self.low.clone().max(BigDecimal::zero());
        Ok(Interval { low: root(&low, Floor), high: root(&self.high, Ceiling) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::decimal;

    fn to(low: &str, high: &str) -> Interval {
        let [low, high] = [low, high].map(|decimal| decimal.parse().unwrap());
        Interval { low, high }
    }

    #[test]
    fn ends_are_the_least_and_the_largest() {
        let (six, two) = (to("5.7", "6.3"), to("-2.1", "-1.9"));
        assert_eq!(six.add(&two), to("3.6", "4.4"));
        assert_eq!(six.sub(&two), to("7.6", "8.4"));
        assert_eq!(two.negated(), to("1.9", "2.1"));
        assert_eq!(six.mul(&two), to("-13.23", "-10.83"));
        assert_eq!(to("-1", "2").mul(&to("-3", "5")), to("-6", "10"));
        assert_eq!(to("5.7", "6.3").div(&to("-2", "-1.5")), Ok(to("-4.2", "-2.85")));
        assert_eq!(to("8.41", "9.61").sqrt(), Ok(to("2.9", "3.1")));
        assert_eq!(
            [&six, &two, &to("-1", "2"), &to("-3", "2")].map(Interval::abs),
            [six.clone(), two.negated(), to("0", "2"), to("0", "3")]
        );
        assert_eq!(six.value(), BigDecimal::from(6));
    }

    #[test]
    fn what_is_exact_stays_so_and_the_rest_is_rounded_outwards() {
        let [two, three, four] = [2, 3, 4].map(Interval::exact);
        assert_eq!(three.sub(&four), to("-1", "-1"));
        assert_eq!(three.mul(&four), to("12", "12"));
        assert_eq!(
            [three.div(&four), four.sqrt()],
            [("0.75", "0.75"), ("2", "2")].map(|(low, high)| Ok(to(low, high)))
        );
        let long = |n: usize| to(&"3".repeat(n), &"3".repeat(n));
        assert!(long(40).mul(&long(1)).is_exact() && !long(41).mul(&long(1)).is_exact());
        let around = |x: Interval, square: [i32; 2]| {
            let [n, d] = square.map(Interval::exact);
            let difference = x.mul(&x).mul(&d).sub(&n);
            assert!(difference.low.is_negative() && difference.high.is_positive(), "{x:?}");
        };
        around(two.sqrt().unwrap(), [2, 1]);
        around(two.negated().div(&three).unwrap(), [4, 9]);
        around(Interval::of(&Number::root(&(-3).into(), &2.into(), &7.into())), [18, 7]);
        assert_eq!(Interval::of(&Number::exact(decimal(-0.5))), to("-0.5", "-0.5"));
        // Also with more digits than are printed in full.
        assert!(Interval::of(&Number::exact(decimal(1.0 / 3.0))).is_exact());
    }

    #[test]
    fn zero_and_beside_it() {
        let (inside, outside) = (to("0", "0.2"), to("-0.21", "-0.01"));
        assert!(inside.may_be_zero() && !outside.may_be_zero());
        assert!(to("-0.2", "0").may_be_zero() && to("0", "0").may_be_zero());
        assert_eq!(outside.div(&inside).unwrap_err().to_string(), "a division by zero has no value");
        assert_eq!(inside.div(&inside).unwrap_err().to_string(), "0/0 has no value");
        assert_eq!(inside.div(&outside), Ok(to("-20", "0")));
        assert_eq!(outside.sqrt().unwrap_err().to_string(), "the root of a negative number has no value");
        assert_eq!(to("-0.01", "0.25").sqrt(), Ok(to("0", "0.5")));
        assert_eq!(to("0", "0").sqrt(), Ok(to("0", "0")));
        assert_eq!(to("-1", "3").value(), BigDecimal::zero());
    }
}

//! Decimals with a bound on their error: how far two formulae may differ by rounding alone, however much of them cancels.

use crate::decimal::{CARRIED, divide, divide_up, root, root_up, round, to_digits_up};
use crate::formula::Number;
use bigdecimal::{BigDecimal, Signed, Zero};

/// A value with the digits carried, and how far the true one may lie from it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ball {
    pub value: BigDecimal,
    pub error: BigDecimal,
}

impl Ball {
    pub fn exact(value: BigDecimal) -> Ball {
        let error = BigDecimal::zero();
        Ball { value, error }
    }

    pub fn whole(n: usize) -> Ball {
        Ball::exact((n as u64).into())
    }

    /// Of a rounded number the last digit carried may be off.
    pub fn of(number: &Number) -> Ball {
        let value = number.value().clone();
        let error = if number.is_rounded() { last_digit(&value) } else { BigDecimal::zero() };
        Ball { value, error }
    }

    /// `value` cut to the digits carried; `error` is what it was off before that.
    fn cut(value: BigDecimal, error: BigDecimal) -> Ball {
        if value.digits() <= CARRIED {
            return Ball { value, error };
        }
        let value = round(value);
        let error = to_digits_up(error + last_digit(&value));
        Ball { value, error }
    }

    pub fn is_exactly_zero(&self) -> bool {
        self.value.is_zero() && self.error.is_zero()
    }

    /// True if the true value may be zero.
    pub fn may_be_zero(&self) -> bool {
        self.value.abs() <= self.error
    }

    /// In full: of sums nothing is cut.
    pub fn add(&self, other: &Ball) -> Ball {
        Ball { value: &self.value + &other.value, error: to_digits_up(&self.error + &other.error) }
    }

    pub fn negated(&self) -> Ball {
        Ball { value: -&self.value, error: self.error.clone() }
    }

    pub fn abs(&self) -> Ball {
        Ball { value: self.value.abs(), error: self.error.clone() }
    }

    pub fn mul(&self, other: &Ball) -> Ball {
        let sides = self.value.abs() * &other.error + other.value.abs() * &self.error;
        let error = to_digits_up(sides + &self.error * &other.error);
        Ball::cut(&self.value * &other.value, error)
    }

    /// `self / other`; none if `other` may be zero.
    pub fn div(&self, other: &Ball) -> Option<Ball> {
        if other.may_be_zero() {
            return None;
        }
        let value = divide(&self.value, &other.value);
        let rounding = last_digit(&value);
        let off = &self.error + (value.abs() + &rounding) * &other.error;
        let error = divide_up(&off, &(other.value.abs() - &other.error));
        Some(Ball { value, error: to_digits_up(error + rounding) })
    }

    /// `√self`; none if it is negative.
    pub fn sqrt(&self) -> Option<Ball> {
        if self.may_be_zero() {
            let error = to_digits_up(root_up(&(&self.value.abs() + &self.error)));
            return Some(Ball { value: BigDecimal::zero(), error });
        }
        if self.value.is_negative() {
            return None;
        }
        let value = root(&self.value);
        let rounding = last_digit(&value);
        let error = divide_up(&self.error, &(&value - &rounding));
        Some(Ball { value, error: to_digits_up(error + rounding) })
    }
}

/// Two units in the last digit carried, or a little more: half of one is lost by rounding, as much by a divisor that is rounded.
fn last_digit(value: &BigDecimal) -> BigDecimal {
    to_digits_up(value.abs() * BigDecimal::new(2.into(), CARRIED as i64 - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ball(value: &str, error: &str) -> Ball {
        let [value, error] = [value, error].map(big);
        Ball { value, error }
    }

    fn big(decimal: &str) -> BigDecimal {
        decimal.parse().unwrap()
    }

    #[test]
    fn errors_grow_as_they_must() {
        let (six, two) = (ball("6", "0.3"), ball("-2", "0.1"));
        assert_eq!(six.add(&two), ball("4", "0.4"));
        assert_eq!(two.negated(), ball("2", "0.1"));
        // 6 · 0.1 + 2 · 0.3 + 0.3 · 0.1
        assert_eq!(six.mul(&two), ball("-12", "1.23"));
        assert_eq!(ball("6", "1").mul(&ball("7", "8.5")), ball("42", "66.5"));
        // (0.3 + 3 · 0.1)/(2 − 0.1) = 0.3157…, and never less
        assert_eq!(six.div(&two), Some(ball("-3", "0.316")));
        // 0.36/3
        assert_eq!(ball("9", "0.36").sqrt(), Some(ball("3", "0.121")));
    }

    #[test]
    fn what_is_exact_stays_so() {
        let [three, four] = [3, 4].map(|n| Ball::exact(n.into()));
        assert_eq!(three.add(&four.negated()), ball("-1", "0"));
        assert_eq!(three.mul(&four), ball("12", "0"));
        let long = |n: usize| ball(&"3".repeat(n), "0");
        assert_eq!(long(40).mul(&long(1)).error, BigDecimal::zero());
        assert_ne!(long(41).mul(&long(1)).error, BigDecimal::zero());
    }

    #[test]
    fn what_is_rounded_is_off_by_its_last_digits() {
        assert_eq!(Ball::of(&Number::rounded((-3).into())), ball("-3", "6e-39"));
        let third = Ball::exact(1.into()).div(&Ball::exact(3.into())).unwrap();
        assert_eq!(third.error, big("6.67e-40"));
        let root = Ball::exact(2.into()).sqrt().unwrap();
        assert_eq!(root.error, big("2.83e-39"));
        let product = ball(&"3".repeat(41), "1").mul(&Ball::exact(1.into()));
        assert_eq!(product.value.normalized().digits(), 40);
        assert_eq!(product.error, big("67.7"));
    }

    #[test]
    fn bounds_are_rounded_outwards() {
        let nearly_one = ball(&format!("0.{}", "9".repeat(45)), "0");
        assert_eq!(ball("0", "1").div(&nearly_one).unwrap().error, big("1.01"));
        let above_one = format!("1.{}1", "0".repeat(45));
        assert_eq!(ball("0", &above_one).sqrt().unwrap().error, big("1.01"));
        assert_eq!(ball("0.5", "0.5").add(&ball("1", "0.0001")).error, big("0.501"));
    }

    #[test]
    fn zero_and_beside_it() {
        let (inside, outside) = (ball("0.1", "0.1"), ball("-0.11", "0.1"));
        assert!(inside.may_be_zero() && !outside.may_be_zero());
        assert!(ball("-0.1", "0.1").may_be_zero() && ball("0", "0").may_be_zero());
        assert_eq!(outside.div(&inside), None);
        assert_eq!(inside.div(&outside).unwrap().error, big("19.1"));
        assert_eq!(outside.sqrt(), None);
        // The true value lies from 0 to 0.25, and its root from 0 to 0.5.
        assert_eq!(ball("0.12", "0.13").sqrt(), Some(ball("0", "0.5")));
        assert_eq!(ball("-0.12", "0.13").sqrt(), Some(ball("0", "0.5")));
        assert_eq!(ball("0", "0").sqrt(), Some(ball("0", "0")));
    }
}

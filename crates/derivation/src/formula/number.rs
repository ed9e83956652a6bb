//! A number as a person writes it: exact decimals in full, others with six significant digits, or those that are known.

use crate::decimal::{CARRIED, carry, divide, root, to_digits};
use bigdecimal::RoundingMode::{Ceiling, HalfEven};
use bigdecimal::{BigDecimal, Signed, Zero};

/// Significant digits of a rounded number.
const SHOWN: u64 = 6;
/// The longest result that is still written in full: 15 digits are what an f64 carries faithfully.
const FULL: u64 = 15;

/// A value that knows how far it may be off, and whether what is printed of it is exact.
///
/// Exact decimals of at most 15 digits are printed in full, others with six significant digits: what a machine makes of
/// 0.1 + 0.2, 0.30000000000000004, reads 0.300000. What others have cancelled to may be known to fewer digits, and shows no
/// more. Sizes outside 10⁻⁶ … 10¹² (if rounded to n digits 10⁻⁶ … 10ⁿ) are printed in powers of ten.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    pub value: BigDecimal,
    /// The true value lies within so much of it: 0 if it is known exactly.
    pub off: BigDecimal,
}

impl Number {
    /// A decimal that is known exactly.
    pub fn exact(value: BigDecimal) -> Number {
        Number { value: value.normalized(), off: BigDecimal::zero() }
    }

    /// The digits of `value` that are carried; 0 if none of them is known.
    fn carried(value: BigDecimal, off: BigDecimal) -> Number {
        let value = carry(value, HalfEven);
        // The last digit may be off, by two units at most.
        let off = carry(off + value.abs() * BigDecimal::new(2.into(), CARRIED as i64 - 1), Ceiling);
        if value.order_of_magnitude() > off.order_of_magnitude() {
            Number { value, off }
        } else {
            Number { off: off + value.abs(), value: BigDecimal::zero() }
        }
    }

    /// How many digits are printed if not all: six, or those that are known.
    fn shown(&self) -> Option<u64> {
        let known = self.value.order_of_magnitude() - self.off.order_of_magnitude();
        match self.off.is_zero() {
            true => (self.value.digits() > FULL).then_some(SHOWN),
            false => Some(SHOWN.min(known.unsigned_abs())),
        }
    }

    /// Fewer digits are printed than the value has: only `≈` may stand before it.
    pub fn is_rounded(&self) -> bool {
        self.shown().is_some()
    }

    /// `a √(b / c)` of exact numbers, itself exact only if it is a short decimal; c > 0.
    pub fn root(a: &BigDecimal, b: &BigDecimal, c: &BigDecimal) -> Number {
        let square = a.square() * b;
        let size = root(&divide(&square, c, HalfEven), HalfEven);
        let value = if a.is_negative() { -size } else { size };
        let short = to_digits(&value, FULL, HalfEven);
        if short.square() * c == square { Number::exact(short) } else { Number::carried(value, BigDecimal::zero()) }
    }

    /// `self − other`, rounded if one of them is.
    pub fn minus(&self, other: &Number) -> Number {
        let (value, off) = (&self.value - &other.value, &self.off + &other.off);
        if self.is_rounded() || other.is_rounded() { Number::carried(value, off) } else { Number::exact(value) }
    }

    /// What is printed of its size: digits with their point, and the power of ten if there is one.
    pub fn size(&self) -> (String, Option<i64>) {
        let size = self.value.abs().normalized();
        let (size, plain) = match self.shown() {
            // Trailing zeros say that so many digits were kept; 9.999999 is rounded to one more, and once again.
            Some(digits) if !size.is_zero() => {
                ((0..2).fold(size, |size, _| to_digits(&size, digits, HalfEven)), -6..digits as i64)
            }
            _ => (size, -6..12),
        };
        let exponent = size.order_of_magnitude();
        if plain.contains(&exponent) {
            return (size.to_plain_string(), None);
        }
        let (digits, scale) = size.into_bigint_and_scale();
        (BigDecimal::new(digits, scale + exponent).to_plain_string(), Some(exponent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::{decimal, nearest};
    use crate::formula::Expr;

    fn big(decimal: &str) -> BigDecimal {
        decimal.parse().unwrap()
    }

    fn printed(number: &Number) -> String {
        Expr::from(number.clone()).to_string()
    }

    #[test]
    fn exact_decimals_are_printed_in_full() {
        for (decimal, shown) in [
            ("0", "0"),
            ("0.0", "0"),
            ("-3", "−3"),
            ("0.010015", "0.010015"),
            ("1704.76", "1704.76"),
            ("100", "100"),
            ("1.50", "1.5"),
            ("0.000001", "0.000001"),
            ("0.0000001", "1 × 10⁻⁷"),
            ("2.25e-340", "2.25 × 10⁻³⁴⁰"),
            ("123456789012", "123456789012"),
            ("1234567890123", "1.234567890123 × 10¹²"),
            ("-1e12", "−1 × 10¹²"),
            ("123456789.012345", "123456789.012345"),
        ] {
            let number = Number::exact(big(decimal));
            assert!(!number.is_rounded(), "{decimal}");
            assert_eq!(printed(&number), shown, "{decimal}");
        }
    }

    #[test]
    fn others_show_six_digits() {
        for (decimal, shown) in [
            ("0.70710678118654752", "0.707107"),
            ("-0.57735026918962576", "−0.577350"),
            ("56.333333333333333333", "56.3333"),
            ("999999.5", "1.00000 × 10⁶"),
            ("123456.7", "123457"),
            ("0.00012345678", "0.000123457"),
            ("0.0000012345678", "0.00000123457"),
            ("0.00000012345678", "1.23457 × 10⁻⁷"),
            ("5", "5.00000"),
            ("2.5e99", "2.50000 × 10⁹⁹"),
        ] {
            let number = Number { value: big(decimal), off: big("1e-400") };
            assert!(number.is_rounded(), "{decimal}");
            assert_eq!(printed(&number), shown, "{decimal}");
        }
        // One digit more than is printed in full.
        assert!(Number::exact(big("123456789.0123456")).is_rounded());
    }

    #[test]
    fn quotients_and_roots_know_whether_they_are_exact() {
        let ratio = |a: &str, b: &str| printed(&Number::root(&big(a), &1.into(), &big(b).square()));
        assert_eq!([ratio("25", "2"), ratio("-169", "3"), ratio("1.250001", "3")], ["12.5", "−56.3333", "0.416667"]);
        let root = |a: &str, b: &str| Number::root(&1.into(), &big(a), &big(b));
        assert_eq!(printed(&root("169", "1")), "13");
        assert_eq!(printed(&root("0", "7")), "0");
        assert_eq!(printed(&root("2.25e-340", "1")), "1.5 × 10⁻¹⁷⁰");
        assert_eq!(printed(&root("25", "2")), "3.53553");
        assert!(printed(&root("1", "4")) == "0.5" && !root("1", "4").is_rounded());
        // 1 to 15 digits, and yet not exact.
        assert!(root("1.0000000000000000000001", "1").is_rounded());
    }

    #[test]
    fn a_difference_shows_the_digits_that_are_known() {
        let third = |factor: &str| Number::root(&big(factor), &1.into(), &9.into());
        for (a, b, shown) in [
            ("1", "0.9", "0.0333333"),
            ("1", "1.00000000000000000000000000000000009", "−3.000 × 10⁻³⁵"),
            ("1", "1.0000000000000000000000000000000000097", "−3.23 × 10⁻³⁶"),
            ("1", "1.000000000000000000000000000000000000027", "0"),
            ("1e45", "0.999999999999999999999999999999999999e45", "3.3 × 10⁸"),
        ] {
            let difference = third(a).minus(&third(b));
            assert_eq!(printed(&difference), shown, "{a} {b}");
            let exactly_tripled = (big(a) - big(b) - difference.value * big("3")).abs();
            assert!(exactly_tripled <= difference.off * big("3"), "{a} {b}");
        }
        // What is left is not known, also once more is taken from it.
        let rest = third("1").minus(&third("1"));
        assert!(rest.minus(&rest).is_rounded() && rest.minus(&Number::exact(big("0.5"))).is_rounded());
        let exact = Number::exact(big("1e45")).minus(&Number::exact(1.into()));
        assert_eq!(printed(&exact.minus(&Number::exact(big("1e45")))), "−1.00000");
    }

    #[test]
    fn the_nearest_f64_is_the_number_that_was_given() {
        for x in [1e300, f64::MAX, -0.1, 1.0 / 3.0, 5e-324, 1e23, 0.0] {
            assert_eq!(nearest(&Number::exact(decimal(x)).value), x);
        }
        assert_eq!(nearest(&big("1e400")), f64::INFINITY);
        assert_eq!(nearest(&big("-1e-400")), 0.0);
    }
}

//! Arithmetic on decimals with 40 digits.

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, RoundingMode, Zero};
use std::num::NonZeroU64;

/// Digits carried through divisions and roots, far beyond what is shown or checked.
pub(crate) const CARRIED: u64 = 40;

pub(crate) fn decimal(x: f64) -> BigDecimal {
    assert!(x.is_finite(), "a derivation needs finite numbers, not {x}");
    format!("{x:e}").parse().expect("Rust's own notation of a finite f64 is a decimal")
}

/// The nearest f64: Rust's own reading of decimals, which is exact.
pub(crate) fn nearest(x: &BigDecimal) -> f64 {
    let (mantissa, scale) = x.as_bigint_and_exponent();
    format!("{mantissa}e{}", -scale).parse().expect("a mantissa and an exponent are a number")
}

/// `x` to three digits, or a little more: enough for a bound.
pub(crate) fn to_digits_up(x: BigDecimal) -> BigDecimal {
    if x.digits() <= 3 {
        return x;
    }
    precise(&x, 3, RoundingMode::Up)
}

pub(crate) fn to_digits(x: &BigDecimal, digits: u64) -> BigDecimal {
    precise(x, digits, RoundingMode::HalfEven)
}

fn precise(x: &BigDecimal, digits: u64, rounding: RoundingMode) -> BigDecimal {
    let digits = NonZeroU64::new(digits).expect("a positive number of digits");
    x.with_precision_round(digits, rounding).normalized()
}

/// `x` cut to the digits that are carried.
pub(crate) fn round(x: BigDecimal) -> BigDecimal {
    if x.digits() <= CARRIED {
        return x;
    }
    to_digits(&x, CARRIED)
}

/// `a / b`; b is not zero.
pub(crate) fn divide(a: &BigDecimal, b: &BigDecimal) -> BigDecimal {
    let (numerator, denominator, scale) = quotient(a, &round(b.clone()));
    round(BigDecimal::new(numerator / denominator, scale))
}

/// A bound on `a / b` from above; a ≥ 0, b > 0.
pub(crate) fn divide_up(a: &BigDecimal, b: &BigDecimal) -> BigDecimal {
    if a.is_zero() {
        return BigDecimal::zero();
    }
    let below = if b.digits() <= CARRIED { b.clone() } else { precise(b, CARRIED, RoundingMode::Down) };
    let (numerator, denominator, scale) = quotient(a, &below);
    BigDecimal::new((numerator + &denominator - 1) / denominator, scale)
}

/// Whole numbers, and the scale of their quotient: it has at least as many digits as are carried, if `b` has no more.
fn quotient(a: &BigDecimal, b: &BigDecimal) -> (BigInt, BigInt, i64) {
    let (numerator, a_scale) = a.as_bigint_and_exponent();
    let (denominator, b_scale) = b.as_bigint_and_exponent();
    let shift = 2 * CARRIED;
    (numerator * ten_to(shift), denominator, a_scale - b_scale + shift as i64)
}

/// `√x`; x is not negative.
pub(crate) fn root(x: &BigDecimal) -> BigDecimal {
    let (radicand, scale) = radicand(x);
    round(BigDecimal::new(radicand.sqrt(), scale))
}

/// A bound on `√x` from above; x is not negative.
pub(crate) fn root_up(x: &BigDecimal) -> BigDecimal {
    let (radicand, scale) = radicand(x);
    let below = radicand.sqrt();
    let missing = i32::from(&below * &below < radicand);
    BigDecimal::new(below + missing, scale)
}

/// A whole number, and the scale of its root: the root has at least as many digits as are carried.
fn radicand(x: &BigDecimal) -> (BigInt, i64) {
    let (mantissa, scale) = x.as_bigint_and_exponent();
    // √(m · 10⁻²ᵏ) = √m · 10⁻ᵏ
    let half = scale.div_euclid(2) + CARRIED as i64;
    let shift = u64::try_from(2 * half - scale).expect("2 CARRIED, or one less");
    (mantissa * ten_to(shift), half)
}

/// xⁿ by squaring.
pub(crate) fn power<T>(one: T, mut x: T, mut n: usize, mul: impl Fn(&T, &T) -> T) -> T {
    let mut product = one;
    while n > 0 {
        if n % 2 == 1 {
            product = mul(&product, &x);
        }
        x = mul(&x, &x);
        n /= 2;
    }
    product
}

fn ten_to(n: u64) -> BigInt {
    BigInt::from(10).pow(n as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(decimal: &str) -> BigDecimal {
        decimal.parse().unwrap()
    }

    #[test]
    fn forty_digits_are_carried() {
        let sqrt_2 = "1.4142135623730950488016887242096980785696718753769";
        let close = |x: BigDecimal, y: &str| assert!((x - big(y)).abs() < big("1e-39"));
        close(root(&big("2")), sqrt_2);
        close(root(&big("20")) * big("0.1"), "0.44721359549995793928183473374625524708812367192231");
        close(divide(&big("1"), &big("3")), "0.33333333333333333333333333333333333333333333333333");
        close(divide(&big("2e-200"), &big("3e-200")), "0.66666666666666666666666666666666666666666666666667");
        // A denominator of 40 digits, and one of more.
        let long = "3.000000000000000000000000000000000000001";
        let quotient = "0.33333333333333333333333333333333333333322222222222";
        close(divide(&big("1"), &big(long)), quotient);
        close(divide(&big("1"), &big(&format!("{long}0001"))), quotient);
        assert_eq!(
            round(big("1234567890123456789012345678901234567890")).to_string(),
            "1234567890123456789012345678901234567890"
        );
        assert_eq!(round(big(&"3".repeat(50))).normalized().digits(), 40);
    }

    #[test]
    fn bounds_are_rounded_up() {
        let up = |x: &str| to_digits_up(big(x)).to_string();
        assert_eq!([up("1.001"), up("123"), up("0.012301")], ["1.01", "123", "0.0124"]);
        // Where 40 digits cannot tell it from 1; and what is exact stays so.
        let nearly_one = format!("0.{}", "9".repeat(45));
        assert!(divide_up(&big("1"), &big(&nearly_one)) > big("1") && divide(&big("1"), &big(&nearly_one)) == big("1"));
        assert!(divide_up(&big("2"), &big("3")) * big("3") > big("2"));
        let above_one = big(&format!("1.{}1", "0".repeat(45)));
        assert!(root_up(&above_one).square() > above_one && root(&above_one) == big("1"));
        assert_eq!([divide_up(&big("0.36"), &big("3")), root_up(&big("0.25"))], [big("0.12"), big("0.5")]);
    }
}

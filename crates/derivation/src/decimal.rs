//! Decimals: exact, or rounded to so many digits in the direction that is asked for.

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, RoundingMode, Signed};
use std::num::NonZeroU64;

/// Digits carried through divisions and roots, far beyond what is shown or checked.
pub(crate) const CARRIED: u64 = 40;

/// The shortest decimal that reads back as `x`, so that 0.1 is one tenth.
///
/// # Panics
/// If `x` is NaN or infinite.
pub(crate) fn decimal(x: f64) -> BigDecimal {
    assert!(x.is_finite(), "a derivation needs finite numbers, not {x}");
    format!("{x:e}").parse().expect("Rust's own notation of a finite f64 is a decimal")
}

/// The nearest f64: Rust's own reading of decimals, which is exact.
pub(crate) fn nearest(x: &BigDecimal) -> f64 {
    format!("{x:e}").parse().expect("bigdecimal's own notation is a number")
}

/// `x` with exactly so many digits.
pub(crate) fn to_digits(x: &BigDecimal, digits: u64, rounding: RoundingMode) -> BigDecimal {
    x.with_precision_round(NonZeroU64::new(digits).expect("a positive number of digits"), rounding)
}

/// `x` cut to the digits that are carried.
pub(crate) fn carry(x: BigDecimal, rounding: RoundingMode) -> BigDecimal {
    if x.digits() <= CARRIED { x } else { to_digits(&x, CARRIED, rounding) }
}

/// xⁿ to twice the digits carried: however large n is, those are right.
pub(crate) fn long_power(x: BigDecimal, n: usize) -> BigDecimal {
    power(1.into(), x, n, |a, b| to_digits(&(a * b), 2 * CARRIED, RoundingMode::HalfEven).normalized())
}

/// `a / b` with the digits carried; b is not zero.
pub(crate) fn divide(a: &BigDecimal, b: &BigDecimal, rounding: RoundingMode) -> BigDecimal {
    let scale = a.fractional_digit_count() + (CARRIED + 1 + b.digits()).saturating_sub(a.digits()) as i64;
    let [numerator, denominator] = [a.with_scale(scale), b.clone()].map(|x| x.into_bigint_and_scale().0);
    let quotient = &numerator / &denominator;
    let rest = (numerator - &quotient * &denominator) * denominator.signum();
    rounded(quotient, rest, scale - b.fractional_digit_count(), rounding)
}

/// `√x` with the digits carried; x is not negative.
pub(crate) fn root(x: &BigDecimal, rounding: RoundingMode) -> BigDecimal {
    // √(m · 10⁻²ᵏ) = √m · 10⁻ᵏ
    let half = x.fractional_digit_count().div_euclid(2) + CARRIED as i64 + 1;
    let (radicand, _) = x.with_scale(2 * half).into_bigint_and_scale();
    let root = radicand.sqrt();
    let rest = radicand - &root * &root;
    rounded(root, rest, half, rounding)
}

/// `digits`, and one more for the sign of what is left beyond them: so a rounding in any direction is right.
fn rounded(digits: BigInt, rest: BigInt, scale: i64, rounding: RoundingMode) -> BigDecimal {
    to_digits(&BigDecimal::new(digits * 10 + rest.signum(), scale + 1), CARRIED, rounding)
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

#[cfg(test)]
mod tests {
    use super::*;
    use RoundingMode::{Ceiling, Floor, HalfEven};

    fn big(decimal: &str) -> BigDecimal {
        decimal.parse().unwrap()
    }

    #[test]
    fn forty_digits_are_carried() {
        let sqrt_2 = "1.4142135623730950488016887242096980785696718753769";
        let close = |x: BigDecimal, y: &str| assert!((x - big(y)).abs() < big("1e-39"));
        let root = |x: &str| root(&big(x), HalfEven);
        let divide = |a: &str, b: &str| divide(&big(a), &big(b), HalfEven);
        close(root("2"), sqrt_2);
        close(root("20") * big("0.1"), "0.44721359549995793928183473374625524708812367192231");
        close(divide("1", "3"), "0.33333333333333333333333333333333333333333333333333");
        close(divide("2e-200", "3e-200"), "0.66666666666666666666666666666666666666666666666667");
        // A denominator of 40 digits, and one of more.
        let long = "3.000000000000000000000000000000000000001";
        let quotient = "0.33333333333333333333333333333333333333322222222222";
        close(divide("1", long), quotient);
        close(divide("1", &format!("{long}0001")), quotient);
        assert_eq!([root("2"), divide("1", "-3")].map(|x| x.digits()), [40, 40]);
        // The last of them is rounded, not cut.
        assert_eq!(
            [divide("2", "3"), root("0.1")],
            ["0.6666666666666666666666666666666666666667", "0.3162277660168379331998893544432718533720"].map(big)
        );
        let carried = |digits: usize| carry(big(&"3".repeat(digits)), HalfEven).normalized().digits();
        assert_eq!([39, 40, 41].map(carried), [39, 40, 40]);
        let million = to_digits(&long_power(decimal(0.999), 1_000_000), CARRIED, HalfEven);
        assert_eq!(million.to_string(), "3.077697858219259476257174050766648238267E-435");
        assert_eq!(
            [(0.0, 3), (0.0, 0), (-0.5, 3)].map(|(x, n)| long_power(decimal(x), n).to_string()),
            ["0", "1", "-0.125"]
        );
    }

    #[test]
    fn what_is_rounded_lies_between_floor_and_ceiling_and_what_is_exact_does_not() {
        let ends = |f: &dyn Fn(RoundingMode) -> BigDecimal| [Floor, Ceiling].map(f);
        let quotient = |a: &str, b: &str| ends(&|rounding| divide(&big(a), &big(b), rounding));
        let root = |x: &str| ends(&|rounding| root(&big(x), rounding));
        let [low, high] = quotient("2", "3");
        assert!(&low * big("3") < big("2") && &high * big("3") > big("2") && high - low == big("1e-40"));
        let [low, high] = quotient("-2", "3");
        assert!(&low * big("3") < big("-2") && &high * big("3") > big("-2"));
        assert_eq!(quotient("2", "-3"), [low, high]);
        // Where 40 digits cannot tell it from 1.
        let [low, high] = quotient("1", &format!("0.{}", "9".repeat(45)));
        assert!(low == big("1") && high > low);
        let above_one = big(&format!("1.{}1", "0".repeat(45)));
        let [low, high] = root(&above_one.to_string());
        assert!(low == big("1") && high.square() > above_one);
        assert_eq!(quotient("0.36", "3"), [big("0.12"), big("0.12")]);
        assert_eq!([root("0.25"), root("2.25e-340")], [["0.5"; 2], ["1.5e-170"; 2]].map(|ends| ends.map(big)));
    }
}

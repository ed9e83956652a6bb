//! A number as a person writes it: exact decimals in full, others with six significant digits.

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, RoundingMode, Signed, ToPrimitive, Zero};
use std::num::NonZeroU64;

/// Significant digits of a rounded number.
const SHOWN: u64 = 6;
/// The longest result that is still written in full: 15 digits are what an f64 carries faithfully.
const FULL: u64 = 15;
/// Digits carried through divisions and roots, far beyond what is shown or checked.
const CARRIED: u64 = 40;

/// A value that knows whether what is printed of it is exact.
///
/// Exact decimals of at most 15 digits, and numbers that were given, are printed in full; others with six significant digits.
/// Sizes outside 10⁻⁶ … 10¹² (if rounded 10⁻⁴ … 10⁶) are printed in powers of ten.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    value: BigDecimal,
    rounded: bool,
}

impl Number {
    /// The shortest decimal that reads back as `x`, so that 0.1 is one tenth.
    ///
    /// # Panics
    /// If `x` is NaN or infinite.
    pub fn given(x: f64) -> Number {
        Number::exact_given(decimal(x))
    }

    /// A number that was given: printed in full however long it is.
    pub(crate) fn exact_given(value: BigDecimal) -> Number {
        Number {
            value,
            rounded: false,
        }
    }

    /// A result that is known exactly.
    pub(crate) fn exact(value: BigDecimal) -> Number {
        let value = value.normalized();
        let rounded = value.digits() > FULL;
        Number { value, rounded }
    }

    /// A result that is known to [`CARRIED`] digits only.
    pub(crate) fn rounded(value: BigDecimal) -> Number {
        Number {
            value: round(value),
            rounded: true,
        }
    }

    /// `numerator / denominator`, marked as exact only if it is a short decimal.
    pub(crate) fn ratio(numerator: &BigDecimal, denominator: &BigDecimal) -> Number {
        let value = divide(numerator, denominator);
        let short = to_digits(&value, FULL);
        if &short * denominator == *numerator {
            Number::exact(short)
        } else {
            Number::rounded(value)
        }
    }

    /// `√(numerator / denominator)`, marked as exact only if it is a short decimal.
    pub(crate) fn root_of_ratio(numerator: &BigDecimal, denominator: &BigDecimal) -> Number {
        let value = root(&divide(numerator, denominator));
        let short = to_digits(&value, FULL);
        if short.square() * denominator == *numerator {
            Number::exact(short)
        } else {
            Number::rounded(value)
        }
    }

    /// True if fewer digits are printed than the value has: only `≈` may stand before it.
    pub fn is_rounded(&self) -> bool {
        self.rounded
    }

    /// The nearest f64 (0 or an infinity outside its range).
    pub fn to_f64(&self) -> f64 {
        self.value
            .to_f64()
            .expect("a decimal always has a nearest f64")
    }

    pub(crate) fn value(&self) -> &BigDecimal {
        &self.value
    }

    /// `self`, negative if `other` is.
    pub(crate) fn with_sign_of(self, other: &BigDecimal) -> Number {
        if other.is_negative() {
            Number {
                value: -self.value,
                ..self
            }
        } else {
            self
        }
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.value.is_negative()
    }

    /// What is printed: sign, digits with their point, and the power of ten if there is one.
    pub(crate) fn shown(&self) -> Shown {
        let value = if self.rounded {
            to_digits(&self.value, SHOWN)
        } else {
            self.value.normalized()
        };
        let (mantissa, scale) = value.as_bigint_and_exponent();
        let negative = mantissa.is_negative();
        if mantissa.is_zero() {
            return Shown {
                negative,
                digits: "0".into(),
                power: None,
            };
        }
        let mut digits = mantissa.magnitude().to_string();
        let exponent = digits.len() as i64 - 1 - scale;
        if self.rounded {
            // Trailing zeros say that six digits were kept.
            digits.extend(std::iter::repeat_n(
                '0',
                (SHOWN as usize).saturating_sub(digits.len()),
            ));
            digits.truncate(SHOWN as usize);
        } else {
            digits.truncate(digits.trim_end_matches('0').len());
        }
        let plain = if self.rounded { -4..=5 } else { -6..=11 };
        if plain.contains(&exponent) {
            Shown {
                negative,
                digits: point(&digits, exponent),
                power: None,
            }
        } else {
            Shown {
                negative,
                digits: point(&digits, 0),
                power: Some(exponent),
            }
        }
    }
}

pub(crate) struct Shown {
    pub negative: bool,
    pub digits: String,
    pub power: Option<i64>,
}

/// `digits` with its point set so that the first digit counts `10^exponent`.
fn point(digits: &str, exponent: i64) -> String {
    if exponent < 0 {
        return format!("0.{}{digits}", "0".repeat((-exponent - 1) as usize));
    }
    let whole = exponent as usize + 1;
    if digits.len() <= whole {
        return format!("{digits:0<whole$}");
    }
    format!("{}.{}", &digits[..whole], &digits[whole..])
}

pub(crate) fn decimal(x: f64) -> BigDecimal {
    assert!(x.is_finite(), "a derivation needs finite numbers, not {x}");
    format!("{x:e}")
        .parse()
        .expect("Rust's own notation of a finite f64 is a decimal")
}

fn to_digits(x: &BigDecimal, digits: u64) -> BigDecimal {
    let digits = NonZeroU64::new(digits).expect("a positive number of digits");
    x.with_precision_round(digits, RoundingMode::HalfEven)
        .normalized()
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
    let (numerator, a_scale) = a.as_bigint_and_exponent();
    let (denominator, b_scale) = b.as_bigint_and_exponent();
    let shift = (CARRIED + b.digits()).saturating_sub(a.digits()) + 1;
    let quotient = numerator * ten_to(shift) / denominator;
    round(BigDecimal::new(quotient, a_scale - b_scale + shift as i64))
}

/// `√x`; x is not negative.
pub(crate) fn root(x: &BigDecimal) -> BigDecimal {
    let (mantissa, scale) = x.as_bigint_and_exponent();
    let mut shift = (2 * CARRIED).saturating_sub(x.digits()) as i64 + 2;
    shift += (scale + shift).rem_euclid(2);
    BigDecimal::new(
        (mantissa * ten_to(shift as u64)).sqrt(),
        (scale + shift) / 2,
    )
}

fn ten_to(n: u64) -> BigInt {
    BigInt::from(10).pow(n as u32)
}

//! Numbers as people write them.

use crate::superscript;

/// Writes a number with at most six significant digits, without binary noise, and with an exponent only where it is
/// extreme (below 1e-4, from 1e7 on).
///
/// Whole numbers below 1e9 are written in full.
///
/// ```
/// use display::number;
/// assert_eq!(number(0.010015000000000001), "0.010015");
/// assert_eq!(number(-188.43319704), "-188.433");
/// assert_eq!(number(1e-7), "1e-7");
/// assert_eq!(number(100_000.0), "100000");
/// ```
#[must_use]
pub fn number(x: f64) -> String {
    if !x.is_finite() {
        return format!("{x}");
    }
    if x.fract() == 0.0 && x.abs() < 1e9 {
        return format!("{}", x as i64);
    }
    let scientific = format!("{x:.5e}");
    let (mantissa, exponent) = scientific.split_once('e').expect("{:e} writes an e");
    let exponent: i32 = exponent.parse().expect("{:e} writes a whole exponent");
    if (-4..7).contains(&exponent) {
        let decimals = (5 - exponent).max(0) as usize;
        trim_zeros(&format!("{x:.decimals$}")).to_string()
    } else {
        format!("{}e{exponent}", trim_zeros(mantissa))
    }
}

fn trim_zeros(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

/// The same number for a picture or an HTML table: a true minus sign, and `2.5 × 10⁻⁷`, held together, for
/// `2.5e-7`.
///
/// ```
/// assert_eq!(display::typeset(-2.5e-7), "−2.5\u{a0}×\u{a0}10⁻⁷");
/// ```
#[must_use]
pub fn typeset(x: f64) -> String {
    let plain = number(x);
    plain.split_once('e').map_or(plain.replace('-', "−"), |(mantissa, exponent)| scientific(mantissa, exponent))
}

/// `mantissa × 10` to the power of `exponent`, without a mantissa of 1.
///
/// ```
/// assert_eq!(display::scientific("1", "5"), "10⁵");
/// ```
#[must_use]
pub fn scientific(mantissa: &str, exponent: &str) -> String {
    let power = format!("10{}", superscript(exponent));
    if mantissa == "1" { power } else { format!("{}\u{a0}×\u{a0}{power}", mantissa.replace('-', "−")) }
}

/// 10 to the power of `exponent`, the nearest number to it on every machine.
///
/// ```
/// assert_eq!(display::power_of_ten(-7), 1e-7);
/// ```
#[must_use]
pub fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().expect("a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_and_no_noise() {
        let written: Vec<String> =
            [0.0, -0.0, 0.1 + 0.2, 1e-4, 9.99e-5, 123456.7, 1746830.43, 1e7, 1.5e7 + 0.5, 1e9, 999999.96, 1.0 / 3.0]
                .map(number)
                .to_vec();
        assert_eq!(
            written,
            [
                "0", "0", "0.3", "0.0001", "9.99e-5", "123457", "1746830", "10000000", "1.5e7", "1e9", "1000000",
                "0.333333"
            ]
        );
    }

    #[test]
    fn not_finite_is_said() {
        assert_eq!([f64::NAN, f64::INFINITY, f64::NEG_INFINITY].map(number), ["NaN", "inf", "-inf"]);
    }

    #[test]
    fn typeset_raises_the_exponent() {
        assert_eq!([1e-7, -2.5e-7, -3.0, 1e300].map(typeset), ["10⁻⁷", "−2.5\u{a0}×\u{a0}10⁻⁷", "−3", "10³⁰⁰"]);
    }
}

//! An axis as the page asks for it, and its scale: where a number lies between its ends, and which numbers get a tick.

use std::ops::Range;

use display::{number, power_of_ten, scientific, typeset};
use libm::{exp10, log10};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

/// The label, kind and range of an axis.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Axis {
    pub(crate) label: String,
    pub(crate) log: bool,
    pub(crate) range: Option<(f64, f64)>,
}

impl Axis {
    /// Evenly spaced numbers. The range fits what is drawn, unless [`Axis::range`] sets it.
    pub fn linear(label: &str) -> Axis {
        Axis { label: label.to_string(), log: false, range: None }
    }

    /// Evenly spaced powers of ten. The range fits what is drawn, unless [`Axis::range`] sets it.
    pub fn log(label: &str) -> Axis {
        Axis { label: label.to_string(), log: true, range: None }
    }

    /// Shows `low ..= high` only; what lies outside is cut off, and the figure says so.
    ///
    /// # Panics
    /// When `low` is not below `high`, one of them is not finite, or `low` is not positive on a logarithmic axis.
    pub fn range(mut self, low: f64, high: f64) -> Axis {
        let [from, to] = [low, high].map(number);
        assert!(
            low / 2.0 < high / 2.0 && low.is_finite() && high.is_finite(),
            "axis \"{}\" needs a range from a lower to a higher number, not {from} to {to}",
            self.label
        );
        assert!(!self.log || low > 0.0, "axis \"{}\" is logarithmic: its range cannot start at {low}", self.label);
        self.range = Some((low, high));
        self
    }

    /// The scale that shows all of `values`, which are finite, with a little room.
    pub(crate) fn scale(&self, values: impl Iterator<Item = f64>) -> Scale {
        let (low, high) = self.range.unwrap_or_else(|| {
            let (low, high) = ends(values);
            let half = high / 2.0 - low / 2.0;
            if self.log {
                let room = (0.04 * (log10(high) - log10(low))).max(0.02);
                (low * exp10(-room), high * exp10(room))
            } else if half <= f64::MIN_POSITIVE {
                let room = if low == 0.0 { 1.0 } else { (low.abs() / 2.0).max(f64::MIN_POSITIVE) };
                (low - room, high + room)
            } else {
                let room = 0.08 * half;
                (if low >= 0.0 { (low - room).max(0.0) } else { low - room }, high + room)
            }
        });
        let lowest = if self.log { f64::from_bits(1) } else { f64::MIN };
        Scale { label: self.label.clone(), log: self.log, low: low.max(lowest), high: high.min(f64::MAX) }
    }
}

/// One direction of the plane: the numbers of `low ..= high`, which are finite, and positive if it is logarithmic.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scale {
    pub label: String,
    pub log: bool,
    pub low: f64,
    pub high: f64,
}

impl Scale {
    /// 0 at the low end, 1 at the high end; always finite.
    pub fn position(&self, v: f64) -> f64 {
        let [along, _] = spacing(self.log);
        let (low, high) = (along(self.low), along(self.high));
        if high > low { ((along(v) - low) / (high - low)).clamp(-1e300, 1e300) } else { 0.5 }
    }

    /// The number at a position; between 0 and 1 one that the axis shows.
    pub fn number(&self, position: f64) -> f64 {
        let [along, back] = spacing(self.log);
        let (low, high) = (along(self.low), along(self.high));
        back(low + (high - low) * position)
    }

    pub fn contains(&self, v: f64) -> bool {
        (self.low..=self.high).contains(&v)
    }

    /// One line for the summary.
    pub fn describe(&self) -> String {
        let kind = if self.log { "logarithmic" } else { "linear" };
        format!("{} ({kind}, {} to {})", self.label, number(self.low), number(self.high))
    }

    /// The multiples of the least step (1, 2 or 5 times a power of ten) that has few enough.
    pub fn even_ticks(&self, most: usize) -> Vec<f64> {
        let width = exponent(self.high / 2.0 - self.low / 2.0);
        let steps = (width - 2..width + 3).flat_map(|e| [(1.0, e), (2.0, e), (5.0, e)]);
        let multiples = |(digit, e): (f64, i32)| {
            let first = (self.low / (digit * power_of_ten(e))).floor();
            // Read from its decimal digits, 48 steps of 0.05 are 2.4.
            let tick = |i: usize| format!("{}e{e}", digit * (first + i as f64)).parse().unwrap_or(f64::NAN);
            self.inside((0..most + 3).map(tick))
        };
        steps.map(multiples).find(|ticks| ticks.len() <= most).unwrap_or_default()
    }

    fn inside(&self, ticks: impl Iterator<Item = f64>) -> Vec<f64> {
        ticks.filter(|&v| self.contains(v)).collect()
    }
}

/// plotters asks where to draw grid lines, and how to label them.
impl Ranged for Scale {
    type ValueType = f64;
    type FormatOption = NoDefaultFormatting;

    fn map(&self, v: &f64, (from, to): (i32, i32)) -> i32 {
        from + (f64::from(to - from) * self.position(*v)).round() as i32
    }

    /// Round numbers: on a logarithmic scale powers of ten, or where those are too few 1, 2 and 5 times powers of ten, or
    /// evenly spaced numbers.
    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        let most = hint.max_num_points();
        if !self.log {
            return self.even_ticks(most);
        }
        let exponents = || exponent(self.low)..=exponent(self.high);
        let powers = |step: i32| self.inside(exponents().filter(|e| e % step == 0).map(power_of_ten));
        let powers = [1, 2, 3, 5, 10, 20, 50, 100].map(powers).into_iter().find(|ticks| ticks.len() <= most);
        let finer = self.inside(exponents().flat_map(|e| [1.0, 2.0, 5.0].map(|digit| digit * power_of_ten(e))));
        let enough = [powers.unwrap_or_default(), finer].into_iter().find(|ticks| ticks.len() >= 3);
        enough.unwrap_or_else(|| self.even_ticks(most))
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Scale {
    fn format_ext(&self, v: &f64) -> String {
        if self.log && *v == power_of_ten(exponent(*v)) { in_powers(*v) } else { typeset(*v) }
    }
}

/// From a number to where it lies along an axis, and back.
pub(crate) fn spacing(log: bool) -> [fn(f64) -> f64; 2] {
    // A power of two changes no digit, and keeps the widest range from overflowing.
    if log { [log10, exp10] } else { [|v| v / 512.0, |v| v * 512.0] }
}

/// The least and the largest of numbers.
pub(crate) fn ends(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
}

/// A number as a power of ten, with a mantissa where that is not 1.
pub(crate) fn in_powers(x: f64) -> String {
    scientific(&number(x / power_of_ten(exponent(x))), &exponent(x).to_string())
}

/// The exponent of a number in scientific notation, without any logarithm: −3 for 0.005.
fn exponent(x: f64) -> i32 {
    format!("{x:e}").rsplit('e').find_map(|exponent| exponent.parse().ok()).expect("a finite number")
}

#[cfg(test)]
mod tests;

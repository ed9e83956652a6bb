//! The scale of an axis: where a number lies between its two ends, and which numbers get a tick.

use std::ops::Range;

use libm::log10;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

use display::{number, power_of_ten, superscript, typeset};

/// One direction of the plane: the numbers of `low ..= high`, which are finite, and positive if it is logarithmic.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    pub label: String,
    pub log: bool,
    pub low: f64,
    pub high: f64,
}

impl Scale {
    /// 0 at the low end, 1 at the high end; always finite.
    pub fn position(&self, v: f64) -> f64 {
        // Half of a number: the whole range of f64 is too wide for itself.
        let along = if self.log { log10 } else { |v| v / 2.0 };
        let (low, high) = (along(self.low), along(self.high));
        if high > low { ((along(v) - low) / (high - low)).clamp(-1e300, 1e300) } else { 0.5 }
    }

    pub fn contains(&self, v: f64) -> bool {
        (self.low..=self.high).contains(&v)
    }

    /// One line for the summary.
    pub fn describe(&self) -> String {
        let kind = if self.log { "logarithmic" } else { "linear" };
        format!("{} ({kind}, {} to {})", self.label, number(self.low), number(self.high))
    }

    /// At most `most` round numbers of the scale. On a logarithmic one they are powers of ten, or where those are too
    /// few 1, 2 and 5 times powers of ten, or evenly spaced numbers.
    pub fn ticks(&self, most: usize) -> Vec<f64> {
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

    /// The multiples of the least step (1, 2 or 5 times a power of ten) that has few enough.
    fn even_ticks(&self, most: usize) -> Vec<f64> {
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

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        self.ticks(hint.max_num_points())
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Scale {
    fn format_ext(&self, v: &f64) -> String {
        if self.log && *v == power_of_ten(exponent(*v)) {
            format!("10{}", superscript(&exponent(*v).to_string()))
        } else {
            typeset(*v)
        }
    }
}

/// The exponent of a number in scientific notation, without any logarithm: −3 for 0.005.
pub(crate) fn exponent(x: f64) -> i32 {
    format!("{x:e}").rsplit('e').find_map(|exponent| exponent.parse().ok()).expect("a finite number")
}

#[cfg(test)]
mod tests;

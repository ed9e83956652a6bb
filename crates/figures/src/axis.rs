//! An axis as the page asks for it.

use display::number;
use libm::{exp10, log10};

use crate::scale::Scale;

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
            let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
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

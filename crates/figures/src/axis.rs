//! An axis as the page asks for it, and the scale that it becomes.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::coord::types::RangedCoordf64;

use display::{number, power_of_ten, superscript, typeset};

/// The label, kind and range of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    pub(crate) label: String,
    pub(crate) log: bool,
    range: Option<(f64, f64)>,
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
        assert!(
            low < high && low.is_finite() && high.is_finite(),
            "axis \"{}\" needs a range from a lower to a higher number, not {low} to {high}",
            self.label
        );
        assert!(!self.log || low > 0.0, "axis \"{}\" is logarithmic: its range cannot start at {low}", self.label);
        self.range = Some((low, high));
        self
    }

    /// The scale that shows all of `values`, which are finite, with a little room.
    pub(crate) fn scale(&self, values: impl Iterator<Item = f64>) -> Scale {
        let log = self.log;
        let (low, high) = self.range.unwrap_or_else(|| {
            let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
            if log {
                let room = (0.04 * (high / low).log10()).max(0.02);
                (low * 10f64.powf(-room), high * 10f64.powf(room))
            } else if low == high {
                let room = if low == 0.0 { 1.0 } else { low.abs() / 2.0 };
                (low - room, high + room)
            } else {
                let room = 0.04 * (high - low);
                (if low >= 0.0 { (low - room).max(0.0) } else { low - room }, high + room)
            }
        });
        Scale { low, high, log }
    }

    /// One line for the summary.
    pub(crate) fn describe(&self, scale: &Scale) -> String {
        let kind = if self.log { "logarithmic" } else { "linear" };
        format!("{} ({kind}, {} to {})", self.label, number(scale.low), number(scale.high))
    }
}

/// One direction of the plane: where a number lies between the two ends of an axis.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    pub low: f64,
    pub high: f64,
    pub log: bool,
}

impl Scale {
    /// 0 at the low end, 1 at the high end; always finite.
    pub fn position(&self, v: f64) -> f64 {
        let position = if self.log {
            (v.log10() - self.low.log10()) / (self.high.log10() - self.low.log10())
        } else {
            (v / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0)
        };
        position.clamp(-1e300, 1e300)
    }

    pub fn contains(&self, v: f64) -> bool {
        (self.low..=self.high).contains(&v)
    }

    /// At most `most` powers of ten; where there are too few, 1, 2 and 5 times them, or evenly spaced numbers.
    fn log_ticks(&self, most: usize) -> Vec<f64> {
        let (first, last) = (self.low.log10().floor() as i32, self.high.log10().ceil() as i32);
        let powers = |step: i32| (first..=last).filter(move |e| e % step == 0).map(power_of_ten);
        let inside = |ticks: Vec<f64>| -> Vec<f64> { ticks.into_iter().filter(|&v| self.contains(v)).collect() };
        if inside(powers(1).collect()).len() < 3 {
            let ticks = inside(powers(1).flat_map(|p| [p, 2.0 * p, 5.0 * p]).collect());
            return if ticks.len() < 3 { RangedCoordf64::from(self.low..self.high).key_points(most) } else { ticks };
        }
        let steps = [1, 2, 3, 5, 10, 20, 50, 100, 200];
        let fits = |step: &i32| inside(powers(*step).collect()).len() <= most;
        inside(powers(steps.into_iter().find(fits).unwrap_or(300)).collect())
    }
}

impl Ranged for Scale {
    type ValueType = f64;
    type FormatOption = NoDefaultFormatting;

    fn map(&self, v: &f64, (from, to): (i32, i32)) -> i32 {
        from + (f64::from(to - from) * self.position(*v)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if self.log {
            self.log_ticks(hint.max_num_points())
        } else {
            RangedCoordf64::from(self.low..self.high).key_points(hint)
        }
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Scale {
    fn format_ext(&self, v: &f64) -> String {
        let exponent = v.log10().round();
        if self.log && (v / power_of_ten(exponent as i32) - 1.0).abs() < 1e-9 {
            format!("10{}", superscript(&format!("{exponent}")))
        } else {
            typeset(*v)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_round_and_inside() {
        for i in 1..2000 {
            let (low, width) = (-f64::from(i % 97) * 0.37, f64::from(i) * 0.113);
            let scale = Scale { low, high: low + width, log: false };
            let ticks = scale.key_points(9);
            assert!((3..=9).contains(&ticks.len()), "{low} to {}: {ticks:?}", low + width);
            for tick in ticks {
                assert!(scale.contains(tick) && scale.format_ext(&tick).chars().count() <= 5, "{tick}");
            }
        }
    }

    #[test]
    fn log_ticks_are_powers_of_ten_if_there_is_room_for_three() {
        let shown = |low, high| {
            let scale = Scale { low, high, log: true };
            scale.key_points(9).iter().map(|v| scale.format_ext(v)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(0.5, 2e5), "10⁰ 10¹ 10² 10³ 10⁴ 10⁵");
        assert_eq!(shown(1e-7, 1e300), "10⁰ 10⁵⁰ 10¹⁰⁰ 10¹⁵⁰ 10²⁰⁰ 10²⁵⁰ 10³⁰⁰");
        assert_eq!(shown(1.5, 60.0), "2 5 10¹ 20 50");
        assert_eq!(shown(2.1, 2.4), "2.1 2.15 2.2 2.25 2.3 2.35 2.4");
    }
}

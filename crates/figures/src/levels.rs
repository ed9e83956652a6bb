//! Which levels of a loss get a contour line, and how they are written.

use crate::axis::Scale;
use display::{power_of_ten, scientific};

/// Between 5 and 12 round levels that spread over the values, which are finite.
pub(crate) fn levels(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (lowest, highest) = (sorted[0], sorted[sorted.len() - 1]);
    let inside = |l: &f64| *l > sorted[sorted.len() / 500] && *l < highest;
    for steps in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
        let all = (-300..300).flat_map(|e| steps.iter().map(move |s| s * power_of_ten(e)));
        let levels: Vec<f64> = all.filter(inside).collect();
        if lowest >= 0.0 && (5..=12).contains(&levels.len()) {
            return levels;
        }
    }
    let scale = Scale { label: String::new(), log: false, low: lowest, high: highest };
    scale.ticks(11).into_iter().filter(inside).collect()
}

/// A level for the picture: a power of ten from 10⁵ on.
pub(crate) fn typeset(level: f64) -> String {
    if level.abs() < 1e5 { display::typeset(level) } else { scientific(level) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use display::number;

    #[test]
    fn levels_are_round_and_lie_between_the_lowest_and_the_highest_value() {
        let values =
            |from: f64, to: f64| (0..=10_000).map(|i| from + (to - from) * f64::from(i) / 1e4).collect::<Vec<_>>();
        let shown = |from, to| levels(&values(from, to)).into_iter().map(number).collect::<Vec<_>>().join(" ");
        assert_eq!(shown(-1.0, 1.0), "-0.8 -0.6 -0.4 -0.2 0 0.2 0.4 0.6 0.8");
        assert_eq!(shown(0.0, 30.0), "0.1 0.2 0.5 1 2 5 10 20");
        assert!(levels(&values(4.0, 4.0)).is_empty());
    }
}

//! Vanilla gradient descent and Adagrad on one bowl.

use crate::read::{between, schedule, size};
use display::typeset;
use figures::{Axis, Figure, Mark, Series, contours};
use update_rules::{
    Adagrad, Descent, Quadratic, Rule, Schedule, Step, Vanilla, ndarray::Array1, ndarray::Ix1, ndarray::array,
};

/// Where the picture ends, in both directions.
const FAR: f64 = 6.0;
/// As many updates as are made.
const UPDATES: usize = 100;

/// What the form says.
struct Bowl {
    start: Array1<f64>,
    schedules: [Schedule; 2],
    loss: Quadratic,
    t: usize,
}

fn read([w1, w2, vanilla, adagrad, flat, steep, degrees, t]: [&str; 8]) -> Result<Bowl, String> {
    let curvatures = [size("the flat curvature", flat, 1e3)?, size("the steep curvature", steep, 1e3)?];
    Ok(Bowl {
        start: array![between("w₁", w1, -FAR, FAR)?, between("w₂", w2, -FAR, FAR)?],
        schedules: [schedule(vanilla, "constant")?, schedule(adagrad, "inverse-sqrt")?],
        // Half of the curvatures: L = ½ (c₁ u² + c₂ v²).
        loss: Quadratic::rotated(curvatures.map(|c| c / 2.0), between("the angle", degrees, -90.0, 90.0)?),
        t: size("t", t, UPDATES as f64)? as usize,
    })
}

/// Losses and rates in words, and the paths on the contours.
pub(crate) fn parts(values: [&str; 8]) -> Result<Vec<String>, String> {
    let bowl = read(values)?;
    let vanilla = bowl.descend(Vanilla::new(bowl.schedules[0]));
    let adagrad = bowl.descend(Adagrad::new(bowl.schedules[1], &bowl.start));
    let says = [("vanilla", &vanilla), ("Adagrad", &adagrad)].map(|(name, steps)| bowl.says(name, steps));
    Ok(vec![says.join("<br>"), bowl.picture(&vanilla, &adagrad).svg().into()])
}

/// The start at which a reader points in that picture, as values for its fields.
pub(crate) fn start(values: [&str; 8], [across, down]: [&str; 2]) -> Result<Vec<String>, String> {
    let (across, down) = (size("across", across, 1.0)?, size("down", down, 1.0)?);
    let spot = read(values)?.picture(&[], &[]).at(across, down);
    Ok(spot.map(|w| format!("{:.1}", w.clamp(-FAR, FAR))).to_vec())
}

impl Bowl {
    /// The first steps, as far as they are finite.
    fn descend(&self, rule: impl Rule<f64, Ix1>) -> Vec<Step<f64>> {
        let descent = Descent::new(rule, self.start.clone(), |w: &Array1<f64>| self.loss.gradient(w));
        descent.take(self.t).map_while(Result::ok).collect()
    }

    fn says(&self, name: &str, steps: &[Step<f64>]) -> String {
        let w = steps.last().map_or(&self.start, |step| &step.w_next);
        let loss = typeset(self.loss.loss(w));
        let rates = steps
            .last()
            .map_or(String::new(), |step| format!(", rates {} and {}", typeset(step.rate[0]), typeset(step.rate[1])));
        format!("{name}, t = {}: loss {loss}{rates}", steps.len())
    }

    fn picture(&self, vanilla: &[Step<f64>], adagrad: &[Step<f64>]) -> Figure {
        let path = |name, steps: &[Step<f64>]| {
            let points = steps.iter().map(|step| &step.w_next);
            Series::path(name, [&self.start].into_iter().chain(points).map(|w| [w[0], w[1]]))
        };
        // ½ wᵀ H w; `Quadratic` would make arrays for each of the grid's 100 000 points.
        let h = self.loss.hessian();
        contours(
            "Two rules on one bowl",
            Axis::linear("w₁").range(-FAR, FAR),
            Axis::linear("w₂").range(-FAR, FAR),
            &|w1, w2| 0.5 * (h[[0, 0]] * w1 * w1 + 2.0 * h[[0, 1]] * w1 * w2 + h[[1, 1]] * w2 * w2),
            &[path("vanilla, constant η", vanilla), path("Adagrad", adagrad)],
            &[Mark::start([self.start[0], self.start[1]]), Mark::new("minimum", [0.0, 0.0])],
        )
    }
}

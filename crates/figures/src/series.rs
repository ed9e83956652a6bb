//! What is drawn: a series of points, and single points with a name.

use std::borrow::Borrow;

use crate::axis::Axis;

/// Named points, drawn as a line in the order in which they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub(crate) name: String,
    pub(crate) points: Vec<[f64; 2]>,
}

impl Series {
    /// One value per update: x counts 0, 1, 2, ….
    pub fn new<Y: Borrow<f64>>(name: &str, ys: impl IntoIterator<Item = Y>) -> Series {
        let points = ys.into_iter().enumerate().map(|(t, y)| [t as f64, *y.borrow()]).collect();
        Series { name: name.to_string(), points }
    }

    /// Counts x from `first` instead of 0, as a logarithmic axis needs.
    pub fn counting_from(mut self, first: usize) -> Series {
        for (t, point) in self.points.iter_mut().enumerate() {
            point[0] = (first + t) as f64;
        }
        self
    }

    /// The points of a path in the plane, such as the parameters (b, w) after every update.
    pub fn path<P: Borrow<[f64; 2]>>(name: &str, points: impl IntoIterator<Item = P>) -> Series {
        Series { name: name.to_string(), points: points.into_iter().map(|p| *p.borrow()).collect() }
    }

    /// Values over the x that belong to them.
    ///
    /// # Panics
    /// When there are more of one than of the other.
    pub fn xy<X: Borrow<f64>, Y: Borrow<f64>>(
        name: &str,
        xs: impl IntoIterator<Item = X>,
        ys: impl IntoIterator<Item = Y>,
    ) -> Series {
        let xs: Vec<f64> = xs.into_iter().map(|x| *x.borrow()).collect();
        let ys: Vec<f64> = ys.into_iter().map(|y| *y.borrow()).collect();
        assert!(xs.len() == ys.len(), "series \"{name}\" has {} x values, but {} y values", xs.len(), ys.len());
        Series { name: name.to_string(), points: xs.into_iter().zip(ys).map(|(x, y)| [x, y]).collect() }
    }

    /// A function of x, drawn through 241 evenly spaced points of `from ..= to`.
    ///
    /// # Panics
    /// When `from` is not below `to`, or one of them is not finite.
    pub fn function(name: &str, from: f64, to: f64, f: &dyn Fn(f64) -> f64) -> Series {
        assert!(
            from < to && from.is_finite() && to.is_finite(),
            "series \"{name}\" needs a range from a lower to a higher number, not {from} to {to}"
        );
        let x = |i: i32| from + (to - from) * f64::from(i) / 240.0;
        Series { name: name.to_string(), points: (0..=240).map(|i| [x(i), f(x(i))]).collect() }
    }

    /// Checks the points against the axes, and cuts them before the first one that is not finite.
    ///
    /// # Panics
    /// When nothing is left, or when a logarithmic axis meets a number that is not positive.
    pub(crate) fn checked(&self, x: &Axis, y: &Axis) -> Checked {
        let name = &self.name;
        assert!(!self.points.is_empty(), "series \"{name}\" is empty");
        let end = self.points.iter().position(|p| !p[0].is_finite() || !p[1].is_finite());
        let points = &self.points[..end.unwrap_or(self.points.len())];
        assert!(!points.is_empty(), "series \"{name}\" starts with a number that is not finite (index 0)");
        for (axis, coordinate) in [(x, 0), (y, 1)] {
            if let Some(i) = points.iter().position(|p| axis.log && p[coordinate] <= 0.0) {
                panic!(
                    "series \"{name}\" has {} at index {i}, but the axis \"{}\" is logarithmic and needs positive numbers",
                    points[i][coordinate], axis.label
                );
            }
        }
        Checked { name: name.clone(), points: points.to_vec(), cut: end.map(|i| (i, self.points.len())) }
    }
}

/// A series that can be drawn: finite, not empty, positive where an axis is logarithmic.
pub(crate) struct Checked {
    pub name: String,
    pub points: Vec<[f64; 2]>,
    /// Where the series was cut, and how long it had been.
    pub cut: Option<(usize, usize)>,
}

/// One named point of the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub(crate) name: String,
    pub(crate) at: [f64; 2],
    pub(crate) ring: bool,
}

impl Mark {
    /// A cross at a point worth naming, such as the least-squares optimum.
    pub fn new(name: &str, at: [f64; 2]) -> Mark {
        Mark { name: name.to_string(), at, ring: false }
    }

    /// A ring named "start", where the descents begin.
    pub fn start(at: [f64; 2]) -> Mark {
        Mark { name: "start".to_string(), at, ring: true }
    }
}

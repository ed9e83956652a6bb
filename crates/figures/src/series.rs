//! What is drawn: a series of points, single points with a name, and all that one frame shows; and the text that tells it.

use std::borrow::Borrow;

use crate::axis::{Axis, Scale, ends, spacing};
use crate::levels;
use display::{number, typeset};

/// Named points, drawn as a line in the order in which they stand, as far as they are finite.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Series {
    pub(crate) name: String,
    /// The points before the first one that is not finite.
    pub(crate) points: Vec<[f64; 2]>,
    /// The same function as a logarithmic x axis shows it.
    by_decades: Option<Box<Series>>,
    /// How many points there were.
    pub(crate) length: usize,
    /// Bars that stand on the x axis rather than a line.
    pub(crate) bars: bool,
}

impl Series {
    /// One value per update: x counts 0, 1, 2, ….
    pub fn new<Y: Borrow<f64>>(name: &str, ys: impl IntoIterator<Item = Y>) -> Series {
        Series::of(name, &mut ys.into_iter().enumerate().map(|(t, y)| [t as f64, *y.borrow()]))
    }

    /// Counts x from `first` instead of 0, as a logarithmic axis needs.
    pub fn counting_from(mut self, first: usize) -> Series {
        self.by_decades = None;
        for (t, point) in self.points.iter_mut().enumerate() {
            point[0] = (first + t) as f64;
        }
        self
    }

    /// The points of a path in the plane, such as the parameters (b, w) after every update.
    pub fn path<P: Borrow<[f64; 2]>>(name: &str, points: impl IntoIterator<Item = P>) -> Series {
        Series::of(name, &mut points.into_iter().map(|p| *p.borrow()))
    }

    // Of one type: what is generic is compiled in the cell.
    fn of(name: &str, points: &mut dyn Iterator<Item = [f64; 2]>) -> Series {
        let mut points: Vec<[f64; 2]> = points.collect();
        let (name, length) = (name.to_string(), points.len());
        points.truncate(points.iter().take_while(|p| p[0].is_finite() && p[1].is_finite()).count());
        Series { name, points, by_decades: None, length, bars: false }
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
        Series::path(name, xs.into_iter().zip(ys).map(|(x, y)| [x, y]))
    }

    /// A function of x, drawn through 241 points of `from ..= to` that are evenly spaced on the axis.
    ///
    /// # Panics
    /// When `from` is not below `to`, or one of them is not finite.
    pub fn function(name: &str, from: f64, to: f64, f: &dyn Fn(f64) -> f64) -> Series {
        assert!(
            from < to && from.is_finite() && to.is_finite(),
            "series \"{name}\" needs a range from a lower to a higher number, not {from} to {to}"
        );
        let sampled = |log| {
            let [along, back] = spacing(log);
            let (low, high) = (along(from), along(to));
            let x = |i: i32| back(low + (high - low) * f64::from(i) / 240.0).clamp(from, to);
            Series::path(name, (0..=240).map(x).map(|x| [x, f(x)]))
        };
        Series { by_decades: (from > 0.0).then(|| Box::new(sampled(true))), ..sampled(false) }
    }

    /// The series as these axes show it.
    ///
    /// # Panics
    /// When there is no finite point, or when a logarithmic axis meets a number that is not positive.
    pub(crate) fn on(&self, x: &Axis, y: &Axis) -> Series {
        let series = self.by_decades.as_deref().filter(|_| x.log).unwrap_or(self);
        let Series { name, points, length, .. } = series;
        assert!(*length > 0, "series \"{name}\" is empty");
        assert!(!points.is_empty(), "series \"{name}\" starts with a number that is not finite (index 0)");
        for (axis, c) in [(x, 0), (y, 1)] {
            if let Some(i) = points.iter().position(|p| axis.log && p[c] <= 0.0) {
                panic!(
                    "series \"{name}\" has {} at index {i}, but the axis \"{}\" is logarithmic and needs positive numbers",
                    points[i][c], axis.label
                );
            }
        }
        series.clone()
    }
}

/// One named point of the plane.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
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

/// What lines, contours and rms share: a title, two scales, and what is drawn on them.
pub(crate) struct Content<'a> {
    pub title: &'a str,
    pub x: Scale,
    pub y: Scale,
    pub series: Vec<Series>,
    pub marks: &'a [Mark],
    /// Where the loss has contour lines, and these.
    pub levels: Vec<f64>,
    pub contours: Vec<Vec<Vec<[f64; 2]>>>,
}

impl<'a> Content<'a> {
    /// Checks the series and the marks, and fits the scales to them.
    pub fn new(title: &'a str, x: &Axis, y: &Axis, series: &'a [Series], marks: &'a [Mark]) -> Content<'a> {
        let series: Vec<Series> = series.iter().map(|s| s.on(x, y)).collect();
        for mark in marks {
            assert!(mark.at.iter().all(|c| c.is_finite()), "mark \"{}\" is not finite", mark.name);
        }
        let points = || series.iter().flat_map(|s| &s.points).chain(marks.iter().map(|m| &m.at));
        let (x, y) = (x.scale(points().map(|p| p[0])), y.scale(points().map(|p| p[1])));
        Content { title, x, y, series, marks, levels: Vec::new(), contours: Vec::new() }
    }

    /// The numbers drawn, line by line.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("x: {}", self.x.describe()), format!("y: {}", self.y.describe())];
        lines.extend(self.contour_lines(number));
        lines.extend(self.series.iter().map(describe));
        lines.extend(self.marks.iter().map(|m| format!("mark {}: {}", m.name, pair(m.at, number))));
        lines.extend(self.left_out(number));
        lines
    }

    /// The sentences below the picture.
    pub fn notes(&self) -> Vec<String> {
        self.contour_lines(levels::typeset).into_iter().chain(self.left_out(typeset)).collect()
    }

    fn contour_lines(&self, write: fn(f64) -> String) -> Option<String> {
        let levels: Vec<String> = self.levels.iter().map(|&l| write(l)).collect();
        (!levels.is_empty()).then(|| format!("contour lines at {}", levels.join(", ")))
    }

    /// Per series where it stopped being finite, and what of it lies outside the frame.
    fn left_out(&self, write: fn(f64) -> String) -> Vec<String> {
        let mut notes = Vec::new();
        for Series { name, points, length, .. } in &self.series {
            let count = points.len();
            if count < *length {
                notes.push(format!("{name}: cut at index {count} of {length}, where it is no longer finite"));
            }
            let outside = points.iter().filter(|p| !self.x.contains(p[0]) || !self.y.contains(p[1]));
            if let Some(first) = outside.clone().next() {
                let (n, first) = (outside.count(), pair(*first, write));
                notes.push(format!("{name}: {n} of {count} points lie outside the picture, the first at {first}"));
            }
        }
        notes
    }
}

fn describe(series: &Series) -> String {
    let points = &series.points;
    let range = |c: usize| {
        let (low, high) = ends(points.iter().map(|p| p[c]));
        format!("{} to {}", number(low), number(high))
    };
    let count = if points.len() == 1 { "1 point".to_string() } else { format!("{} points", points.len()) };
    let (first, last) = (pair(points[0], number), pair(points[points.len() - 1], number));
    format!("{}: {count}, first {first}, last {last}, x {}, y {}", series.name, range(0), range(1))
}

fn pair([x, y]: [f64; 2], write: fn(f64) -> String) -> String {
    format!("({}, {})", write(x), write(y))
}

//! What a figure holds before it is drawn, and the text that tells it.

use crate::axis::{Axis, Scale, ends};
use crate::levels;
use crate::series::{Mark, Series};
use display::{number, typeset};

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

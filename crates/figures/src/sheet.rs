//! A sheet with title, legend and notes, and on it the frames of a figure.

use crate::chart::{Chart, Plane, bar_paint, style};
use crate::figure::Figure;
use crate::marks;
use crate::polyline::Point;
use crate::series::Series;
use crate::summary::{Content, summary};
use crate::svg::{FAINT_INK, Svg, WIDTH, fill, stroke, text_width};

/// Draws a frame for each of the contents, side by side, under the title and the legend of the first and above the notes
/// of all.
pub(crate) fn draw(contents: &[Content]) -> Figure {
    let mut svg = Svg::default();
    let mut y = 280.0;
    for line in wrap(contents[0].title, 170.0) {
        svg.text((WIDTH / 2.0, y), "font-size='170' font-weight='bold' text-anchor='middle'", &line);
        y += 220.0;
    }
    let keys = contents[0].series.iter().enumerate().map(|s| (s, 600.0 + text_width(&s.1.name, 130.0)));
    for row in rows(keys, WIDTH - 300.0) {
        let mut x = (WIDTH - row.iter().map(|(_, width)| width).sum::<f64>()) / 2.0;
        for ((i, series), width) in row {
            key(&mut svg, (x, y - 40.0), i, series);
            x += width;
        }
        y += 200.0;
    }
    let above = y - 20.0;
    // Two frames side by side are square.
    let foot = above + if contents.len() == 1 { 4260.0 } else { 3260.0 };
    svg.height = foot;
    let mut notes: Vec<String> = contents.iter().flat_map(Content::notes).collect();
    notes.dedup();
    for line in notes.iter().flat_map(|note| wrap(note, 120.0)) {
        svg.text((170.0, svg.height + 40.0), &format!("font-size='120' {}", fill(FAINT_INK)), &line);
        svg.height += 170.0;
    }
    let below = svg.height - foot;
    let mut planes = Vec::new();
    for (i, content) in contents.iter().enumerate() {
        let plane = Plane::draw(&mut svg, [&content.x, &content.y], [above, below], (i, contents.len()));
        let mut chart = Chart { svg: &mut svg, plane, taken: Vec::new() };
        let lines = chart.contours(content);
        chart.series(&content.series);
        marks::names(&mut chart, content.marks);
        marks::levels(&mut chart, &content.levels, &lines);
        planes.push(chart.plane);
    }
    Figure::new(svg, planes.swap_remove(0), summary(contents))
}

/// The i-th series' entry in the legend.
fn key(svg: &mut Svg, (x, y): Point, i: usize, series: &Series) {
    let [colour, dash, marker] = style(i);
    if series.bars {
        svg.shape(bar_paint(i), &[(x + 200.0, y + 55.0)], "v-110h150v110z");
    } else {
        svg.shape(stroke(colour, 22, dash), &[(x, y)], "h340");
        svg.shape(fill(colour), &[(x + 170.0, y)], marker);
    }
    svg.text((x + 420.0, y + 45.0), "font-size='130'", &series.name);
}

/// Things in as many rows as they need, each with its width.
pub(crate) fn rows<T>(things: impl Iterator<Item = (T, f64)>, width: f64) -> Vec<Vec<(T, f64)>> {
    let mut rows: Vec<Vec<(T, f64)>> = Vec::new();
    let mut room = 0.0;
    for thing in things {
        if thing.1 > room || rows.is_empty() {
            rows.push(Vec::new());
            room = width;
        }
        room -= thing.1;
        rows.last_mut().expect("a row was begun").push(thing);
    }
    rows
}

/// The text in lines no wider than the sheet, broken at spaces (but not at those that hold a number together).
pub(crate) fn wrap(text: &str, size: f64) -> Vec<String> {
    let words = text.split(' ').filter(|word| !word.is_empty());
    let lines = rows(words.map(|word| (word, text_width(word, size) + text_width(" ", size))), WIDTH - 350.0);
    lines.iter().map(|line| line.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" ")).collect()
}

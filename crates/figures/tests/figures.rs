//! Every figure of the gallery: its text, its XML, its colours, its size; and what is refused.

#[path = "../examples/gallery.rs"]
#[allow(dead_code)]
mod gallery;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use figures::{Axis, Figure, Mark, Series, Table, contours, lines, rms};
use roxmltree::{Document, Node};

static FIGURES: LazyLock<Vec<(&str, Figure)>> = LazyLock::new(gallery::figures);

#[test]
fn summaries() {
    for (name, figure) in FIGURES.iter() {
        insta::assert_snapshot!(*name, figure.summary());
    }
    insta::assert_snapshot!("table", gallery::steps().text());
    insta::assert_snapshot!("table.html", gallery::steps().html());
}

#[test]
fn the_same_bytes_every_time() {
    assert!(*FIGURES == gallery::figures());
    insta::assert_snapshot!("one-point.svg", FIGURES.last().unwrap().1.svg());
}

#[test]
fn nothing_lies_outside_the_sheet() {
    for (name, figure) in FIGURES.iter() {
        let document = Document::parse(figure.svg()).unwrap();
        let sheet: Vec<f64> = document.root_element().attribute("viewBox").unwrap().split(' ').map(number).collect();
        let mut count = 0;
        for (x, y) in document.descendants().flat_map(coordinates) {
            assert!((0.0..=sheet[2]).contains(&x) && (0.0..=sheet[3]).contains(&y), "{name}: ({x}, {y})");
            count += 1;
        }
        assert!(count > 40, "{name} has only {count} coordinates");
    }
}

#[test]
fn curves_stay_inside_the_axes() {
    for (name, figure) in FIGURES.iter() {
        let document = Document::parse(figure.svg()).unwrap();
        let axes: Vec<(f64, f64)> =
            document.descendants().filter(|n| n.attribute("stroke") == Some("#57606a")).flat_map(coordinates).collect();
        let bound = |f: fn(f64, f64) -> f64, start: f64, c: fn(&(f64, f64)) -> f64| axes.iter().map(c).fold(start, f);
        let (left, right) = (bound(f64::min, 1e9, |p| p.0), bound(f64::max, 0.0, |p| p.0));
        let (top, bottom) = (bound(f64::min, 1e9, |p| p.1), bound(f64::max, 0.0, |p| p.1));
        for curve in document.descendants().filter(|n| n.attribute("stroke-width") == Some("20")) {
            for (x, y) in coordinates(curve) {
                let inside = left - 50.0 <= x && x <= right + 50.0 && top - 50.0 <= y && y <= bottom + 50.0;
                assert!(inside, "{name}: ({x}, {y}) is not in {left}..{right}, {top}..{bottom}");
            }
        }
    }
}

#[test]
fn text_and_curves_stand_out_on_the_card() {
    for (name, figure) in FIGURES.iter() {
        let document = Document::parse(figure.svg()).unwrap();
        for text in document.descendants().filter(|n| n.has_tag_name(tag_in_svg("text"))) {
            let fill = text.ancestors().find_map(|n| n.attribute("fill")).unwrap();
            assert!(contrast_on_white(fill) >= 4.5, "{name}: text in {fill}");
        }
        for curve in document.descendants().filter(|n| n.attribute("stroke-width") == Some("20")) {
            let stroke = curve.attribute("stroke").unwrap();
            assert!(contrast_on_white(stroke) >= 3.0, "{name}: a curve in {stroke}");
        }
        let card = document.descendants().find(|n| n.has_tag_name(tag_in_svg("rect"))).unwrap();
        assert_eq!(card.attribute("fill"), Some("#ffffff"), "{name} paints its own paper first");
    }
}

#[test]
fn colour_is_never_the_only_difference() {
    let series: Vec<Series> = (0..10).map(|i| Series::new(&format!("s{i}"), [1.0, f64::from(i)])).collect();
    let figure = lines("Ten series", Axis::linear("x"), Axis::linear("y"), &series);
    let document = Document::parse(figure.svg()).unwrap();
    let drawn = document.descendants().filter(|n| n.attribute("stroke-width") == Some("20"));
    let styles: Vec<(&str, &str)> =
        drawn.map(|n| (n.attribute("stroke").unwrap(), n.attribute("stroke-dasharray").unwrap_or(""))).collect();
    assert_eq!(styles.iter().collect::<HashSet<_>>().len(), 10, "each of ten looks different");
    for five in styles.chunks(5) {
        assert_eq!(five.iter().map(|s| s.1).collect::<HashSet<_>>().len(), 5, "five neighbours differ in dashes alone");
    }
}

#[test]
fn the_start_is_a_ring_and_a_mark_is_a_cross() {
    let axis = Axis::linear("w").range(-1.0, 1.0);
    let ring = |mark: Mark| {
        let figure = contours("M", &axis, &axis, &|x, y| x + y, &[], &[mark]);
        figure.svg().contains("a70 70")
    };
    assert!(ring(Mark::start([0.0, 0.0])));
    assert!(!ring(Mark::new("start", [0.0, 0.0])));
    assert!(!ring(Mark::start([2.0, 0.0])), "what lies outside is not drawn");
}

#[test]
fn figures_are_small() {
    for (name, figure) in FIGURES.iter() {
        assert!(figure.svg().len() < 60_000, "{name} takes {} bytes", figure.svg().len());
    }
}

#[test]
fn a_hundred_thousand_gradients_are_as_small_as_a_hundred_thousand_losses() {
    let g: Vec<f64> = (0..100_000_u64).map(|t| (t.wrapping_mul(6364136223846793005) >> 33) as f64 / 1e9).collect();
    let mut sum = 0.0;
    let sigma = (1_u32..).zip(&g).map(|(count, g)| {
        sum += g * g;
        (sum / f64::from(count)).sqrt()
    });
    let bars = rms("R", &g, sigma.collect::<Vec<_>>()).svg().len();
    let curve = lines("R", Axis::linear("t"), Axis::linear("g"), &[Series::new("g", &g)]).svg().len();
    assert!(bars < 40_000 && curve < 40_000, "{bars} bytes as bars, {curve} as a line");
}

#[test]
fn every_finite_number_is_drawn_soon() {
    let (least, most) = (f64::from_bits(1), f64::MAX);
    let linear = || Axis::linear("y");
    let draw = |y: Axis, values: &[f64]| lines("A", Axis::linear("x"), y, &[Series::new("s", values)]);
    let (whole, origin) = (linear().range(-most, most), [Series::path("origin", [[0.0, 0.0]])]);
    let zigzag = (0..100_000).map(|i| [f64::from(i % 2), f64::from(i)]);
    let drawn: [(&str, &dyn Fn() -> Figure); 12] = [
        ("308 decades", &|| draw(Axis::log("y"), &[1e-2, 1e306])),
        ("all decades", &|| draw(Axis::log("y"), &[least, most])),
        ("one number on a logarithmic axis", &|| draw(Axis::log("y"), &[least])),
        ("two neighbours", &|| draw(Axis::log("y").range(1e5, 1e5_f64.next_up()), &[1e5])),
        ("a wide range", &|| draw(linear().range(-1.2e308, 1.2e308), &[1.0, 2.0])),
        ("all numbers", &|| draw(linear(), &[-most, most])),
        ("nearly nothing", &|| draw(linear(), &[0.0, least])),
        ("one large number", &|| draw(linear(), &[most])),
        ("a function of all numbers", &|| {
            lines("A", linear(), linear(), &[Series::function("f", -most, most, &|x| x / 2.0)])
        }),
        ("gradients", &|| rms("R", [most, least], [most, least])),
        ("a loss of all numbers", &|| contours("C", &whole, &whole, &|a, b| a / 4.0 + b / 4.0, &origin, &[])),
        ("a zigzag", &|| lines("A", linear(), linear(), &[Series::path("s", zigzag.clone())])),
    ];
    for (name, draw) in drawn {
        let start = Instant::now();
        let figure = draw();
        // Each takes less than one second, on a machine that has nothing else to do.
        assert!(start.elapsed() < Duration::from_secs(10), "{name} took {:?}", start.elapsed());
        let document = Document::parse(figure.svg()).unwrap();
        let mut markers = document.descendants().filter(|n| n.attribute("stroke-width") == Some("8"));
        assert!(markers.any(|n| !coordinates(n).is_empty()), "{name} shows no point");
    }
}

#[test]
fn a_function_is_sampled_as_its_axis_is() {
    let f = |x: f64| libm::sin(libm::log(x));
    let series = [Series::function("s", 1e-3, 10.0, &f), Series::new("below", [0.5]).counting_from(1)];
    let figure = |x: Axis| lines("", x, Axis::linear("y").range(-1.5, 1.5), &series);
    let logarithmic = figure(Axis::log("x").range(1e-3, 10.0));
    let document = Document::parse(logarithmic.svg()).unwrap();
    let named = |key: &str, value: &str| document.descendants().find(|n| n.attribute(key) == Some(value)).unwrap();
    // Grid lines stand at both ends of the x axis, 0.001 and 10, and are as high as the frame.
    let grid = coordinates(named("stroke", "#e1e4e8"));
    let ends =
        |of: fn(&(f64, f64)) -> f64| grid.iter().map(of).fold((f64::MAX, 0.0_f64), |(a, b), x| (a.min(x), b.max(x)));
    let ((left, right), (top, bottom)) = (ends(|p| p.0), ends(|p| p.1));
    let curve: Vec<(f64, f64)> = coordinates(named("stroke-width", "20"));
    for x in [0.0015, 0.005, 0.05, 0.2, 1.5, 7.0] {
        let at = left + (right - left) * (libm::log10(x) + 3.0) / 4.0;
        let pair = curve.windows(2).find(|p| p[0].0 <= at && at <= p[1].0).unwrap();
        let part = (at - pair[0].0) / (pair[1].0 - pair[0].0);
        let y = pair[0].1 + part * (pair[1].1 - pair[0].1);
        let shown = 1.5 - 3.0 * (y - top) / (bottom - top);
        assert!((shown - f(x)).abs() < 0.01, "at {x} the curve shows {shown}, not {}", f(x));
    }
    assert!(logarithmic.summary().contains("s: 241 points, first (0.001,"), "{}", logarithmic.summary());
    let even = (0..=240).map(|i| 1e-3 + (10.0 - 1e-3) * f64::from(i) / 240.0).map(|x| [x, f(x)]);
    let evenly = lines("", Axis::linear("x").range(1e-3, 10.0), Axis::linear("y"), &[Series::path("s", even)]);
    let drawn = lines("", Axis::linear("x").range(1e-3, 10.0), Axis::linear("y"), &series[..1]);
    assert_eq!(drawn.svg(), evenly.svg(), "on a linear axis");
}

#[test]
fn what_cannot_be_drawn_is_refused_in_one_sentence() {
    let linear = || Axis::linear("loss");
    let draw = |y: Axis, s: Series| lines("A", linear(), y, &[s]);
    let refusals = [
        refusal(|| lines("A", linear(), linear(), &[])),
        refusal(|| draw(linear(), Series::new("none", [0.0; 0]))),
        refusal(|| draw(linear(), Series::new("lost", [f64::NAN, 1.0]))),
        refusal(|| draw(Axis::log("loss"), Series::new("falling", [1.0, 0.0]))),
        refusal(|| draw(linear(), Series::xy("odd", [1.0], [1.0, 2.0]))),
        refusal(|| draw(linear(), Series::function("back", 1.0, 0.0, &|x| x))),
        refusal(|| draw(linear().range(2.0, 1.0), Series::new("a", [1.0]))),
        refusal(|| draw(Axis::log("loss").range(0.0, 1.0), Series::new("a", [1.0]))),
        refusal(|| rms("R", [1.0, 2.0], [1.0])),
        refusal(|| rms("R", [1.0, f64::INFINITY], [1.0, 1.0])),
        refusal(|| contours("C", linear(), linear(), &|x, y| x + y, &[], &[])),
        refusal(|| contours("C", Axis::log("a"), linear(), &|x, y| x + y, &[], &[])),
        refusal(|| {
            let axis = linear().range(0.0, 1.0);
            contours("C", axis.clone(), axis, &|_, _| f64::NAN, &[], &[])
        }),
        refusal(|| contours("C", linear(), linear(), &|x, y| x + y, &[], &[Mark::new("m", [f64::NAN, 0.0])])),
        refusal(|| Table::new("T").column("t", [1, 2]).column("g", [0.5])),
    ];
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    figure "A" has no series
    series "none" is empty
    series "lost" starts with a number that is not finite (index 0)
    series "falling" has 0 at index 1, but the axis "loss" is logarithmic and needs positive numbers
    series "odd" has 1 x values, but 2 y values
    series "back" needs a range from a lower to a higher number, not 1 to 0
    axis "loss" needs a range from a lower to a higher number, not 2 to 1
    axis "loss" is logarithmic: its range cannot start at 0
    figure "R" has 2 gradients, but 1 values of σ
    series "|gᵗ|" is not finite at index 1
    figure "C" needs a path, a mark, or a range on both axes
    figure "C": contours need linear axes
    figure "C": the loss is nowhere finite in the picture
    mark "m" is not finite
    table "T": column "g" has 1 rows, but column "t" has 2
    "#);
}

fn refusal<T>(draw: impl FnOnce() -> T) -> String {
    let panic = catch_unwind(AssertUnwindSafe(draw)).err().expect("it should be refused");
    match panic.downcast::<String>() {
        Ok(sentence) => *sentence,
        Err(panic) => panic.downcast::<&str>().unwrap().to_string(),
    }
}

fn tag_in_svg(tag: &str) -> (&'static str, &str) {
    ("http://www.w3.org/2000/svg", tag)
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

/// Every absolute coordinate of an element: where a text stands, and where each command of a path leads.
fn coordinates(node: Node) -> Vec<(f64, f64)> {
    let mut all = Vec::new();
    if let (Some(x), Some(y)) = (node.attribute("x"), node.attribute("y")) {
        all.push((number(x), number(y)));
    }
    let path = node.attribute("d").unwrap_or("");
    let commands: Vec<usize> = path.match_indices(|c: char| c.is_ascii_alphabetic()).map(|(i, _)| i).collect();
    let mut at = (0.0, 0.0);
    for (i, &start) in commands.iter().enumerate() {
        let end = commands.get(i + 1).copied().unwrap_or(path.len());
        let numbers: Vec<f64> = path[start + 1..end].replace('-', " -").split_whitespace().map(number).collect();
        let (command, length) = match path.as_bytes()[start] {
            command @ (b'h' | b'v' | b'V') => (command, 1),
            b'a' => (b'l', 7),
            b'm' => (b'l', 2),
            command @ (b'M' | b'l' | b'z') => (command, 2),
            command => panic!("a new command, {}", command as char),
        };
        assert_eq!(numbers.len() % length, 0, "{path}");
        for step in numbers.chunks(length) {
            let last = step[length - 1];
            at = match command {
                b'M' => (step[0], last),
                b'h' => (at.0 + last, at.1),
                b'v' => (at.0, at.1 + last),
                b'V' => (at.0, last),
                _ => (at.0 + step[length - 2], at.1 + last),
            };
            all.push(at);
        }
    }
    all
}

/// The contrast of a colour with white, as WCAG 2 defines it.
fn contrast_on_white(colour: &str) -> f64 {
    let channel = |i: usize| {
        let c = f64::from(u8::from_str_radix(&colour[i..i + 2], 16).unwrap()) / 255.0;
        if c <= 0.03928 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    };
    1.05 / (0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) + 0.05)
}

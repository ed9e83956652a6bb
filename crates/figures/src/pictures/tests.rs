use super::*;
use crate::chart::{Chart, axes};
use crate::polyline::{Frame, Point};
use crate::svg::Svg;
use display::number;

/// The contour lines at these levels as they are drawn, and where.
fn drawn(
    loss: &dyn Fn(f64, f64) -> f64,
    x: Axis,
    y: Axis,
    levels: &[f64],
) -> (Content<'static>, Frame, Vec<Vec<Vec<Point>>>) {
    let mut content = Content::new("", &x, &y, &[], &[]);
    content.contours = trace(&look_up("", loss, &content.x, &content.y), levels, &content.x, &content.y);
    let mut svg = Svg::default();
    svg.height = 4520.0;
    let frame = axes(&mut svg, &content, [260.0, 0.0], (0, 1));
    let lines = Chart { svg: &mut svg, content: &content, frame, taken: Vec::new() }.contours();
    (content, frame, lines)
}

#[test]
fn a_contour_line_lies_where_the_loss_has_its_level() {
    let (x, y) = (Axis::linear("x").range(-3.0, 3.0), Axis::linear("y").range(-1.0, 1.0));
    let loss = |x: f64, y: f64| x * x + 20.0 * y * y + 7.0;
    let (Content { x: sx, y: sy, .. }, f, lines) = drawn(&loss, x, y, &[8.0, 14.0]);
    for (pieces, level) in lines.iter().zip([8.0, 14.0]) {
        assert_eq!(pieces.len(), 1, "one ring, closed");
        for p in &pieces[0] {
            let x = sx.low + (p.0 - f.left) / (f.right - f.left) * (sx.high - sx.low);
            let y = sy.low + (f.bottom - p.1) / (f.bottom - f.top) * (sy.high - sy.low);
            assert!((loss(x, y) - level).abs() < 0.02, "({x}, {y}) has {}, not {level}", loss(x, y));
        }
    }
}

#[test]
fn a_narrow_valley_has_straight_sides() {
    let (x, y) = (Axis::linear("x").range(-1.0, 1.0), Axis::linear("y").range(-1.0, 1.0));
    // 0.02 wide on each side, three steps of the grid, whose points it does not meet.
    let (content, frame, lines) = drawn(&|_, y| (y - 0.001).powi(2), x, y, &[0.0004]);
    let half = 0.02 * (frame.bottom - frame.top) / 2.0;
    let middle = frame.bottom - (frame.bottom - frame.top) * content.y.position(0.001);
    for p in lines.concat().concat() {
        assert!(((p.1 - middle).abs() - half).abs() < 1.0, "{p:?} is not {half} from {middle}");
    }
}

#[test]
fn noise_is_refused_soon_and_rough_lines_have_no_labels() {
    let axis = Axis::linear("w").range(-1.0, 1.0);
    let egg_box = |waves: f64| {
        let loss = move |x: f64, y: f64| libm::sin(waves * x) * libm::sin(waves * y);
        std::panic::catch_unwind(|| contours("C", &axis, &axis, &loss, &[], &[]))
    };
    let sentence = *egg_box(300.0).unwrap_err().downcast::<String>().unwrap();
    assert!(sentence.starts_with("figure \"C\": the loss is too rough for contour lines, which are "), "{sentence}");
    let labels = |waves| egg_box(waves).unwrap().svg().matches("stroke-linejoin='round' paint-order").count();
    assert_eq!(labels(20.0), 0);
    assert!(labels(2.0) > 0);
}

#[test]
fn a_thousand_marks_at_one_place_have_the_names_that_fit() {
    let axis = Axis::linear("w").range(-1.0, 1.0);
    let marks: Vec<Mark> = (0..1000).map(|i| Mark::new(&format!("mark {i}"), [0.0, 0.0])).collect();
    let figure = contours("C", &axis, &axis, &|x, y| x + y, &[], &marks);
    assert!(figure.svg().contains(">mark 9<") && !figure.svg().contains(">mark 99<"));
}

#[test]
fn each_of_two_walks_is_cut_off_at_its_own_square_frame() {
    let axis = Axis::linear("w").range(-3.0, 3.0);
    let walk = [Series::path("walk", [[-9.0, 0.0], [9.0, 0.0]])];
    let figure = side_by_side("S", &axis, &axis, [&|x, y| x * x + y * y; 2], [&walk; 2], [&[]; 2]);
    let ends: Vec<[f64; 2]> = figure
        .svg()
        .split("stroke-width='20' d='M")
        .skip(1)
        .map(|line| {
            let path = line.split('\'').next().unwrap();
            let numbers: Vec<f64> = path.split([' ', 'l']).map(|number| number.parse().unwrap()).collect();
            [numbers[0], numbers[0] + numbers[2]]
        })
        .collect();
    assert!(matches!(ends[..], [[_, first], [second, _]] if first < 3600.0 && 3600.0 < second), "{ends:?}");
    let down = figure.svg().split("viewBox='0 0 7200 ").nth(1).unwrap().split('\'').next().unwrap();
    let tall = down.parse::<f64>().unwrap() / (figure.at(0.0, 0.0)[1] - figure.at(0.0, 1.0)[1]);
    let wide = (ends[0][1] - ends[0][0]) / 6.0;
    assert!((wide / tall - 1.0).abs() < 0.05, "a unit is {wide} wide and {tall} high");
}

#[test]
#[should_panic = "figure \"S\" needs a range on both axes"]
fn frames_side_by_side_need_the_same_ends() {
    let _ = side_by_side("S", Axis::linear("x"), Axis::linear("y"), [&|x, y| x + y; 2], [&[]; 2], [&[]; 2]);
}

#[test]
fn levels_are_round_and_lie_between_the_lowest_and_the_highest_value() {
    let values = |from: f64, to: f64| (0..=10_000).map(|i| from + (to - from) * f64::from(i) / 1e4).collect::<Vec<_>>();
    let shown = |from, to| levels(&values(from, to)).into_iter().map(number).collect::<Vec<_>>().join(" ");
    assert_eq!(shown(-1.0, 1.0), "-0.8 -0.6 -0.4 -0.2 0 0.2 0.4 0.6 0.8");
    assert_eq!(shown(0.0, 30.0), "0.1 0.2 0.5 1 2 5 10 20");
    assert!(levels(&values(4.0, 4.0)).is_empty());
}

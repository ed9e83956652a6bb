use super::*;

const FRAME: Frame = Frame { left: 0.0, right: 100.0, top: 0.0, bottom: 100.0 };

#[test]
fn a_line_that_leaves_and_returns_is_two_pieces() {
    let pieces = FRAME.clip(&[(50.0, 50.0), (50.0, -50.0), (80.0, -50.0), (80.0, 50.0)]);
    assert_eq!(pieces, [[(50.0, 50.0), (50.0, 0.0)], [(80.0, 0.0), (80.0, 50.0)]]);
}

#[test]
fn a_line_past_the_frame_is_nothing_and_one_through_it_is_cut_twice() {
    assert!(FRAME.clip(&[(-10.0, -10.0), (-10.0, 200.0)]).is_empty());
    assert_eq!(FRAME.clip(&[(-100.0, 50.0), (200.0, 50.0)]), [[(0.0, 50.0), (100.0, 50.0)]]);
}

#[test]
fn a_line_from_afar_keeps_its_slope_and_one_from_too_far_is_left_out() {
    let far = |scale: f64| FRAME.clip(&[(50.0 - scale, 50.0 - 350.0 * scale), (50.0 + scale, 50.0 + 350.0 * scale)]);
    let piece = &far(1e9)[0];
    assert!((piece[0].0 - (50.0 - 50.0 / 350.0)).abs() < 0.01 && piece[0].1 == 0.0, "{piece:?}");
    assert!(far(1e200).is_empty());
}

#[test]
fn thinning_keeps_the_look() {
    let line: Vec<Point> =
        (0..100_000).map(|i| (f64::from(i) * 0.06, 2000.0 + 1500.0 * libm::sin(f64::from(i) * 0.06 / 700.0))).collect();
    let thinned = thin(&line);
    assert!(thinned.len() < 200, "{} points", thinned.len());
    for &p in line.iter().step_by(37) {
        let off = thinned.windows(2).map(|s| distance_from_segment(p, s[0], s[1])).fold(f64::INFINITY, f64::min);
        assert!(off <= 2.0 * TOLERANCE, "{p:?} is {off} away");
    }
}

#[test]
fn thinning_keeps_a_spike() {
    let mut line: Vec<Point> = (0..50_000).map(|i| (f64::from(i) * 0.1, 0.0)).collect();
    line[31_234].1 = 900.0;
    assert!(thin(&line).contains(&line[31_234]));
}

#[test]
fn thinning_a_path_keeps_its_turns() {
    let path: Vec<Point> = (0..=300).map(|i| (if i % 2 == 0 { 0.0 } else { 500.0 }, f64::from(i) * 20.0)).collect();
    assert_eq!(thin(&path), path);
    let still: Vec<Point> = (0..5000).map(|i| (1000.0 - f64::from(i) * 1e-4, 7.0)).collect();
    assert_eq!(thin(&still), [still[0], still[4999]]);
}

#[test]
fn thinning_a_scribble_keeps_few_points_and_all_of_its_reach() {
    let random = |i: u64| (i.wrapping_mul(6364136223846793005) >> 33) as f64 / 2_147_483_648.0 * 5000.0;
    let scribble: Vec<Point> = (0..100_000).map(|i| (random(2 * i), random(2 * i + 1))).collect();
    let zigzag: Vec<Point> = (0..100_000).map(|i| (f64::from(i % 2) * 5000.0, f64::from(i) * 0.04)).collect();
    for line in [scribble, zigzag] {
        let thinned = thin(&line);
        assert!((1000..5000).contains(&thinned.len()), "{} points", thinned.len());
        for rows in thinned.chunks_exact(thinned.len() / 10) {
            let (low, high) = rows.iter().fold((5000.0_f64, 0.0_f64), |(l, h), p| (l.min(p.0), h.max(p.0)));
            assert!(low < 100.0 && high > 4900.0, "{low} to {high}");
        }
    }
}

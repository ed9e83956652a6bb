use super::*;

#[test]
fn ticks_are_few_round_and_inside() {
    for i in 1..2000 {
        let (low, width) = (-f64::from(i % 97) * 0.37, f64::from(i) * 0.113);
        let scale = Scale { label: String::new(), log: false, low, high: low + width };
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
        let scale = Scale { label: String::new(), log: true, low, high };
        scale.key_points(9).iter().map(|v| scale.format_ext(v)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(shown(0.5, 2e5), "10⁰ 10¹ 10² 10³ 10⁴ 10⁵");
    assert_eq!(shown(1e-7, 1e300), "10⁰ 10⁵⁰ 10¹⁰⁰ 10¹⁵⁰ 10²⁰⁰ 10²⁵⁰ 10³⁰⁰");
    assert_eq!(shown(1.5, 60.0), "2 5 10¹ 20 50");
    assert_eq!(shown(2.1, 2.4), "2.1 2.15 2.2 2.25 2.3 2.35 2.4");
}

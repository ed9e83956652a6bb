//! Every kind of figure once, for the eye: `cargo run -p figures --example gallery -- <folder>` writes them as `.svg`.
//! The tests check the same figures.

use figures::{Axis, Figure, Mark, Series, Table, contours, lines, rms, side_by_side};

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).expect("usage: gallery <folder>");
    for (name, figure) in figures() {
        std::fs::write(format!("{folder}/{name}.svg"), figure.svg())?;
        println!("{name}.svg, {} bytes\n{}", figure.svg().len(), figure.summary());
    }
    std::fs::write(format!("{folder}/table.html"), steps().html())?;
    println!("table.html\n{}", steps().text());
    Ok(())
}

/// One figure of each kind, and each in a hard case.
pub fn figures() -> Vec<(&'static str, Figure)> {
    vec![
        ("rates", rates()),
        ("losses", losses()),
        ("bowl", bowl()),
        ("valley", valley()),
        ("two-bowls", two_bowls()),
        ("row-1", row_1()),
        ("row-noise", row_noise()),
        ("one-point", one_point()),
    ]
}

/// Linear axes, smooth functions and a step.
fn rates() -> Figure {
    let decay = |t: f64| 1.0 / (t + 1.0).sqrt();
    lines(
        "The learning rate of each schedule",
        Axis::linear("update t"),
        Axis::linear("learning rate ηᵗ"),
        &[
            Series::new("constant", [0.6; 41]),
            Series::new("step decay, halved every 10", (0..41).map(|t| 0.5_f64.powi(t / 10))),
            Series::function("η/√(t+1)", 0.0, 40.0, &decay),
            Series::function("η/(1 + t/4)", 0.0, 40.0, &|t| 1.0 / (1.0 + t / 4.0)),
            Series::new("every rate again", (0..41).map(|t| 0.9 - f64::from(t) / 60.0)),
            Series::new("a sixth one", (0..41).map(|t| 0.2 + 0.1 * f64::from(t % 5))),
        ],
    )
}

/// 100 000 points on logarithmic axes; one series diverges beyond all numbers, one is noisy.
fn losses() -> Figure {
    let noise = |t: u64| 0.5 + (t.wrapping_mul(6364136223846793005) >> 33) as f64 / f64::from(u32::MAX);
    lines(
        "Loss after every update",
        Axis::log("updates"),
        Axis::log("loss").range(1e2, 1e9),
        &[
            Series::new("converges", (0..100_000).map(|t| 3e3 + 4e6 / (1.0 + f64::from(t)))).counting_from(1),
            Series::new("diverges", (0..100_000).map(|t| 1e4 * 40_f64.powi(t))).counting_from(1),
            Series::new("noisy", (0..100_000).map(|t| 2e2 + 1e5 * noise(t) / (1.0 + t as f64))).counting_from(1),
        ],
    )
}

/// An elongated bowl, ten steps each of two descents.
fn bowl() -> Figure {
    let descend = |rates: [f64; 2]| {
        let step = |w: &[f64; 2]| Some([w[0] * (1.0 - 0.2 * rates[0]), w[1] * (1.0 - 4.0 * rates[1])]);
        std::iter::successors(Some([-5.0, -2.0]), step).take(21).collect::<Vec<_>>()
    };
    contours(
        "One rate for both, or one for each",
        Axis::linear("w₁").range(-6.0, 2.0),
        Axis::linear("w₂").range(-3.0, 2.0),
        &|a, b| 0.1 * a * a + 2.0 * b * b,
        &[
            Series::path("η = 0.4", descend([0.4, 0.4])),
            Series::path("η = 0.52, diverges", descend([0.52, 0.52])),
            Series::path("one rate per parameter", descend([2.0, 0.1])),
        ],
        &[Mark::start([-5.0, -2.0]), Mark::new("minimum", [0.0, 0.0])],
    )
}

/// A valley 300 000 times as steep across as along, a path of 100 000 points.
fn valley() -> Figure {
    let walk = (0..100_000).map(|t| {
        let s = 1.0 - libm::exp(-f64::from(t) / 20_000.0);
        [-120.0 - 68.0 * s, 2.48 + 0.19 * s + 0.6 * libm::exp(-f64::from(t) / 3.0) * f64::from(1 - 2 * (t % 2))]
    });
    contours(
        "A valley",
        Axis::linear("b").range(-200.0, -100.0),
        Axis::linear("w").range(-4.5, 5.5),
        &|b, w| 3e3 + 8.7e5 * (w - 2.669 + (b + 188.4) / 350.0).powi(2) + 2.8 * (b + 188.4).powi(2),
        &[Series::path("walk", walk)],
        &[Mark::start([-120.0, -4.0]), Mark::new("least squares", [-188.433, 2.669])],
    )
}

/// A walk on a bowl along the axes, and the same on one that is turned, which leaves the picture.
fn two_bowls() -> Figure {
    let axis = |label| Axis::linear(label).range(-3.0, 3.0);
    let walks = [[[-2.0, -1.0], [0.5, -1.0]], [[-2.0, -1.0], [-4.0, 1.0]]].map(|walk| [Series::path("walk", walk)]);
    let turned = |a: f64, b: f64| (a + b).powi(2) / 2.0 + 5.0 * (a - b).powi(2);
    side_by_side(
        "Along the axes, and turned by 45°",
        axis("w₁"),
        axis("w₂"),
        [&|a, b| a * a + 10.0 * b * b, &turned],
        [&walks[0], &walks[1]],
        [&[Mark::start([-2.0, -1.0])], &[Mark::new("minimum", [0.0, 0.0])]],
    )
}

/// The lecture's first row of gradients.
fn row_1() -> Figure {
    let g = [0.001, 0.001, 0.003, 0.002, 0.1];
    rms("An especially large gradient", g, sigmas(&g))
}

/// A thousand gradients.
fn row_noise() -> Figure {
    let g: Vec<f64> = (0..1000_u64).map(|t| (t.wrapping_mul(6364136223846793005) >> 33) as f64 / 1e9 - 1.0).collect();
    rms("A thousand gradients", &g, sigmas(&g))
}

/// The smallest figure there is.
fn one_point() -> Figure {
    lines("One point", Axis::linear("x < 1 & \"y\""), Axis::log("y"), &[Series::new("alone", [0.25])])
}

fn sigmas(g: &[f64]) -> Vec<f64> {
    let sum = g.iter().scan(0.0, |sum, g| {
        *sum += g * g;
        Some(*sum)
    });
    sum.enumerate().map(|(t, sum)| (sum / (t as f64 + 1.0)).sqrt()).collect()
}

/// A step table with the numbers that go wrong: binary noise, extremes, negative ones.
pub fn steps() -> Table {
    Table::new("Adagrad on the lecture's second row")
        .column("t", [0, 1, 2])
        .column("gᵗ", [10.8, -20.9, 31.7])
        .column("Σ (gⁱ)²", [116.64000000000001, 553.45, 1558.34])
        .column("ηᵗ/σᵗ", [0.0926, 1e-7, 1.5e12])
        .column("note", ["first", "a < b & c", ""])
}

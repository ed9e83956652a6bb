//! One Adagrad step beside the memory traffic it cannot avoid, one Adam step, and the regression demo.
//!
//! `just bench` prints a table. With `--lines`, each result is a line `name nanoseconds` for the words that follow:
//! that is how `peers.py` sets PyTorch and NumPy beside it.

use std::hint::black_box;
use std::time::Instant;

use ndarray::{Array1, ArrayRef1, Axis, Ix1, Slice, array};
use update_rules::{Adagrad, Adam, Convention, LinearRegression, Rule, Schedule, run};

/// The best time of one call of each, in nanoseconds: what the machine does when nothing else asks for it. They take
/// turns, so that a busy moment does not fall on one of them alone, and warm up at each turn.
fn nanoseconds<const N: usize>(mut calls: [&mut dyn FnMut(); N]) -> [f64; N] {
    let timed = |reps: usize, call: &mut dyn FnMut()| {
        call();
        let start = Instant::now();
        (0..reps).for_each(|_| call());
        start.elapsed().as_secs_f64() * 1e9 / reps as f64
    };
    let reps = calls.each_mut().map(|call| ((5e6 / timed(3, call).min(timed(3, call))) as usize).clamp(2, 1_000_000));
    let mut best = [f64::INFINITY; N];
    for _ in 0..15 {
        for ((best, &reps), call) in best.iter_mut().zip(&reps).zip(&mut calls) {
            *best = best.min(timed(reps, call));
        }
    }
    best
}

/// A gradient without zeros, and without a pattern that a branch could learn.
fn gradient(n: usize) -> Array1<f32> {
    (0..n).map(|j| (j * 7919 % 1009) as f32 / 500.0 - 1.0).collect()
}

fn adagrad(w: &ArrayRef1<f32>) -> Adagrad<f32> {
    Adagrad::simplified(0.01, w).with_convention(Convention::PYTORCH)
}

fn adam(w: &ArrayRef1<f32>) -> Adam<f32> {
    Adam::new(Schedule::Constant { eta: 0.01 }, [0.9, 0.999], w).with_convention(Convention::PYTORCH_ADAM)
}

/// One step on n parameters.
fn step<R: Rule<f32, Ix1>>(n: usize, rule: impl Fn(&ArrayRef1<f32>) -> R) -> f64 {
    let (g, mut w) = (gradient(n), Array1::ones(n));
    let mut rule = rule(&w);
    nanoseconds([&mut || rule.step(black_box(&g), black_box(&mut w))])[0]
}

/// One step on n parameters, beside its traffic alone.
fn step_and_traffic(n: usize) -> [f64; 2] {
    let (g, mut w) = (gradient(n), Array1::ones(n));
    let mut rule = adagrad(&w);
    let (mut s_traffic, mut w_traffic) = (vec![1.0; n], vec![1.0; n]);
    nanoseconds([&mut || rule.step(black_box(&g), black_box(&mut w)), &mut || {
        traffic(g.as_slice().unwrap(), black_box(&mut s_traffic), black_box(&mut w_traffic))
    }])
}

/// One step on every second element of arrays twice as long.
fn strided_step(n: usize) -> f64 {
    let (g, mut w) = (gradient(2 * n), Array1::ones(2 * n));
    let second = Slice::new(0, None, 2);
    let mut rule = adagrad(&w.slice_axis(Axis(0), second));
    nanoseconds([&mut || rule.step(&g.slice_axis(Axis(0), second), &mut w.slice_axis_mut(Axis(0), second))])[0]
}

/// A step's traffic with next to no arithmetic: read three arrays and write two, 20 bytes a parameter, on all threads.
fn traffic(g: &[f32], s: &mut [f32], w: &mut [f32]) {
    if g.len() <= 1 << 16 {
        return g.iter().zip(s).zip(w).for_each(|((&g, s), w)| (*s, *w) = (*s + g, *w - g));
    }
    let middle = g.len() / 2;
    let ((g0, g1), (s0, s1), (w0, w1)) = (g.split_at(middle), s.split_at_mut(middle), w.split_at_mut(middle));
    rayon_core::join(|| traffic(g0, s0, w0), || traffic(g1, s1, w1));
}

/// The lecture's regression demo: one of its 100 000 updates.
fn regression() -> f64 {
    let data = LinearRegression::pokemon();
    let updates = 100_000;
    let [all] = nanoseconds([&mut || {
        let mut w = array![-120.0, -4.0];
        let mut rule = Adagrad::simplified(1.0, &w);
        run(&mut rule, &mut w, updates, |w| data.gradient(w)).expect("finite");
        assert_eq!(format!("{w:.6}"), "[-188.366839, 2.669264]");
    }]);
    all / updates as f64
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip_while(|argument| argument != "--lines").skip(1).collect();
    if !arguments.is_empty() {
        for argument in arguments.iter().filter(|argument| *argument != "--bench") {
            match argument.strip_prefix("adam=").unwrap_or(argument).parse() {
                Ok(n) if argument.starts_with("adam=") => println!("adam {}", step(n, adam)),
                Ok(n) => println!("adagrad {}", step(n, adagrad)),
                Err(_) => println!("regression {}", regression()),
            }
        }
        return;
    }
    let threads = rayon_core::current_num_threads();
    println!("One step, f32, {threads} threads. Adagrad's traffic is 20 bytes a parameter, Adam's 28.\n");
    let columns = ["Adagrad", "traffic", "Adagrad / traffic", "strided views", "Adam"];
    println!("{:>10}{}", "n", columns.map(|name| format!("  {name:>17}")).concat());
    for n in [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 50_000_000] {
        let ([adagrad, traffic], strided, adam) = (step_and_traffic(n), strided_step(n), step(n, adam));
        let [a, b, d, e] = [adagrad, traffic, strided, adam].map(|time| format!("{time:.0} ns"));
        println!("{n:>10}  {a:>17}  {b:>17}  {:>17.2}  {d:>17}  {e:>17}", adagrad / traffic);
    }
    let regression = regression();
    println!("\nThe regression demo: {regression:.0} ns an update, {:.1} ms in all.", regression * 0.1);
}

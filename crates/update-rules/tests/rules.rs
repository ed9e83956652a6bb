//! Every rule on f32 and f64, on arrays and views of 0 to 4 dimensions, static and dynamic, contiguous, strided,
//! reversed, transposed, repeated and empty, agrees to the last bit with one parameter at a time.

use ndarray::{Array, Array1, Array2, ArrayViewMut, Axis, Dimension, Ix0, Ix1, Ix2, Ix3, IxDyn, NdFloat, Slice, array};
use update_rules::{Adagrad, Convention, Divisor, Rule, Schedule, Vanilla};

/// A rule under test: vanilla, or Adagrad under a convention.
#[derive(Clone, Copy, Debug)]
struct Case {
    schedule: Schedule,
    adagrad: Option<Convention>,
}

/// The one list that drives every test: each schedule without and with each convention.
fn cases() -> Vec<Case> {
    let eta = 0.5;
    let schedules = [
        Schedule::Constant { eta },
        Schedule::StepDecay { eta, factor: 0.5, every: 2 },
        Schedule::InverseSqrt { eta },
        Schedule::InverseTime { eta, k: 0.3 },
    ];
    let mut conventions: Vec<_> = Convention::all().iter().map(|&(_, c)| Some(c)).collect();
    conventions.push(Some(Convention { lr_decay: 0.1, ..Convention::burn() }));
    conventions.push(None);
    let of = |schedule| conventions.iter().map(move |&adagrad| Case { schedule, adagrad }).collect::<Vec<_>>();
    schedules.into_iter().flat_map(of).collect()
}

fn new<A: NdFloat, D: Dimension + 'static>(case: Case, w: &Array<A, D>) -> Box<dyn Rule<A, D>> {
    match case.adagrad {
        None => Box::new(Vanilla::new(case.schedule)),
        Some(convention) => Box::new(Adagrad::new(case.schedule, w).with_convention(convention)),
    }
}

/// The same rule on one parameter, with numbers only.
fn one<A: NdFloat>(case: Case, t: usize, g: A, s: &mut A, w: &mut A) {
    let number = |x: f64| A::from(x).unwrap();
    let eta = case.schedule.at(t);
    let Some(Convention { divisor, lr_decay, .. }) = case.adagrad else {
        *w -= number(eta) * g;
        return;
    };
    let over_root_of_sum = match case.schedule {
        Schedule::InverseSqrt { eta } => eta,
        _ => eta * (t as f64 + 1.0).sqrt(),
    };
    *s += g * g;
    let (divisor, moves) = match divisor {
        Divisor::Root => (s.sqrt(), *s != A::zero()),
        Divisor::RootPlus { epsilon } => (s.sqrt() + number(epsilon), s.sqrt() + number(epsilon) != A::zero()),
        Divisor::RootOf { epsilon } => ((*s + number(epsilon)).sqrt(), *s + number(epsilon) != A::zero()),
        Divisor::RootOfUnlessZero { epsilon } => ((*s + number(epsilon)).sqrt(), *s != A::zero()),
    };
    if moves {
        *w -= number(over_root_of_sum / (1.0 + lr_decay * t as f64)) * (g / divisor);
    }
}

/// Reproducible gradients of many sizes, every fifth one zero, the first parameter's always.
fn gradient<A: NdFloat, D: Dimension>(t: usize, shape: D) -> Array<A, D> {
    let mut j = 0;
    Array::from_shape_simple_fn(shape, || {
        let seed = ((j * 7919 + t * 104_729) % 1009) as f64 - 504.0;
        j += 1;
        let g = if j == 1 || (j + t).is_multiple_of(5) { 0.0 } else { seed * 10f64.powi((j % 7) as i32 - 3) };
        A::from(g).unwrap()
    })
}

fn start<A: NdFloat, D: Dimension>(shape: D) -> Array<A, D> {
    let mut j = 0.0;
    Array::from_shape_simple_fn(shape, || {
        j += 0.37;
        A::from(j).unwrap()
    })
}

const STEPS: usize = 5;

/// w after some steps, one parameter at a time.
fn expected<A: NdFloat, D: Dimension>(case: Case, shape: D) -> Array<A, D> {
    let mut w = start::<A, D>(shape.clone());
    let mut s = w.map(|_| A::from(case.adagrad.map_or(0.0, |c| c.initial)).unwrap());
    for t in 0..STEPS {
        let g = gradient::<A, D>(t, shape.clone());
        ndarray::Zip::from(&g).and(&mut s).and(&mut w).for_each(|&g, s, w| one(case, t, g, s, w));
    }
    w
}

/// The layouts that g and w take in turn.
const LAYOUTS: [&str; 4] = ["standard", "every second", "reversed", "transposed"];

/// An array that holds `values` in the given layout when viewed through [`view`].
fn lay_out<A: NdFloat, D: Dimension>(layout: &str, values: &Array<A, D>) -> Array<A, D> {
    let mut shape = values.raw_dim();
    if layout == "every second" {
        shape.slice_mut().iter_mut().for_each(|n| *n *= 2);
    }
    let mut array = if layout == "transposed" {
        Array::from_elem(ndarray::ShapeBuilder::f(shape), A::nan())
    } else {
        Array::from_elem(shape, A::nan())
    };
    view(layout, &mut array).assign(values);
    array
}

fn view<'a, A: NdFloat, D: Dimension>(layout: &str, array: &'a mut Array<A, D>) -> ArrayViewMut<'a, A, D> {
    let mut view = array.view_mut();
    for axis in (0..view.ndim()).map(Axis) {
        match layout {
            "every second" => view.slice_axis_inplace(axis, Slice::new(0, None, 2)),
            "reversed" => view.slice_axis_inplace(axis, Slice::new(0, None, -1)),
            _ => {}
        }
    }
    view
}

fn agree<A: NdFloat, D: Dimension + 'static>(shape: D) {
    for case in cases() {
        let expected = expected::<A, D>(case, shape.clone());
        // The layouts of g and w, and whether each step takes the next ones: the rule's own sums must not mind.
        for choice in 0..LAYOUTS.len().pow(2) * 2 {
            let (of_g, of_w, shift) = (choice % 4, choice / 4 % 4, choice / 16);
            let layouts = |t| [of_g, of_w].map(|of| LAYOUTS[(of + shift * t) % 4]);
            let mut w = start::<A, D>(shape.clone());
            let mut rule = new(case, &view(layouts(0)[1], &mut lay_out(layouts(0)[1], &w)).to_owned());
            for t in 0..STEPS {
                let [layout_g, layout_w] = layouts(t);
                let mut laid_out = lay_out(layout_w, &w);
                let mut g = lay_out(layout_g, &gradient::<A, D>(t, shape.clone()));
                rule.step(&view(layout_g, &mut g), &mut view(layout_w, &mut laid_out));
                w = view(layout_w, &mut laid_out).to_owned();
            }
            assert!(w == expected, "{case:?}, {shape:?}, {:?}, shift {shift}: {w} is not {expected}", layouts(0));
        }
    }
}

#[test]
fn every_rule_on_every_type_shape_and_layout() {
    fn both<D: Dimension + 'static>(shape: D) {
        agree::<f32, D>(shape.clone());
        agree::<f64, D>(shape);
    }
    both(Ix0());
    both(Ix1(0));
    both(Ix1(1));
    both(Ix1(37));
    both(Ix2(3, 5));
    both(Ix2(0, 5));
    both(Ix3(2, 3, 4));
    both(Ix3(2, 0, 4));
    for shape in [&[][..], &[7], &[2, 3], &[2, 1, 3], &[2, 2, 1, 3], &[0, 2]] {
        both(IxDyn(shape));
    }
}

/// Large enough for every thread and instruction set, and not a multiple of any vector's length.
#[test]
fn large_arrays_have_the_same_bits() {
    let shape = Ix1(200_007);
    for adagrad in [None, Some(Convention::slide()), Some(Convention::keras())] {
        let case = Case { schedule: Schedule::InverseSqrt { eta: 0.5 }, adagrad };
        let mut w = start::<f32, _>(shape);
        let mut rule = new(case, &w);
        for t in 0..STEPS {
            rule.step(&gradient(t, shape), &mut w);
        }
        assert!(w == expected::<f32, _>(case, shape), "{case:?}");
    }
}

#[test]
fn a_repeated_gradient_is_a_view_too() {
    let g = array![1.0, -2.0, 0.0];
    let mut w = Array2::zeros((2, 3));
    let mut rule = Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &w);
    rule.step(&g.broadcast((2, 3)).unwrap(), &mut w);
    assert_eq!(w, array![[-1.0, 1.0, 0.0], [-1.0, 1.0, 0.0]]);
}

#[test]
fn what_a_rule_shows_of_itself() {
    let mut w = array![0.0, 0.0];
    let mut rule = Adagrad::new(Schedule::Constant { eta: 2.0 }, &w);
    assert_eq!((rule.t(), rule.sigma(), rule.effective_rate()), (0, array![0.0, 0.0], array![0.0, 0.0]));
    rule.step(&array![3.0, 0.0], &mut w);
    assert_eq!((rule.t(), rule.sigma(), rule.effective_rate()), (1, array![3.0, 0.0], array![2.0 / 3.0, 0.0]));
    rule.step(&array![4.0, 0.0], &mut w);
    assert_eq!(rule.sum_of_squares(), array![25.0, 0.0]);
    assert_eq!((rule.t(), rule.sigma()), (2, array![12.5_f64.sqrt(), 0.0]));
    // ηᵗ/σᵗ = 2/√12.5
    assert!((rule.effective_rate()[0] - 2.0 / 12.5_f64.sqrt()).abs() < 1e-15);
    assert_eq!(rule.effective_rate()[1], 0.0);
    // A convention starts the rule again, from its own sum.
    let rule = rule.with_convention(Convention::keras());
    assert_eq!((rule.t(), rule.sum_of_squares()), (0, &array![0.1, 0.1]));

    let mut vanilla = Vanilla::new(Schedule::StepDecay { eta: 1.0, factor: 0.5, every: 1 });
    assert_eq!((vanilla.t(), vanilla.effective_rate()), (0, 1.0));
    vanilla.step(&w.clone(), &mut w);
    assert_eq!((vanilla.t(), vanilla.effective_rate()), (1, 1.0));
    vanilla.step(&w.clone(), &mut w);
    assert_eq!((vanilla.t(), vanilla.effective_rate()), (2, 0.5));
}

/// The effective rate is what g was multiplied by, ε and lr_decay included.
#[test]
fn the_effective_rate_times_g_is_the_update() {
    for case in cases() {
        let Some(convention) = case.adagrad else {
            continue;
        };
        let mut rule = Adagrad::new(case.schedule, &array![0.0, 0.0]).with_convention(convention);
        for t in 0..STEPS {
            let g = array![0.5 + t as f64, 0.0];
            let mut w = array![0.0, 0.0];
            rule.step(&g, &mut w);
            let update = rule.effective_rate() * &g;
            assert!((w[0] + update[0]).abs() <= 1e-15 * w[0].abs(), "{case:?}, t = {t}: {w}, {update}");
            assert_eq!(w[1], 0.0);
        }
    }
}

#[test]
fn zero_gradients_do_not_move_and_make_no_nan() {
    for case in cases() {
        let mut w = array![5.0, 5.0];
        let mut rule = new(case, &w);
        for _ in 0..3 {
            rule.step(&array![0.0, 0.0], &mut w);
        }
        assert_eq!(w, array![5.0, 5.0], "{case:?}");
    }
    // A square that underflows counts as zero: no division of it by √0.
    let mut w = array![5.0_f32];
    Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &w).step(&array![1e-30], &mut w);
    assert_eq!(w, array![5.0]);
    // A NaN is not zero: it is not swept under.
    Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &w).step(&array![f32::NAN], &mut w);
    assert!(w[0].is_nan());
}

/// Row 1 of B1 through the libraries' conventions, η = 1.
#[test]
fn row_1_through_the_libraries() {
    let row = |convention: Convention| {
        let mut rule = Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &array![0.0]).with_convention(convention);
        let updates = [0.001, 0.001, 0.003, 0.002, 0.1].map(|g| {
            let mut w = array![0.0];
            rule.step(&array![g], &mut w);
            format!("{:.4}", -w[0])
        });
        updates.join(" ")
    };
    let slide = "1.0000 0.7071 0.9045 0.5164 0.9993";
    let keras = "0.0032 0.0032 0.0095 0.0063 0.3015";
    let expected = [
        ("slide", slide),
        ("Duchi et al.", slide),
        ("PyTorch", slide),
        ("Keras", keras),
        ("tf.keras", keras),
        ("TensorFlow 1", keras),
        ("optax", keras),
        ("MXNet 1", "0.9535 0.6901 0.9005 0.5147 0.9992"),
        ("MXNet 2", "0.9990 0.7066 0.9043 0.5163 0.9992"),
        ("burn", "0.9901 0.7021 0.9018 0.5151 0.9992"),
        ("d2l", "0.7071 0.5774 0.8660 0.5000 0.9992"),
    ];
    assert_eq!(Convention::all().map(|(name, c)| (name, row(c))), expected.map(|(name, row)| (name, row.into())));
    assert_eq!(row(Convention::duchi(1e-5)), row(Convention::burn()));
}

/// The table of facts, as written there.
#[test]
fn the_table_of_conventions() {
    let table = Convention::all().map(|(_, c)| (c.divisor, c.initial, c.lr_decay));
    let (root, plus, of) =
        (Divisor::Root, |epsilon| Divisor::RootPlus { epsilon }, |epsilon| Divisor::RootOf { epsilon });
    assert_eq!(
        table,
        [
            (root, 0.0, 0.0),
            (plus(0.0), 0.0, 0.0),
            (plus(1e-10), 0.0, 0.0),
            (of(1e-7), 0.1, 0.0),
            (plus(1e-7), 0.1, 0.0),
            (root, 0.1, 0.0),
            (Divisor::RootOfUnlessZero { epsilon: 1e-7 }, 0.1, 0.0),
            (of(1e-7), 0.0, 0.0),
            (plus(1e-6), 0.0, 0.0),
            (plus(1e-5), 0.0, 0.0),
            (of(1e-6), 0.0, 0.0),
        ]
    );
}

#[test]
fn schedules_by_hand() {
    let at = |schedule: Schedule| [0, 1, 2, 3, 8].map(|t| schedule.at(t));
    assert_eq!(at(Schedule::Constant { eta: 3.0 }), [3.0; 5]);
    assert_eq!(at(Schedule::StepDecay { eta: 3.0, factor: 0.5, every: 3 }), [3.0, 3.0, 3.0, 1.5, 0.75]);
    assert_eq!(at(Schedule::InverseSqrt { eta: 3.0 }), [3.0, 3.0 / 2f64.sqrt(), 3.0 / 3f64.sqrt(), 1.5, 1.0]);
    assert_eq!(at(Schedule::InverseTime { eta: 3.0, k: 0.5 }), [3.0, 2.0, 1.5, 1.2, 0.6]);
}

#[test]
#[should_panic(expected = "g has shape [3] but w has shape [2]")]
fn vanilla_on_two_shapes() {
    Vanilla::new(Schedule::Constant { eta: 1.0 }).step(&Array1::<f64>::zeros(3), &mut Array1::zeros(2));
}

#[test]
#[should_panic(expected = "g has shape [3, 2] but w has shape [2, 3]")]
fn adagrad_on_two_shapes() {
    let mut w = Array2::<f32>::zeros((2, 3));
    Adagrad::new(Schedule::Constant { eta: 1.0 }, &w).step(&Array2::zeros((3, 2)), &mut w);
}

#[test]
#[should_panic(expected = "the rule has shape [1] but w has shape [2]")]
fn adagrad_made_for_another_shape() {
    let mut rule = Adagrad::new(Schedule::Constant { eta: 1.0 }, &array![0.0]);
    rule.step(&array![1.0, 1.0], &mut array![0.0, 0.0]);
}

//! Every rule on f32 and f64, on arrays and views of 0 to 4 dimensions, static and dynamic, contiguous, strided,
//! reversed, transposed, repeated and empty, agrees to the last bit with one parameter at a time.

use ndarray::{Array, Array2, ArrayViewMut, Axis, Dimension, Ix0, Ix1, Ix2, Ix3, IxDyn, NdFloat, Slice, Zip, array};
use update_rules::{Adagrad, Convention, Schedule};

use crate::{Case, Kind, cases, new};

/// The two numbers that a rule keeps of a parameter, before its first step; a rule with one keeps the first.
pub fn first<A: NdFloat>(case: Case) -> [A; 2] {
    let squares = if let Kind::Adagrad(convention) = case.rule { convention.initial_accumulator } else { 0.0 };
    [A::from(squares).unwrap(), A::zero()]
}

/// The same rule on one parameter, with numbers only; returns what it divided (g, in Adam m̂), and the squares below it.
pub fn one<A: NdFloat>(case: Case, t: usize, g: A, [s, v]: [&mut A; 2], w: &mut A) -> [A; 2] {
    let number = |x: f64| A::from(x).unwrap();
    let eta = case.schedule.at(t);
    let mean = |alpha, s, x| number(alpha) * s + number(1.0 - alpha) * x;
    let (convention, eta, above, squares) = match case.rule {
        Kind::Vanilla => {
            *w -= number(eta) * g;
            return [g, A::one()];
        }
        Kind::Adagrad(convention) => {
            *s += g * g;
            let over_root_of_sum = match case.schedule {
                Schedule::InverseSqrt { eta } => eta,
                _ => eta * (t as f64 + 1.0).sqrt(),
            };
            (convention, over_root_of_sum, g, *s)
        }
        Kind::RmsProp(alpha, convention) => {
            *s = mean(alpha, *s, g * g);
            (convention, eta, g, *s)
        }
        Kind::Adam(betas, mut convention) => {
            (*s, *v) = (mean(betas[0], *s, g), mean(betas[1], *v, g * g));
            let [of_m, of_v] = betas.map(|beta| 1.0 / (1.0 - libm::pow(beta, t as f64 + 1.0)));
            if convention.eps_uncorrected {
                convention.eps *= of_v.sqrt();
            }
            (convention, eta, *s * number(of_m), *v * number(of_v))
        }
    };
    let Convention { eps, eps_root, skip_zero, lr_decay, .. } = convention;
    let divisor = (squares + number(eps_root)).sqrt() + number(eps);
    if divisor != A::zero() && !(skip_zero && squares == A::zero()) {
        *w -= number(eta / (1.0 + lr_decay * t as f64)) * (above / divisor);
    }
    [above, squares]
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

/// w after each of some steps, one parameter at a time.
fn expected<A: NdFloat, D: Dimension>(case: Case, shape: D) -> Vec<Array<A, D>> {
    let mut w = start::<A, D>(shape.clone());
    let [mut s, mut v] = first(case).map(|x: A| w.map(|_| x));
    let step = |t| {
        let g = gradient::<A, D>(t, shape.clone());
        Zip::from(&g).and(&mut s).and(&mut v).and(&mut w).for_each(|&g, s, v, w| {
            one(case, t, g, [s, v], w);
        });
        w.clone()
    };
    (0..STEPS).map(step).collect()
}

/// Names the first parameter that differs.
fn assert_same<A: NdFloat, D: Dimension>(
    case: Case,
    place: &str,
    t: usize,
    ours: &Array<A, D>,
    expected: &Array<A, D>,
) {
    for ((j, ours), expected) in ours.indexed_iter().zip(expected) {
        assert!(ours == expected, "{case:?}, {place}, t = {t}, parameter {j:?}: {ours}, one by one {expected}");
    }
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
            for (t, expected) in expected.iter().enumerate() {
                let [layout_g, layout_w] = layouts(t);
                let mut laid_out = lay_out(layout_w, &w);
                let mut g = lay_out(layout_g, &gradient::<A, D>(t, shape.clone()));
                rule.step(&view(layout_g, &mut g), &mut view(layout_w, &mut laid_out));
                w = view(layout_w, &mut laid_out).to_owned();
                assert_same(case, &format!("{:?}, g {layout_g}, w {layout_w}", shape), t, &w, expected);
            }
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
    let adam = Kind::Adam([0.9, 0.99], Convention::KERAS_ADAM);
    let rms_prop = Kind::RmsProp(0.9, Convention::SLIDE);
    for rule in [Kind::Vanilla, Kind::Adagrad(Convention::SLIDE), Kind::Adagrad(Convention::KERAS), rms_prop, adam] {
        let case = Case { schedule: Schedule::InverseSqrt { eta: 0.5 }, rule };
        let (mut w, expected) = (start::<f32, _>(shape), expected(case, shape));
        let mut rule = new(case, &w);
        for (t, expected) in expected.iter().enumerate() {
            rule.step(&gradient(t, shape), &mut w);
            assert_same(case, "large", t, &w, expected);
        }
    }
}

#[test]
fn a_repeated_gradient_is_a_view_too() {
    let g = array![1.0, -2.0, 0.0];
    let mut w = Array2::zeros((2, 3));
    let mut rule = Adagrad::simplified(1.0, &w);
    rule.step(&g.broadcast((2, 3)).unwrap(), &mut w);
    assert_eq!(w, array![[-1.0, 1.0, 0.0], [-1.0, 1.0, 0.0]]);
}

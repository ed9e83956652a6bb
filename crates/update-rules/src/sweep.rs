//! s ← s + (g)²; w ← w − rate · g/√s: one pass over memory, which is all that a step costs.

use multiversion::multiversion;
use ndarray::{ArrayRef, Dimension, LayoutRef, NdFloat, Zip};

use crate::convention::Terms;

/// w ← w − eta · g
pub(crate) fn vanilla<A: NdFloat, D: Dimension>(
    eta: A,
    g: &ArrayRef<A, D>,
    w: &mut ArrayRef<A, D>,
) {
    same_shape("g", g, w);
    Zip::from(g).and(w).for_each(|&g, w| *w -= eta * g);
}

/// s ← s + (g)²; w ← w − rate · g/divisor(s)
pub(crate) fn adagrad<A: NdFloat, D: Dimension>(
    rate: A,
    divisor: Terms<A>,
    g: &ArrayRef<A, D>,
    s: &mut ArrayRef<A, D>,
    w: &mut ArrayRef<A, D>,
) {
    same_shape("g", g, w);
    same_shape("the rule", s, w);
    if g.strides() == w.strides()
        && s.strides() == w.strides()
        && let Some(g) = g.view().to_slice_memory_order()
        && let Some(s) = s.view_mut().into_slice_memory_order()
        && let Some(w) = w.view_mut().into_slice_memory_order()
    {
        adagrad_halves(rate, divisor, g, s, w);
    } else {
        Zip::from(g)
            .and(s)
            .and(w)
            .for_each(|&g, s, w| adagrad_element(rate, divisor, g, s, w));
    }
}

/// The most elements that one thread takes at a time: 20 µs of work, several times what waking a second thread costs.
const LEAF: usize = 1 << 16;

/// Halves the slices until they are leaves, and lets idle threads take the other halves. No element's result depends
/// on the split.
fn adagrad_halves<A: NdFloat>(rate: A, divisor: Terms<A>, g: &[A], s: &mut [A], w: &mut [A]) {
    if g.len() <= LEAF {
        return adagrad_slices(rate, divisor, g, s, w);
    }
    let middle = g.len() / 2;
    let ((g0, g1), (s0, s1), (w0, w1)) = (
        g.split_at(middle),
        s.split_at_mut(middle),
        w.split_at_mut(middle),
    );
    rayon_core::join(
        || adagrad_halves(rate, divisor, g0, s0, w0),
        || adagrad_halves(rate, divisor, g1, s1, w1),
    );
}

// AVX2 halves the instructions of the SSE2 that plain x86-64 has; wider vectors divide no faster.
#[multiversion(targets("x86_64+avx2"))]
fn adagrad_slices<A: NdFloat>(rate: A, divisor: Terms<A>, g: &[A], s: &mut [A], w: &mut [A]) {
    for ((&g, s), w) in g.iter().zip(s).zip(w) {
        adagrad_element(rate, divisor, g, s, w);
    }
}

#[inline(always)]
fn adagrad_element<A: NdFloat>(rate: A, divisor: Terms<A>, g: A, s: &mut A, w: &mut A) {
    *s += g * g;
    *w -= rate * quotient(g, *s, divisor);
}

/// g/(√(s + inside) + outside). Dividing first makes the first step exactly ±η: √(g·g) is |g| to the last bit.
#[inline(always)]
pub(crate) fn quotient<A: NdFloat>(g: A, s: A, divisor: Terms<A>) -> A {
    let d = (s + divisor.inside).sqrt() + divisor.outside;
    let zero = if divisor.unless_zero { s } else { d };
    if zero == A::zero() { A::zero() } else { g / d }
}

fn same_shape<A, D: Dimension>(name: &str, other: &LayoutRef<A, D>, w: &LayoutRef<A, D>) {
    assert!(
        other.shape() == w.shape(),
        "{name} has shape {:?} but w has shape {:?}",
        other.shape(),
        w.shape()
    );
}

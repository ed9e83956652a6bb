//! s ← s + (g)²; w ← w − rate · g/√s: one pass over memory, which is all that a step costs.

use multiversion::multiversion;
use ndarray::{ArrayRef, Dimension, LayoutRef, NdFloat, Zip};

use crate::convention::Terms;

/// w ← w − eta · g
pub(crate) fn vanilla<A: NdFloat, D: Dimension>(eta: A, g: &ArrayRef<A, D>, w: &mut ArrayRef<A, D>) {
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
        whole(rate, divisor, Part { g, s, w });
    } else {
        Zip::from(g).and(s).and(w).for_each(|&g, s, w| adagrad_element(rate, divisor, g, s, w));
    }
}

/// The same stretch of the three arrays.
struct Part<'a, A> {
    g: &'a [A],
    s: &'a mut [A],
    w: &'a mut [A],
}

impl<A> Part<'_, A> {
    fn split(self, at: usize) -> (Self, Self) {
        let ((g0, g1), (s0, s1), (w0, w1)) = (self.g.split_at(at), self.s.split_at_mut(at), self.w.split_at_mut(at));
        (Part { g: g0, s: s0, w: w0 }, Part { g: g1, s: s1, w: w1 })
    }
}

/// The most elements that one thread takes at a time: 20 µs of work, several times what waking a second thread costs.
const LEAF: usize = 1 << 16;

/// A small part at once; of a large one, idle threads take halves. No element's result depends on the split.
fn whole<A: NdFloat>(rate: A, divisor: Terms<A>, part: Part<A>) {
    if part.g.len() <= LEAF {
        return from_cache(rate, divisor, part);
    }
    // A vector of 64 bytes that straddles two cache lines costs extra: the elements before the first line go alone.
    let to_line = part.w.as_ptr().align_offset(64);
    let (head, rest) = part.split(to_line);
    from_cache(rate, divisor, head);
    halves(rate, divisor, rest);
}

fn halves<A: NdFloat>(rate: A, divisor: Terms<A>, part: Part<A>) {
    if part.g.len() <= LEAF || rayon_core::current_num_threads() == 1 {
        return from_memory(rate, divisor, part);
    }
    let middle = part.g.len() / 2 / 16 * 16; // whole cache lines
    let (one, other) = part.split(middle);
    rayon_core::join(|| halves(rate, divisor, one), || halves(rate, divisor, other));
}

// The instruction sets, picked at run time. In the cache the divider is the limit, and vectors of 512 bits divide no
// faster and lower the clock; from memory they make fewer requests. `vbmi2` leaves out the CPUs that they slow down.
#[multiversion(targets("x86_64+avx2"))]
fn from_cache<A: NdFloat>(rate: A, divisor: Terms<A>, part: Part<A>) {
    each(rate, divisor, part);
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512vbmi2", "x86_64+avx2"))]
fn from_memory<A: NdFloat>(rate: A, divisor: Terms<A>, part: Part<A>) {
    each(rate, divisor, part);
}

#[inline(always)]
fn each<A: NdFloat>(rate: A, divisor: Terms<A>, part: Part<A>) {
    for ((&g, s), w) in part.g.iter().zip(part.s).zip(part.w) {
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
    assert!(other.shape() == w.shape(), "{name} has shape {:?} but w has shape {:?}", other.shape(), w.shape());
}

//! One pass over g, s and w: instruction sets and threads. Memory is all that a step costs.

use std::slice::{from_mut, from_ref};

use multiversion::multiversion;
use ndarray::{ArrayRef, Dimension, LayoutRef, NdFloat, Zip};

/// What a rule does to one stretch of the arrays: the gradient, the rule's state (empty if it has none), the parameters.
///
/// Each element is computed by itself, so no result depends on how the arrays are cut.
pub(crate) trait Stretch<A>: Copy + Send + Sync {
    fn update(self, g: &[A], s: &mut [A], w: &mut [A]);
}

/// Takes `rule` over the whole arrays once.
///
/// # Panics
/// If `g` or `s` differ in shape from `w`.
pub(crate) fn sweep<'a, A: NdFloat, D: Dimension>(
    rule: impl Stretch<A>,
    g: &ArrayRef<A, D>,
    s: Option<&'a mut ArrayRef<A, D>>,
    w: &'a mut ArrayRef<A, D>,
) {
    same_shape("g", g, w);
    if let Some(s) = &s {
        same_shape("the rule", s, w);
    }
    let alike = g.strides() == w.strides() && s.as_ref().is_none_or(|s| s.strides() == w.strides());
    match (g.as_slice_memory_order(), s) {
        (Some(g), s) if alike => {
            let slice = |array: &'a mut ArrayRef<A, D>| array.as_slice_memory_order_mut().expect("it lies as g does");
            whole(rule, Part { g, s: s.map_or(&mut [], slice), w: slice(w) });
        }
        (_, None) => Zip::from(g).and(w).for_each(|g, w| rule.update(from_ref(g), &mut [], from_mut(w))),
        (_, Some(s)) => {
            Zip::from(g).and(s).and(w).for_each(|g, s, w| rule.update(from_ref(g), from_mut(s), from_mut(w)))
        }
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
        let ((g0, g1), (w0, w1)) = (self.g.split_at(at), self.w.split_at_mut(at));
        let (s0, s1) = self.s.split_at_mut(at.min(self.s.len()));
        (Part { g: g0, s: s0, w: w0 }, Part { g: g1, s: s1, w: w1 })
    }
}

/// The most elements that one thread takes at a time: 20 µs of work, several times what waking a second thread costs.
const LEAF: usize = 1 << 16;

/// A small part at once; of a large one, idle threads take halves.
fn whole<A: NdFloat>(rule: impl Stretch<A>, part: Part<A>) {
    if part.g.len() <= LEAF {
        return from_cache(rule, part);
    }
    // A vector of 64 bytes that straddles two cache lines costs extra: the elements before the first line go alone.
    let to_line = part.w.as_ptr().align_offset(64);
    let (head, rest) = part.split(to_line);
    from_cache(rule, head);
    halves(rule, rest);
}

fn halves<A: NdFloat>(rule: impl Stretch<A>, part: Part<A>) {
    #[cfg(feature = "threads")]
    if part.g.len() > LEAF && rayon_core::current_num_threads() > 1 {
        let middle = part.g.len() / 2 / 16 * 16; // whole cache lines
        let (one, other) = part.split(middle);
        rayon_core::join(|| halves(rule, one), || halves(rule, other));
        return;
    }
    from_memory(rule, part);
}

// The instruction sets, picked at run time. In the cache the divider is the limit, and vectors of 512 bits divide no
// faster and lower the clock; from memory they make fewer requests. `vbmi2` leaves out the CPUs that they slow down.
#[multiversion(targets("x86_64+avx2"))]
fn from_cache<A: NdFloat, R: Stretch<A>>(rule: R, part: Part<A>) {
    rule.update(part.g, part.s, part.w);
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512vbmi2", "x86_64+avx2"))]
fn from_memory<A: NdFloat, R: Stretch<A>>(rule: R, part: Part<A>) {
    rule.update(part.g, part.s, part.w);
}

fn same_shape<A, D: Dimension>(name: &str, other: &LayoutRef<A, D>, w: &LayoutRef<A, D>) {
    assert!(other.shape() == w.shape(), "{name} has shape {:?} but w has shape {:?}", other.shape(), w.shape());
}

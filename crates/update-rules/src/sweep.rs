//! One pass over g, the rule's state and w: instruction sets and threads. Of large arrays memory is all that a step costs.

use std::array;
use std::slice::{from_mut, from_ref};

use multiversion::multiversion;
use ndarray::{ArrayRef, Dimension, LayoutRef, NdFloat};

/// What a rule does to one parameter: from its gradient and the N numbers that the rule keeps of it, the numbers as they
/// are next and what is subtracted from the parameter.
///
/// Each parameter is computed by itself, so no result depends on how the arrays are cut.
pub(crate) trait Formula<A, const N: usize>: Fn(A, [A; N]) -> ([A; N], A) + Copy + Send + Sync {}

impl<A, const N: usize, F: Fn(A, [A; N]) -> ([A; N], A) + Copy + Send + Sync> Formula<A, N> for F {}

/// Takes `rule` over the whole arrays once; panics if `g` or an array of the rule's state differ in shape from `w`.
pub(crate) fn sweep<A: NdFloat, D: Dimension, const N: usize>(
    g: &ArrayRef<A, D>,
    state: [&mut ArrayRef<A, D>; N],
    w: &mut ArrayRef<A, D>,
    rule: impl Formula<A, N>,
) {
    same_shape("g", g, w);
    state.iter().for_each(|s| same_shape("the rule", s, w));
    let alike = g.strides() == w.strides() && state.iter().all(|s| s.strides() == w.strides());
    match g.as_slice_memory_order() {
        Some(g) if alike => {
            let slice = |array| ArrayRef::as_slice_memory_order_mut(array).expect("it lies as g does");
            whole(rule, Part { g, state: state.map(slice), w: slice(w) });
        }
        _ => {
            let mut state = state.map(|s| s.iter_mut());
            for (g, w) in g.iter().zip(w) {
                let state = state.each_mut().map(|s| from_mut(s.next().expect("it has w's shape")));
                Part { g: from_ref(g), state, w: from_mut(w) }.update(rule);
            }
        }
    }
}

/// The same stretch of all arrays.
struct Part<'a, A, const N: usize> {
    g: &'a [A],
    state: [&'a mut [A]; N],
    w: &'a mut [A],
}

impl<A: NdFloat, const N: usize> Part<'_, A, N> {
    fn split(self, at: usize) -> (Self, Self) {
        let ((g0, g1), (w0, w1)) = (self.g.split_at(at), self.w.split_at_mut(at));
        let mut halves = self.state.map(|s| s.split_at_mut(at));
        let state = halves.each_mut().map(|(_, s1)| std::mem::take(s1));
        (Part { g: g0, state: halves.map(|(s0, _)| s0), w: w0 }, Part { g: g1, state, w: w1 })
    }

    #[inline(always)]
    fn update(self, rule: impl Formula<A, N>) {
        let Part { g, state, w } = self;
        let n = g.len();
        // One length for all: no bounds are checked in the loop.
        let (state, w) = (state.map(|s| &mut s[..n]), &mut w[..n]);
        for j in 0..n {
            let (next, update) = rule(g[j], array::from_fn(|k| state[k][j]));
            (0..N).for_each(|k| state[k][j] = next[k]);
            w[j] -= update;
        }
    }
}

/// The most elements that one thread takes at a time: 20 µs of work, several times what waking a second thread costs.
const LEAF: usize = 1 << 16;

/// A small part at once; of a large one, idle threads take halves.
fn whole<A: NdFloat, const N: usize>(rule: impl Formula<A, N>, part: Part<A, N>) {
    if part.g.len() <= LEAF {
        return from_cache(rule, part);
    }
    // A vector of 64 bytes that straddles two cache lines costs extra: the elements before the first line go alone.
    let to_line = part.w.as_ptr().align_offset(64);
    let (head, rest) = part.split(to_line);
    from_cache(rule, head);
    halves(rule, rest);
}

fn halves<A: NdFloat, const N: usize>(rule: impl Formula<A, N>, part: Part<A, N>) {
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
fn from_cache<A: NdFloat, const N: usize>(rule: impl Formula<A, N>, part: Part<A, N>) {
    part.update(rule);
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq+avx512vbmi2", "x86_64+avx2"))]
fn from_memory<A: NdFloat, const N: usize>(rule: impl Formula<A, N>, part: Part<A, N>) {
    part.update(rule);
}

fn same_shape<A, D: Dimension>(name: &str, other: &LayoutRef<A, D>, w: &LayoutRef<A, D>) {
    assert!(other.shape() == w.shape(), "{name} has shape {:?} but w has shape {:?}", other.shape(), w.shape());
}

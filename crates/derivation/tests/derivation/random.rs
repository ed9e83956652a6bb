//! Random gradients and schedules, for every test that wants some.

use derivation::Schedule;
use proptest::prelude::*;

#[derive(Clone, Copy, PartialEq)]
pub enum Sizes {
    /// Up to five digits, 10⁻⁴ to 10⁴.
    AsPeopleWrite,
    /// Those, what machines write, and every other f64.
    All,
}

/// One to eight gradients, some of them zero.
pub fn gradients(sizes: Sizes) -> impl Strategy<Value = Vec<f64>> {
    let rare = u32::from(sizes == Sizes::All);
    let gradient = prop_oneof![
        8 => (-9999i32..9999, 0i32..5).prop_map(|(n, e)| format!("{n}e-{e}").parse().unwrap()),
        8 * rare => -1e3..1e3,
        2 * rare => proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL,
        1 => Just(0.0),
    ];
    prop::collection::vec(gradient, 1..9)
}

pub fn schedule() -> impl Strategy<Value = Schedule> {
    (0..4, 1e-3..10.0f64, 0.1..1.0f64, 1..4usize).prop_map(|(which, eta, factor, every)| match which {
        0 => Schedule::Constant { eta },
        1 => Schedule::StepDecay { eta, factor, every },
        2 => Schedule::InverseTime { eta, k: factor },
        _ => Schedule::InverseSqrt { eta },
    })
}

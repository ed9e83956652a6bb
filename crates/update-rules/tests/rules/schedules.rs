//! ηᵗ of every schedule: by hand, and what is true of all.

use proptest::prelude::*;
use update_rules::Schedule;

/// A new schedule does not compile until its place in the list and its numbers stand here: none is left out of the list.
#[test]
fn by_hand() {
    for (place, schedule) in Schedule::all(3.0).into_iter().enumerate() {
        let (listed, schedule, expected) = match schedule {
            Schedule::Constant { .. } => (0, schedule, [3.0; 5]),
            Schedule::StepDecay { eta, factor, .. } => {
                (1, Schedule::StepDecay { eta, factor, every: 3 }, [3.0, 3.0, 3.0, 1.5, 0.75])
            }
            Schedule::InverseSqrt { .. } => (2, schedule, [3.0, 3.0 / 2f64.sqrt(), 3.0 / 3f64.sqrt(), 1.5, 1.0]),
            Schedule::InverseTime { eta, .. } => (3, Schedule::InverseTime { eta, k: 0.5 }, [3.0, 2.0, 1.5, 1.2, 0.6]),
        };
        assert_eq!(place, listed, "{schedule:?}");
        assert_eq!([0, 1, 2, 3, 8].map(|t| schedule.at(t)), expected, "{schedule:?}");
    }
}

proptest! {
    /// A wrong sign, a wrong first rate or a wrong direction shows in one of these.
    #[test]
    fn starts_at_eta_and_never_rises(eta in 1e-6..1e6) {
        for schedule in Schedule::all(eta) {
            prop_assert_eq!(schedule.at(0), eta);
            for t in 0..200 {
                let (now, next) = (schedule.at(t), schedule.at(t + 1));
                prop_assert!(0.0 < next && next <= now, "{:?}, t = {}: {} then {}", schedule, t, now, next);
            }
        }
    }
}

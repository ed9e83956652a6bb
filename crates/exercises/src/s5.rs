//! S5 · Contradiction?

use crate::exercise::{Exercise, answer, mistake};

pub(crate) fn all() -> Vec<Exercise> {
    vec![contradiction()]
}

/// Is it a contradiction?
fn contradiction() -> Exercise {
    Exercise {
        id: "S5.4",
        right: answer(false),
        because: "Both sentences are true, of different variables: the current gradient makes the step larger, the past ones smaller.",
        begin: "Ask of each sentence which gradient it speaks of.",
        mistakes: vec![mistake(
            true,
            "Hold the past gradients fixed and let the current one grow; then the other way round. Do the two sentences speak of the same variable?",
        )],
    }
}

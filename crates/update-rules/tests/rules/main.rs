//! The rules, the loop and the losses; the list of rules that the tests go through stands here.

mod conventions;
mod descent;
mod facts;
mod figures;
mod layouts;
mod losses;
mod schedules;
mod state;

use ndarray::{ArrayRef, ArrayRef1, Dimension, Ix1, NdFloat};
use update_rules::{Adagrad, Convention, Rule, Schedule, Update, Vanilla};

/// A rule of the list: vanilla, or Adagrad under a convention.
#[derive(Clone, Copy, Debug)]
struct Case {
    schedule: Schedule,
    adagrad: Option<Convention>,
}

/// Each schedule without and with each convention.
fn cases() -> Vec<Case> {
    let mut conventions: Vec<_> = Convention::ALL.iter().map(|&(_, c)| Some(c)).collect();
    conventions.push(Some(Convention { lr_decay: 0.1, ..Convention::BURN }));
    conventions.push(None);
    // Decays early enough to be seen in a few steps.
    let schedules = Schedule::all(0.5).map(|schedule| match schedule {
        Schedule::StepDecay { eta, factor, .. } => Schedule::StepDecay { eta, factor, every: 2 },
        other => other,
    });
    let of = |schedule| conventions.iter().map(move |&adagrad| Case { schedule, adagrad }).collect::<Vec<_>>();
    schedules.into_iter().flat_map(of).collect()
}

/// The rule of a case; lists of different rules are lists of these.
fn new<A: NdFloat, D: Dimension + 'static>(case: Case, w: &ArrayRef<A, D>) -> Box<dyn Rule<A, D>> {
    match case.adagrad {
        None => Box::new(Vanilla::new(case.schedule)),
        Some(convention) => Box::new(Adagrad::new(case.schedule, w).with_convention(convention)),
    }
}

/// A rule of one's own that reads w: another rule, with weight decay.
struct Decayed(Box<dyn Rule<f64, Ix1>>);

impl Rule<f64, Ix1> for Decayed {
    fn update(&mut self, g: &ArrayRef1<f64>, w: &ArrayRef1<f64>) -> Update<f64> {
        let mut update = self.0.update(g, w);
        update.update.zip_mut_with(w, |u, &w| *u += 0.01 * w);
        update
    }
}

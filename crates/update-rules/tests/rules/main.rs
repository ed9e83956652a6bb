//! The rules, the loop and the losses; the list of rules that the tests go through stands here.

mod conventions;
mod descent;
mod facts;
mod figures;
mod layouts;
mod losses;
mod neighbours;
mod schedules;
mod state;

use std::panic::{AssertUnwindSafe, catch_unwind};

use ndarray::{ArrayRef, ArrayRef1, Dimension, Ix1, NdFloat};
use update_rules::{Adagrad, Adam, Convention, RmsProp, Rule, Schedule, Update, Vanilla, on_gradients};

/// A rule of any kind, for one list.
type Boxed = Box<dyn Rule<f64, Ix1>>;

/// A rule of the list.
#[derive(Clone, Copy, Debug)]
struct Case {
    schedule: Schedule,
    rule: Kind,
}

/// Vanilla, or another rule with its numbers.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Vanilla,
    Adagrad(Convention),
    RmsProp(f64, Convention),
    Adam([f64; 2], Convention),
}

/// Each schedule with each rule, under each of its conventions.
fn cases() -> Vec<Case> {
    let mut rules: Vec<_> = Convention::ALL.iter().map(|&(_, c)| Kind::Adagrad(c)).collect();
    let decayed = Convention { lr_decay: 0.1, ..Convention::BURN };
    rules.extend([Kind::Vanilla, Kind::Adagrad(decayed), Kind::RmsProp(0.0, Convention::SLIDE)]);
    let rms_prop = [decayed, Convention::PYTORCH_RMSPROP, Convention::KERAS_RMSPROP, Convention::OPTAX_RMSPROP];
    rules.extend(rms_prop.map(|c| Kind::RmsProp(0.9, c)));
    let adam = [Convention::SLIDE, decayed, Convention::PYTORCH_ADAM, Convention::KERAS_ADAM, Convention::OPTAX_ADAM];
    rules.extend(adam.map(|c| Kind::Adam([0.9, 0.99], c)));
    // Decays early enough to be seen in a few steps.
    let schedules = Schedule::all(0.5).map(|schedule| match schedule {
        Schedule::StepDecay { eta, factor, .. } => Schedule::StepDecay { eta, factor, every: 2 },
        other => other,
    });
    let of = |schedule| rules.iter().map(move |&rule| Case { schedule, rule }).collect::<Vec<_>>();
    schedules.into_iter().flat_map(of).collect()
}

/// The rule of a case; lists of different rules are lists of these.
fn new<A: NdFloat, D: Dimension + 'static>(case: Case, w: &ArrayRef<A, D>) -> Box<dyn Rule<A, D>> {
    let Case { schedule, rule } = case;
    match rule {
        Kind::Vanilla => Box::new(Vanilla::new(schedule)),
        Kind::Adagrad(convention) => Box::new(Adagrad::new(schedule, w).with_convention(convention)),
        Kind::RmsProp(alpha, convention) => Box::new(RmsProp::new(schedule, alpha, w).with_convention(convention)),
        Kind::Adam(betas, convention) => Box::new(Adam::new(schedule, betas, w).with_convention(convention)),
    }
}

/// A rule of one's own that reads w: another rule, with weight decay.
struct Decayed(Boxed);

impl Rule<f64, Ix1> for Decayed {
    fn update(&mut self, g: &ArrayRef1<f64>, w: &ArrayRef1<f64>) -> Update<f64> {
        let mut update = self.0.update(g, w);
        update.update.zip_mut_with(w, |u, &w| *u += 0.01 * w);
        update
    }
}

/// What a rule subtracts from one parameter at each of the given gradients.
fn updates(rule: impl Rule<f64, Ix1>, g: &[f64]) -> Vec<f64> {
    on_gradients(rule, g).iter().map(|step| step.update[0]).collect()
}

/// What a call panics with.
fn refusal<T>(call: impl FnOnce() -> T) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(call)) else { return "accepted".into() };
    payload.downcast::<String>().map_or_else(|literal| literal.downcast::<&str>().unwrap().to_string(), |text| *text)
}

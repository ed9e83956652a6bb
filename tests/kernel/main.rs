//! The tests that need the kernel: every page, every faulty notebook, the launcher, the short cut,
//! the spare, a class. What needs none stands elsewhere.

mod class;
mod driven;
mod ends;
mod faults;
mod launcher;
mod shortcut;
mod spare;

use driven::Test;
use libtest_mimic::{Arguments, Trial};
use verifier::verify::{Setup, at_once, trials};

fn trial((name, test): Test) -> Trial {
    Trial::test(name, move || {
        test();
        Ok(())
    })
}

fn main() {
    let own = [&ends::TESTS[..], &launcher::TESTS, &shortcut::TESTS, &spare::TESTS].concat().into_iter().map(trial);
    // Root's, in an installation: `just verify-class`.
    let class = class::TESTS.into_iter().map(|test| trial(test).with_ignored_flag(true));
    let trials = faults::trials().chain(own).chain(trials(verifier::pages_or_exit(&[]))).chain(class);
    // `just test` leaves out what is of this kind.
    let trials: Vec<Trial> = trials.map(|trial| trial.with_kind("kernel")).collect();

    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(at_once());
    let wanted = !arguments.list && !trials.iter().all(|trial| arguments.is_filtered_out(trial));
    if wanted && !Setup::project().kernel.exists() {
        eprintln!("These tests need the kernel, and it has not been built: run `just kernel`.");
        std::process::exit(1);
    }
    libtest_mimic::run(&arguments, trials).exit()
}

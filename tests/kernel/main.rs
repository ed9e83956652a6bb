//! The tests that need the kernel: every page, every faulty notebook, the launcher, the short cut,
//! the spare. What needs none stands elsewhere.

mod driven;
mod ends;
mod faults;
mod launcher;
mod shortcut;
mod spare;

use libtest_mimic::{Arguments, Trial};
use verifier::verify::{Setup, at_once, trials};

fn main() {
    let pages = trials(verifier::pages_or_exit(&[]));
    // `just test` leaves out what is of this kind.
    let own = [faults::trials(), ends::trials(), launcher::trials(), shortcut::trials(), spare::trials()];
    let trials = own.into_iter().flatten().chain(pages);
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

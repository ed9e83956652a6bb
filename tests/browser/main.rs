//! What a reader meets in a browser; `just verify-browser` runs it.

mod book;
mod browser;
mod lab;
mod server;
mod widgets;

use browser::Test;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let trial =
        |(name, test): Test| Trial::test(name, move || test().map_err(|error| Failed::from(format!("{error:#}"))));
    let tests = [&book::TESTS[..], &widgets::TESTS, &lab::TESTS].concat();
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(2);
    libtest_mimic::run(&arguments, tests.into_iter().map(trial).collect()).exit()
}

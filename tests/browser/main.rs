//! What a reader meets in a browser; `just verify-browser` runs it.

mod book;
mod browser;
mod lab;
mod widgets;

fn main() {
    let mut arguments = libtest_mimic::Arguments::from_args();
    arguments.test_threads.get_or_insert(2);
    let trials = book::trials().into_iter().chain(widgets::trials()).chain([lab::trial()]).collect();
    libtest_mimic::run(&arguments, trials).exit()
}

//! What a reader meets in a browser; `just verify-browser` runs it.

mod book;
mod browser;

fn main() {
    let mut arguments = libtest_mimic::Arguments::from_args();
    arguments.test_threads.get_or_insert(2);
    libtest_mimic::run(&arguments, book::trials()).exit()
}

//! Runs the pages whose name contains one of the arguments, all without one, and checks what they show.

use libtest_mimic::Arguments;
use verifier::{pages_or_exit, verify};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let arguments = Arguments { test_threads: Some(verify::at_once()), ..Arguments::default() };
    libtest_mimic::run(&arguments, verify::trials(pages_or_exit(&words)).collect()).exit()
}

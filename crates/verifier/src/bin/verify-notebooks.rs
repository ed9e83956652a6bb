//! Runs the pages whose name contains one of the arguments, all without one, and checks what they show.

use verifier::{pages_or_exit, verify};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let trials = pages_or_exit(&words).into_iter().map(verify::trial).collect();
    libtest_mimic::run(&libtest_mimic::Arguments::default(), trials).exit()
}

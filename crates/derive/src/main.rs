//! `derive`: σᵗ step by step on the command line.

use derive::{Page, Stop, run};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut page = Page::new(BufWriter::new(io::stdout().lock()));
    let result = run(std::env::args_os().skip(1), &mut page);
    // What was printed comes first, also before a refusal.
    let stop = match result.and(page.out.flush().map_err(Stop::Output)) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Stop::Output(error)) if error.kind() == ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(stop) => stop,
    };
    let apart = !page.is_empty && io::stdout().is_terminal();
    // Nobody is left to tell if standard error is closed too.
    let _ = io::stderr().write_all(complaint(&stop, apart).as_bytes());
    ExitCode::from(if matches!(stop, Stop::Refused(_)) { 2 } else { 1 })
}

/// On a terminal an empty line keeps it apart from what was printed.
fn complaint(stop: &Stop, apart: bool) -> String {
    format!("{}derive: {stop}\n", if apart { "\n" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_stands_apart_from_what_was_printed() {
        let stop = Stop::Refused("why".into());
        assert_eq!([true, false].map(|apart| complaint(&stop, apart)), ["\nderive: why\n", "derive: why\n"]);
    }
}

//! `derive`: σᵗ step by step on the command line, every line checked before it is printed.

mod arguments;
mod gradients;

use arguments::{Arguments, Format, HELP};
use derivation::{Derivation, Mismatch, Running};
use gradients::Source;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

/// Why the command ends without having printed everything.
enum Stop {
    /// Something in the arguments or the input is wrong: one sentence.
    Refused(String),
    /// Standard output cannot be written.
    Output(io::Error),
    /// A derivation did not pass its own check: a bug.
    Wrong(Mismatch),
}

fn main() -> ExitCode {
    let mut page = Page { out: BufWriter::new(io::stdout().lock()), is_empty: true, format: Derivation::to_string };
    let result = run(&mut page);
    // What was printed comes first, also before a refusal.
    let result = result.and(page.out.flush().map_err(Stop::Output));
    let (sentence, code) = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Stop::Output(error)) if error.kind() == ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(Stop::Output(error)) => (format!("cannot write the result: {error}"), 1),
        Err(Stop::Wrong(mismatch)) => (format!("a bug, please report it: {mismatch}"), 1),
        Err(Stop::Refused(sentence)) => (sentence, 2),
    };
    let apart = !page.is_empty && io::stdout().is_terminal();
    // Nobody is left to tell if standard error is closed too.
    let _ = io::stderr().write_all(complaint(&sentence, apart).as_bytes());
    ExitCode::from(code)
}

/// On a terminal an empty line keeps it apart from what was printed.
fn complaint(sentence: &str, apart: bool) -> String {
    format!("{}derive: {sentence}\n", if apart { "\n" } else { "" })
}

fn run(page: &mut Page<impl Write>) -> Result<(), Stop> {
    let Some(arguments) = Arguments::parse().map_err(Stop::Refused)? else {
        return page.out.write_all(HELP.as_bytes()).map_err(Stop::Output);
    };
    page.format = arguments.format.unwrap_or(page.format);
    match (arguments.symbolic, &arguments.gradients) {
        (Some(t), _) => page.derivation(&derivation::sigma_symbolic(t)),
        (_, None) if arguments.cancel => page.derivation(&derivation::cancelling_root()),
        (_, source) => numbers(page, &arguments, source.as_ref().unwrap_or(&Source::Stdin)),
    }
}

/// Every step, or the last; nothing is printed before the last gradient has been read.
fn numbers(page: &mut Page<impl Write>, arguments: &Arguments, source: &Source) -> Result<(), Stop> {
    let mut running = arguments.update().map_or(Running::new(), |(schedule, w0)| Running::with_update(schedule, w0));
    let mut kept = Vec::new();
    let take = |g| if arguments.last { running.push(g) } else { kept.push(g) };
    if source.each(take).map_err(Stop::Refused)? == 0 {
        return Err(Stop::Refused("there are no gradients: give some, as in `derive 3 4 12`".into()));
    }
    let mut print = |running: &Running| match arguments.cancel {
        true => page.derivation(&running.cancelling_root(arguments.eta.unwrap_or(1.0))),
        false => running.step().derivations().try_for_each(|step| page.derivation(step)),
    };
    if arguments.last {
        return print(&running);
    }
    for g in kept {
        running.push(g);
        print(&running)?;
    }
    Ok(())
}

/// What is printed: derivations with an empty line between.
struct Page<W> {
    out: W,
    is_empty: bool,
    format: Format,
}

impl<W: Write> Page<W> {
    fn derivation(&mut self, derivation: &Derivation) -> Result<(), Stop> {
        derivation.verify().map_err(Stop::Wrong)?;
        let gap = if std::mem::take(&mut self.is_empty) { "" } else { "\n" };
        writeln!(self.out, "{gap}{}", (self.format)(derivation)).map_err(Stop::Output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use derivation::formula::{Index, eta, eta_at, t};

    #[test]
    fn a_wrong_derivation_is_refused_apart_from_the_right_one_before_it() {
        let mut page = Page { out: Vec::new(), is_empty: true, format: Derivation::to_string };
        let right = Derivation::new("", t()).then(t(), "right");
        let wrong = Derivation::new("", eta_at(Index::T)).then(eta(), "wrong");
        assert!(page.derivation(&right).is_ok());
        assert!(matches!(page.derivation(&wrong), Err(Stop::Wrong(_))));
        assert_eq!(String::from_utf8(page.out).unwrap(), "t = t   right\n");
        assert_eq!([true, false].map(|apart| complaint("why", apart)), ["\nderive: why\n", "derive: why\n"]);
    }
}

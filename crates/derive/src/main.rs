//! `derive`: σᵗ step by step on the command line, every line checked before it is printed.

mod arguments;
mod gradients;

use arguments::{Arguments, Format, HELP, Subject};
use derivation::{Derivation, Running, Step};
use gradients::Source;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

/// Why the command ends without having printed everything.
enum Stop {
    /// Something in the arguments or the input is wrong: one sentence.
    Refused(String),
    /// Standard output cannot be written.
    Output(io::Error),
    /// A derivation did not pass its own check: a bug.
    Wrong(derivation::Mismatch),
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Stop::Output(error)) => complain(&format!("cannot write the result: {error}"), 1),
        Err(Stop::Wrong(mismatch)) => complain(&format!("a bug, please report it: {mismatch}"), 1),
        Err(Stop::Refused(sentence)) => complain(&sentence, 2),
    }
}

fn complain(sentence: &str, code: u8) -> ExitCode {
    // Nobody is left to tell if standard error is closed too.
    let _ = writeln!(io::stderr(), "derive: {sentence}");
    ExitCode::from(code)
}

fn run() -> Result<(), Stop> {
    let Some(arguments) = arguments::parse().map_err(Stop::Refused)? else {
        return io::stdout().write_all(HELP.as_bytes()).map_err(Stop::Output);
    };
    let mut page = Page { out: BufWriter::new(io::stdout().lock()), format: arguments.format, is_empty: true };
    match (&arguments.subject, &arguments.gradients) {
        (Subject::Symbolic(t), _) => page.derivation(&derivation::sigma_symbolic(*t))?,
        (Subject::Cancel { .. }, None) => page.derivation(&derivation::cancelling_root())?,
        (_, Some(source)) => numbers(&mut page, &arguments, source)?,
        (_, None) => numbers(&mut page, &arguments, &Source::Stdin)?,
    }
    page.out.flush().map_err(Stop::Output)
}

/// Every step, or the last; nothing is printed before the last gradient has been read.
fn numbers(page: &mut Page<impl Write>, arguments: &Arguments, source: &Source) -> Result<(), Stop> {
    let mut running = match arguments.subject {
        Subject::Update { schedule, w0 } => Running::with_update(schedule, w0),
        _ => Running::new(),
    };
    let mut kept = Vec::new();
    let mut any = false;
    source
        .each(|g| {
            any = true;
            if arguments.last { running.push(g) } else { kept.push(g) }
        })
        .map_err(Stop::Refused)?;
    if !any {
        return Err(Stop::Refused("there are no gradients: give some, as in `derive 3 4 12`".into()));
    }
    if arguments.last {
        return page.step(&running, &arguments.subject);
    }
    kept.into_iter().try_for_each(|g| {
        running.push(g);
        page.step(&running, &arguments.subject)
    })
}

/// What is printed: derivations with an empty line between.
struct Page<W> {
    out: W,
    format: Format,
    is_empty: bool,
}

impl<W: Write> Page<W> {
    fn step(&mut self, running: &Running, subject: &Subject) -> Result<(), Stop> {
        if let Subject::Cancel { eta } = subject {
            return self.derivation(&running.cancelling_root(*eta));
        }
        let Step { sigma, update, .. } = running.step();
        self.derivation(&sigma)?;
        update.iter().try_for_each(|update| self.derivation(update))
    }

    fn derivation(&mut self, derivation: &Derivation) -> Result<(), Stop> {
        derivation.verify().map_err(Stop::Wrong)?;
        let text = match self.format {
            Format::Text => derivation.to_string(),
            Format::Latex => derivation.latex(),
            Format::Markdown => derivation.markdown(),
        };
        let gap = if std::mem::take(&mut self.is_empty) { "" } else { "\n" };
        writeln!(self.out, "{gap}{text}").map_err(Stop::Output)
    }
}

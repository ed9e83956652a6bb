//! Prints the derivations that the arguments ask for.

use crate::arguments::{Arguments, Format, HELP};
use crate::gradients::Source;
use derivation::{Derivation, Mismatch, Running};
use std::ffi::OsString;
use std::io::{self, Write};

/// Why not everything was printed.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// Something in the words or the input is wrong: one sentence.
    #[error("{0}")]
    Refused(String),
    /// What was printed cannot be written.
    #[error("cannot write the result: {0}")]
    Output(#[from] io::Error),
    /// A derivation did not pass its own check: a bug.
    #[error("a bug, please report it: {0}")]
    Wrong(#[from] Mismatch),
}

/// Prints on the page what the command `derive` prints for these words.
///
/// # Errors
/// Why it stopped; what stands on the page until then is right.
pub fn run(words: impl IntoIterator<Item = OsString>, page: &mut Page<impl Write>) -> Result<(), Stop> {
    match Arguments::parse(words).map_err(Stop::Refused)? {
        Some(arguments) => print(&arguments, page),
        None => Ok(page.out.write_all(HELP.as_bytes())?),
    }
}

/// Prints on the page what the arguments ask for.
///
/// # Errors
/// As [`run`].
pub fn print(arguments: &Arguments, page: &mut Page<impl Write>) -> Result<(), Stop> {
    page.format = arguments.format.unwrap_or(page.format);
    match (arguments.symbolic, &arguments.gradients) {
        (Some(t), _) => page.derivation(&derivation::sigma_symbolic(t)),
        (_, None) if arguments.cancel => page.derivation(&derivation::cancelling_root()),
        (_, source) => numbers(page, arguments, source.as_ref().unwrap_or(&Source::Stdin)),
    }
}

/// Every step, or the last; nothing is printed before the last gradient has been read.
fn numbers(page: &mut Page<impl Write>, arguments: &Arguments, source: &Source) -> Result<(), Stop> {
    let update = arguments.update();
    let mut running = update.map_or_else(Running::default, |(schedule, w0)| Running::with_update(schedule, w0));
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
    kept.into_iter().try_for_each(|g| {
        running.push(g);
        print(&running)
    })
}

/// What is printed: derivations with an empty line between.
pub struct Page<W> {
    /// Where it is written.
    pub out: W,
    /// Whether no derivation stands on it yet.
    pub is_empty: bool,
    format: Format,
}

impl<W: Write> Page<W> {
    /// An empty page.
    pub fn new(out: W) -> Page<W> {
        Page { out, is_empty: true, format: Derivation::to_string }
    }

    fn derivation(&mut self, derivation: &Derivation) -> Result<(), Stop> {
        derivation.verify()?;
        let gap = if std::mem::take(&mut self.is_empty) { "" } else { "\n" };
        Ok(writeln!(self.out, "{gap}{}", (self.format)(derivation))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use derivation::formula::{Index, eta, eta_at, t};

    #[test]
    fn a_wrong_derivation_is_refused_after_the_right_one_before_it() {
        let mut page = Page::new(Vec::new());
        let right = Derivation::new("", t()).then(t(), "right");
        let wrong = Derivation::new("", eta_at(Index::T)).then(eta(), "wrong");
        assert!(page.derivation(&right).is_ok());
        assert!(matches!(page.derivation(&wrong), Err(Stop::Wrong(_))));
        assert_eq!(String::from_utf8(page.out).unwrap(), "t = t   right\n");
    }
}

//! The arguments of `derive`.

use crate::gradients::{Source, number, quoted};
use derivation::{Derivation, Schedule};
use lexopt::Parser;
use lexopt::prelude::*;
use std::ffi::OsString;
use std::num::IntErrorKind;

/// What `derive --help` prints.
pub const HELP: &str = include_str!("help.txt");

/// The largest t of `--symbolic`: each line is checked by evaluating its sum.
const LARGEST_T: usize = 10_000;

/// What was asked for; `None` where an option was not given.
#[derive(Default)]
pub struct Arguments {
    /// The last step only.
    pub last: bool,
    /// How the √(t+1) cancels.
    pub cancel: bool,
    /// A step, or general t.
    pub symbolic: Option<Option<usize>>,
    /// g⁰, g¹, …
    pub gradients: Option<Source>,
    /// Text, LaTeX or Markdown.
    pub format: Option<Format>,
    /// η
    pub eta: Option<f64>,
    w0: Option<f64>,
    /// Of η = 1.
    schedule: Option<Schedule>,
}

/// How a derivation is printed.
pub type Format = fn(&Derivation) -> String;

impl Arguments {
    /// The schedule and w⁰ of the updates, if they are asked for.
    pub fn update(&self) -> Option<(Schedule, f64)> {
        use Schedule::*;
        let mut schedule = self.schedule.unwrap_or(InverseSqrt { eta: 1.0 });
        let (Constant { eta } | StepDecay { eta, .. } | InverseSqrt { eta } | InverseTime { eta, .. }) = &mut schedule;
        *eta = self.eta.unwrap_or(*eta);
        let asked = self.eta.is_some() || self.w0.is_some() || self.schedule.is_some();
        asked.then_some((schedule, self.w0.unwrap_or(0.0)))
    }

    /// What the words of a command line ask for; none if it is help.
    ///
    /// # Errors
    /// One sentence that names the value and its position or its option.
    pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Option<Arguments>, String> {
        let words: Vec<OsString> = words.into_iter().collect();
        let total = words.len();
        let mut parser = Parser::from_args(words);
        let mut position = 0;
        let mut given = Arguments::default();
        let mut gradients = Vec::new();
        loop {
            // -1 and -.5 are numbers; lexopt would take them for options.
            if let Some(mut rest) = parser.try_raw_args() {
                position = total - rest.as_slice().len() + 1;
                if let Some(next) = rest.next_if(|next| is_negative_number(&next.to_string_lossy())) {
                    gradients.push(next.to_string_lossy().into_owned());
                    continue;
                }
            }
            match parser.next().map_err(sentence)? {
                None => break,
                Some(Value(gradient)) => gradients.push(gradient.to_string_lossy().into_owned()),
                Some(Long("help") | Short('h')) => return Ok(None),
                Some(Long("last")) => given.last = true,
                Some(Long("cancel")) => given.cancel = true,
                Some(Long("eta")) => given.eta = Some(value(&mut parser, "--eta", finite)?),
                Some(Long("w0")) => given.w0 = Some(value(&mut parser, "--w0", finite)?),
                Some(Long("schedule")) => given.schedule = Some(value(&mut parser, "--schedule", schedule)?),
                Some(Long("symbolic")) => given.symbolic = Some(value(&mut parser, "--symbolic", step)?),
                Some(Long("format")) => given.format = Some(value(&mut parser, "--format", format)?),
                Some(other) => return Err(format!("argument {position}: {}", sentence(other.unexpected()))),
            }
        }
        given.gradients = match &gradients[..] {
            [] => None,
            [dash] if dash == "-" => Some(Source::Stdin),
            _ => Some(Source::Arguments(gradients)),
        };
        given.refuse_what_has_no_meaning()?;
        Ok(Some(given))
    }

    /// What `--eta ETA --w0 W0 --schedule NAME -- GRADIENTS` asks for, without a command line.
    ///
    /// # Errors
    /// The same sentences.
    pub fn updates(eta: &str, w0: &str, schedule: &str, gradients: &str) -> Result<Arguments, String> {
        Ok(Arguments {
            eta: Some(understood("--eta", eta, finite)?),
            w0: Some(understood("--w0", w0, finite)?),
            schedule: Some(understood("--schedule", schedule, self::schedule)?),
            gradients: Some(Source::Arguments(vec![gradients.into()])),
            ..Arguments::default()
        })
    }

    fn refuse_what_has_no_meaning(&self) -> Result<(), String> {
        let given = [
            ("--cancel", self.cancel),
            ("--last", self.last),
            ("--eta", self.eta.is_some()),
            ("--w0", self.w0.is_some()),
            ("--schedule", self.schedule.is_some()),
            ("a gradient", self.gradients.is_some()),
        ];
        let (idle, asked) = match (self.symbolic, self.cancel, &self.gradients) {
            (Some(_), ..) => (&given[..], "--symbolic"),
            (_, true, None) => (&given[1..], "--cancel without gradients (- reads them from standard input)"),
            (_, true, _) => (&given[3..5], "--cancel"),
            _ => return Ok(()),
        };
        let refusal = |(name, _): &(&str, bool)| Err(format!("{name} has no meaning with {asked}"));
        idle.iter().find(|(_, given)| *given).map_or(Ok(()), refusal)
    }
}

/// `-` and then a digit, a point, or what Rust reads as a number (-inf, -nan).
fn is_negative_number(argument: &str) -> bool {
    argument.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
        || argument.starts_with('-') && argument.parse::<f64>().is_ok()
}

fn sentence(error: lexopt::Error) -> String {
    format!("{error} (see --help)")
}

/// The value of an option, as `read` understands it; its error goes on after the value.
fn value<T>(parser: &mut Parser, option: &str, read: fn(&str) -> Result<T, String>) -> Result<T, String> {
    understood(option, &parser.value().map_err(sentence)?.to_string_lossy(), read)
}

fn understood<T>(option: &str, value: &str, read: fn(&str) -> Result<T, String>) -> Result<T, String> {
    read(value).map_err(|why| format!("{option} {}{why}", quoted(value)))
}

fn finite(value: &str) -> Result<f64, String> {
    number(value).map_err(|why| format!(" {why}"))
}

fn step(value: &str) -> Result<Option<usize>, String> {
    match whole_number(value) {
        _ if value == "t" => Ok(None),
        Some(t) if t <= LARGEST_T => Ok(Some(t)),
        Some(_) => Err(format!(" is too large: at most {LARGEST_T}, or t for general t")),
        None => Err(" is not a step: give 0, 1, 2, … or t for general t".into()),
    }
}

/// A whole number, or the largest there is for one that is larger still.
fn whole_number(value: &str) -> Option<usize> {
    match value.parse::<usize>() {
        Err(error) if *error.kind() == IntErrorKind::PosOverflow => Some(usize::MAX),
        other => other.ok(),
    }
}

fn format(value: &str) -> Result<Format, String> {
    match value {
        "text" => Ok(Derivation::to_string),
        "latex" => Ok(Derivation::latex),
        "markdown" => Ok(Derivation::markdown),
        _ => Err(" is not known: give text, latex or markdown".into()),
    }
}

fn schedule(value: &str) -> Result<Schedule, String> {
    let part = |name: &str, part: &str| number(part).map_err(|why| format!(": {name} {} {why}", quoted(part)));
    let eta = 1.0;
    match value.split(':').collect::<Vec<_>>()[..] {
        ["inverse-sqrt"] => Ok(Schedule::InverseSqrt { eta }),
        ["constant"] => Ok(Schedule::Constant { eta }),
        ["step-decay", factor, every] => match (part("FACTOR", factor)?, whole_number(every)) {
            (factor, Some(every)) if every > 0 => Ok(Schedule::StepDecay { eta, factor, every }),
            _ => Err(format!(": EVERY {} is not a whole number from 1", quoted(every))),
        },
        ["inverse-time", written] => match part("K", written)? {
            k if k >= 0.0 => Ok(Schedule::InverseTime { eta, k }),
            _ => Err(format!(": K {written:?} is negative")),
        },
        _ => Err(": not known: give inverse-sqrt, constant, step-decay:FACTOR:EVERY or inverse-time:K".into()),
    }
}

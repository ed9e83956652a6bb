//! Runs a page in a fresh kernel and says what is wrong with it.

use crate::cells::{drain, execute_after};
use crate::client::Kernel;
use crate::executed::Executed;
use crate::page::{self, Code, Page, contents};
use crate::snapshot;
use crate::text::{difference, plain};
use anyhow::{Context, bail};
use libtest_mimic::Trial;
use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Where and how pages run.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The kernel's `kernel.json`.
    pub kernel: PathBuf,
    /// How long a cell may take.
    pub limit: Duration,
    /// Whether to tell the progress on stderr.
    pub progress: bool,
}

impl Setup {
    /// The project's own kernel, and a minute for each cell.
    pub fn project() -> Setup {
        Setup {
            kernel: crate::root().join("target/jupyter/kernels/rust/kernel.json"),
            limit: Duration::from_secs(60),
            progress: true,
        }
    }

    /// The launcher as the kernel's `kernel.json` calls it, but for the command and what follows.
    ///
    /// # Errors
    /// If there is no such file, or it runs no kernel of this project.
    pub fn launcher(&self) -> anyhow::Result<Command> {
        let text = std::fs::read_to_string(&self.kernel)
            .with_context(|| format!("no kernel at {}: run `just kernel`", self.kernel.display()))?;
        let spec: serde_json::Value = serde_json::from_str(&text)?;
        let argv: Vec<&str> = spec["argv"].as_array().into_iter().flatten().filter_map(|word| word.as_str()).collect();
        let [launcher, options @ .., "run", _] = &argv[..] else { bail!("{argv:?} runs no kernel of ours") };
        let mut command = Command::new(launcher);
        command.args(options);
        Ok(command)
    }
}

/// Checks that the committed page is canonical and shows what a fresh run produces, which it returns; or says, one
/// problem after the other, what is wrong and in which cell.
pub fn verify(path: &Path, setup: &Setup) -> Result<Page, String> {
    let (text, committed) = page::read(path).map_err(|error| format!("{error:#}"))?;
    let canonical = committed.canonical().map_err(|error| format!("{error:#}"))?;
    let mut problems = committed.mends.clone();
    if canonical != text && problems.is_empty() {
        let difference = layout(&text, &canonical);
        problems.push(format!("not canonical (`just render` mends it):\n{difference}"));
    }
    match run(path, &committed, setup) {
        Ok(fresh) => {
            problems.extend(compare(&committed, &fresh));
            if problems.is_empty() {
                return Ok(fresh);
            }
        }
        Err(problem) => problems.push(problem),
    }
    Err(problems.join("\n"))
}

/// How a file's text differs from its canonical form.
fn layout(text: &str, canonical: &str) -> String {
    match text {
        _ if text.contains('\r') => "its lines end with CR and LF, not LF alone".into(),
        _ if text.starts_with('\u{feff}') => "it begins with a byte order mark".into(),
        _ => difference(text, canonical),
    }
}

/// The tests of pages, the longest first: else the last one runs on alone. Each is canonical, runs, and it and its
/// snapshot show what a fresh run produces.
pub fn trials(mut pages: Vec<PathBuf>) -> impl Iterator<Item = Trial> {
    pages.sort_by_cached_key(|path| Reverse(page::read(path).map_or(0, |(_, page)| page.code().len())));
    let test = |path: &Path| {
        let fresh = verify(path, &Setup::project())?;
        Ok(snapshot::compare(&snapshot::file(path), &fresh)?)
    };
    pages.into_iter().map(move |path| Trial::test(crate::name(&path), move || test(&path)))
}

/// How many kernels run at once: half as many again as cores, because one in three waits for a thread of its own.
pub fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).div_ceil(2) * 3
}

/// Runs all cells of a page in a fresh kernel, up to the first fault; returns the page with what they show.
pub fn run(path: &Path, page: &Page, setup: &Setup) -> Result<Page, String> {
    let name = crate::name(path);
    let say = |text: String| {
        if setup.progress {
            eprintln!("{name}: {text}");
        }
    };
    let folder = path.parent().expect("a notebook lies in a folder");
    let began = Instant::now();
    let mut kernel = Kernel::start(&setup.kernel, folder).map_err(|error| format!("no kernel: {error:#}"))?;
    say(format!("kernel ready after {:.1} s", began.elapsed().as_secs_f64()));

    let (mut ran, code): (Vec<Executed>, _) = (Vec::new(), page.code());
    for (i, cell) in code.iter().enumerate() {
        let gone = |error| format!("{}: {error:#}", cell.place);
        let executed = match ran.last_mut() {
            Some(before) => execute_after(&mut kernel, before, &cell.source, setup.limit),
            None => kernel.execute(&cell.source, setup.limit),
        };
        // What the cell before has still said comes first.
        ran.last().map_or(Ok(()), |before| sound(&code[i - 1], before))?;
        ran.push(executed.map_err(gone)?);
        sound(cell, &ran[i])?;
    }
    if let (Some(cell), Some(last)) = (code.last(), ran.last_mut()) {
        drain(&mut kernel, last, setup.limit).map_err(|error| format!("{}: {error:#}", cell.place))?;
        sound(cell, last)?;
    }
    let seconds = ran.iter().map(|ran| ran.time).sum::<Duration>().as_secs_f64();
    let last = code.last().map_or("", |cell| &cell.place);
    say(format!("{} cells in {seconds:.1} s, up to {last}", ran.len()));
    Ok(page.with_outputs(ran.iter().map(Executed::outputs).collect()))
}

/// Whether a cell did nothing but show something that is the same everywhere.
fn sound(Code { place, .. }: &Code, executed: &Executed) -> Result<(), String> {
    let Executed { stdout, stderr, error, .. } = executed;
    if let Some(error) = error {
        return Err(format!("{place}: the kernel reports an error:\n{}", plain(&format!("{error}{stderr}"))));
    }
    if !stderr.trim().is_empty() {
        // A failed snapshot prints its difference on stdout.
        return Err(format!("{place}: text on stderr:\n{}", plain(&format!("{stdout}{stderr}"))));
    }
    let root = crate::root().display().to_string();
    if contents(&executed.outputs()).iter().any(|(_, text)| text.contains(&root)) {
        return Err(format!("{place}: its output names a path of this machine ({root})"));
    }
    Ok(())
}

/// Where the fresh outputs differ from the committed ones, cell by cell.
fn compare(committed: &Page, fresh: &Page) -> Vec<String> {
    let mut problems = Vec::new();
    for (cell, fresh) in committed.code().into_iter().zip(fresh.code()) {
        let kinds = |code: &Code| code.outputs.iter().map(|(kind, _)| &kind[..]).collect::<Vec<_>>().join(", ");
        let (place, old, new) = (&cell.place, kinds(&cell), kinds(&fresh));
        if old != new {
            problems.push(format!(
                "{place}: the committed page shows [{old}], a fresh run gives [{new}] (`just render` mends it)"
            ));
            continue;
        }
        for ((kind, old), (_, new)) in cell.outputs.iter().zip(&fresh.outputs).filter(|(old, new)| old != new) {
            let difference = difference(old, new);
            problems.push(format!("{place}: its {kind} is not what the committed page shows:\n{difference}"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_in_a_difference_is_named() {
        assert!(layout("{\r\n}\r\n", "{\n}\n").contains("CR and LF"));
        assert!(layout("\u{feff}{\n}\n", "{\n}\n").contains("byte order mark"));
        assert!(layout("{\n }\n", "{\n}\n").contains("- }\n+}"));
    }
}

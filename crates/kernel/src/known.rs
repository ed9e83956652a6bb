//! Answers for `:dep` lines that cargo has found good: a page says again what the kernel has loaded with its start.
//!
//! evcxr checks such a line by asking cargo for the metadata of a crate that holds it alone, and reads no more of the
//! answer than whether it is one.

use crate::guard::exit_code;
use crate::project::hash;
use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Answers for `cargo` where it would check a line that it has found good; else runs it.
pub fn metadata(folder: &Path, cargo: &mut Command) -> Result<ExitCode> {
    let (list, line) = (folder.join("known"), line(folder));
    if let Some(line) = &line
        && fs::read_to_string(&list).is_ok_and(|list| list.lines().any(|known| known == line))
    {
        return Ok(ExitCode::SUCCESS);
    }
    let output = cargo.output().context("cannot run cargo")?;
    std::io::stdout().write_all(&output.stdout)?;
    std::io::stderr().write_all(&output.stderr)?;
    // A crate without a library is only warned of.
    if let Some(line) = line
        && output.status.success()
        && !String::from_utf8_lossy(&output.stderr).contains("ignoring invalid dependency")
    {
        writeln!(fs::File::options().append(true).create(true).open(list)?, "{line}")?;
    }
    Ok(exit_code(&output.status))
}

/// What stands for a line: that it is the same, and means the same crate, of the same versions.
fn line(folder: &Path) -> Option<String> {
    let manifest = fs::read_to_string(folder.join("ctx/Cargo.toml")).ok()?;
    let checked = manifest.contains("name = \"evcxr_dummy_validate_dep\"");
    // The first path is that of the crate which evcxr has made.
    let path = manifest.split("path = \"").nth(2).and_then(|rest| rest.split('"').next()).map(Path::new);
    let above = path.into_iter().flat_map(Path::ancestors).map(|folder| fs::read(folder.join("Cargo.toml")).ok());
    // What comes from elsewhere: cargo writes the crates of the folder itself in and out.
    let lock = fs::read_to_string(folder.join("Cargo.lock")).ok()?;
    let versions: Vec<&str> = lock.trim_end().split("\n\n").filter(|package| package.contains("\nsource = ")).collect();
    checked.then(|| format!("{:016x}", hash(&(&manifest, above.collect::<Vec<_>>(), versions))))
}

//! What evcxr takes for cargo: a short cut past it, for cargo needs 0.05 s to find out that nothing but the cell has changed.
//!
//! This launcher stands in cargo's place in the kernel's `PATH`, under three names:
//!
//! | Name | Called by | Does |
//! |---|---|---|
//! | `rustup` | evcxr, at its start | says where evcxr's cargo is: here |
//! | `cargo` | evcxr, in every cell | compiles it as the last one was, if it may: [`replay`] |
//! | `cargo` | evcxr, for a `:dep` line | nothing, if cargo has found the same line good: [`known`] |
//! | `recorder` | cargo, to compile a cell | writes down how rustc is called, and calls it |
//!
//! Everything else that these names are asked for is left to the real ones.

use crate::environment::{NO_WRAPPER, RECORDER};
use crate::{known, replay};
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const NAMES: [&str; 3] = ["rustup", "cargo", RECORDER];

/// Makes the names in `folder` mean this launcher.
pub fn install(folder: &Path) -> Result<()> {
    let launcher = std::env::current_exe()?;
    let file = |path: &Path| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
    for name in NAMES.map(|name| folder.join(name)) {
        if file(&name) == file(&launcher) {
            continue;
        }
        fs::create_dir_all(folder)?;
        let new = name.with_extension("new");
        let _ = fs::remove_file(&new);
        // A running kernel keeps its names if this launcher goes.
        fs::hard_link(&launcher, &new).or_else(|_| symlink(&launcher, &new))?;
        fs::rename(&new, &name)?;
    }
    Ok(())
}

/// The name by which this launcher was called, if it is one of the three.
pub fn name() -> Option<&'static str> {
    let called = PathBuf::from(std::env::args_os().next()?);
    NAMES.into_iter().find(|name| called.file_name().is_some_and(|called| called == *name))
}

/// Does what is asked of a name.
pub fn run(name: &str, arguments: &[OsString]) -> Result<ExitCode> {
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
    let words: Vec<&str> = words.iter().map(|word| &**word).collect();
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
    // As cargo writes it, without links.
    let folder = variable("EVCXR_TMPDIR").and_then(|build| build.parent()?.canonicalize().ok());
    match (name, &words[..], folder) {
        ("rustup", ["which", "cargo"], _)
            if let Some(recorder) = variable("RUSTC_WORKSPACE_WRAPPER")
                && recorder.ends_with(RECORDER) =>
        {
            println!("{}", recorder.with_file_name("cargo").display());
            Ok(ExitCode::SUCCESS)
        }
        // With `:cache` or `:sccache` evcxr has a wrapper of its own.
        ("cargo", ["build", "--target", _, "--message-format=json"], Some(folder))
            if variable("RUSTC_WRAPPER").is_some_and(|wrapper| wrapper == Path::new(NO_WRAPPER))
                && let Some(product) = variable("EVCXR_EXECUTION_SO_PATH") =>
        {
            replay::build(&folder, &product, real(name)?.args(arguments))
        }
        ("cargo", ["metadata", "--format-version=1"], Some(folder)) => {
            known::metadata(&folder, real(name)?.args(arguments))
        }
        (RECORDER, [rustc, ..], folder) => {
            if let (Some(folder), true) = (folder, words.windows(2).any(|pair| pair == ["--crate-name", "ctx"])) {
                // Without it the next cell asks cargo.
                let _ = replay::write_call(&folder, &words);
            }
            Err(Command::new(rustc).args(&arguments[1..]).exec()).with_context(|| format!("cannot run {rustc}"))
        }
        _ => Err(real(name)?.args(arguments).exec()).with_context(|| format!("cannot run {name}")),
    }
}

/// The program of this name that comes after all launchers in `PATH`.
fn real(name: &str) -> Result<Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let others = std::env::split_paths(&path).filter(|folder| !folder.join(RECORDER).exists());
    let mut programs = others.map(|folder| folder.join(name)).filter(|file| file.is_file());
    programs.next().map(Command::new).with_context(|| format!("no {name} in PATH"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_under_a_name_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("cargo"), "of the launcher before").unwrap();
        install(folder.path()).unwrap();
        let launcher = fs::read(std::env::current_exe().unwrap()).unwrap();
        for name in NAMES {
            assert!(fs::read(folder.path().join(name)).unwrap() == launcher, "{name}");
        }
    }
}

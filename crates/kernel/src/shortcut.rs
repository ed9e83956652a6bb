//! A short cut past cargo: where nothing but the cell is new, its crate is compiled as cargo had it compiled last time.
//!
//! cargo needs 0.05 s in every cell to find out that only the cell has changed. This launcher stands in its place in the
//! kernel's `PATH`, under three names:
//!
//! | Name | Called by | Does |
//! |---|---|---|
//! | `rustup` | evcxr, at its start | says where evcxr's cargo is: here |
//! | `cargo` | evcxr, in every cell | replays rustc, if the record still holds; else runs cargo |
//! | `recorder` | cargo, to compile a cell | writes down how rustc is called, and calls it |
//!
//! Everything else that these names are asked for is left to the real ones. A record holds as long as manifests, lock
//! file, configuration and flags are what they were, and no source of a crate that is named by its path is newer.
//! evcxr reads rustc's errors as well as cargo's.

use crate::environment::{self, NO_WRAPPER};
use crate::project::hash;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::SystemTime;

const NAMES: [&str; 3] = ["rustup", "cargo", "recorder"];

/// How rustc was called to compile a cell: the hash of what led to it, the working folder, the words, and the variables.
type Record = (u64, PathBuf, Vec<String>, BTreeMap<String, String>);

/// Makes the names in `folder` mean this launcher.
pub fn install(folder: &Path) -> Result<()> {
    let launcher = std::env::current_exe()?;
    for name in NAMES.map(|name| folder.join(name)) {
        if fs::read_link(&name).is_ok_and(|target| target == launcher) {
            continue;
        }
        fs::create_dir_all(folder)?;
        let _ = fs::remove_file(&name);
        symlink(&launcher, &name).with_context(|| format!("cannot make {}", name.display()))?;
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
    let folder = std::env::var_os("EVCXR_TMPDIR").and_then(|build| Some(PathBuf::from(build).parent()?.to_owned()));
    match (name, &words[..], folder) {
        ("rustup", ["which", "cargo"], _) if let Some(recorder) = std::env::var_os("RUSTC_WORKSPACE_WRAPPER") => {
            println!("{}", Path::new(&recorder).with_file_name("cargo").display());
            Ok(ExitCode::SUCCESS)
        }
        ("cargo", ["build", "--target", _, "--message-format=json"], Some(folder))
            // With `:cache` or `:sccache` evcxr has a wrapper of its own.
            if std::env::var_os("RUSTC_WRAPPER").is_some_and(|wrapper| wrapper == NO_WRAPPER)
                && let Some(product) = std::env::var_os("EVCXR_EXECUTION_SO_PATH") =>
        {
            build(&folder, Path::new(&product), arguments)
        }
        ("recorder", [rustc, ..], folder) => {
            if let (Some(folder), true) = (folder, words.windows(2).any(|pair| pair == ["--crate-name", "ctx"])) {
                record(&folder, &words)?;
            }
            Err(Command::new(rustc).args(&arguments[1..]).exec()).with_context(|| format!("cannot run {rustc}"))
        }
        _ => Err(real(name)?.args(arguments).exec()).with_context(|| format!("cannot run {name}")),
    }
}

/// Compiles a cell; where rustc has put it is written into the file `product`.
fn build(folder: &Path, product: &Path, arguments: &[OsString]) -> Result<ExitCode> {
    let (kept, new) = (folder.join("record"), folder.join("record.new"));
    if let Some((mut rustc, library)) = replay(folder, &kept) {
        fs::write(product, library.as_os_str().as_encoded_bytes())?;
        return Err(rustc.exec()).context("cannot run rustc");
    }
    let _ = fs::remove_file(&kept);
    let status = real("cargo")?.args(arguments).status().context("cannot run cargo")?;
    // Only now cargo has written down which sources it has seen.
    if status.success() {
        let _ = fs::rename(new, kept);
    }
    Ok(crate::evcxr::exit_code(&status))
}

/// The call of rustc in a record, if that holds, and the library that it makes.
fn replay(folder: &Path, record: &Path) -> Option<(Command, PathBuf)> {
    let since = fs::metadata(record).ok()?.modified().ok()?;
    let (inputs, at, words, variables): Record = serde_json::from_slice(&fs::read(record).ok()?).ok()?;
    let out = PathBuf::from(words.iter().skip_while(|word| *word != "--out-dir").nth(1)?);
    let unchanged =
        inputs == self::inputs(folder) && are_older(&sources(&out.parent()?.join("libctx.d"))?, folder, since);
    let mut rustc = Command::new(&words[0]);
    rustc.args(&words[1..]).envs(variables).current_dir(at);
    let library = format!("{}ctx{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    unchanged.then(|| (rustc, out.join(library)))
}

/// Writes down how rustc is called, for the next cell.
fn record(folder: &Path, words: &[&str]) -> Result<()> {
    let cargos = |name: &str| name.starts_with("CARGO_") && name != "CARGO_MAKEFLAGS" || name == environment::LIBRARIES;
    let variables = std::env::vars().filter(|(name, _)| cargos(name)).collect();
    let words = words.iter().map(|word| word.to_string()).collect();
    let record: Record = (inputs(folder), std::env::current_dir()?, words, variables);
    Ok(fs::write(folder.join("record.new"), serde_json::to_vec(&record)?)?)
}

/// What tells cargo how to call rustc.
fn inputs(folder: &Path) -> u64 {
    let files = ["Cargo.toml", "Cargo.lock", "ctx/Cargo.toml", "ctx/.cargo/config.toml"];
    let variables = ["RUSTC", "RUSTFLAGS"].map(std::env::var_os);
    hash(&(folder, files.map(|file| fs::read(folder.join(file)).ok()), variables))
}

/// The sources of all crates that are named by their paths, in cargo's list of what a product was made of.
fn sources(list: &Path) -> Option<Vec<PathBuf>> {
    let text = fs::read_to_string(list).ok()?.replace("\\ ", "\0");
    Some(text.lines().next()?.split(' ').skip(1).map(|file| file.replace('\0', " ").into()).collect())
}

/// Whether no source, and no manifest above one, has changed since then; the cell itself has.
fn are_older(sources: &[PathBuf], folder: &Path, since: SystemTime) -> bool {
    let sources = sources.iter().filter(|file| !file.starts_with(folder));
    let folders: BTreeSet<&Path> = sources.clone().flat_map(|file| file.ancestors().skip(1)).collect();
    let manifests = folders.iter().map(|folder| folder.join("Cargo.toml")).filter(|file| file.exists());
    let changed = |file: PathBuf| fs::metadata(file).and_then(|file| file.modified()).ok();
    sources.cloned().chain(manifests).all(|file| changed(file).is_some_and(|changed| changed < since))
}

/// The program of this name that this launcher stands before in `PATH`.
fn real(name: &str) -> Result<Command> {
    let own = std::env::current_exe()?.canonicalize()?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::env::split_paths(&path).map(|folder| folder.join(name)).filter(|file| file.is_file());
    let mut others = all.filter(|file| file.canonicalize().is_ok_and(|file| file != own));
    others.next().map(Command::new).with_context(|| format!("no {name} in PATH"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_list_of_sources_may_have_spaces_in_it() {
        let list = tempfile::NamedTempFile::new().unwrap();
        fs::write(list.path(), "/a/libctx.so: /a/my\\ crate/lib.rs /a/b.rs\n\n/a/b.rs:\n").unwrap();
        assert_eq!(sources(list.path()).unwrap(), [Path::new("/a/my crate/lib.rs"), Path::new("/a/b.rs")]);
    }

    #[test]
    fn a_record_holds_until_a_source_or_a_manifest_above_one_changes() {
        let folder = tempfile::tempdir().unwrap();
        let [manifest, source, cell] =
            ["Cargo.toml", "mine/src/lib.rs", "kernel/lib.rs"].map(|name| folder.path().join(name));
        for file in [&manifest, &source, &cell] {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let since = SystemTime::now();
        let set = |file: &Path, time| fs::File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
        let (before, after) = (since - Duration::from_secs(1), since + Duration::from_secs(1));
        let holds = || are_older(&[source.clone(), cell.clone()], &folder.path().join("kernel"), since);
        for (file, time, wanted) in [
            (&manifest, before, None),
            (&source, before, None),
            (&cell, after, Some(true)),
            (&manifest, after, Some(false)),
            (&manifest, before, Some(true)),
            (&source, after, Some(false)),
        ] {
            set(file, time);
            assert!(wanted.is_none_or(|wanted| wanted == holds()), "{}", file.display());
        }
        set(&source, before);
        fs::remove_file(&source).unwrap();
        assert!(!holds());
    }
}

//! Compiles a cell as cargo had the last one compiled: rustc is called in the same way, without cargo.
//!
//! The record of that call holds as long as all that cargo goes by is what it was: variables, manifests, lock file,
//! configuration, and the sources of crates that are named by their path. Where one of these has a build script, cargo is
//! always asked. evcxr reads rustc's errors as well as cargo's.

use crate::guard::exit_code;
use crate::project::hash;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::SystemTime;

/// How rustc was called to compile a cell: the working folder, the words, and the variables.
type Call = (PathBuf, Vec<String>, BTreeMap<String, String>);

/// Compiles a cell, with `cargo` where it is needed; where rustc has put it is written into the file `product`.
pub fn build(folder: &Path, product: &Path, cargo: &mut Command) -> Result<ExitCode> {
    let [record, call] = ["record", "call"].map(|name| folder.join(name));
    let replayed = replay(folder, &record);
    let _ = fs::remove_file(&call);
    let status = if let Some((mut rustc, library)) = replayed {
        fs::write(product, library.as_os_str().as_encoded_bytes())?;
        // The one before may be loaded, and linked to from here.
        let _ = fs::remove_file(&library);
        rustc.status().context("cannot run rustc")?
    } else {
        let began = SystemTime::now();
        let status = cargo.status().context("cannot run cargo")?;
        // Only now cargo has written down which sources it has seen.
        if let Ok(text) = fs::read(&call)
            && let Ok(call) = serde_json::from_slice::<Call>(&text)
            && let Some((state, newest)) = state(folder, &call)
            && newest < began
        {
            fs::write(&record, serde_json::to_vec(&(state, call))?)?;
        }
        status
    };
    if !status.success() {
        // It may be that the record is wrong.
        let _ = fs::remove_file(record);
    }
    Ok(exit_code(&status))
}

/// The call of rustc in a record, if that holds, and the library that it makes.
fn replay(folder: &Path, record: &Path) -> Option<(Command, PathBuf)> {
    let (then, call): (u64, Call) = serde_json::from_slice(&fs::read(record).ok()?).ok()?;
    let (now, _) = state(folder, &call)?;
    let (at, words, variables) = &call;
    let mut rustc = Command::new(&words[0]);
    rustc.args(&words[1..]).envs(variables).current_dir(at);
    let library = format!("{}ctx{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    (now == then).then_some((rustc, out(&call)?.join(library)))
}

/// Writes down how rustc is called.
pub fn write_call(folder: &Path, words: &[&str]) -> Result<()> {
    // cargo's job server is gone with cargo.
    let kept = |name: &String| name != "CARGO_MAKEFLAGS";
    let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
    let variables = std::env::vars_os().filter_map(text).filter(|(name, _)| kept(name)).collect();
    let call: Call = (std::env::current_dir()?, words.iter().map(|word| word.to_string()).collect(), variables);
    Ok(fs::write(folder.join("call"), serde_json::to_vec(&call)?)?)
}

/// The folder into which a call of rustc puts the library.
fn out((_, words, _): &Call) -> Option<PathBuf> {
    words.iter().skip_while(|word| *word != "--out-dir").nth(1).map(PathBuf::from)
}

/// All that cargo goes by, as one number, and the time of the newest source; nothing where only cargo can tell.
fn state(folder: &Path, call: &Call) -> Option<(u64, SystemTime)> {
    let sources = sources(&out(call)?.parent()?.join("libctx.d"))?;
    let sources: Vec<&PathBuf> = sources.iter().filter(|file| !file.starts_with(folder)).collect();
    let about = |file: &Path| fs::metadata(file).and_then(|about| Ok((about.modified()?, about.len()))).ok();
    let seen: Vec<_> = sources.iter().map(|file| about(file)).collect::<Option<_>>()?;
    let newest = seen.iter().map(|(modified, _)| *modified).max().unwrap_or(SystemTime::UNIX_EPOCH);

    let cell = folder.join("ctx/src/lib.rs");
    let folders: BTreeSet<&Path> =
        sources.iter().copied().chain([&cell]).flat_map(|file| file.ancestors().skip(1)).collect();
    let read = |name: &str| folders.iter().map(|folder| fs::read_to_string(folder.join(name)).ok()).collect::<Vec<_>>();
    let manifests = read("Cargo.toml");
    let scripted = |(folder, manifest): (&&Path, &Option<String>)| {
        manifest.as_ref().is_some_and(|text| text.contains("\nbuild") || folder.join("build.rs").exists())
    };
    if folders.iter().zip(&manifests).any(scripted) {
        return None;
    }
    let home = std::env::var_os("CARGO_HOME").and_then(|home| fs::read(PathBuf::from(home).join("config.toml")).ok());
    let configuration = (home, read("Cargo.lock"), read(".cargo/config.toml"), read(".cargo/config"));
    let variables: BTreeMap<OsString, OsString> = std::env::vars_os().collect();
    let rustc = about(Path::new(&call.1[0]));
    Some((hash(&(folder, sources, seen, manifests, configuration, variables, rustc)), newest))
}

/// The sources of all crates that are named by their paths, in cargo's list of what a product was made of.
fn sources(list: &Path) -> Option<Vec<PathBuf>> {
    let text = fs::read_to_string(list).ok()?.replace("\\ ", "\0");
    Some(text.lines().next()?.split(' ').skip(1).map(|file| file.replace('\0', " ").into()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_sources_may_have_spaces_in_it() {
        let list = tempfile::NamedTempFile::new().unwrap();
        fs::write(list.path(), "/a/libctx.so: /a/my\\ crate/lib.rs /a/b.rs\n\n/a/b.rs:\n").unwrap();
        assert_eq!(sources(list.path()).unwrap(), [Path::new("/a/my crate/lib.rs"), Path::new("/a/b.rs")]);
    }

    /// A session and a crate of a student's, and the call of rustc that compiled a cell with it.
    fn scene() -> (tempfile::TempDir, PathBuf, Call) {
        let folder = tempfile::tempdir().unwrap();
        let session = folder.path().join("session");
        let (out, mine) = (session.join("debug/deps"), folder.path().join("mine"));
        for path in [&out, &session.join("ctx/src"), &mine.join("src")] {
            fs::create_dir_all(path).unwrap();
        }
        fs::write(mine.join("Cargo.toml"), "[package]\nname = \"mine\"\n").unwrap();
        fs::write(mine.join("src/lib.rs"), "").unwrap();
        let cell = session.join("ctx/src/lib.rs");
        let list = format!("libctx.so: {} {}\n", mine.join("src/lib.rs").display(), cell.display());
        fs::write(session.join("debug/libctx.d"), list).unwrap();
        let words = ["rustc", "--out-dir"].map(Into::into).into_iter().chain([out.display().to_string()]).collect();
        let call = (session.clone(), words, BTreeMap::new());
        (folder, session, call)
    }

    #[test]
    fn a_record_holds_until_something_that_cargo_goes_by_changes() {
        let (folder, session, call) = scene();
        let now = || state(&session, &call);
        let then = now();
        fs::write(session.join("ctx/src/lib.rs"), "another cell").unwrap();
        assert!(then.is_some() && now() == then);
        let file = |name: &str| folder.path().join(name);
        for (name, text) in [
            ("mine/Cargo.toml", "[package]\nname = \"mine\"\n[features]\nx = []\n"),
            ("Cargo.toml", "[workspace]\n"),
            (".cargo/config.toml", "[env]\nMINE = \"1\"\n"),
            ("session/Cargo.lock", "version = 4\n"),
        ] {
            let before = fs::read(file(name)).ok();
            fs::create_dir_all(file(name).parent().unwrap()).unwrap();
            fs::write(file(name), text).unwrap();
            assert_ne!(now(), then, "{name}");
            match before {
                Some(text) => fs::write(file(name), text).unwrap(),
                None => fs::remove_file(file(name)).unwrap(),
            }
            assert_eq!(now(), then, "{name}");
        }
        let source = fs::File::options().write(true).open(file("mine/src/lib.rs")).unwrap();
        // An older one, put back, is another one too.
        source.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_ne!(now(), then);
        fs::write(file("mine/build.rs"), "fn main() {}").unwrap();
        assert_eq!(now(), None);
        fs::remove_file(file("mine/build.rs")).unwrap();
        fs::remove_file(file("mine/src/lib.rs")).unwrap();
        assert_eq!(now(), None);
    }
}

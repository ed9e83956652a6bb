//! evcxr_jupyter, the notebook kernel's engine: one copy per user and version, taken from where it is quickest to have.

use crate::environment;
use crate::evcxr::Evcxr;
use crate::project::{Project, user_cache};
use anyhow::{Context, Result, bail};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

const VERSION: &str = "0.22.0";

/// The engine's file in the user's cache folder, put there first if it is missing: a copy of the user's own evcxr if
/// that has the version, else a prebuilt one if `cargo binstall` is there and what it brings runs, else built.
pub fn ready() -> Result<PathBuf> {
    let store = user_cache()?.join("adagrad-slides").join(format!("evcxr_jupyter-{VERSION}"));
    let engine = store.join("bin/evcxr_jupyter");
    if engine.is_file() {
        return Ok(engine);
    }
    fs::create_dir_all(store.join("bin")).with_context(|| format!("cannot create {}", store.display()))?;
    // Of two clones on a fresh machine one makes it, and the other waits, if the file system knows locks.
    let lock = File::create(store.join("lock"))?;
    if let Err(TryLockError::WouldBlock) = lock.try_lock() {
        eprintln!("kernel: waiting for evcxr_jupyter {VERSION}, which another process of yours is preparing …");
        lock.lock()?;
    }
    if engine.is_file() {
        return Ok(engine);
    }
    let take = |program: &Path| -> Result<bool> {
        if !answers(program) {
            return Ok(false);
        }
        eprintln!("kernel: taking a copy of {}", program.display());
        let copy = engine.with_extension("new");
        fs::copy(program, &copy).with_context(|| format!("cannot copy {}", program.display()))?;
        fs::rename(copy, &engine)?;
        Ok(true)
    };
    for own in environment::find("evcxr_jupyter") {
        if take(&own)? {
            return Ok(engine);
        }
    }
    let cargo = |arguments: &[&str], into: &Path| {
        let mut cargo = environment::command("cargo");
        cargo.args(arguments).arg("--root").arg(into).arg(format!("evcxr_jupyter@{VERSION}")).stdin(Stdio::null());
        cargo.status().is_ok_and(|status| status.success())
    };
    if environment::find("cargo-binstall").next().is_some() {
        // What was built elsewhere may want another system than this.
        let tried = tempfile::tempdir_in(&store)?;
        if cargo(&["binstall", "--no-confirm", "--disable-strategies", "compile"], tried.path())
            && take(&tried.path().join("bin/evcxr_jupyter"))?
        {
            return Ok(engine);
        }
        eprintln!("kernel: `cargo binstall` brought nothing that runs here");
    }
    eprintln!("kernel: building evcxr_jupyter {VERSION}, once for this user (about 7 minutes on 2 cores) …");
    if !cargo(&["install", "--locked", "--force"], &store) {
        bail!("evcxr_jupyter {VERSION} could not be built: the reason stands above");
    }
    Ok(engine)
}

/// Whether a program is an evcxr of the version: it runs here, and says so to whoever connects.
fn answers(program: &Path) -> bool {
    let version = || -> Result<String> {
        let folder = tempfile::tempdir()?;
        let project = Project { root: folder.path().to_owned(), evcxr: program.to_owned() };
        let started = async {
            let start = Evcxr::start(&project, folder.path(), folder.path());
            tokio::time::timeout(Duration::from_secs(60), start).await
        };
        Ok(tokio::runtime::Handle::current().block_on(started)??.version.clone())
    };
    version().is_ok_and(|version| version == VERSION)
}

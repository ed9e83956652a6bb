//! The kernel for everybody on a machine: installed once below a prefix, read by all, written by nobody.
//!
//! ```text
//! PREFIX/share/jupyter/kernels/rust/kernel.json   calls current/bin/kernel
//! PREFIX/lib/adagrad-slides/
//!   current -> 2
//!   1/              the version before: kernels may still run from it
//!   2/
//!     bin/          the launcher and evcxr
//!     toolchain/    what a kernel needs of Rust; `cc` is the system's
//!     cargo/        CARGO_HOME: the sources of the crates, and a line that says so
//!     Cargo.toml, Cargo.lock, crates/, tests/, notebooks/, target/kernel/template/
//!     installed     what this version is made of, written last: `Project::installed`
//! ```

use crate::project::Project;
use crate::version::{contents, fill, open_to_all, readable};
use crate::{jupyter, stamp};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Installs the kernel below `prefix` for all users, beside the version that is there; new kernels are of the new one.
pub fn install(project: &Project, prefix: &Path) -> Result<PathBuf> {
    fs::create_dir_all(prefix).with_context(|| format!("cannot create {}", prefix.display()))?;
    let prefix = fs::canonicalize(prefix)?;
    let store = store(&prefix);
    refuse_a_foreign_kernel(&prefix)?;
    fs::create_dir_all(&store).with_context(|| format!("cannot create {}", store.display()))?;
    let lock = File::create(store.join("lock"))?;
    lock.lock()?;

    let current = store.join("current");
    let contents = stamp::inputs(project, contents(project)?)?;
    if fs::read_to_string(current.join("installed")).is_ok_and(|text| text == contents) {
        return Ok(fs::canonicalize(current)?);
    }
    let versions = versions(&store);
    for unfinished in versions.iter().filter(|version| !version.join("installed").is_file()) {
        fs::remove_dir_all(unfinished)?;
    }
    let last = versions.iter().filter_map(|version| number(version)).max().unwrap_or(0);
    let new = store.join((last + 1).to_string());
    fill(project, &new, &current)?;
    fs::write(new.join("installed"), contents)?;
    open_to_all(&new)?;

    let link = store.join("new");
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(new.file_name().context("it has a name")?, &link)?;
    fs::rename(link, &current)?;
    let installed = Project { root: current.clone(), evcxr: current.join("bin/evcxr_jupyter") };
    let launcher = current.join("bin/kernel");
    let spec = jupyter::write_kernelspec(&launcher, &installed, &prefix.join("share/jupyter"), jupyter::STOCK)?;
    for folder in spec.ancestors().take(4) {
        fs::set_permissions(folder, readable(&folder.metadata()?))?;
    }
    open_to_all(&spec)?;

    // The version before stays: a kernel may be about to start from it.
    for old in versions.iter().filter(|version| number(version) < Some(last)) {
        if File::open(old.join("installed")).is_ok_and(|mark| mark.try_lock().is_ok()) {
            fs::remove_dir_all(old)?;
        }
    }
    Ok(new)
}

/// Undoes [`install`]; false when there was nothing to undo.
pub fn uninstall(prefix: &Path) -> Result<bool> {
    let store = store(prefix);
    if !store.is_dir() {
        return Ok(false);
    }
    let prefix = fs::canonicalize(prefix)?;
    for version in versions(&store) {
        if File::open(version.join("installed")).is_ok_and(|mark| mark.try_lock().is_err()) {
            bail!("a kernel runs from {}: end it first", version.display());
        }
    }
    if refuse_a_foreign_kernel(&prefix).is_ok() {
        let _ = fs::remove_dir_all(kernelspec(&prefix));
    }
    fs::remove_dir_all(&store).with_context(|| format!("cannot remove {}", store.display()))?;
    // Folders that hold nothing else go too; the prefix itself stays.
    for folder in ["share/jupyter/kernels", "share/jupyter", "share", "lib"] {
        let _ = fs::remove_dir(prefix.join(folder));
    }
    Ok(true)
}

fn store(prefix: &Path) -> PathBuf {
    prefix.join("lib/adagrad-slides")
}

fn kernelspec(prefix: &Path) -> PathBuf {
    prefix.join("share/jupyter/kernels/rust")
}

fn refuse_a_foreign_kernel(prefix: &Path) -> Result<()> {
    let file = kernelspec(prefix).join("kernel.json");
    let ours = store(prefix).join("current/bin/kernel");
    match fs::read_to_string(&file) {
        Ok(text) if !text.contains(&*ours.to_string_lossy()) => {
            bail!("{} is another Rust kernel's: remove it, or name another prefix", file.display())
        }
        _ => Ok(()),
    }
}

fn number(version: &Path) -> Option<u32> {
    version.file_name()?.to_str()?.parse().ok()
}

fn versions(store: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(store).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| number(path).is_some()).collect()
}

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

use crate::project::{Project, hash};
use crate::stamp::{self, below};
use crate::{environment, jupyter, library, template};
use anyhow::{Context, Result, bail};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use walkdir::WalkDir;

/// Of the toolchain; `*` is the machine's target.
const TOOLCHAIN: [&str; 5] = ["bin/cargo", "bin/rustc", "libexec", "lib/rustlib/src", "lib/rustlib/*"];
/// Emptied once all is compiled: most of what rust-analyzer reads of crates, though no value in a cell has a type from
/// there.
const UNREAD: [&str; 4] = ["libc", "linux-raw-sys", "rustix", "syn"];
const COURSE: [&str; 5] = ["Cargo.toml", "Cargo.lock", "crates", "tests", "notebooks"];

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

/// What the template's stamp does not tell: the launcher, and the pages.
fn contents(project: &Project) -> Result<u64> {
    let mut files = vec![std::env::current_exe()?];
    files.extend(fs::read_dir(project.root.join("notebooks"))?.flatten().map(|entry| entry.path()));
    files.sort();
    let texts: Vec<Vec<u8>> = files.iter().filter(|file| file.is_file()).map(fs::read).collect::<Result<_, _>>()?;
    Ok(hash(&texts))
}

/// Everything that a kernel needs, in a folder that is to stay where it is.
fn fill(project: &Project, new: &Path, before: &Path) -> Result<()> {
    let take = |from: &Path, to: &str| copy(from, &new.join(to), &before.join(to));
    for name in COURSE {
        take(&project.root.join(name), name)?;
    }
    take(&std::env::current_exe()?, "bin/kernel")?;
    take(&project.evcxr, "bin/evcxr_jupyter")?;
    let sysroot = PathBuf::from(environment::rustc(&project.root, &["--print", "sysroot"])?);
    let target = environment::rustc(&project.root, &["--print", "host-tuple"])?;
    for name in TOOLCHAIN.map(|name| name.replace('*', &target)) {
        take(&sysroot.join(&name), &format!("toolchain/{name}"))?;
    }
    for file in fs::read_dir(sysroot.join("lib"))? {
        let file = file?;
        if file.file_type()?.is_file() {
            take(&file.path(), &format!("toolchain/lib/{}", file.file_name().display()))?;
        }
    }

    let course = Project { root: new.to_owned(), evcxr: new.join("bin/evcxr_jupyter") };
    let template = course.template()?;
    template::write_workspace(&course, &template)?;
    let library = new.join("toolchain").join(library::SOURCE).join("Cargo.toml");
    let sources = new.join("cargo/vendor");
    let mut cargo = environment::command("cargo");
    cargo.args(["vendor", "--quiet", "--versioned-dirs"]).arg(&sources).current_dir(&template).stdout(Stdio::null());
    run(cargo.arg("--sync").arg(library).envs(library::NIGHTLY))?;
    let config = format!(
        "[source.crates-io]\nreplace-with = \"installed\"\n\n[source.installed]\ndirectory = {:?}\n",
        sources.display().to_string()
    );
    fs::write(new.join("cargo/config.toml"), config)?;

    // By the launcher there: it takes the toolchain beside it.
    let mut build = environment::command(new.join("bin/kernel"));
    run(build.args(course.arguments("build")))?;
    fs::remove_dir_all(new.join("target/jupyter"))?;
    // What rustc keeps for compiling a crate again.
    for folder in below(&template, |entry| entry.file_name() == "incremental")? {
        fs::remove_dir_all(folder)?;
    }
    for entry in fs::read_dir(sources)? {
        let package = entry?.path();
        let name = package.file_name().unwrap_or_default().to_string_lossy();
        if name.rsplit_once('-').is_some_and(|(name, _version)| UNREAD.contains(&name)) {
            // Not the build script: cargo would run it again. Other links to the files keep their text.
            for file in below(&package.join("src"), |file| file.path().extension().is_some_and(|kind| kind == "rs"))? {
                fs::remove_file(&file)?;
                File::create(file)?;
            }
        }
    }
    Ok(())
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().display().to_string();
    let status = command.status().with_context(|| format!("cannot run {program}"))?;
    if !status.success() {
        bail!("{program} failed: the reason stands above");
    }
    Ok(())
}

/// Copies a file or folder, but for what readers leave in it; a file that is the same as `before` is shared with it.
fn copy(from: &Path, to: &Path, before: &Path) -> Result<()> {
    let metadata = fs::metadata(from).with_context(|| format!("cannot read {}", from.display()))?;
    if metadata.is_dir() {
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            if name != "mine" && name != ".ipynb_checkpoints" {
                copy(&from.join(&name), &to.join(&name), &before.join(&name))?;
            }
        }
        return Ok(());
    }
    fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
    let same = fs::metadata(before)
        .is_ok_and(|old| (old.size(), old.modified().ok()) == (metadata.size(), metadata.modified().ok()));
    if same {
        fs::hard_link(before, to)?;
    } else {
        fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
        // Where the user's mask lets nobody write, not even the owner can set a time.
        fs::set_permissions(to, Permissions::from_mode(metadata.mode() | 0o600))?;
        File::options().write(true).open(to)?.set_modified(metadata.modified()?)?;
    }
    Ok(())
}

/// All may read, and none but the owner write, whatever the umask was.
fn open_to_all(path: &Path) -> Result<()> {
    for entry in WalkDir::new(path) {
        let entry = entry?;
        if !entry.path_is_symlink() {
            fs::set_permissions(entry.path(), readable(&entry.metadata()?))?;
        }
    }
    Ok(())
}

fn readable(metadata: &fs::Metadata) -> Permissions {
    let mode = metadata.mode() & 0o755;
    Permissions::from_mode(mode | 0o444 | if metadata.is_dir() || mode & 0o100 != 0 { 0o111 } else { 0 })
}

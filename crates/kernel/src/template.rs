//! The template: a workspace in which evcxr has already compiled what the notebooks use.
//!
//! ```text
//! target/kernel/template/
//!   Cargo.toml      the workspace of `pin` and `ctx`, and the profile of the cells
//!   Cargo.lock      the project's own
//!   pin/            depends on all that notebooks may, and so keeps every entry of the lock alive
//!   ctx/            evcxr's build directory (EVCXR_TMPDIR)
//!   config/         evcxr's configuration (EVCXR_CONFIG_DIR): what to preload
//!   stamp           what all this was made from
//!   known           the `:dep` lines that cargo has found good
//! ```
//!
//! A session is a copy, with more files: `lock`, held while its kernel runs; `ticket`, while a spare waits; `call`, how
//! rustc was called last, and `record`, the call that may be made again, with the state for which it holds.

use crate::evcxr::Evcxr;
use crate::project::{Project, hash};
use crate::{environment, library, shortcut, stamp};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};
use walkdir::{DirEntry, WalkDir};

/// Every cell links to what `precompiled` holds. The first `let` of a session waits for rust-analyzer to read the
/// standard library and the crates, and the first closure once more; this one takes both waits, and `drop` makes evcxr
/// forget the variable again.
const FIRST_LET: &str = "use precompiled as _;
let warm: [ndarray::Array1<f64>; 1] = [1.0].map(|x| ndarray::array![x]); drop(warm);
";

/// evcxr takes mold or lld where `PATH` has them, and a desktop icon has another `PATH` than a terminal.
const LINKER: &str = ":linker system\n";

/// Cells at opt-level 0 compile quickly, in few units: each costs a file and a thread, and what they link to is read in
/// every cell, so it is one unit a crate. What is generic is shared between crates at this level only; the crates where
/// the loops are, and the arrays, are optimised.
const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["pin", "ctx"]

[profile.dev]
opt-level = 0
debug = false
strip = "debuginfo"
incremental = true
codegen-units = 4

[profile.dev.package."*"]
opt-level = 1
codegen-units = 1
debug-assertions = false
overflow-checks = false

[profile.dev.package.precompiled]
opt-level = 0

[profile.dev.package.update-rules]
opt-level = 3

[profile.dev.package.derivation]
opt-level = 3

[profile.dev.package.figures]
opt-level = 3

[profile.dev.package.ndarray]
opt-level = 3
"#;

/// Locks the kernels' folder against every other launcher, until the returned file is dropped; `say` tells who waits.
pub fn lock(project: &Project, say: &dyn Fn(&str)) -> Result<File> {
    let cache = project.cache()?;
    fs::create_dir_all(&cache).with_context(|| format!("cannot create {}", cache.display()))?;
    let lock = File::create(cache.join("lock"))?;
    // To copy the template takes no time; who waits longer is told why.
    for _ in 0..20 {
        if lock.try_lock().is_ok() {
            return Ok(lock);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    say("waiting for another kernel that is preparing the build directory");
    lock.lock()?;
    Ok(lock)
}

/// Returns the template's folder, built first if something that it depends on has changed.
/// The caller holds the [`lock`]; `say` tells who waits.
pub fn up_to_date(project: &Project, say: &dyn Fn(&str)) -> Result<PathBuf> {
    let folder = project.template()?;
    if project.installed().is_some() {
        return Ok(folder);
    }
    // Without it all works, only slower.
    let _ = shortcut::install(&project.shared()?.join("bin"));
    let stamp = folder.join("stamp");
    let wanted = wanted(project)?;
    let found = fs::read_to_string(&stamp).unwrap_or_default();
    if found != wanted {
        // Other versions of compiler or crates: nothing of the old build is of use.
        let versions = |text: &str| text.split("\n\n").next().map(str::to_owned);
        if folder.exists() && versions(&found) != versions(&wanted) {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        // A build that is cut short is not taken for a finished one, and is gone on with.
        fs::write(&stamp, versions(&wanted).unwrap_or_default())?;
        forget(&folder.join("ctx/target"))?;
        build(project, &folder, say)?;
        fs::write(&stamp, wanted)?;
    }
    Ok(folder)
}

/// All that today's template depends on, as text.
pub fn wanted(project: &Project) -> Result<String> {
    stamp::inputs(project, hash(&(project.preload(), FIRST_LET, LINKER, WORKSPACE, library::READ)))
}

/// Has cargo compile the crates of the project anew: it goes by time, and a file may have changed for an older one.
fn forget(target: &Path) -> Result<()> {
    for mark in WalkDir::new(target).into_iter().flatten().filter(is_mark) {
        File::options().write(true).open(mark.path())?.set_modified(SystemTime::UNIX_EPOCH)?;
    }
    Ok(())
}

/// Whether a file is one that tells cargo when it has compiled a crate.
pub fn is_mark(file: &DirEntry) -> bool {
    file.file_type().is_file() && file.file_name().to_string_lossy().starts_with("dep-")
}

/// Lets evcxr itself do in the template what a kernel does at its start.
fn build(project: &Project, folder: &Path, say: &dyn Fn(&str)) -> Result<()> {
    let start = Instant::now();
    say("preparing the build directory (about a minute the first time)");
    write_workspace(project, folder)?;
    // The only step that may need the network.
    let fetched = environment::output(environment::command("cargo").arg("fetch").current_dir(folder))?;
    if !fetched.status.success() {
        bail!("`cargo fetch` failed for the versions in Cargo.lock:\n{}", String::from_utf8_lossy(&fetched.stderr));
    }
    write_config(project, folder, "")?;
    library::copy(&project.root, &project.shared()?.join("library"), say)?;
    // evcxr answers nobody before its configuration has run.
    let here = project.root.join("notebooks");
    let ready = Evcxr::start(project, folder, &here);
    drop(tokio::runtime::Handle::current().block_on(ready)?);
    say(&format!("ready after {:.1} s", start.elapsed().as_secs_f64()));
    Ok(())
}

/// Writes the workspace of `pin` and `ctx`, in which nothing is compiled yet.
pub fn write_workspace(project: &Project, folder: &Path) -> Result<()> {
    let (pin, ctx) = (folder.join("pin"), folder.join("ctx"));
    // Into the last one cargo writes what rustc says of itself when rust-analyzer asks.
    for path in [pin.join("src"), ctx.join("src"), folder.join("target")] {
        fs::create_dir_all(&path)?;
    }
    fs::write(folder.join("Cargo.toml"), WORKSPACE)?;
    fs::write(pin.join("Cargo.toml"), pin_manifest(project))?;
    fs::write(pin.join("src/lib.rs"), "")?;
    fs::write(
        ctx.join("Cargo.toml"),
        "[package]\nname = \"ctx\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n",
    )?;
    fs::write(ctx.join("src/lib.rs"), "")?;
    fs::copy(project.root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// What evcxr runs at its start: the dependencies, the first `let`, then `extra`.
pub fn write_config(project: &Project, folder: &Path, extra: &str) -> Result<()> {
    let config = folder.join("config");
    fs::create_dir_all(&config)?;
    fs::write(config.join("init.evcxr"), LINKER.to_owned() + &project.preload())?;
    fs::write(config.join("prelude.rs"), FIRST_LET.to_owned() + extra)?;
    Ok(())
}

/// A crate that depends on what the `:dep` lines name.
fn pin_manifest(project: &Project) -> String {
    let dependencies = project.preload().replace(":dep ", "");
    format!("[package]\nname = \"pin\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}")
}

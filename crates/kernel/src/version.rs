//! One version of an installation for all users: everything that a kernel needs, in a folder that is to stay where it is.

use crate::project::{Project, hash};
use crate::stamp::below;
use crate::{environment, library, template};
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

/// What the template's stamp does not tell: the launcher, and the pages.
pub fn contents(project: &Project) -> Result<u64> {
    let mut files = vec![std::env::current_exe()?];
    files.extend(fs::read_dir(project.root.join("notebooks"))?.flatten().map(|entry| entry.path()));
    files.sort();
    let texts: Vec<Vec<u8>> = files.iter().filter(|file| file.is_file()).map(fs::read).collect::<Result<_, _>>()?;
    Ok(hash(&texts))
}

/// Makes the version `new`, which shares with the one `before` what is the same.
pub fn fill(project: &Project, new: &Path, before: &Path) -> Result<()> {
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
pub fn open_to_all(path: &Path) -> Result<()> {
    for entry in WalkDir::new(path).follow_root_links(false) {
        let entry = entry?;
        if !entry.path_is_symlink() {
            fs::set_permissions(entry.path(), readable(&entry.metadata()?))?;
        }
    }
    Ok(())
}

pub fn readable(metadata: &fs::Metadata) -> Permissions {
    let mode = metadata.mode() & 0o755;
    Permissions::from_mode(mode | 0o444 | if metadata.is_dir() || mode & 0o100 != 0 { 0o111 } else { 0 })
}

//! The environment of every process that the launcher starts: whose settings count there.
//!
//! A page must show the same on every machine, so what changes a result or a build is kept out; what says where
//! things are and how the network is reached is honoured.
//!
//! | Reader | Kept out | Honoured |
//! |---|---|---|
//! | cargo | `CARGO_BUILD_*`, `CARGO_TARGET_*`, `CARGO_PROFILE_*`, `CARGO_INCREMENTAL`, `CARGO_ENCODED_RUSTFLAGS`, what `cargo run` sets | `CARGO_HOME` with its configuration, `CARGO_NET_*`, `CARGO_HTTP_*`, `CARGO_REGISTR*`, `CARGO_SOURCE_*` |
//! | rustc | `RUSTFLAGS`, `RUSTC`, `RUSTC_WRAPPER` (a wrapper of the configuration too), `RUST_BACKTRACE`, `RUST_LOG` | |
//! | rustup | `RUSTUP_TOOLCHAIN`: the toolchain that built the launcher runs the cells | `RUSTUP_HOME`, the servers |
//! | evcxr | `EVCXR_*`, its configuration folder and kernelspec | an `evcxr.toml` in the working folder |
//! | insta | `INSTA_*`: nothing makes an assertion of a page pass or write | |
//! | Jupyter | `JUPYTER*` and the user's folders: [`jupyter`] | what the system's administrator set in /etc |
//! | pip | `PIP_*`, every pip.conf | the index, proxy and certificate in `PIP_*` variables |
//! | Python | `PYTHON*` (and `python -I` leaves out the user's site) | |
//! | just | nothing of it reaches a child | |
//! | all | | `HOME`, `XDG_*`, `LANG`, `LC_*`, `TMPDIR`, `CC`, proxies, certificates, whatever else a cell may read |
//!
//! The launcher of an installation for all users has a toolchain and a `CARGO_HOME` beside it, and takes no others.
//!
//! cargo's own configuration may still name a target or flags: evcxr overrides both. `PATH` gets the toolchain that
//! built the launcher in front, and the places where cargo usually is behind: a desktop icon has no shell's `PATH`.
//! `LD_LIBRARY_PATH` gets that toolchain's standard library in front.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const KEPT_OUT: [&str; 7] = ["CARGO", "RUST", "EVCXR_", "INSTA_", "JUPYTER", "PIP_", "PYTHON"];

const HONOURED: [&str; 14] = [
    "CARGO_HOME",
    "CARGO_HTTP_",
    "CARGO_NET_",
    "CARGO_REGISTR",
    "CARGO_SOURCE_",
    "RUSTUP_HOME",
    "RUSTUP_DIST_SERVER",
    "RUSTUP_UPDATE_ROOT",
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "PIP_TRUSTED_HOST",
    "PIP_PROXY",
    "PIP_CERT",
    "PIP_CLIENT_CERT",
];

/// Where shared libraries are looked for.
const LIBRARIES: &str = if cfg!(target_os = "macos") { "DYLD_FALLBACK_LIBRARY_PATH" } else { "LD_LIBRARY_PATH" };

/// Takes the place of a wrapper of the user's configuration and runs rustc as it is. An empty one would do so too, but
/// with it cargo keeps nothing of what rustc says of itself, and asks it six times in every cell.
pub const NO_WRAPPER: &str = "/usr/bin/env";

/// The program of the launcher's that cargo calls in rustc's place.
pub const RECORDER: &str = "recorder";

/// What a client, a shell or a terminal calls itself.
const CLIENTS: [&str; 10] =
    ["JPY_", "VSCODE_", "ELECTRON_", "TERM", "COLORTERM", "GIT_ASKPASS", "SHLVL", "PWD", "OLDPWD", "_"];

/// Where things are: a kernelspec keeps these for a Jupyter that no shell has started.
pub const PLACES: [&str; 2] = ["CARGO_HOME", "RUSTUP_HOME"];

/// A program with the environment of the table.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let starts = |list: &[&str]| list.iter().any(|prefix| name.to_string_lossy().starts_with(prefix));
        if starts(&KEPT_OUT) && !starts(&HONOURED) {
            command.env_remove(name);
        }
    }
    command.env("PATH", path()).env("RUSTC_WRAPPER", NO_WRAPPER).env("RUSTC_WORKSPACE_WRAPPER", NO_WRAPPER);
    command.env("PIP_CONFIG_FILE", "/dev/null");
    if let Some(class) = installation() {
        command.env("RUSTUP_TOOLCHAIN", class.join("toolchain")).env("CARGO_HOME", class.join("cargo"));
    } else if let (Some(_), Some(name)) = (toolchain(), option_env!("RUSTUP_TOOLCHAIN")) {
        command.env("RUSTUP_TOOLCHAIN", name);
    }
    command
}

/// Runs a program of Rust's, and gives what it printed.
pub fn output(command: &mut Command) -> Result<Output> {
    let output = command.output();
    let program = command.get_program().display();
    output.with_context(|| format!("cannot run {program}: install Rust with rustup (https://rustup.rs)"))
}

/// What rustc says of itself; rustup may choose it by the folder.
pub fn rustc(folder: &Path, question: &[&str]) -> Result<String> {
    let output = output(command("rustc").args(question).current_dir(folder))?;
    if !output.status.success() {
        bail!("rustc does not answer:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
}

/// A program of Jupyter's, with this project's data and settings only.
pub fn jupyter(program: impl AsRef<OsStr>, data: &Path) -> Command {
    let mut command = command(program);
    command.env("JUPYTER_DATA_DIR", data).env("JUPYTER_PATH", data).env("JUPYTER_CONFIG_DIR", data.join("config"));
    command
}

/// evcxr in a build directory, with what all kernels share.
pub fn evcxr(program: impl AsRef<OsStr>, folder: &Path, shared: &Path) -> Command {
    let mut command = command(program);
    let recorder = shared.join("bin").join(RECORDER);
    // Not there yet where evcxr is only tried, nor where the file system knows no links.
    if recorder.exists() {
        let path = path();
        let folders = std::iter::once(shared.join("bin")).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(folders).unwrap_or(path)).env("RUSTC_WORKSPACE_WRAPPER", recorder);
    }
    command
        .env("RUST_SRC_PATH", shared.join("library"))
        .env("EVCXR_TMPDIR", folder.join("ctx"))
        .env("EVCXR_CONFIG_DIR", folder.join("config"))
        // At its start evcxr rewrites the kernelspec that it finds there.
        .env("JUPYTER_PATH", folder.join("no-kernelspecs"))
        // Where insta would look for pending snapshots, and would ask cargo in every cell.
        .env("INSTA_WORKSPACE_ROOT", folder)
        .env("INSTA_UPDATE", "no");
    // Cells are linked with the standard library as a shared one; what `rpath` gives leads from where cargo has built a
    // cell, and evcxr moves it.
    let own = std::env::var_os(LIBRARIES).filter(|own| !own.is_empty());
    let ours = rustc(folder, &["--print", "target-libdir"]).ok().map(PathBuf::from);
    let folders = ours.into_iter().chain(own.iter().flat_map(std::env::split_paths));
    if let Ok(folders) = std::env::join_paths(folders) {
        command.env(LIBRARIES, folders);
    }
    // Everything was fetched with the template. Who wants other crates in a cell says CARGO_NET_OFFLINE=false.
    if std::env::var_os("CARGO_NET_OFFLINE").is_none() {
        command.env("CARGO_NET_OFFLINE", "true");
    }
    command
}

/// What [`command`] gives a program, as text, but for what only tells one client, shell or terminal from another, and
/// for where Rust and this launcher are, which one of them may have been told and another not.
pub fn passed_on() -> String {
    let mut variables: BTreeMap<OsString, OsString> = std::env::vars_os().collect();
    for (name, value) in command("").get_envs() {
        match value {
            Some(value) => variables.insert(name.into(), value.into()),
            None => variables.remove(name),
        };
    }
    let client = |name: &OsString| CLIENTS.iter().any(|prefix| name.to_string_lossy().starts_with(prefix));
    variables.retain(|name, _| !client(name));
    let home = variables.get(OsStr::new("HOME")).map(PathBuf::from).unwrap_or_default();
    for (name, usual) in PLACES.into_iter().zip([".cargo", ".rustup"]) {
        variables.entry(name.into()).or_insert(home.join(usual).into());
    }
    let places = PLACES.iter().map(|name| PathBuf::from(&variables[OsStr::new(name)]));
    let launcher = std::env::current_exe().ok().and_then(|file| Some(file.parent()?.to_owned()));
    let ours: Vec<PathBuf> = places.chain(usual()).chain(toolchain()).chain(launcher).collect();
    let lists = ["PATH", LIBRARIES].map(|name| {
        let folders = variables.remove(OsStr::new(name)).unwrap_or_default();
        let foreign = |folder: &PathBuf| !ours.iter().any(|own| folder.starts_with(own));
        std::env::split_paths(&folders).filter(foreign).collect::<Vec<_>>()
    });
    format!("{variables:?} {lists:?}")
}

/// The programs of this name where cargo's users have theirs.
pub fn find(program: &str) -> impl Iterator<Item = PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&path()).collect();
    folders.into_iter().map(move |folder| folder.join(program)).filter(|file| file.is_file())
}

fn path() -> OsString {
    let own = std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
    let folders = toolchain().into_iter().chain(std::env::split_paths(&own)).chain(usual());
    // No folder holds a separator: all come from lists of folders, but for a strange HOME.
    std::env::join_paths(folders).unwrap_or(own)
}

/// Where cargo's users have their programs.
fn usual() -> impl Iterator<Item = PathBuf> {
    let home = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let usual = [home("CARGO_HOME"), home("HOME").map(|home| home.join(".cargo"))];
    usual.into_iter().flatten().map(|home| home.join("bin"))
}

/// The programs of the toolchain beside the launcher, or of the one that built it if that is still there.
fn toolchain() -> Option<PathBuf> {
    let beside = installation().map(|class| class.join("toolchain/bin"));
    let built = || Path::new(env!("CARGO")).parent().map(Path::to_owned);
    beside.or_else(built).filter(|folder| folder.join("rustc").is_file())
}

/// The installation for all users whose `bin/` this launcher lies in, if it is one's.
fn installation() -> Option<PathBuf> {
    let launcher = std::env::current_exe().ok()?;
    let class = launcher.parent()?.parent()?;
    class.join("toolchain/bin").is_dir().then(|| class.to_owned())
}

//! How evcxr is started in a build directory, and how its processes are ended.

use crate::project::Project;
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal};
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// evcxr in a build directory, kept away from the user's own evcxr and Jupyter. The launcher's second
/// stage, [`exec`], ties its life to this process.
pub fn command(project: &Project, folder: &Path, connection: &Path) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("exec")
        .arg(std::process::id().to_string())
        .arg(&project.evcxr)
        .arg("--control_file")
        .arg(connection)
        .env("EVCXR_TMPDIR", folder.join("ctx"))
        .env("EVCXR_CONFIG_DIR", folder.join("config"))
        // At its start evcxr rewrites the kernelspec that it finds there.
        .env("JUPYTER_PATH", folder.join("no-kernelspecs"))
        // Where insta would look for pending snapshots, and would ask cargo in every cell.
        .env("INSTA_WORKSPACE_ROOT", folder)
        .env("INSTA_UPDATE", "no")
        // evcxr says there which configuration it loads.
        .stdout(Stdio::null());
    // Everything was fetched with the template. Who wants other crates in a cell says
    // CARGO_NET_OFFLINE=false.
    if std::env::var_os("CARGO_NET_OFFLINE").is_none() {
        command.env("CARGO_NET_OFFLINE", "true");
    }
    Ok(command)
}

/// The second stage of the launcher: dies with `parent`, and becomes `program`.
pub fn exec(parent: i32, program: &[String]) -> Result<ExitCode> {
    let [program, args @ ..] = program else { bail!("exec: no program") };
    #[cfg(target_os = "linux")]
    {
        rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
        // The parent may have died before that.
        if rustix::process::getppid() != Pid::from_raw(parent) {
            return Ok(ExitCode::FAILURE);
        }
    }
    let error = Command::new(program).args(args).exec();
    Err(error).with_context(|| format!("cannot run {program}"))
}

/// Ends the processes of a kernel that has gone: those whose build directory is in `folder`. A cell
/// in an endless loop outlives evcxr.
pub fn end_processes(folder: &Path) {
    let wanted = format!("EVCXR_TMPDIR={}", folder.join("ctx").display());
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let Ok(environment) = fs::read(entry.path().join("environ")) else {
            continue;
        };
        if environment.split(|&byte| byte == 0).any(|variable| variable == wanted.as_bytes())
            && let Some(pid) = Pid::from_raw(pid)
        {
            let _ = rustix::process::kill_process(pid, Signal::KILL);
        }
    }
}

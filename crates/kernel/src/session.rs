//! One kernel: a private copy of the template, evcxr in it, and nothing left behind.

use crate::{Project, template};
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal};
use signal_hook::consts::{SIGINT, SIGTERM};
use std::fs::{self, File};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// Runs one kernel from its start to its end.
pub fn run(project: &Project, connection: &Path) -> Result<ExitCode> {
    let sessions = project.cache()?.join("sessions");
    let session = Session::create(project, &sessions)?;
    let launcher = std::env::current_exe()?;
    let evcxr = evcxr(project, &session.folder, connection);
    // The second stage ties evcxr's life to ours, then becomes evcxr.
    let mut child = Command::new(launcher)
        .arg("exec")
        .arg(std::process::id().to_string())
        .arg(evcxr.get_program())
        .args(evcxr.get_args())
        .envs(evcxr.get_envs().filter_map(|(name, value)| Some((name, value?))))
        // evcxr says on stdout which configuration it loads.
        .stdout(Stdio::null())
        .spawn()
        .context("cannot start evcxr")?;
    // Told to stop, we end evcxr and go on to tidy up.
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGINT])?;
    let pid = Pid::from_child(&child);
    std::thread::spawn(move || {
        for _ in signals.forever() {
            let _ = rustix::process::kill_process(pid, Signal::KILL);
        }
    });
    let status = child.wait()?;
    drop(session);
    let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
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

/// evcxr in a build directory, kept away from the user's own evcxr and Jupyter.
pub fn evcxr(project: &Project, folder: &Path, connection: &Path) -> Command {
    let mut command = Command::new(&project.evcxr);
    command
        .arg("--control_file")
        .arg(connection)
        .env("EVCXR_TMPDIR", folder.join("ctx"))
        .env("EVCXR_CONFIG_DIR", folder.join("config"))
        // At its start evcxr rewrites the kernelspec that it finds there.
        .env("JUPYTER_PATH", folder.join("no-kernelspecs"))
        // Where insta would look for pending snapshots, and would ask cargo in every cell.
        .env("INSTA_WORKSPACE_ROOT", folder)
        .env("INSTA_UPDATE", "no");
    // Everything was fetched with the template. Who wants other crates in a cell says
    // CARGO_NET_OFFLINE=false.
    if std::env::var_os("CARGO_NET_OFFLINE").is_none() {
        command.env("CARGO_NET_OFFLINE", "true");
    }
    command
}

/// A kernel's folder; its lock is held as long as the kernel lives.
struct Session {
    folder: PathBuf,
    _lock: File,
}

impl Session {
    fn create(project: &Project, sessions: &Path) -> Result<Session> {
        let _lock = template::lock(project)?;
        sweep(sessions);
        let template = template::up_to_date(project);
        let folder = sessions.join(std::process::id().to_string());
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let lock = File::create(folder.join("lock"))?;
        lock.lock()?;
        let session = Session { folder, _lock: lock };
        match template {
            Ok(template) => {
                copy(&template, &session.folder)?;
                template::write_config(project, &session.folder, None)?;
            }
            // The notebook's `:dep` lines will show the reader the same error where it belongs.
            Err(error) => eprintln!("kernel: starting without preparation: {error:#}"),
        }
        Ok(session)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        end_processes(&self.folder);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Removes what killed kernels left: a session whose lock nobody holds has no launcher any more.
fn sweep(sessions: &Path) {
    for entry in fs::read_dir(sessions).into_iter().flatten().flatten() {
        let folder = entry.path();
        let dead = File::open(folder.join("lock")).is_ok_and(|lock| lock.try_lock().is_ok());
        if dead {
            end_processes(&folder);
            let _ = fs::remove_dir_all(&folder);
        }
    }
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

/// Copies a folder with the times of its files, by which cargo knows what is up to date.
///
/// Copies and not hard links: cargo and evcxr rewrite some files in place, and a link would carry
/// that into the template. It costs a tenth of a second.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            // Incremental data belongs to one path.
            if entry.file_name() != "incremental" {
                copy(&source, &target)?;
            }
        } else {
            fs::copy(&source, &target).with_context(|| format!("cannot copy {}", source.display()))?;
            File::options().write(true).open(&target)?.set_modified(metadata.modified()?)?;
        }
    }
    Ok(())
}

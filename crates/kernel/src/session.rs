//! One kernel: a private copy of the template, evcxr in it, and nothing left behind.

use crate::project::Project;
use crate::{evcxr, template};
use anyhow::{Context, Result};
use rustix::process::{Pid, Signal};
use signal_hook::consts::{SIGINT, SIGTERM};
use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs one kernel from its start to its end.
pub fn run(project: &Project, connection: &Path) -> Result<ExitCode> {
    let sessions = project.cache()?.join("sessions");
    let session = Session::create(project, &sessions)?;
    let mut child = evcxr::command(project, &session.folder, connection)?.spawn().context("cannot start evcxr")?;
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
        evcxr::end_processes(&self.folder);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Removes what killed kernels left: a session whose lock nobody holds has no launcher any more.
fn sweep(sessions: &Path) {
    for entry in fs::read_dir(sessions).into_iter().flatten().flatten() {
        let folder = entry.path();
        let dead = File::open(folder.join("lock")).is_ok_and(|lock| lock.try_lock().is_ok());
        if dead {
            evcxr::end_processes(&folder);
            let _ = fs::remove_dir_all(&folder);
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

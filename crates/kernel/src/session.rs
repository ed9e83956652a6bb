//! The folder of one kernel: a private copy of the template, and nothing left behind.

use crate::project::Project;
use crate::template::{self, is_mark};
use anyhow::{Context, Result};
use std::fs::{self, File, TryLockError};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::TempDir;
use walkdir::WalkDir;

/// A kernel's folder; its lock is held as long as the kernel lives.
pub struct Session {
    pub folder: TempDir,
    /// The working folder of evcxr.
    pub here: PathBuf,
    _lock: File,
    /// On the installation, if it is run from one.
    _course: Option<File>,
}

impl Session {
    /// A session for cells that run in the folder `here`; `say` tells who waits.
    pub async fn create(project: &Project, here: &Path, say: impl Fn(&str) + Send + 'static) -> Result<Session> {
        let (project, here) = (project.clone(), here.to_owned());
        let create = move || Session::create_now(&project, here, &say);
        tokio::task::spawn_blocking(create).await.context("the preparation was cut short")?
    }

    fn create_now(project: &Project, here: PathBuf, say: &dyn Fn(&str)) -> Result<Session> {
        // Pages name the crates from their own folder; a copy of a page, or one run from elsewhere, means the same ones.
        let (here, back) = if project.installed().is_none() && here.join("../crates/update-rules").is_dir() {
            (here, String::new())
        } else {
            let back = format!("let _ = std::env::set_current_dir({:?});\n", here.to_string_lossy());
            (project.root.join("notebooks"), back)
        };
        let sessions = project.sessions()?;
        let _course = project.installed().map(File::open).transpose()?;
        if let Some(course) = &_course {
            course.lock_shared()?;
        }
        let _template_lock = template::lock(project, say)?;
        sweep(&sessions);
        let since = SystemTime::now();
        let template = template::up_to_date(project, say)?;
        fs::create_dir_all(&sessions)?;
        // Nobody else's eyes: it holds the key of the connection, and what the reader computes.
        let private = fs::Permissions::from_mode(0o700);
        let folder = tempfile::Builder::new().prefix("").permissions(private).tempdir_in(&sessions);
        let folder = folder.with_context(|| format!("cannot create a folder in {}", sessions.display()))?;
        let _lock = File::create(folder.path().join("lock"))?;
        _lock.lock()?;
        copy(&template, folder.path(), since, _course.is_some())?;
        template::write_config(project, folder.path(), &back)?;
        Ok(Session { folder, here, _lock, _course })
    }
}

/// Whether a launcher lives that holds the lock in a session's folder; of a killed one there may be the folder only.
pub fn is_alive(session: &Path) -> bool {
    File::open(session.join("lock")).is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Removes what killed kernels left. The caller holds the template's lock, under which sessions begin.
fn sweep(sessions: &Path) {
    for entry in fs::read_dir(sessions).into_iter().flatten().flatten() {
        if !is_alive(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Copies a folder with the times of its files, by which cargo knows what is up to date; but cargo's own marks get the
/// time `since` which the sources' contents are known to be those of the template, whatever time a checkout gave them.
///
/// Copies and not hard links: cargo and evcxr rewrite some files in place, and a link would carry
/// that into the template. It costs a tenth of a second. What the compiler has made of crates is only read again: it is
/// `shared` where the template stays as it is.
fn copy(from: &Path, to: &Path, since: SystemTime, shared: bool) -> Result<()> {
    // Incremental data belongs to one path.
    for entry in WalkDir::new(from).into_iter().filter_entry(|entry| entry.file_name() != "incremental") {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.path().strip_prefix(from)?));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else if shared && compiled(source) {
            std::os::unix::fs::symlink(source, target)?;
        } else {
            fs::copy(source, &target).with_context(|| format!("cannot copy {}", source.display()))?;
            let time = if is_mark(&entry) { since } else { entry.metadata()?.modified()? };
            File::options().write(true).open(target)?.set_modified(time)?;
        }
    }
    Ok(())
}

/// Whether a file is a compiled crate, and not the cell's own.
fn compiled(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let kind = name.ends_with(".rlib") || name.ends_with(".rmeta") || name.ends_with(".so");
    kind && !name.starts_with("libctx")
}

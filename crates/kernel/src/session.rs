//! One kernel: a private copy of the template, evcxr in it, and nothing left behind.

use crate::evcxr::Evcxr;
use crate::front::Front;
use crate::handover;
use crate::project::{Project, is_alive};
use crate::template;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;
use tempfile::TempDir;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Runs one kernel from its start to its end: a spare one, if one waits; what goes wrong before evcxr answers is told in
/// the notebook.
pub async fn run(project: Result<Project>, connection: &Path) -> Result<ExitCode> {
    let told_to_stop = told_to_stop()?;
    if let Ok(project) = &project
        && let Some(spare) = handover::take(project, connection).await
    {
        return Ok(spare.serve(told_to_stop).await);
    }
    let mut front = Front::bind(connection).await?;
    let (say, hears) = voice();
    let kernel = async {
        let project = project?;
        let here = std::env::current_dir().context("the working folder is gone")?;
        let session = Session::create(&project, &here, say).await?;
        Kernel::start(project, session, here).await
    };
    // Told to stop, we leave by the same door: what is dropped here takes its processes and its folder with it.
    tokio::select! {
        code = serve(&mut front, kernel, hears) => code,
        code = told_to_stop => Ok(code),
    }
}

/// Waits for a signal that ends this process, and gives the exit code for it.
pub fn told_to_stop() -> Result<impl Future<Output = ExitCode> + Unpin> {
    let [mut hangup, mut interrupt, mut terminate] =
        [signal(SignalKind::hangup())?, signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
    Ok(Box::pin(async move {
        tokio::select! {
            _ = hangup.recv() => ExitCode::from(129),
            _ = interrupt.recv() => ExitCode::from(130),
            _ = terminate.recv() => ExitCode::from(143),
        }
    }))
}

/// Says what takes long: on stderr, and to the reader of the notebook.
pub fn voice() -> (impl Fn(&str) + Send + 'static, UnboundedReceiver<String>) {
    let (told, hears) = unbounded_channel();
    let say = move |text: &str| {
        eprintln!("kernel: {text}");
        // Nobody hears it any more when the kernel is to end.
        let _ = told.send(format!("{text}\n"));
    };
    (say, hears)
}

/// Serves Jupyter with a kernel that may not be there yet, until one of the two ends it.
pub async fn serve(
    front: &mut Front,
    kernel: impl Future<Output = Result<Kernel>>,
    hears: UnboundedReceiver<String>,
) -> Result<ExitCode> {
    match front.hold(kernel, hears).await? {
        None => Ok(ExitCode::SUCCESS),
        Some(Ok(mut kernel)) => front.relay(&mut kernel.evcxr).await,
        Some(Err(error)) => {
            eprintln!("kernel: {error:#}");
            front.refuse(&format!("This kernel could not start: {error:#}\n")).await
        }
    }
}

/// evcxr in its session.
pub struct Kernel {
    // In this order they are dropped: evcxr ends before its folder goes.
    pub evcxr: Evcxr,
    _session: Session,
}

impl Kernel {
    /// Starts evcxr in a session that was created for the folder `here`.
    pub async fn start(project: Project, session: Session, here: PathBuf) -> Result<Kernel> {
        let there = if at_home(&project, &here) { here } else { project.root.join("notebooks") };
        let evcxr = Evcxr::start(&project, session.folder.path(), &there).await?;
        Ok(Kernel { evcxr, _session: session })
    }
}

/// Pages name the crates from their own folder; a copy of a page, or one run from elsewhere, means the same ones.
fn at_home(project: &Project, here: &Path) -> bool {
    project.installed().is_none() && here.join("../crates/update-rules").is_dir()
}

/// A kernel's folder; its lock is held as long as the kernel lives.
pub struct Session {
    pub folder: TempDir,
    _lock: File,
    /// On the installation, if it is run from one.
    _course: Option<File>,
}

impl Session {
    /// A session for cells that run in the folder `here`; `say` tells who waits.
    pub async fn create(project: &Project, here: &Path, say: impl Fn(&str) + Send + 'static) -> Result<Session> {
        let back = (!at_home(project, here))
            .then(|| format!("let _ = std::env::set_current_dir({:?});\n", here.to_string_lossy()));
        let project = project.clone();
        let create = move || Session::create_now(&project, back.as_deref(), &say);
        tokio::task::spawn_blocking(create).await.context("the preparation was cut short")?
    }

    fn create_now(project: &Project, prelude: Option<&str>, say: &dyn Fn(&str)) -> Result<Session> {
        let sessions = project.sessions()?;
        let _course = project.installed().map(File::open).transpose()?;
        if let Some(course) = &_course {
            course.lock_shared()?;
        }
        let _lock = template::lock(project, say)?;
        sweep(&sessions);
        let since = SystemTime::now();
        let template = template::up_to_date(project, say)?;
        fs::create_dir_all(&sessions)?;
        // Nobody else's eyes: it holds the key of the connection, and what the reader computes.
        let private = fs::Permissions::from_mode(0o700);
        let folder = tempfile::Builder::new().prefix("").permissions(private).tempdir_in(&sessions);
        let folder = folder.with_context(|| format!("cannot create a folder in {}", sessions.display()))?;
        let lock = File::create(folder.path().join("lock"))?;
        lock.lock()?;
        copy(&template, folder.path(), since, _course.is_some())?;
        template::write_config(project, folder.path(), prelude)?;
        Ok(Session { folder, _lock: lock, _course })
    }
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
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            // Incremental data belongs to one path.
            if entry.file_name() != "incremental" {
                copy(&source, &target, since, shared)?;
            }
        } else if shared && compiled(&source) {
            std::os::unix::fs::symlink(&source, &target)?;
        } else {
            fs::copy(&source, &target).with_context(|| format!("cannot copy {}", source.display()))?;
            let mark = entry.file_name().to_string_lossy().starts_with("dep-");
            let time = if mark { since } else { metadata.modified()? };
            File::options().write(true).open(&target)?.set_modified(time)?;
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

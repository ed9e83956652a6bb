//! One kernel from its start to its end: what Jupyter is served with, and what ends it.

use crate::evcxr::Evcxr;
use crate::front::Front;
use crate::handover;
use crate::project::Project;
use crate::session::Session;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::ExitCode;
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
        Kernel::start(&project, session).await
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
    /// Starts evcxr in a session.
    pub async fn start(project: &Project, session: Session) -> Result<Kernel> {
        let evcxr = Evcxr::start(project, session.folder.path(), &session.here).await?;
        Ok(Kernel { evcxr, _session: session })
    }
}

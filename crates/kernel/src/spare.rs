//! A kernel that is there before it is asked for.
//!
//! ```text
//! just lab ─┬─ kernel spare ── kernel wait ── guard ── evcxr
//!           │   (the keeper)   (the spare)
//!           │                      ║ the bond, see `handover`; before that, the keeper's pipe
//!           └─ Jupyter ─────── kernel run
//! ```
//!
//! The keeper has one spare made, and the next one when that is taken and the machine is quiet again. A spare belongs to
//! the keeper until it is taken, and then to whoever took it: it outlives the keeper, and JupyterLab.

use crate::front::Front;
use crate::handover::{Offer, Taker, surroundings};
use crate::machine;
use crate::project::Project;
use crate::serve::{Kernel, serve, told_to_stop, voice};
use crate::session::Session;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::Write;
use std::pin::Pin;
use std::process::{ExitCode, Stdio};
use std::time::{Duration, SystemTime};
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

/// Keeps a spare, until stdin ends: made when no kernel has begun for the time `quiet`, where `room` bytes are free.
pub async fn keep(project: &Project, quiet: Duration, room: u64) -> Result<ExitCode> {
    // Ctrl-C in the terminal is for the server, which asks back.
    let _ = rustix::process::setsid();
    let mut told_to_stop = told_to_stop()?;
    let mut spare = None;
    tokio::select! {
        done = refill(project, quiet, room, &mut spare) => done?,
        () = stdin_ends() => {}
        _ = &mut told_to_stop => {}
    }
    if let Some(spare) = &mut spare {
        spare.stdin = None;
        if timeout(Duration::from_secs(5), taken(spare)).await.is_err() {
            spare.kill().await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn refill(project: &Project, quiet: Duration, room: u64, spare: &mut Option<Child>) -> Result<()> {
    // One for all servers that could share it.
    let cache = project.cache()?;
    fs::create_dir_all(&cache)?;
    let file = cache.join(format!("spare-{:016x}", surroundings(&project.root)));
    let _lock = loop {
        let lock = File::create(&file)?;
        if lock.try_lock().is_ok() {
            break lock;
        }
        sleep(Duration::from_secs(1)).await;
    };
    let _removed = tempfile::TempPath::try_from_path(file)?;
    let launcher = std::env::current_exe()?;
    loop {
        while !is_quiet(project, quiet) || machine::free_memory().is_none_or(|free| free < room) {
            sleep(Duration::from_secs(1)).await;
        }
        let mut wait = Command::new(&launcher);
        wait.args(project.arguments("wait")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let child = spare.insert(wait.spawn().context("cannot start a spare kernel")?);
        let failed = !taken(child).await && child.wait().await?.code() == Some(1);
        *spare = None;
        if failed {
            // The next one would fail as well.
            return Ok(());
        }
        sleep(quiet).await;
    }
}

/// Waits until a spare has been taken, or has ended.
async fn taken(spare: &mut Child) -> bool {
    let Some(stdout) = &mut spare.stdout else { return false };
    while let Ok(news) = stdout.read_u8().await {
        tell(if news == READY { b"ready\n" } else { b"taken\n" });
        if news == TAKEN {
            return true;
        }
    }
    false
}

/// What a spare says of itself.
const READY: u8 = b'r';
const TAKEN: u8 = b't';

/// Says on stdout how things are; nobody need listen.
fn tell(news: &[u8]) {
    let mut stdout = std::io::stdout();
    let _ = stdout.write_all(news).and_then(|()| stdout.flush());
}

/// Whether the reader's machine has had time for the reader's first cells.
fn is_quiet(project: &Project, quiet: Duration) -> bool {
    let sessions = project.sessions().and_then(|sessions| Ok(fs::read_dir(sessions)?));
    let times = sessions.into_iter().flatten().flatten().filter_map(|session| session.metadata().ok()?.modified().ok());
    times.max().is_none_or(|last| SystemTime::now().duration_since(last).is_ok_and(|time| time >= quiet))
}

async fn stdin_ends() {
    let _ = tokio::io::copy(&mut tokio::io::stdin(), &mut tokio::io::sink()).await;
}

/// The spare: prepares a kernel, waits until it is taken or stdin ends, and serves whoever has taken it.
pub async fn wait(project: Project) -> Result<ExitCode> {
    let mut told_to_stop = told_to_stop()?;
    let (say, hears) = voice();
    let (mut taker, kernel) = tokio::select! {
        taken = offer(project, say) => match taken? {
            Some(taken) => taken,
            None => return Ok(ExitCode::SUCCESS),
        },
        () = stdin_ends() => return Ok(ExitCode::SUCCESS),
        code = &mut told_to_stop => return Ok(code),
    };
    tell(&[TAKEN]);
    let mut front = Front::bind(&taker.connection).await?;
    let code = tokio::select! {
        code = serve(&mut front, kernel, hears) => code?,
        () = taker.gone() => ExitCode::SUCCESS,
        code = &mut told_to_stop => code,
    };
    taker.end(code).await;
    Ok(code)
}

/// A kernel that is being prepared.
type Starting = Pin<Box<dyn Future<Output = Result<Kernel>>>>;

/// Offers a kernel from the start of its preparation on: who takes it early waits for the rest and no longer. `None` if
/// it is not well, or if who wanted it has gone.
async fn offer(project: Project, say: impl Fn(&str) + Send + 'static) -> Result<Option<(Taker, Starting)>> {
    let here = project.root.join("notebooks");
    let session = Session::create(&project, &here, say).await?;
    let offer = Offer::new(session.folder.path(), &here).await?;
    let mut starting: Starting = Box::pin(async move { Kernel::start(&project, session).await });
    let taken = offer.taken();
    tokio::pin!(taken);
    let (mut taker, kernel) = tokio::select! {
        taker = &mut taken => (taker?, starting),
        kernel = &mut starting => {
            let mut kernel = kernel?;
            tell(&[READY]);
            let taker = tokio::select! {
                taker = &mut taken => taker?,
                _ = kernel.evcxr.guard.wait() => return Ok(None),
            };
            if !kernel.evcxr.is_well().await {
                return Ok(None);
            }
            let ready: Starting = Box::pin(async { Ok(kernel) });
            (taker, ready)
        }
    };
    Ok(taker.is_still_there().await.then_some((taker, kernel)))
}

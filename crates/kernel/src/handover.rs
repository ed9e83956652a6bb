//! How a spare kernel changes hands: from the process where it waits to the one that Jupyter has started.
//!
//! Who waits leaves a ticket in its session's folder. Whoever can remove that has the spare to itself, connects, and
//! hands in Jupyter's connection file; the spare says that it is well, and is told to go ahead, or else has come too
//! late. From then on it serves Jupyter on Jupyter's ports, and the connection is their bond: either end, when it goes,
//! ends the other.

use crate::project::{Project, hash};
use crate::session::is_alive;
use crate::sign::random_key;
use crate::{environment, template};
use anyhow::Result;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// How long a spare may think about whether it is well.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a ticket says: the template's and the surroundings' numbers, the port, the key and the process.
type Ticket = (u64, u64, u16, String, i32);

/// All but the template that must be the same where a spare waits and where it is wanted, as one number: a client that
/// sets any variable of its own, such as ADAGRAD_SPARE, gets no other client's spare.
pub fn surroundings(here: &Path) -> u64 {
    // Process ids and ports of one container mean others in the next.
    let spaces = ["pid", "net", "mnt", "user"].map(|name| fs::read_link(format!("/proc/self/ns/{name}")).ok());
    hash(&(here, environment::passed_on(), spaces, rustix::process::geteuid().as_raw()))
}

/// A spare's side, while it waits.
pub struct Offer {
    listener: TcpListener,
    key: String,
}

impl Offer {
    /// Leaves the ticket in a session's folder, for who wants a kernel in the folder `here`.
    pub async fn new(session: &Path, here: &Path) -> Result<Offer> {
        let offer = Offer { listener: TcpListener::bind(("127.0.0.1", 0)).await?, key: random_key()? };
        // The template's stamp was copied with it.
        let stamp = hash(&fs::read_to_string(session.join("stamp"))?);
        let port = offer.listener.local_addr()?.port();
        let ticket: Ticket = (stamp, surroundings(here), port, offer.key.clone(), std::process::id() as i32);
        // At once with all that it says. The folder is this user's alone.
        let draft = session.join("ticket.new");
        fs::write(&draft, serde_json::to_string(&ticket)?)?;
        fs::rename(draft, session.join("ticket"))?;
        Ok(offer)
    }

    /// Waits for the one who has taken the ticket.
    pub async fn taken(&self) -> Result<Taker> {
        loop {
            let mut stream = BufReader::new(self.listener.accept().await?.0);
            let mut line = String::new();
            // Anyone on this machine can connect; the key is in the ticket.
            if timeout(PATIENCE, stream.read_line(&mut line)).await.is_ok_and(|read| read.is_ok())
                && let Ok((key, connection)) = serde_json::from_str::<(String, PathBuf)>(&line)
                && key == self.key
            {
                return Ok(Taker { stream: stream.into_inner(), connection });
            }
        }
    }
}

/// Who has taken a spare, seen from the spare.
pub struct Taker {
    stream: TcpStream,
    /// Jupyter's connection file.
    pub connection: PathBuf,
}

impl Taker {
    /// Says that the spare is well; false if the taker has given up meanwhile.
    pub async fn is_still_there(&mut self) -> bool {
        self.stream.write_u8(1).await.is_ok() && self.stream.read_u8().await.is_ok()
    }

    /// Waits until the taker ends.
    pub async fn gone(&mut self) {
        let _ = self.stream.read_u8().await;
    }

    /// Tells the taker how the kernel ended.
    pub async fn end(mut self, code: ExitCode) {
        let _ = self.stream.write_u8(u8::from(code != ExitCode::SUCCESS)).await;
    }
}

/// Takes a spare that waits for someone like us, if there is one, and hands in the connection file.
pub async fn take(project: &Project, connection: &Path) -> Option<Spare> {
    let here = surroundings(&std::env::current_dir().ok()?);
    let connection = std::path::absolute(connection).ok()?;
    for session in fs::read_dir(project.sessions().ok()?).ok()?.flatten().map(|entry| entry.path()) {
        let ticket = session.join("ticket");
        let Ok(text) = fs::read_to_string(&ticket) else { continue };
        let Ok((stamp, there, port, key, pid)) = serde_json::from_str::<Ticket>(&text) else { continue };
        // Of two who remove it, one succeeds.
        if there != here || fs::remove_file(&ticket).is_err() {
            continue;
        }
        // The spare looks whether it is well, and we whether it is up to date.
        let wanted = tokio::task::spawn_blocking({
            let project = project.clone();
            move || template::wanted(&project)
        });
        let handed_in = timeout(PATIENCE, hand_in(port, &key, &connection)).await;
        if stamp == hash(&wanted.await.ok()?.ok()?)
            && let Ok(Ok(mut stream)) = handed_in
            && stream.write_u8(1).await.is_ok()
        {
            return Some(Spare { stream });
        }
        // Out of date, dead, or hung: of no use to anyone. Its guard ends evcxr, and the start that follows sweeps.
        if is_alive(&session)
            && let Some(pid) = Pid::from_raw(pid)
        {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
    None
}

async fn hand_in(port: u16, key: &str, connection: &Path) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.write_all(format!("{}\n", serde_json::to_string(&(key, connection))?).as_bytes()).await?;
    stream.read_u8().await?;
    Ok(stream)
}

/// A spare, seen from who has taken it.
pub struct Spare {
    stream: TcpStream,
}

impl Spare {
    /// Waits until the kernel ends, or ends it once `told_to_stop`.
    pub async fn serve(mut self, told_to_stop: impl Future<Output = ExitCode>) -> ExitCode {
        tokio::select! {
            code = self.stream.read_u8() => code.map_or(ExitCode::FAILURE, ExitCode::from),
            code = told_to_stop => {
                let _ = self.stream.shutdown().await;
                // The spare answers when its folder is gone.
                let _ = self.stream.read_u8().await;
                code
            }
        }
    }
}

//! A running evcxr: started in a build directory, connected, and ended with all that it has started.

use crate::environment;
use crate::machine::running_below;
use crate::project::Project;
use crate::sign::random_key;
use anyhow::{Context, Result, anyhow, bail};
use jupyter_protocol::{ConnectionInfo, KernelInfoRequest, connection_info::Transport};
use jupyter_protocol::{ExecutionState, JupyterMessage, JupyterMessageContent as Content};
use jupyter_zmq_client::{self as zmq, ClientIoPubConnection, ClientShellConnection};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, ChildStdin};
use tokio::time::{sleep, timeout};

/// evcxr, and what connects to it. All its processes end with this value, or with this process.
pub struct Evcxr {
    /// The launcher's second stage, see [`guard`](crate::guard).
    pub guard: Child,
    alive: Option<ChildStdin>,
    /// Connections to evcxr; stdin and shell bear one identity.
    pub wires: Wires,
    /// The version that it gives.
    pub version: String,
    /// What it runs in.
    processes: Option<BTreeSet<u32>>,
}

/// Connections to evcxr.
pub struct Wires {
    pub shell: ClientShellConnection,
    pub control: ClientShellConnection,
    pub stdin: ClientShellConnection,
    pub iopub: ClientIoPubConnection,
}

impl Evcxr {
    /// Starts evcxr with `folder` as its build directory and `here` as its working folder, and waits until it answers:
    /// that is when it has run its configuration.
    pub async fn start(project: &Project, folder: &Path, here: &Path) -> Result<Evcxr> {
        // Between our choice of a port and evcxr's use of it any process may take it.
        while_in_use(5, || Evcxr::try_start(project, folder, here)).await
    }

    /// Whether it answers at once, and runs in the processes that it had at its start.
    pub async fn is_well(&mut self) -> bool {
        let answer = timeout(Duration::from_secs(1), self.wires.ask()).await;
        let processes = self.guard.id().and_then(running_below);
        answer.is_ok_and(|answer| answer.is_ok()) && processes.is_some() && processes == self.processes
    }

    async fn try_start(project: &Project, folder: &Path, here: &Path) -> Result<Evcxr> {
        let (ports, listeners) = zmq::peek_ports_with_listeners([127, 0, 0, 1].into(), 5).await?;
        let info = connection_info(&ports, random_key()?);
        let connection = folder.join("connection.json");
        let _ = fs::remove_file(&connection);
        let file = File::options().write(true).create_new(true).mode(0o600).open(&connection)?;
        serde_json::to_writer(file, &info)?;
        let log = folder.join("log");
        let mut guard = environment::evcxr(std::env::current_exe()?, folder, &project.shared()?);
        guard.arg("guard").arg(&log).arg(&project.evcxr).arg("--control_file").arg(&connection);
        // In a group of its own, so that it outlives whoever ends ours.
        guard.current_dir(here).stdin(Stdio::piped()).stdout(Stdio::null()).process_group(0);
        let mut guard = tokio::process::Command::from(guard).spawn().context("cannot start the launcher anew")?;
        let alive = guard.stdin.take();
        drop(listeners);
        let error = tokio::select! {
            connected = Wires::connect(&info) => match connected {
                Ok((wires, version)) => {
                    let processes = guard.id().and_then(running_below);
                    return Ok(Evcxr { guard, alive, wires, version, processes });
                }
                Err(error) => error,
            },
            _ = guard.wait() => anyhow!("it ended"),
        };
        // A broken connection is no reason; what evcxr said before it ended is one.
        match timeout(Duration::from_secs(5), guard.wait()).await {
            Ok(status) => bail!("evcxr could not load the project's crates ({}):\n{}", status?, tail(&log)),
            Err(_) => Err(error.context("evcxr does not answer")),
        }
    }
}

impl Drop for Evcxr {
    fn drop(&mut self) {
        self.alive = None;
        while let Ok(None) = self.guard.try_wait() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn connection_info(ports: &[u16], key: String) -> ConnectionInfo {
    ConnectionInfo {
        transport: Transport::TCP,
        ip: "127.0.0.1".into(),
        shell_port: ports[0],
        iopub_port: ports[1],
        stdin_port: ports[2],
        control_port: ports[3],
        hb_port: ports[4],
        signature_scheme: "hmac-sha256".into(),
        key,
        kernel_name: None,
    }
}

/// Tries what needs ports, and again up to so many times while one of them is in use.
pub async fn while_in_use<T>(times: usize, attempt: impl AsyncFn() -> Result<T>) -> Result<T> {
    for _ in 0..times {
        match attempt().await {
            Err(error) if format!("{error:#}").contains("in use") => sleep(Duration::from_millis(100)).await,
            done => return done,
        }
    }
    attempt().await
}

/// The end of what evcxr said.
fn tail(log: &Path) -> String {
    let text = String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}

impl Wires {
    /// Connects, and asks until both an answer and its echo to all have come: then nothing is missed any more.
    async fn connect(info: &ConnectionInfo) -> Result<(Wires, String)> {
        let mut wires = loop {
            match timeout(Duration::from_secs(5), Wires::open(info)).await {
                Ok(Ok(wires)) => break wires,
                _ => sleep(Duration::from_millis(20)).await,
            }
        };
        let version = wires.ask().await?;
        Ok((wires, version))
    }

    /// Asks evcxr for its version.
    async fn ask(&mut self) -> Result<String> {
        loop {
            let request: JupyterMessage = KernelInfoRequest {}.into();
            let id = request.header.msg_id.clone();
            self.shell.send(request).await?;
            let Content::KernelInfoReply(reply) = self.shell.read().await?.content else { continue };
            while let Ok(message) = timeout(Duration::from_millis(200), self.iopub.read()).await {
                let message = message?;
                let ours = message.parent_header.is_some_and(|parent| parent.msg_id == id);
                if ours
                    && let Content::Status(status) = message.content
                    && status.execution_state == ExecutionState::Idle
                {
                    return Ok(reply.implementation_version);
                }
            }
        }
    }

    async fn open(info: &ConnectionInfo) -> zmq::Result<Wires> {
        let identity = || zmq::peer_identity_for_session("launcher");
        Ok(Wires {
            iopub: zmq::create_client_iopub_connection(info, "", "launcher").await?,
            shell: zmq::create_client_shell_connection_with_identity(info, "launcher", identity()?).await?,
            stdin: zmq::create_client_stdin_connection_with_identity(info, "launcher", identity()?).await?,
            control: zmq::create_client_control_connection(info, "launcher").await?,
        })
    }
}

//! One kernel, driven over the Jupyter protocol.

use anyhow::{Context, Result, bail};
use jupyter_protocol::{
    ConnectionInfo, ExecuteRequest, ExecutionState, JupyterMessage, JupyterMessageContent as Content,
    KernelInfoRequest, ReplyStatus, ShutdownRequest, Stdio as Stream,
};
use jupyter_zmq_client::{ClientControlConnection, ClientIoPubConnection, ClientShellConnection};
use nbformat::v4::{ExecuteResult, MultilineString, Output};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

/// How long a kernel may take before it answers: it may have to build its template first.
const START: Duration = Duration::from_secs(600);

/// A running kernel.
pub struct Kernel {
    runtime: tokio::runtime::Runtime,
    wires: Option<Wires>,
    connection_file: PathBuf,
}

struct Wires {
    process: Child,
    shell: ClientShellConnection,
    iopub: ClientIoPubConnection,
    control: ClientControlConnection,
}

/// What one cell did.
#[derive(Debug, Default)]
pub struct Executed {
    /// What a notebook shows: stdout, then the result.
    pub outputs: Vec<Output>,
    /// All that came on stderr while the cell ran.
    pub stderr: String,
    /// The kernel's own error: the cell did not compile, or its process ended.
    pub error: Option<String>,
    /// From the request to the reply.
    pub time: Duration,
}

/// Why a cell has no result at all.
#[derive(Debug)]
pub enum Gone {
    /// The kernel's process ended.
    Died(String),
    /// The cell took longer than this.
    TimedOut(Duration),
}

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Gone::Died(status) => write!(f, "the kernel died ({status})"),
            Gone::TimedOut(limit) => write!(f, "did not end within {} s", limit.as_secs_f64()),
        }
    }
}

impl Kernel {
    /// Starts the kernel of a `kernel.json` in `folder` and waits until it answers.
    pub fn start(kernel_json: &Path, folder: &Path) -> Result<Kernel> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let connection_file =
            std::env::temp_dir().join(format!("kernel-{}-{:?}.json", std::process::id(), std::thread::current().id()));
        let wires = runtime.block_on(Wires::connect(kernel_json, folder, &connection_file));
        Ok(Kernel { wires: Some(wires?), runtime, connection_file })
    }

    /// Runs one cell.
    pub fn execute(&mut self, code: &str, limit: Duration) -> Result<Executed, Gone> {
        let wires = self.wires.as_mut().ok_or_else(|| Gone::Died("earlier".into()))?;
        self.runtime.block_on(async {
            tokio::select! {
                status = wires.process.wait() => Err(Gone::Died(match status {
                    Ok(status) => status.to_string(),
                    Err(error) => error.to_string(),
                })),
                done = timeout(limit, execute(&mut wires.shell, &mut wires.iopub, code)) => {
                    match done {
                        Ok(Ok(executed)) => Ok(executed),
                        Ok(Err(error)) => Err(Gone::Died(format!("{error:#}"))),
                        Err(_) => Err(Gone::TimedOut(limit)),
                    }
                }
            }
        })
    }

    /// The process that Jupyter would see as the kernel.
    pub fn id(&self) -> Option<u32> {
        self.wires.as_ref()?.process.id()
    }

    /// All stderr text that has not arrived yet: evcxr forwards it from a thread of its own, which a
    /// last line through the same pipe overtakes never.
    pub fn late_stderr(&mut self, limit: Duration) -> Result<String, Gone> {
        const SENTINEL: &str = "end of stderr";
        let code = format!("eprintln!({SENTINEL:?});");
        let mut text = self.execute(&code, limit)?.stderr;
        let deadline = Instant::now() + limit;
        while !text.contains(SENTINEL) {
            if Instant::now() > deadline {
                return Err(Gone::TimedOut(limit));
            }
            text += &self.execute("", limit)?.stderr;
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(text.replace(SENTINEL, "").trim().to_owned())
    }
}

impl Drop for Kernel {
    fn drop(&mut self) {
        if let Some(wires) = self.wires.take() {
            self.runtime.block_on(wires.shut_down());
        }
        let _ = std::fs::remove_file(&self.connection_file);
    }
}

impl Wires {
    async fn connect(kernel_json: &Path, folder: &Path, connection_file: &Path) -> Result<Wires> {
        let text = std::fs::read_to_string(kernel_json)
            .with_context(|| format!("no kernel at {}: run `just kernel`", kernel_json.display()))?;
        let spec: serde_json::Value = serde_json::from_str(&text)?;
        let argv: Vec<&str> =
            spec["argv"].as_array().context("argv")?.iter().filter_map(|word| word.as_str()).collect();
        let environment = spec["env"].as_object().into_iter().flatten();
        let environment = environment.filter_map(|(name, value)| Some((name, value.as_str()?)));

        let ip = std::net::IpAddr::from([127, 0, 0, 1]);
        let (ports, listeners) = jupyter_zmq_client::peek_ports_with_listeners(ip, 5).await?;
        let session = format!("verify-{}", ports[0]);
        let info = ConnectionInfo {
            transport: jupyter_protocol::connection_info::Transport::TCP,
            ip: ip.to_string(),
            stdin_port: ports[0],
            control_port: ports[1],
            hb_port: ports[2],
            shell_port: ports[3],
            iopub_port: ports[4],
            signature_scheme: "hmac-sha256".into(),
            key: session.clone(),
            kernel_name: None,
        };
        std::fs::write(connection_file, serde_json::to_string(&info)?)?;
        let mut process = Command::new(argv[0])
            .args(argv[1..].iter().map(|word| match *word {
                "{connection_file}" => connection_file.as_os_str(),
                word => word.as_ref(),
            }))
            .envs(environment)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {}", argv[0]))?;
        drop(listeners);

        let started = Instant::now();
        // The kernel binds its ports last of all, so the first connections are refused.
        let (mut iopub, mut shell, control) = loop {
            if let Some(status) = process.try_wait()? {
                bail!("the kernel ended before it answered ({status})");
            }
            if started.elapsed() > START {
                bail!("the kernel did not answer within {} s", START.as_secs());
            }
            let connected = async {
                jupyter_zmq_client::Result::Ok((
                    jupyter_zmq_client::create_client_iopub_connection(&info, "", &session).await?,
                    shell(&info, &session).await?,
                    jupyter_zmq_client::create_client_control_connection(&info, &session).await?,
                ))
            };
            match timeout(Duration::from_secs(5), connected).await {
                Ok(Ok(connections)) => break connections,
                _ => sleep(Duration::from_millis(50)).await,
            }
        };
        // Nothing on iopub is ours to miss once it has carried the answer to a first request.
        let mut ready = false;
        while !ready {
            if let Some(status) = process.try_wait()? {
                bail!("the kernel ended before it answered ({status})");
            }
            if started.elapsed() > START {
                bail!("the kernel did not answer within {} s", START.as_secs());
            }
            let request: JupyterMessage = KernelInfoRequest {}.into();
            let id = request.header.msg_id.clone();
            shell.send(request).await?;
            while timeout(Duration::from_secs(60), shell.read()).await.is_err() {
                if process.try_wait()?.is_some() {
                    break;
                }
            }
            while let Ok(message) = timeout(Duration::from_millis(200), iopub.read()).await {
                if is_idle(&message?, &id) {
                    ready = true;
                    break;
                }
            }
        }
        Ok(Wires { process, shell, iopub, control })
    }

    /// Asks politely, then with a signal: the launcher removes its build directory on both.
    async fn shut_down(mut self) {
        let _ = self.control.send(ShutdownRequest { restart: false }.into()).await;
        if timeout(Duration::from_secs(2), self.process.wait()).await.is_ok() {
            return;
        }
        if let Some(pid) = self.process.id().and_then(|id| rustix::process::Pid::from_raw(id as i32)) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
        let _ = timeout(Duration::from_secs(5), self.process.wait()).await;
    }
}

async fn shell(info: &ConnectionInfo, session: &str) -> jupyter_zmq_client::Result<ClientShellConnection> {
    let identity = jupyter_zmq_client::peer_identity_for_session(session)?;
    jupyter_zmq_client::create_client_shell_connection_with_identity(info, session, identity).await
}

/// Sends a cell and collects what comes back until the kernel has answered and is idle.
async fn execute(shell: &mut ClientShellConnection, iopub: &mut ClientIoPubConnection, code: &str) -> Result<Executed> {
    let request: JupyterMessage = ExecuteRequest { allow_stdin: false, ..ExecuteRequest::new(code.to_owned()) }.into();
    let id = request.header.msg_id.clone();
    let start = Instant::now();
    shell.send(request).await?;
    let mut executed = Executed::default();
    let mut stdout = String::new();
    let (mut idle, mut replied) = (false, false);
    while !(idle && replied) {
        tokio::select! {
            message = iopub.read(), if !idle => {
                let message = message?;
                idle = is_idle(&message, &id);
                match message.content {
                    Content::StreamContent(stream) => match stream.name {
                        Stream::Stdout => stdout += &stream.text,
                        Stream::Stderr => executed.stderr += &stream.text,
                    },
                    Content::ExecuteResult(result) => {
                        executed.outputs.push(Output::ExecuteResult(ExecuteResult {
                            // The page numbers its cells itself: evcxr begins at 2.
                            execution_count: jupyter_protocol::ExecutionCount(0),
                            data: result.data,
                            metadata: Default::default(),
                        }));
                    }
                    Content::ErrorOutput(error) => {
                        let text = executed.error.get_or_insert_default();
                        *text += &format!("{}\n", error.traceback.join("\n"));
                    }
                    _ => {}
                }
            }
            message = shell.read(), if !replied => {
                let message = message?;
                if message.parent_header.as_ref().is_some_and(|parent| parent.msg_id == id) {
                    replied = true;
                    executed.time = start.elapsed();
                    if let Content::ExecuteReply(reply) = message.content
                        && reply.status != ReplyStatus::Ok
                    {
                        executed.error.get_or_insert_default();
                    }
                }
            }
        }
    }
    if !stdout.is_empty() {
        let text = MultilineString(stdout);
        executed.outputs.insert(0, Output::Stream { name: "stdout".into(), text });
    }
    Ok(executed)
}

fn is_idle(message: &JupyterMessage, request: &str) -> bool {
    let ours = message.parent_header.as_ref().is_some_and(|parent| parent.msg_id == request);
    let idle = |content: &Content| matches!(content, Content::Status(status) if status.execution_state == ExecutionState::Idle);
    ours && idle(&message.content)
}

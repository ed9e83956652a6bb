//! One kernel, driven over the Jupyter protocol.

use crate::executed::Executed;
use anyhow::{Context, Result, anyhow, bail};
use jupyter_protocol::{
    ConnectionInfo, ExecuteRequest, ExecutionState, InterruptRequest, JupyterMessage, JupyterMessageContent as Content,
    KernelInfoRequest, ReplyStatus, ShutdownRequest, connection_info::Transport,
};
use jupyter_zmq_client::{self as zmq, ClientControlConnection, ClientIoPubConnection, ClientShellConnection};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;
use tokio::process::Child;
use tokio::time::{sleep, timeout};

/// How long a kernel may take before it answers: it may have to build its template first.
const START: Duration = Duration::from_secs(600);

/// A running kernel.
pub struct Kernel {
    runtime: tokio::runtime::Runtime,
    process: Child,
    wires: Wires,
    /// What it showed, before it was ready, to a first cell that asks for nothing.
    pub waited: Executed,
    _connection_file: NamedTempFile,
}

struct Wires {
    shell: ClientShellConnection,
    iopub: ClientIoPubConnection,
    control: ClientControlConnection,
}

impl Kernel {
    /// Starts the kernel of a `kernel.json` in `folder` and waits until it is ready for a cell.
    pub fn start(kernel_json: &Path, folder: &Path) -> Result<Kernel> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let spec = std::fs::read_to_string(kernel_json)
            .with_context(|| format!("no kernel at {}: run `just kernel`", kernel_json.display()))?;
        let mut spec = zmq::KernelspecDir {
            kernel_name: kernel_json.display().to_string(),
            path: kernel_json.into(),
            kernelspec: serde_json::from_str(&spec)?,
        };
        // The reader's spare kernel is the reader's: it goes to no environment but its own.
        spec.kernelspec.env.get_or_insert_default().entry("ADAGRAD_SPARE".into()).or_insert("0".into());
        let (process, wires, waited, _connection_file) = runtime.block_on(async {
            let mut tries = 0;
            loop {
                let ip = std::net::IpAddr::from([127, 0, 0, 1]);
                let (ports, listeners) = zmq::peek_ports_with_listeners(ip, 5).await?;
                let info = connection_info(ip.to_string(), &ports);
                // Nobody else's to read: who has the key runs code here.
                let file = tempfile::Builder::new().prefix("kernel-").suffix(".json").tempfile()?;
                serde_json::to_writer(&file, &info)
                    .with_context(|| format!("cannot write {}", file.path().display()))?;
                let mut command = spec.clone().command(file.path(), Some(Stdio::inherit()), None)?;
                let process = command.current_dir(folder).kill_on_drop(true).spawn();
                let mut process = process.context("cannot start the kernel")?;
                drop(listeners);
                let status = tokio::select! {
                    status = process.wait() => status?,
                    () = sleep(START) => bail!("the kernel did not answer within {} s", START.as_secs()),
                    ready = Wires::ready(&info) => return ready.map(|(wires, waited)| (process, wires, waited, file)),
                };
                // Between our choice of a port and the kernel's use of it any process may take it.
                let free = |port: &u16| std::net::TcpListener::bind((ip, *port)).is_ok();
                if tries == 5 || ports.iter().all(free) {
                    bail!("the kernel ended before it answered ({status})");
                }
                tries += 1;
            }
        })?;
        Ok(Kernel { runtime, process, wires, waited, _connection_file })
    }

    /// Runs one cell.
    ///
    /// # Errors
    /// If the kernel's process ends, or the cell does not end within `limit`.
    pub fn execute(&mut self, code: &str, limit: Duration) -> Result<Executed> {
        self.runtime.block_on(async {
            tokio::select! {
                status = self.process.wait() => Err(anyhow!("the kernel died ({})", status?)),
                () = sleep(limit) => Err(anyhow!("did not end within {} s", limit.as_secs_f64())),
                done = self.wires.execute(code) => done.context("the kernel died"),
            }
        })
    }

    /// Interrupts the cell that runs.
    pub fn interrupt(&mut self) -> Result<()> {
        self.runtime.block_on(async {
            self.wires.control.send(InterruptRequest {}.into()).await?;
            self.wires.control.read().await?;
            Ok(())
        })
    }

    /// The process that Jupyter would see as the kernel.
    pub fn id(&self) -> Option<u32> {
        self.process.id()
    }
}

impl Drop for Kernel {
    /// Asks politely, then with a signal: the launcher removes its build directory on both.
    fn drop(&mut self) {
        self.runtime.block_on(async {
            let _ = self.wires.control.send(ShutdownRequest { restart: false }.into()).await;
            if timeout(Duration::from_secs(2), self.process.wait()).await.is_err()
                && let Some(pid) = self.process.id().and_then(|id| rustix::process::Pid::from_raw(id as i32))
            {
                let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
                let _ = timeout(Duration::from_secs(5), self.process.wait()).await;
            }
        });
    }
}

fn connection_info(ip: String, ports: &[u16]) -> ConnectionInfo {
    ConnectionInfo {
        transport: Transport::TCP,
        ip,
        stdin_port: ports[0],
        control_port: ports[1],
        hb_port: ports[2],
        shell_port: ports[3],
        iopub_port: ports[4],
        signature_scheme: "hmac-sha256".into(),
        key: unguessable() + &unguessable(),
        kernel_name: None,
    }
}

/// Sixteen digits that nobody can foresee.
pub fn unguessable() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

impl Wires {
    /// Connects, and waits until a cell can run; returns also what is shown till then.
    async fn ready(info: &ConnectionInfo) -> Result<(Wires, Executed)> {
        // The kernel binds its ports last of all, so the first connections are refused.
        let mut wires = loop {
            match timeout(Duration::from_secs(5), Wires::open(info)).await {
                Ok(Ok(wires)) => break wires,
                _ => sleep(Duration::from_millis(50)).await,
            }
        };
        // Nothing on iopub is ours to miss once it has carried the answer to a first request.
        loop {
            let request: JupyterMessage = KernelInfoRequest {}.into();
            let id = request.header.msg_id.clone();
            wires.shell.send(request).await?;
            wires.shell.read().await?;
            while let Ok(message) = timeout(Duration::from_millis(200), wires.iopub.read()).await {
                if is_idle(&message?, &id) {
                    // The launcher may answer for a kernel that is not there yet.
                    let waited = wires.execute("").await?;
                    return Ok((wires, waited));
                }
            }
        }
    }

    async fn open(info: &ConnectionInfo) -> zmq::Result<Wires> {
        // Not the key: a session's name stands in messages that anyone on this machine may listen to.
        let session = "verifier";
        let identity = zmq::peer_identity_for_session(session)?;
        Ok(Wires {
            iopub: zmq::create_client_iopub_connection(info, "", session).await?,
            shell: zmq::create_client_shell_connection_with_identity(info, session, identity).await?,
            control: zmq::create_client_control_connection(info, session).await?,
        })
    }

    /// Sends a cell and collects what comes back until the kernel has answered and is idle.
    async fn execute(&mut self, code: &str) -> Result<Executed> {
        let request: JupyterMessage =
            ExecuteRequest { allow_stdin: false, ..ExecuteRequest::new(code.to_owned()) }.into();
        let id = request.header.msg_id.clone();
        let start = Instant::now();
        self.shell.send(request).await?;
        let mut executed = Executed::default();
        let (mut idle, mut replied) = (false, false);
        while !(idle && replied) {
            tokio::select! {
                message = self.iopub.read(), if !idle => {
                    let message = message?;
                    idle = is_idle(&message, &id);
                    let ours = answers(&message, &id);
                    executed.take(message.content, ours);
                }
                message = self.shell.read(), if !replied => {
                    let message = message?;
                    if answers(&message, &id) {
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
        Ok(executed)
    }
}

fn answers(message: &JupyterMessage, request: &str) -> bool {
    message.parent_header.as_ref().is_some_and(|parent| parent.msg_id == request)
}

fn is_idle(message: &JupyterMessage, request: &str) -> bool {
    let idle = matches!(&message.content, Content::Status(status) if status.execution_state == ExecutionState::Idle);
    idle && answers(message, request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// A kernel that ends, while another process has taken its port in the first of two starts.
    #[test]
    fn a_kernel_whose_port_was_taken_gets_others() {
        let scratch = tempfile::tempdir().unwrap();
        let at = |name: &str| scratch.path().join(name);
        let script = format!(
            "cd '{}'; [ -e first ] && exec cp \"$1\" second; cp \"$1\" new; mv new first; until [ -e taken ]; do sleep 0.02; done",
            scratch.path().display()
        );
        let spec = serde_json::json!({ "display_name": "", "language": "", "argv": ["sh", "-c", script, "sh", "{connection_file}"] });
        std::fs::write(at("kernel.json"), spec.to_string()).unwrap();
        let port = |name: &str| -> Option<u16> {
            Some(serde_json::from_str::<ConnectionInfo>(&std::fs::read_to_string(at(name)).ok()?).unwrap().shell_port)
        };
        let error = std::thread::scope(|scope| {
            let thief = scope.spawn(|| {
                let soon = || std::thread::sleep(Duration::from_millis(20));
                let port = (0..500).find_map(|_| port("first").or_else(|| (soon(), None).1)).unwrap();
                let taken =
                    (0..500).find_map(|_| TcpListener::bind(("127.0.0.1", port)).ok().or_else(|| (soon(), None).1));
                std::fs::write(at("taken"), "").unwrap();
                taken
            });
            let error = Kernel::start(&at("kernel.json"), scratch.path()).err().unwrap();
            assert!(thief.join().unwrap().is_some());
            error
        });
        assert!(format!("{error}").contains("ended before it answered (exit status: 0)"), "{error:#}");
        assert_ne!(port("first"), Some(port("second").expect("a second start")));
    }
}

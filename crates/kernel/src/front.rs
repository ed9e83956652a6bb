//! What Jupyter talks to: the kernel's sockets, from the first moment on.
//!
//! While evcxr is being prepared, requests are held, and the reader is told what takes long; then they are passed on and
//! answers passed back, as they are but for their signature ([`sign`](crate::sign)). Where there is no evcxr, each cell is
//! answered with the reason.

use crate::evcxr::{Evcxr, while_in_use};
use crate::guard::exit_code;
use crate::sign::pass;
use anyhow::{Context, Result};
use jupyter_protocol::{
    ClearOutput, CommInfoReply, ConnectionInfo, ExecuteReply, Header, InterruptReply, JupyterMessage,
    JupyterMessageContent as Content, KernelInfoReply, LanguageInfo, ReplyError, ReplyStatus, ShutdownReply, Status,
    StreamContent,
};
use jupyter_zmq_client::{self as zmq, KernelIoPubConnection, KernelShellConnection, RawMessage};
use rustix::process::Signal;
use std::path::Path;
use std::process::{ExitCode, ExitStatus};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::sleep;
use zeromq::{SocketRecv, ZmqMessage};

/// Clients give up after a minute without an answer; before that, evcxr's own is the better one, unless it is known
/// that it takes its time.
const PATIENCE: Duration = Duration::from_secs(50);

/// evcxr ends itself in many ways, and in none of them by this signal.
const KILLED: &str = "This kernel was killed, most likely because memory ran out; all variables are lost. \
    Restart it, and hold less at a time.\n";

/// The kernel's side of a connection file.
pub struct Front {
    shell: KernelShellConnection,
    control: KernelShellConnection,
    stdin: KernelShellConnection,
    iopub: KernelIoPubConnection,
    held: Vec<ZmqMessage>,
}

impl Front {
    /// Binds the ports of Jupyter's connection file.
    pub async fn bind(connection: &Path) -> Result<Front> {
        let text = std::fs::read_to_string(connection).with_context(|| format!("no file {}", connection.display()))?;
        let info: ConnectionInfo =
            serde_json::from_str(&text).with_context(|| format!("{} is no connection file", connection.display()))?;
        // Who chose the ports may hold them until it has seen us start.
        while_in_use(50, || Front::bind_all(&info)).await
    }

    async fn bind_all(info: &ConnectionInfo) -> Result<Front> {
        // Not the key: a session's name stands in messages that anyone on this machine may listen to.
        let session = "launcher";
        let mut heart = zmq::create_kernel_heartbeat_connection(info).await?;
        let front = Front {
            shell: zmq::create_kernel_shell_connection(info, session).await?,
            control: zmq::create_kernel_control_connection(info, session).await?,
            stdin: zmq::create_kernel_stdin_connection(info, session).await?,
            iopub: zmq::create_kernel_iopub_connection(info, session).await?,
            held: vec![],
        };
        tokio::spawn(async move { while heart.single_heartbeat().await.is_ok() {} });
        Ok(front)
    }

    /// Holds the requests until `ready`; `None` if Jupyter ends the kernel before.
    ///
    /// What is `told` meanwhile is shown as the first cell's output, until the cell has one of its own.
    pub async fn hold<T>(
        &mut self,
        ready: impl Future<Output = T>,
        mut told: UnboundedReceiver<String>,
    ) -> Result<Option<T>> {
        let patience = sleep(PATIENCE);
        tokio::pin!(ready, patience);
        let (mut late, mut unsaid, mut cell) = (false, String::new(), None);
        loop {
            tokio::select! {
                ready = &mut ready => {
                    if let Some(cell) = cell {
                        self.iopub.send(ClearOutput { wait: false }.as_child_of(&cell)).await?;
                    }
                    return Ok(Some(ready));
                }
                message = self.shell.socket.recv() => self.held.push(message?),
                request = self.control.read() => if let Ok(request) = request && self.control(&request).await? {
                    return Ok(None);
                },
                Some(text) = told.recv() => (late, unsaid) = (true, unsaid + &text),
                () = &mut patience, if !late => late = true,
            }
            if !late {
                continue;
            }
            for message in std::mem::take(&mut self.held) {
                match self.parse(&message) {
                    Some(request) if matches!(request.content, Content::KernelInfoRequest(_)) => {
                        self.answer(&request, "").await?;
                        continue;
                    }
                    Some(request) if matches!(request.content, Content::ExecuteRequest(_)) => {
                        cell.get_or_insert(request);
                    }
                    _ => {}
                }
                self.held.push(message);
            }
            if let Some(cell) = &cell
                && !unsaid.is_empty()
            {
                self.iopub.send(Status::busy().as_child_of(cell)).await?;
                self.iopub.send(StreamContent::stdout(&std::mem::take(&mut unsaid)).as_child_of(cell)).await?;
            }
        }
    }

    /// Answers every cell with the reason why there is no evcxr, until Jupyter ends the kernel.
    pub async fn refuse(&mut self, reason: &str) -> Result<ExitCode> {
        for message in std::mem::take(&mut self.held) {
            if let Some(request) = self.parse(&message) {
                self.answer(&request, reason).await?;
            }
        }
        loop {
            tokio::select! {
                request = self.shell.read() => if let Ok(request) = request { self.answer(&request, reason).await? },
                request = self.control.read() => if let Ok(request) = request && self.control(&request).await? {
                    return Ok(ExitCode::FAILURE);
                },
            }
        }
    }

    /// Passes everything on to evcxr and back, until evcxr ends; if it was killed, each cell is answered with that.
    pub async fn relay(&mut self, evcxr: &mut Evcxr) -> Result<ExitCode> {
        let status = self.pass_on(evcxr).await?;
        if status.code() == Some(128 + Signal::KILL.as_raw()) {
            return self.refuse(KILLED).await;
        }
        Ok(exit_code(&status))
    }

    async fn pass_on(&mut self, evcxr: &mut Evcxr) -> Result<ExitStatus> {
        let Front { shell, control, stdin, iopub, held } = self;
        let wires = &mut evcxr.wires;
        let (ours, theirs) = (shell.mac.clone(), wires.shell.mac.clone());
        for message in std::mem::take(held) {
            if pass(message.clone(), &ours, &theirs, &mut wires.shell.socket).await {
                held.push(message);
            }
        }
        loop {
            tokio::select! {
                Ok(message) = wires.iopub.socket.recv() => pass(message, &theirs, &ours, &mut iopub.socket).await,
                Ok(message) = wires.shell.socket.recv() => {
                    // evcxr answers in turn: what is held is not answered yet.
                    drop(held.drain(..held.len().min(1)));
                    pass(message, &theirs, &ours, &mut shell.socket).await
                }
                Ok(message) = wires.control.socket.recv() => pass(message, &theirs, &ours, &mut control.socket).await,
                Ok(message) = wires.stdin.socket.recv() => pass(message, &theirs, &ours, &mut stdin.socket).await,
                Ok(message) = shell.socket.recv() => {
                    let passed = pass(message.clone(), &ours, &theirs, &mut wires.shell.socket).await;
                    held.extend(passed.then_some(message));
                    passed
                }
                Ok(message) = control.socket.recv() => pass(message, &ours, &theirs, &mut wires.control.socket).await,
                Ok(message) = stdin.socket.recv() => pass(message, &ours, &theirs, &mut wires.stdin.socket).await,
                status = evcxr.guard.wait() => return Ok(status?),
            };
        }
    }

    async fn answer(&mut self, request: &JupyterMessage, reason: &str) -> Result<()> {
        self.iopub.send(Status::busy().as_child_of(request)).await?;
        match &request.content {
            Content::KernelInfoRequest(_) => self.shell.send(kernel_info().as_child_of(request)).await?,
            Content::CommInfoRequest(_) => self.shell.send(CommInfoReply::default().as_child_of(request)).await?,
            Content::ExecuteRequest(_) => {
                self.iopub.send(StreamContent::stderr(reason).as_child_of(request)).await?;
                let error = ReplyError { ename: "no kernel".into(), evalue: reason.into(), traceback: vec![] };
                let reply =
                    ExecuteReply { status: ReplyStatus::Error, error: Some(error.into()), ..Default::default() };
                self.shell.send(reply.as_child_of(request)).await?;
            }
            _ => {}
        }
        self.iopub.send(Status::idle().as_child_of(request)).await?;
        Ok(())
    }

    fn parse(&self, message: &ZmqMessage) -> Option<JupyterMessage> {
        let raw = RawMessage::from_multipart(message.clone(), &self.shell.mac).ok()?;
        let header: Header = serde_json::from_slice(&raw.jparts[0]).ok()?;
        let content = serde_json::from_slice(&raw.jparts[3]).ok()?;
        let content = Content::from_type_and_content(&header.msg_type, content).ok()?;
        Some(JupyterMessage { zmq_identities: raw.zmq_identities, header, ..JupyterMessage::new(content, None) })
    }

    /// Answers on the control channel; true if the kernel is to end.
    async fn control(&mut self, request: &JupyterMessage) -> Result<bool> {
        match &request.content {
            Content::ShutdownRequest(shutdown) => {
                let reply = ShutdownReply { restart: shutdown.restart, ..ShutdownReply::default() };
                self.control.send(reply.as_child_of(request)).await?;
                return Ok(true);
            }
            Content::InterruptRequest(_) => self.control.send(InterruptReply::default().as_child_of(request)).await?,
            Content::KernelInfoRequest(_) => self.control.send(kernel_info().as_child_of(request)).await?,
            _ => {}
        }
        Ok(false)
    }
}

/// What the pages' metadata say of the language too.
fn kernel_info() -> KernelInfoReply {
    KernelInfoReply {
        status: ReplyStatus::Ok,
        protocol_version: "5.3".into(),
        implementation: "evcxr".into(),
        implementation_version: String::new(),
        language_info: LanguageInfo {
            name: "Rust".into(),
            version: String::new(),
            mimetype: Some("text/rust".into()),
            file_extension: Some(".rs".into()),
            pygments_lexer: Some("rust".into()),
            codemirror_mode: None,
            nbconvert_exporter: None,
        },
        banner: String::new(),
        help_links: vec![],
        debugger: false,
        error: None,
    }
}

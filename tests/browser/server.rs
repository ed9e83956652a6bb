//! A server that a test has to itself.

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long one may take until it answers: the first start of JupyterLab installs it.
const START: Duration = Duration::from_secs(600);

/// A server on the loopback address; it ends with this.
pub struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts the program that serves at a free port, and waits until it answers.
    pub fn start(at: impl Fn(u16) -> Command) -> Result<Server> {
        // Between our choice of a port and the server's use of it any process may take it.
        let mut tries = (0..3).map(|_| Server::start_once(&at));
        tries.next().expect("a first try").or_else(|first| tries.find_map(Result::ok).ok_or(first))
    }

    fn start_once(at: impl Fn(u16) -> Command) -> Result<Server> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = at(port);
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let process = process.with_context(|| format!("cannot start {command:?}"))?;
        let (mut server, began) = (Server { process, port }, Instant::now());
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure!(server.process.try_wait()?.is_none(), "{command:?} ended before it answered");
            if began.elapsed() > START {
                bail!("{command:?} did not answer");
            }
            sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// What its addresses begin with.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = kill_process(Pid::from_child(&self.process), Signal::TERM);
        let _ = self.process.wait();
    }
}

//! The launcher's second stage: runs a program in a process group of its own, and ends the whole group when the program
//! ends, or when whoever holds the other end of stdin is gone.

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Runs a program, and copies its stderr into `log` as well.
pub fn run(log: &str, program: &[String]) -> Result<ExitCode> {
    let [program, args @ ..] = program else { bail!("guard: no program") };
    // Where memory runs out, a kernel goes before the server that runs it and others.
    let _ = fs::write("/proc/self/oom_score_adj", "300");
    let mut child = Command::new(program);
    child.args(args).stdin(Stdio::null()).stderr(Stdio::piped()).process_group(0);
    let mut child = child.spawn().with_context(|| format!("cannot run {program}"))?;
    let (mut log, mut stderr) = (File::create(log)?, child.stderr.take().context("stderr is piped")?);
    let (copying, copied) = channel::<()>();
    std::thread::spawn(move || {
        let _copying = copying;
        let mut bytes = [0; 4096];
        while let Ok(n @ 1..) = stderr.read(&mut bytes) {
            let _ = (log.write_all(&bytes[..n]), io::stderr().write_all(&bytes[..n]));
        }
    });
    let (left, gone) = channel::<()>();
    std::thread::spawn(move || {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        drop(left);
    });
    // Only looked at, not reaped: until then its number is no other process's or group's.
    let group = Pid::from_child(&child);
    while waitid(WaitId::Pid(group), WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT)?.is_none() {
        if gone.recv_timeout(Duration::from_millis(20)) == Err(RecvTimeoutError::Disconnected) {
            break;
        }
    }
    let _ = kill_process_group(group, Signal::KILL);
    let status = child.wait()?;
    // The last words say why it ended; only what has left the group could hold them back.
    let _ = copied.recv_timeout(Duration::from_secs(1));
    Ok(exit_code(&status))
}

/// The exit code that tells a shell how a program ended.
pub fn exit_code(status: &ExitStatus) -> ExitCode {
    let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

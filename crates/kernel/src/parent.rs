//! Ends a kernel when the Jupyter that started it has gone without a word, as a hub's server does.

use rustix::process::{Pid, Signal, getpid, getppid, kill_process};
use std::time::Duration;
use tokio::time::sleep;

/// Hangs up when the process that says it is our Jupyter (`JPY_PARENT_PID`) is our parent no more.
pub async fn hang_up() {
    let named = std::env::var("JPY_PARENT_PID").ok().and_then(|pid| Pid::from_raw(pid.parse().ok()?));
    if named.is_none() || named != getppid() {
        // Started through another program, whose end means nothing.
        return;
    }
    while named == getppid() {
        sleep(Duration::from_secs(1)).await;
    }
    let _ = kill_process(getpid(), Signal::HUP);
}

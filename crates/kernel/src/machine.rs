//! What the machine says: how much memory is free, and how processes are.

use std::collections::BTreeSet;
use sysinfo::{Pid, ProcessRefreshKind, ProcessStatus, ProcessesToUpdate, System};

/// The memory in bytes that a new process can have, by the machine and by the limit of this process' group, if known.
pub fn free_memory() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory();
    let own = sysinfo::get_current_pid().ok();
    system.refresh_processes_specifics(
        ProcessesToUpdate::Some(own.as_slice()),
        true,
        ProcessRefreshKind::nothing().without_tasks(),
    );
    let own = own.and_then(|pid| system.process(pid)?.cgroup_limits());
    // What is cached for files is free too.
    let within = |limit: sysinfo::CGroupLimits| limit.total_memory.saturating_sub(limit.rss);
    Some(own.map_or(u64::MAX, within).min(system.available_memory()))
}

/// The processes that a process has started, and those that these have started; `None` if one of them has ended or is
/// stopped.
pub fn running_below(id: u32) -> Option<BTreeSet<u32>> {
    let mut system = System::new().ok()?;
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, ProcessRefreshKind::nothing().without_tasks());
    let mut found = BTreeSet::new();
    let mut open = vec![Pid::from_u32(id)];
    while let Some(parent) = open.pop() {
        for (pid, process) in system.processes().iter().filter(|(_, process)| process.parent() == Some(parent)) {
            use ProcessStatus::{Dead, Stop, Zombie};
            if matches!(process.status(), Dead | Stop | Zombie) {
                return None;
            }
            found.insert(pid.as_u32());
            open.push(*pid);
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
    use std::process::{Child, Command};
    use std::time::Duration;

    #[test]
    fn a_child_that_is_stopped_or_has_ended_is_noticed() {
        let child = |program: &mut Command| -> Child { program.spawn().unwrap() };
        let mut shell = child(Command::new("sh").args(["-c", "sleep 60; true"]));
        let soon = |wanted: &dyn Fn(Option<BTreeSet<u32>>) -> bool| {
            let there = || wanted(running_below(shell.id()));
            assert!((0..100).any(|_| there() || (std::thread::sleep(Duration::from_millis(50)), false).1));
        };
        soon(&|below| below.is_some_and(|below| below.len() == 1));
        let sleeper = *running_below(shell.id()).unwrap().first().unwrap();
        let tell = |signal| kill_process(Pid::from_raw(sleeper as i32).unwrap(), signal).unwrap();
        tell(Signal::STOP);
        soon(&|below| below.is_none());
        tell(Signal::CONT);
        soon(&|below| below.is_some());
        // The shell does not look after its child while it is stopped.
        kill_process(Pid::from_child(&shell), Signal::STOP).unwrap();
        waitid(WaitId::Pid(Pid::from_child(&shell)), WaitIdOptions::STOPPED).unwrap();
        tell(Signal::KILL);
        soon(&|below| below.is_none());
        shell.kill().unwrap();
        shell.wait().unwrap();
    }

    #[test]
    fn the_free_memory_is_no_more_than_there_is() {
        let mut system = System::new().unwrap();
        system.refresh_memory();
        let free = free_memory().unwrap();
        assert!((1 << 20..=system.total_memory()).contains(&free), "{free}");
    }
}

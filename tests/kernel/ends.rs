//! Ends that nobody asked for: of the Jupyter that started a kernel, of evcxr, and of memory.

use crate::driven::{Test, computes, fails, folder, pid, processes, signal, soon, start, start_changed, started_by};
use rustix::process::{Signal, kill_process};
use std::time::Duration;

pub const TESTS: [Test; 3] = [
    ("a kernel whose Jupyter has gone ends", orphan),
    ("that evcxr was killed stands in each cell", killed_evcxr),
    ("where memory runs out, a kernel goes first", first_to_go),
];

/// Starts the launcher as a Jupyter would whose number is its first child's parent's.
const JUPYTER: &str = "JPY_PARENT_PID=$$ \"$@\" & wait";

fn orphan() {
    let jupyter = ["bash", "-c", JUPYTER, "jupyter"];
    let mut kernel = start_changed("notebooks", |spec| started_by(spec, &jupyter));
    let build = folder(&mut kernel);
    std::thread::sleep(Duration::from_secs(2));
    computes(&mut kernel);
    signal(&kernel, Signal::KILL);
    soon("the kernel ends", 10, || !build.exists());
}

fn killed_evcxr() {
    let mut kernel = start();
    let [evcxr, _] = processes(&mut kernel);
    kill_process(evcxr, Signal::KILL).unwrap();
    fails(&mut kernel, "killed, most likely because memory ran out");
}

fn first_to_go() {
    if !cfg!(target_os = "linux") {
        return; // elsewhere nothing says which process goes
    }
    let mut kernel = start();
    let [evcxr, cell] = processes(&mut kernel);
    let [launcher, evcxr, cell] = [pid(kernel.id().unwrap()), evcxr, cell].map(|process| -> i32 {
        std::fs::read_to_string(format!("/proc/{process}/oom_score_adj")).unwrap().trim().parse().unwrap()
    });
    assert!(evcxr > launcher && cell > launcher, "{evcxr} and {cell}, the launcher has {launcher}");
}

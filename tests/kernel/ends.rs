//! Ends that nobody asked for: of the Jupyter that started a kernel, of evcxr, and of memory.

use crate::driven::{LIMIT, computes, folder, signal, soon, start, start_changed, stdout, trials_of};
use libtest_mimic::Trial;
use rustix::process::{Pid, Signal, kill_process};
use std::time::Duration;
use verifier::client::Kernel;
use verifier::root;

pub fn trials() -> Vec<Trial> {
    trials_of([
        ("a kernel whose Jupyter has gone ends", orphan),
        ("that evcxr was killed stands in each cell", killed_evcxr),
        ("where memory runs out, a kernel goes first", first_to_go),
    ])
    .into()
}

/// Starts the launcher as a Jupyter would whose number is its first child's parent's.
const JUPYTER: &str = "JPY_PARENT_PID=$$ \"$@\" & wait";

fn orphan() {
    let mut kernel = start_changed(&root().join("notebooks"), |spec| {
        let before = ["bash", "-c", JUPYTER, "jupyter"].map(Into::into);
        spec["argv"].as_array_mut().unwrap().splice(0..0, before);
    });
    let build = folder(&mut kernel);
    std::thread::sleep(Duration::from_secs(2));
    computes(&mut kernel);
    signal(&kernel, Signal::KILL);
    soon("the kernel ends", 10, || !build.exists());
}

/// evcxr, and the process in which it runs cells.
fn processes(kernel: &mut Kernel) -> [u32; 2] {
    let code = "println!(\"{} {}\", std::os::unix::process::parent_id(), std::process::id());";
    let numbers = stdout(kernel, code);
    let (evcxr, cell) = numbers.trim().split_once(' ').unwrap();
    [evcxr, cell].map(|number| number.parse().unwrap())
}

fn killed_evcxr() {
    let mut kernel = start();
    let [evcxr, _] = processes(&mut kernel);
    kill_process(Pid::from_raw(evcxr as i32).unwrap(), Signal::KILL).unwrap();
    for _ in 0..2 {
        let executed = kernel.execute("1 + 1", LIMIT).unwrap();
        assert!(executed.error.is_some(), "{executed:?}");
        assert!(executed.stderr.contains("killed, most likely because memory ran out"), "{executed:?}");
    }
}

fn first_to_go() {
    let mut kernel = start();
    let launcher = kernel.id().unwrap();
    let [evcxr, cell] = processes(&mut kernel);
    let first = |process: u32| -> i32 {
        std::fs::read_to_string(format!("/proc/{process}/oom_score_adj")).unwrap().trim().parse().unwrap()
    };
    assert!(first(evcxr) > first(launcher) && first(cell) > first(launcher));
}

//! A kernel as these tests drive it.

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;
use verifier::client::Kernel;
use verifier::root;
use verifier::verify::Setup;

/// A test with its name; it panics where something is wrong.
pub type Test = (&'static str, fn());

/// A first cell may wait for the start too: the launcher answers for evcxr before a client gives up.
pub const LIMIT: Duration = Duration::from_secs(180);

pub fn start() -> Kernel {
    start_in("notebooks")
}

/// In a folder of the project's, or elsewhere.
pub fn start_in(folder: impl AsRef<Path>) -> Kernel {
    start_changed(folder, |_| {})
}

/// With other settings: `change` gets what stands in its kernel.json.
pub fn start_changed(folder: impl AsRef<Path>, change: impl Fn(&mut Value)) -> Kernel {
    Kernel::start(changed(&Setup::project().kernel, change).path(), &root().join(folder)).unwrap()
}

/// A kernel.json like another one.
pub fn changed(kernel_json: &Path, change: impl Fn(&mut Value)) -> NamedTempFile {
    let mut spec = serde_json::from_str(&std::fs::read_to_string(kernel_json).unwrap()).unwrap();
    change(&mut spec);
    let file = NamedTempFile::new().unwrap();
    std::fs::write(&file, spec.to_string()).unwrap();
    file
}

/// Has a program start the launcher.
pub fn started_by(spec: &mut Value, program: &[&str]) {
    spec["argv"].as_array_mut().unwrap().splice(0..0, program.iter().map(|word| (*word).into()));
}

/// The launcher as the recipes call it.
pub fn launcher(words: &[&str]) -> Command {
    let mut launcher = Setup::project().launcher().unwrap();
    launcher.args(words);
    launcher
}

pub fn stdout(kernel: &mut Kernel, code: &str) -> String {
    let mut executed = kernel.execute(code, LIMIT).unwrap();
    verifier::cells::drain(kernel, &mut executed, LIMIT).unwrap();
    assert_eq!((&executed.error, executed.stderr.as_str()), (&None, ""), "{code}");
    executed.stdout
}

/// The kernel's private folder.
pub fn folder(kernel: &mut Kernel) -> PathBuf {
    let code = "println!(\"{}\", std::env::var(\"EVCXR_TMPDIR\").unwrap());";
    let build = PathBuf::from(stdout(kernel, code).trim());
    build.parent().unwrap().to_owned()
}

/// evcxr, and the process in which it runs cells.
pub fn processes(kernel: &mut Kernel) -> [Pid; 2] {
    let code = "println!(\"{} {}\", std::os::unix::process::parent_id(), std::process::id());";
    let numbers = stdout(kernel, code);
    let (evcxr, cell) = numbers.trim().split_once(' ').unwrap();
    [evcxr, cell].map(|number| pid(number.parse().unwrap()))
}

pub fn pid(number: u32) -> Pid {
    Pid::from_raw(number as i32).unwrap()
}

pub fn signal(kernel: &Kernel, signal: Signal) {
    kill_process(pid(kernel.id().unwrap()), signal).unwrap();
}

pub fn computes(kernel: &mut Kernel) {
    assert_eq!(stdout(kernel, "println!(\"{}\", 1 + 1);"), "2\n");
}

/// Each cell ends with an error, and its reader is told why.
pub fn fails(kernel: &mut Kernel, why: &str) {
    for _ in 0..2 {
        let executed = kernel.execute("1 + 1", LIMIT).unwrap();
        assert!(executed.error.is_some() && executed.stderr.contains(why), "{executed:?}");
    }
}

/// Waits some seconds for something to become so.
pub fn soon(what: &str, seconds: u64, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(seconds);
    while !is_so() {
        assert!(Instant::now() < end, "within {seconds} s: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Waits some seconds for processes to end.
pub fn end(processes: &[Pid]) {
    soon(&format!("{processes:?} end"), 20, || processes.iter().all(|pid| test_kill_process(*pid).is_err()));
}

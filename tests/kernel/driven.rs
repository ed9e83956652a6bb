//! A kernel as these tests drive it.

use libtest_mimic::Trial;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use verifier::client::Kernel;
use verifier::root;
use verifier::verify::Setup;

/// Functions that panic where something is wrong, as tests of these names.
pub fn trials_of<const N: usize>(tests: [(&str, fn()); N]) -> [Trial; N] {
    let trial = |(name, test): (&str, fn())| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    };
    tests.map(trial)
}

/// A first cell may wait for the start too: the launcher answers for evcxr before a client gives up.
pub const LIMIT: Duration = Duration::from_secs(180);

pub fn start() -> Kernel {
    Kernel::start(&Setup::project().kernel, &root().join("notebooks")).unwrap()
}

/// The kernel with other settings: `change` gets the text of its kernel.json.
pub fn start_changed(folder: &Path, change: impl Fn(&mut serde_json::Value)) -> Kernel {
    let text = std::fs::read_to_string(Setup::project().kernel).unwrap();
    let mut spec = serde_json::from_str(&text).unwrap();
    change(&mut spec);
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("kernel.json");
    std::fs::write(&file, spec.to_string()).unwrap();
    Kernel::start(&file, folder).unwrap()
}

pub fn stdout(kernel: &mut Kernel, code: &str) -> String {
    let executed = kernel.execute(code, LIMIT).unwrap();
    assert_eq!((executed.error, executed.stderr), (None, String::new()), "{code}");
    executed.stdout
}

/// The kernel's private folder.
pub fn folder(kernel: &mut Kernel) -> PathBuf {
    let code = "println!(\"{}\", std::env::var(\"EVCXR_TMPDIR\").unwrap());";
    let build = PathBuf::from(stdout(kernel, code).trim());
    build.parent().unwrap().to_owned()
}

pub fn signal(kernel: &Kernel, signal: Signal) {
    let pid = Pid::from_raw(kernel.id().unwrap() as i32).unwrap();
    kill_process(pid, signal).unwrap();
}

pub fn computes(kernel: &mut Kernel) {
    assert_eq!(stdout(kernel, "println!(\"{}\", 1 + 1);"), "2\n");
}

pub fn has_ended(pid: Pid) -> bool {
    test_kill_process(pid).is_err()
}

/// Waits some seconds for something to become so.
pub fn soon(what: &str, seconds: u64, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(seconds);
    while !is_so() {
        assert!(Instant::now() < end, "within {seconds} s: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

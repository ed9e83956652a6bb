//! Ends that nobody asked for: of the Jupyter that started a kernel, of evcxr, and of memory.

use crate::launcher::{LIMIT, folder, start, start_changed, stdout};
use libtest_mimic::Trial;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use verifier::root;

pub fn trials() -> Vec<Trial> {
    let tests: [(&str, fn()); 3] = [
        ("a kernel whose Jupyter has gone ends", orphan),
        ("that evcxr was killed stands in each cell", killed_evcxr),
        ("where memory runs out, a kernel goes first", first_to_go),
    ];
    let trial = |(name, test): (&str, fn())| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    };
    tests.map(trial).into()
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
    assert_eq!(stdout(&mut kernel, "println!(\"{}\", 1 + 1);"), "2\n");
    kill(kernel.id().unwrap());
    let gone = || !build.exists();
    assert!((0..200).any(|_| gone() || (std::thread::sleep(Duration::from_millis(50)), false).1), "the kernel runs on");
}

fn kill(process: u32) {
    assert!(Command::new("kill").args(["-9", &process.to_string()]).status().unwrap().success());
}

/// evcxr, and the process in which it runs cells.
fn processes(kernel: &mut verifier::client::Kernel) -> [PathBuf; 2] {
    let code = "println!(\"{} {}\", std::os::unix::process::parent_id(), std::process::id());";
    let numbers = stdout(kernel, code);
    let (evcxr, cell) = numbers.trim().split_once(' ').unwrap();
    [evcxr, cell].map(|number| PathBuf::from("/proc").join(number))
}

fn killed_evcxr() {
    let mut kernel = start();
    let [evcxr, _] = processes(&mut kernel);
    kill(evcxr.file_name().unwrap().to_str().unwrap().parse().unwrap());
    for _ in 0..2 {
        let executed = kernel.execute("1 + 1", LIMIT).unwrap();
        assert!(executed.error.is_some(), "{executed:?}");
        assert!(executed.stderr.contains("killed, most likely because memory ran out"), "{executed:?}");
    }
}

fn first_to_go() {
    let mut kernel = start();
    let launcher = PathBuf::from(format!("/proc/{}", kernel.id().unwrap()));
    let [evcxr, cell] = processes(&mut kernel);
    let first = |process: &PathBuf| -> i32 {
        std::fs::read_to_string(process.join("oom_score_adj")).unwrap().trim().parse().unwrap()
    };
    assert!(first(&evcxr) > first(&launcher) && first(&cell) > first(&launcher));
}

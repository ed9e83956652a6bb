//! What the launcher says of a wrong command line, and to whoever waits for the engine.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

#[test]
fn a_wrong_command_line_is_named() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let cases: [(&[&str], i32, &str); 3] = [
        (&["instal"], 2, "unknown command line `instal`"),
        (&["--root", "/nowhere", "build"], 1, "no project folder /nowhere"),
        (
            &["--root", root, "--evcxr", "/nowhere/evcxr", "build"],
            1,
            "no evcxr_jupyter at /nowhere/evcxr: run `just kernel`",
        ),
    ];
    for (arguments, status, sentence) in cases {
        let mut kernel = Command::new(env!("CARGO_BIN_EXE_kernel"));
        // It is named before an engine is looked for, or built.
        kernel.args(arguments).env("XDG_CACHE_HOME", "/dev/null").env("HOME", "/dev/null");
        let output = kernel.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{said}");
        assert!(said.contains(sentence), "{said}");
    }
}

#[test]
fn who_comes_second_waits_for_the_engine_and_takes_it() {
    let (_, version) = include_str!("../src/engine.rs").split_once("VERSION: &str = \"").unwrap();
    let version = version.split('"').next().unwrap();
    let home = tempfile::tempdir().unwrap();
    let cache = home.path().join(if cfg!(target_os = "macos") { "Library/Caches" } else { "cache" });
    let store = cache.join(format!("adagrad-slides/evcxr_jupyter-{version}"));
    fs::create_dir_all(&store).unwrap();
    let first = File::create(store.join("lock")).unwrap();
    first.lock().unwrap();

    let mut kernel = Command::new(env!("CARGO_BIN_EXE_kernel"));
    kernel.arg("engine").env("HOME", home.path()).env("XDG_CACHE_HOME", &cache);
    // It shall build none, whatever is wrong.
    let mut second = kernel.env("PATH", "").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(second.stderr.take().unwrap()).read_line(&mut said).unwrap();
    assert!(said.starts_with("kernel: waiting for evcxr_jupyter"), "{said}");

    let engine = store.join("bin/evcxr_jupyter");
    fs::write(&engine, "").unwrap();
    drop(first);
    let output = second.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), engine.to_str().unwrap());
}

#[test]
fn the_last_words_of_what_is_guarded_stand_in_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut guard = Command::new(env!("CARGO_BIN_EXE_kernel"));
    // More than one pipe holds: the program ends while its words are still being copied.
    guard.arg("guard").arg(&log).args(["sh", "-c", "head -c 100000 /dev/zero >&2; echo why >&2; exit 3"]);
    let mut guard = guard.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Where its end of stdin closes, all is ended.
    let _held = guard.stdin.take();
    std::thread::sleep(Duration::from_millis(100));
    std::io::copy(&mut guard.stderr.take().unwrap(), &mut std::io::sink()).unwrap();
    assert_eq!(guard.wait().unwrap().code(), Some(3));
    assert!(fs::read(log).unwrap().ends_with(b"\0why\n"));
}

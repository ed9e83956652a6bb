//! The launcher under wrong conditions: kernels side by side, and kernels that are killed.

use crate::driven::{
    LIMIT, Test, computes, end, fails, folder, launcher, processes, signal, start, start_changed, start_in, started_by,
    stdout,
};
use rustix::process::Signal;
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use verifier::root;

pub const TESTS: [Test; 11] = [
    ("kernels at once do not disturb each other, in process namespaces of their own neither", side_by_side),
    ("a killed kernel leaves nothing behind after the next start", killed),
    ("a kernel told to stop tidies up", told_to_stop),
    ("the user's kernelspecs and configuration are not touched", kept_apart),
    ("a checkout builds no template and compiles nothing", touched),
    ("registering the kernel can be undone", registered),
    ("no setting of the user's shell reaches a cell", scrubbed),
    ("a page that runs elsewhere finds the crates, and its own folder", elsewhere),
    ("without any PATH the kernel starts", no_path),
    ("who waits for a kernel reads why, and the text goes", told_why),
    ("the reason why there is no kernel stands in the notebook", reason),
];

/// Runs a program in a user's and process namespace of its own, where the system lets us.
const UNSHARE: [&str; 4] = ["unshare", "-rpf", "--kill-child", "--mount-proc"];

/// Two of them as in containers that share a folder: process ids of the one mean other processes in the other.
fn side_by_side() {
    let possible = Command::new(UNSHARE[0]).args(&UNSHARE[1..]).arg("true").output();
    let possible = possible.is_ok_and(|output| output.status.success());
    if !possible {
        eprintln!("no namespaces here: kernels in two containers are not tried");
    }
    let apart = if possible { 2 } else { 0 };
    let mut kernels = vec![start(), start()];
    kernels.extend((0..apart).map(|_| start_changed("notebooks", |spec| started_by(spec, &UNSHARE))));
    let space = "println!(\"{:?}\", std::fs::read_link(\"/proc/self/ns/pid\"));";
    let seen: BTreeSet<String> = kernels.iter_mut().map(|kernel| stdout(kernel, space)).collect();
    assert_eq!(seen.len(), 1 + apart, "{seen:?}");
    let folders: Vec<PathBuf> = kernels.iter_mut().map(folder).collect();
    assert_eq!(folders.iter().collect::<BTreeSet<_>>().len(), folders.len(), "{folders:?}");

    let values = ["3.0", "4", "'5'", "[6]"];
    for (kernel, value) in kernels.iter_mut().zip(values) {
        stdout(kernel, &format!("let x = {value};"));
    }
    while let Some(ended) = kernels.pop() {
        drop(ended);
        assert!(!folders[kernels.len()].exists(), "a kernel that ends removes its build directory");
        for ((kernel, folder), value) in kernels.iter_mut().zip(&folders).zip(values) {
            assert!(folder.exists(), "another's start or end swept {}", folder.display());
            assert_eq!(stdout(kernel, "println!(\"{x:?}\");"), format!("{value}\n"));
        }
    }
}

fn killed() {
    let mut kernel = start();
    let build = folder(&mut kernel);
    let [_, cell] = processes(&mut kernel);
    // A cell in an endless loop outlives the kernel that it belongs to.
    let spinning = kernel.execute("loop {}", Duration::from_secs(1));
    assert!(spinning.is_err());
    signal(&kernel, Signal::KILL);
    drop(kernel);
    end(&[cell]);

    // A rest without its lock is one too.
    let rest = build.with_file_name("rest");
    std::fs::create_dir_all(rest.join("ctx")).unwrap();
    let next = start();
    for left in [build, rest] {
        assert!(!left.exists(), "the next start sweeps {}", left.display());
    }
    drop(next);
}

fn told_to_stop() {
    let mut kernel = start();
    let build = folder(&mut kernel);
    let _ = kernel.execute("loop {}", Duration::from_secs(1));
    signal(&kernel, Signal::TERM);
    drop(kernel);
    assert!(!build.exists());
}

fn kept_apart() {
    let mut kernel = start();
    let code = r#"for name in ["JUPYTER_PATH", "EVCXR_CONFIG_DIR"] { println!("{}", std::env::var(name).unwrap()); }"#;
    let build = folder(&mut kernel);
    for path in stdout(&mut kernel, code).lines() {
        assert!(path.starts_with(build.to_str().unwrap()), "{path}");
    }
    assert!(!build.join("no-kernelspecs").exists());
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o077;
    assert_eq!(mode(&build), 0, "others see the folder");
    assert_eq!(mode(&build.join("connection.json")), 0, "others read the key");
}

/// git gives a file the time of its checkout; the template goes by content, cargo by time.
fn touched() {
    let now = std::time::SystemTime::now();
    for file in verifier::files(&root().join("crates/display/src"), ".rs").unwrap() {
        std::fs::File::options().write(true).open(file).unwrap().set_modified(now).unwrap();
    }
    let built = launcher(&["build"]).output().unwrap();
    assert!(built.status.success() && built.stderr.is_empty(), "{}", String::from_utf8_lossy(&built.stderr));
    let log = std::fs::read_to_string(folder(&mut start()).join("log")).unwrap();
    assert!(!log.contains("Compiling display"), "{log}");
}

fn registered() {
    let data = tempfile::tempdir().unwrap();
    let stock = data.path().join("kernels/rust/kernel.json");
    std::fs::create_dir_all(stock.parent().unwrap()).unwrap();
    std::fs::write(&stock, "the user's own").unwrap();
    let ours = data.path().join("kernels/adagrad-slides/kernel.json");
    let run = |command: &str| {
        let output = launcher(&[command]).env("JUPYTER_DATA_DIR", data.path()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };

    run("install");
    let spec = std::fs::read_to_string(&ours).unwrap();
    assert!(spec.contains("\"Rust (adagrad-slides)\""), "{spec}");
    run("uninstall");
    assert!(!ours.parent().unwrap().exists());
    assert_eq!(std::fs::read_to_string(&stock).unwrap(), "the user's own");
    assert!(run("uninstall").contains("was not registered"));
}

fn scrubbed() {
    let names = [
        "INSTA_FORCE_PASS",
        "INSTA_OUTPUT",
        "INSTA_UPDATE",
        "INSTA_PENDING_DIR",
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_TARGET",
        "CARGO_TARGET_DIR",
        "RUSTC_WRAPPER",
        "EVCXR_ANY",
        "PYTHONPATH",
        "PIP_USER",
        "JUPYTER_DATA_DIR",
    ];
    let mut kernel = start_changed("notebooks", |spec| {
        for name in names.into_iter().chain(["MY_OWN", "CARGO_HTTP_TIMEOUT"]) {
            spec["env"][name] = "99".into();
        }
    });
    // evcxr sets some for itself; a cell sees what evcxr got.
    let code = "for (name, value) in std::env::vars() { if value == \"99\" { println!(\"{name}\"); } }";
    let mut seen: Vec<String> = stdout(&mut kernel, code).lines().map(str::to_owned).collect();
    seen.sort();
    assert_eq!(seen, ["CARGO_HTTP_TIMEOUT", "MY_OWN"]);
    assert_eq!(stdout(&mut kernel, "println!(\"{}\", std::env::var(\"INSTA_UPDATE\").unwrap());"), "no\n");
    let mut failing = kernel.execute("insta::assert_snapshot!(1 + 1, @\"3\");", LIMIT).unwrap();
    verifier::cells::drain(&mut kernel, &mut failing, LIMIT).unwrap();
    assert!(failing.stderr.contains("panicked"), "{failing:?}");
}

fn elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("data.csv"), "3,4\n").unwrap();
    let mut kernel = start_in(folder.path());
    stdout(&mut kernel, ":dep update-rules = { path = \"../crates/update-rules\" }\nuse update_rules::Adagrad;");
    assert_eq!(stdout(&mut kernel, "print!(\"{}\", std::fs::read_to_string(\"data.csv\").unwrap());"), "3,4\n");
}

/// A desktop icon, a hub or a service knows nothing of what a login shell sets.
fn no_path() {
    let mut kernel = start_changed("notebooks", |spec| {
        spec["env"]["PATH"] = "/usr/bin:/bin".into();
        spec["env"]["LD_LIBRARY_PATH"] = "".into();
        for name in ["CARGO_HOME", "RUSTUP_HOME"] {
            spec["env"].as_object_mut().unwrap().remove(name);
        }
    });
    computes(&mut kernel);
}

fn reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut kernel = start_changed(folder.path(), |spec| {
        let argv = spec["argv"].as_array_mut().unwrap();
        let evcxr = argv.iter().position(|word| word == "--evcxr").unwrap();
        argv[evcxr + 1] = "/nowhere/evcxr_jupyter".into();
    });
    fails(&mut kernel, "no evcxr_jupyter at /nowhere/evcxr_jupyter: run `just kernel`");
}

fn told_why() {
    let target = folder(&mut start()).ancestors().nth(2).unwrap().to_owned();
    let lock = std::fs::File::create(target.join("lock")).unwrap();
    lock.lock().unwrap();
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(4));
        drop(lock);
    });
    let kernel = start();
    release.join().unwrap();
    assert_eq!(kernel.waited.stdout, "waiting for another kernel that is preparing the build directory\n");
    assert!(kernel.waited.error.as_ref().unwrap().contains("`clear_output`"), "{:?}", kernel.waited);
}

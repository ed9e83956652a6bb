//! The launcher under wrong conditions: kernels side by side, and kernels that are killed.

use crate::driven::{LIMIT, computes, folder, has_ended, signal, soon, start, start_changed, stdout, trials_of};
use libtest_mimic::Trial;
use rustix::process::{Pid, Signal};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;
use verifier::root;
use verifier::verify::Setup;

pub fn trials() -> Vec<Trial> {
    let own = trials_of([
        ("two kernels at once do not disturb each other", two_at_once),
        ("a killed kernel leaves nothing behind after the next start", killed),
        ("a kernel told to stop tidies up", told_to_stop),
        ("the user's kernelspecs and configuration are not touched", kept_apart),
        ("the template is built once", built_once),
        ("registering the kernel can be undone", registered),
        ("a start after a checkout compiles nothing", touched),
        ("no setting of the user's shell reaches a cell", scrubbed),
        ("a page that runs elsewhere finds the crates, and its own folder", elsewhere),
        ("without any PATH the kernel starts", no_path),
        ("who waits for a kernel reads why, and the text goes", told_why),
        ("the reason why there is no kernel stands in the notebook", reason),
    ]);
    // Two containers that share a folder: process ids of the one mean other processes in the other.
    let [namespaces] =
        trials_of([("kernels in process namespaces of their own do not disturb each other", in_namespaces)]);
    let possible = Command::new(UNSHARE[0]).args(&UNSHARE[1..]).arg("true").output();
    let possible = possible.is_ok_and(|output| output.status.success());
    own.into_iter().chain([namespaces.with_ignored_flag(!possible)]).collect()
}

/// Runs a program in a user's and process namespace of its own, where the system lets us.
const UNSHARE: [&str; 4] = ["unshare", "-rpf", "--kill-child", "--mount-proc"];

fn two_at_once() {
    let [mut one, mut two] = [start(), start()];
    let (first, second) = (folder(&mut one), folder(&mut two));
    assert_ne!(first, second);
    stdout(&mut one, "let x: f64 = 3.0;");
    stdout(&mut two, "let x: String = String::from(\"four\");");
    assert_eq!(stdout(&mut one, "println!(\"{x}\");"), "3\n");
    assert_eq!(stdout(&mut two, "println!(\"{x}\");"), "four\n");
    drop(one);
    assert!(!first.exists(), "a kernel that ends removes its build directory");
    assert_eq!(stdout(&mut two, "println!(\"{x}, still\");"), "four, still\n");
}

fn in_namespaces() {
    let apart = || {
        start_changed(&root().join("notebooks"), |spec| {
            spec["argv"].as_array_mut().unwrap().splice(0..0, UNSHARE.map(Into::into));
        })
    };
    let mut kernels = [apart(), apart(), start()];
    let seen = kernels.each_mut().map(|kernel| {
        let space = stdout(kernel, "println!(\"{:?}\", std::fs::read_link(\"/proc/self/ns/pid\").unwrap());");
        (space, folder(kernel))
    });
    let different = |one: usize, two: usize| seen[one].0 != seen[two].0 && seen[one].1 != seen[two].1;
    assert!(different(0, 1) && different(0, 2) && different(1, 2), "{seen:?}");
    let [one, rest @ ..] = kernels;
    drop(one);
    assert!(!seen[0].1.exists());
    for (mut kernel, (_, folder)) in rest.into_iter().zip(&seen[1..]) {
        assert!(folder.exists(), "another's start or end swept {}", folder.display());
        computes(&mut kernel);
    }
}

fn killed() {
    let mut kernel = start();
    let build = folder(&mut kernel);
    let cell = stdout(&mut kernel, "println!(\"{}\", std::process::id());");
    // A cell in an endless loop outlives the kernel that it belongs to.
    let spinning = kernel.execute("loop {}", Duration::from_secs(1));
    assert!(spinning.is_err());
    signal(&kernel, Signal::KILL);
    drop(kernel);
    let cell = Pid::from_raw(cell.trim().parse().unwrap()).unwrap();
    soon("the cell ends", 5, || has_ended(cell));

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

fn launcher(words: &[&str], data: &Path) -> Output {
    Setup::project().launcher().unwrap().args(words).env("JUPYTER_DATA_DIR", data).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn built_once() {
    let folder = tempfile::tempdir().unwrap();
    let built = launcher(&["build"], folder.path());
    assert!(built.status.success());
    assert_eq!(text(&built.stderr), "", "nothing has changed since the kernels of these tests");
}

fn registered() {
    let data = tempfile::tempdir().unwrap();
    let stock = data.path().join("kernels/rust/kernel.json");
    std::fs::create_dir_all(stock.parent().unwrap()).unwrap();
    std::fs::write(&stock, "the user's own").unwrap();
    let ours = data.path().join("kernels/adagrad-slides/kernel.json");

    assert!(launcher(&["install"], data.path()).status.success());
    let spec = std::fs::read_to_string(&ours).unwrap();
    assert!(spec.contains("\"Rust (adagrad-slides)\""), "{spec}");
    assert!(launcher(&["uninstall"], data.path()).status.success());
    assert!(!ours.parent().unwrap().exists());
    assert_eq!(std::fs::read_to_string(&stock).unwrap(), "the user's own");
    let again = launcher(&["uninstall"], data.path());
    assert!(again.status.success() && text(&again.stdout).contains("was not registered"));
}

/// git gives a file the time of its checkout; the template goes by content, cargo by time.
fn touched() {
    let now = std::time::SystemTime::now();
    for file in verifier::files(&root().join("crates/display/src"), ".rs").unwrap() {
        std::fs::File::options().write(true).open(file).unwrap().set_modified(now).unwrap();
    }
    let mut kernel = start();
    let log = std::fs::read_to_string(folder(&mut kernel).join("log")).unwrap();
    assert!(!log.contains("Compiling display"), "{log}");
}

fn scrubbed() {
    let names = [
        "INSTA_FORCE_PASS",
        "INSTA_OUTPUT",
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
    let mut kernel = start_changed(&root().join("notebooks"), |spec| {
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
    let mut kernel = start_changed(folder.path(), |_| {});
    stdout(&mut kernel, ":dep update-rules = { path = \"../crates/update-rules\" }\nuse update_rules::Adagrad;");
    assert_eq!(stdout(&mut kernel, "print!(\"{}\", std::fs::read_to_string(\"data.csv\").unwrap());"), "3,4\n");
}

/// A desktop icon, a hub or a service knows nothing of what a login shell sets.
fn no_path() {
    let mut kernel = start_changed(&root().join("notebooks"), |spec| {
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
    for _ in 0..2 {
        let executed = kernel.execute("1 + 1", LIMIT).unwrap();
        assert!(executed.error.is_some(), "{executed:?}");
        assert!(
            executed.stderr.contains("no evcxr_jupyter at /nowhere/evcxr_jupyter: run `just kernel`"),
            "{executed:?}"
        );
    }
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

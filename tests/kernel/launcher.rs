//! The launcher under wrong conditions: kernels side by side, and kernels that are killed.

use libtest_mimic::Trial;
use rustix::process::{Pid, Signal};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;
use verifier::client::Kernel;
use verifier::page::contents;
use verifier::root;
use verifier::verify::Setup;

pub fn trials() -> Vec<Trial> {
    let tests: [(&str, fn()); 6] = [
        ("two kernels at once do not disturb each other", two_at_once),
        ("a killed kernel leaves nothing behind after the next start", killed),
        ("a kernel told to stop tidies up", told_to_stop),
        ("the user's kernelspecs and configuration are not touched", kept_apart),
        ("the template is built once", built_once),
        ("registering the kernel can be undone", registered),
    ];
    let trial = |(name, test): (&str, fn())| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    };
    tests.map(trial).into()
}

const LIMIT: Duration = Duration::from_secs(60);

fn start() -> Kernel {
    Kernel::start(&Setup::project().kernel, &root().join("notebooks")).unwrap()
}

fn stdout(kernel: &mut Kernel, code: &str) -> String {
    let executed = kernel.execute(code, LIMIT).unwrap();
    assert_eq!((executed.error, executed.stderr), (None, String::new()), "{code}");
    let outputs = executed.outputs.iter().flat_map(contents);
    outputs.filter(|(kind, _)| kind == "stdout").map(|(_, text)| text).collect()
}

/// The kernel's private folder.
fn folder(kernel: &mut Kernel) -> PathBuf {
    let code = "println!(\"{}\", std::env::var(\"EVCXR_TMPDIR\").unwrap());";
    let build = PathBuf::from(stdout(kernel, code).trim());
    build.parent().unwrap().to_owned()
}

fn signal(kernel: &Kernel, signal: Signal) {
    let pid = Pid::from_raw(kernel.id().unwrap() as i32).unwrap();
    rustix::process::kill_process(pid, signal).unwrap();
}

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

fn killed() {
    let mut kernel = start();
    let build = folder(&mut kernel);
    let cell = stdout(&mut kernel, "println!(\"{}\", std::process::id());");
    // A cell in an endless loop outlives the kernel that it belongs to.
    let spinning = kernel.execute("loop {}", Duration::from_secs(1));
    assert!(spinning.is_err());
    // Held back while we look: every start sweeps.
    let lock = std::fs::File::create(build.ancestors().nth(2).unwrap().join("lock")).unwrap();
    lock.lock().unwrap();
    signal(&kernel, Signal::KILL);
    drop(kernel);
    assert!(build.exists(), "nobody could remove it yet");
    drop(lock);

    let next = start();
    assert!(!build.exists(), "the next start sweeps {}", build.display());
    let process = PathBuf::from("/proc").join(cell.trim());
    assert!(!process.join("environ").exists() || std::fs::read(process.join("environ")).unwrap().is_empty());
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
}

/// The launcher with the arguments that Jupyter gives it, but another command.
fn launcher(command: &[&str], data: &Path) -> Output {
    let spec = std::fs::read_to_string(Setup::project().kernel).unwrap();
    let spec: serde_json::Value = serde_json::from_str(&spec).unwrap();
    let argv: Vec<&str> = spec["argv"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
    let run = argv.iter().position(|word| *word == "run").unwrap();
    let mut launcher = Command::new(argv[0]);
    launcher.args(&argv[1..run]).args(command).env("JUPYTER_DATA_DIR", data);
    launcher.output().unwrap()
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

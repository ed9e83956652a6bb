//! What an installation for all users leaves alone; `just verify-class` tries a real one.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

/// The launcher with a command and a prefix; whether it succeeded, and what it said.
fn kernel(command: &str, prefix: &Path) -> (bool, String) {
    let mut kernel = Command::new(env!("CARGO_BIN_EXE_kernel"));
    kernel.args(["--root", concat!(env!("CARGO_MANIFEST_DIR"), "/../.."), "--evcxr", "/bin/sh", command]).arg(prefix);
    let output = kernel.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

#[test]
fn another_rust_kernel_is_not_replaced() {
    let prefix = tempfile::tempdir().unwrap();
    let spec = prefix.path().join("share/jupyter/kernels/rust/kernel.json");
    fs::create_dir_all(spec.parent().unwrap()).unwrap();
    fs::write(&spec, "{\"argv\": [\"evcxr_jupyter\"]}").unwrap();
    let (done, said) = kernel("install-class", prefix.path());
    assert!(!done && said.contains("is another Rust kernel's: remove it, or name another prefix"), "{said}");
    assert!(!prefix.path().join("lib").exists());
}

#[test]
fn what_is_removed_is_ours_and_in_use_by_nobody() {
    let prefix = tempfile::tempdir().unwrap();
    let (done, said) = kernel("uninstall-class", prefix.path());
    assert!(done && said.starts_with("No kernel was installed in "), "{said}");

    let version = prefix.path().join("lib/adagrad-slides/1");
    let [ours, other] = ["rust", "python3"].map(|name| prefix.path().join("share/jupyter/kernels").join(name));
    for folder in [&version, &ours, &other] {
        fs::create_dir_all(folder).unwrap();
    }
    let launcher = prefix.path().canonicalize().unwrap().join("lib/adagrad-slides/current/bin/kernel");
    fs::write(ours.join("kernel.json"), launcher.to_str().unwrap()).unwrap();
    let running = File::create(version.join("installed")).unwrap();
    running.lock_shared().unwrap();
    let (done, said) = kernel("uninstall-class", prefix.path());
    assert!(!done && said.contains("a kernel runs from "), "{said}");
    assert!(version.exists() && ours.exists());

    drop(running);
    let (done, said) = kernel("uninstall-class", prefix.path());
    assert!(done && said.starts_with("Removed the kernel from "), "{said}");
    assert!(!ours.exists() && other.exists() && !prefix.path().join("lib").exists());
}

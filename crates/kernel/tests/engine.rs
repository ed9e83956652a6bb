//! Where the engine comes from, with small programs in the place of evcxr, of `cargo binstall` and of the registry.

use jupyter_protocol::{ConnectionInfo, JupyterMessageContent as Content, KernelInfoReply, Status};
use jupyter_zmq_client as zmq;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const BROKEN: &str = "#!/bin/sh\nexit 1\n";

/// The version that the launcher wants.
fn wanted() -> &'static str {
    let source = include_str!("../src/engine.rs");
    source.split_once("const VERSION: &str = \"").unwrap().1.split('"').next().unwrap()
}

/// A program that answers as evcxr of a version does: this test's own program, at [`fake_evcxr`].
fn evcxr(version: &str) -> String {
    let tests = std::env::current_exe().unwrap();
    let run = format!("exec '{}' --exact fake_evcxr --ignored --nocapture", tests.display());
    format!("#!/bin/sh\nexport FAKE_VERSION={version} FAKE_CONNECTION=\"$2\"\n{run}\n")
}

#[test]
#[ignore = "no test: the evcxr of the others"]
fn fake_evcxr() {
    let Ok(version) = std::env::var("FAKE_VERSION") else { return };
    let text = fs::read_to_string(std::env::var("FAKE_CONNECTION").unwrap()).unwrap();
    let info: ConnectionInfo = serde_json::from_str(&text).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut shell = zmq::create_kernel_shell_connection(&info, "fake").await.unwrap();
        let mut iopub = zmq::create_kernel_iopub_connection(&info, "fake").await.unwrap();
        let _stdin = zmq::create_kernel_stdin_connection(&info, "fake").await.unwrap();
        let _control = zmq::create_kernel_control_connection(&info, "fake").await.unwrap();
        loop {
            let request = shell.read().await.unwrap();
            assert!(matches!(request.content, Content::KernelInfoRequest(_)));
            let reply: KernelInfoReply = serde_json::from_value(serde_json::json!({
                "status": "ok", "protocol_version": "5.3", "implementation": "evcxr", "implementation_version": version,
                "language_info": { "name": "Rust", "version": "" }, "banner": "", "help_links": [],
            }))
            .unwrap();
            shell.send(reply.as_child_of(&request)).await.unwrap();
            iopub.send(Status::idle().as_child_of(&request)).await.unwrap();
        }
    });
}

fn program(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A home with nothing in it but a registry, whose only crate is an evcxr with this source.
fn home(source: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let at = |file: &str| home.path().join(file);
    for folder in ["cargo", "registry/evcxr/src"] {
        fs::create_dir_all(at(folder)).unwrap();
    }
    let config = format!(
        "[source.crates-io]\nreplace-with = 'here'\n[source.here]\ndirectory = '{}'\n",
        at("registry").display()
    );
    fs::write(at("cargo/config.toml"), config).unwrap();
    let manifest = format!("[package]\nname = \"evcxr_jupyter\"\nversion = \"{}\"\nedition = \"2024\"\n", wanted());
    fs::write(at("registry/evcxr/Cargo.toml"), manifest).unwrap();
    fs::write(at("registry/evcxr/.cargo-checksum.json"), r#"{"files":{}}"#).unwrap();
    fs::write(at("registry/evcxr/src/main.rs"), source).unwrap();
    home
}

/// `kernel engine` in such a home: the engine's file, if there is one, and what was said.
fn engine(home: &Path) -> (Option<PathBuf>, String) {
    let mut kernel = Command::new(env!("CARGO_BIN_EXE_kernel"));
    kernel.arg("engine").env("HOME", home).env("XDG_CACHE_HOME", home.join("cache"));
    kernel.env("CARGO_HOME", home.join("cargo"));
    kernel.env("PATH", format!("{0}/one:{0}/two:{0}/three:/usr/bin:/bin", home.display()));
    let output = kernel.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.success().then(|| text(output.stdout).trim_end().into()), text(output.stderr))
}

#[test]
fn the_users_own_is_taken_if_it_has_the_version_and_runs() {
    let home = home("no Rust");
    program(&home.path().join("one/evcxr_jupyter"), BROKEN);
    program(&home.path().join("two/evcxr_jupyter"), &evcxr("0.21.1"));
    program(&home.path().join("three/evcxr_jupyter"), &evcxr(wanted()));
    let (file, said) = engine(home.path());
    assert_eq!(fs::read_to_string(file.clone().unwrap()).unwrap(), evcxr(wanted()), "{said}");
    assert!(said.contains("taking a copy of") && said.contains("/three/evcxr_jupyter"), "{said}");
    // The copy stays, whatever becomes of the user's own.
    fs::remove_dir_all(home.path().join("three")).unwrap();
    assert_eq!(engine(home.path()), (file, String::new()));
}

/// `cargo binstall`, which brings a program.
fn binstall(home: &Path, brings: &str) {
    program(&home.join("brings"), brings);
    let script = "#!/bin/sh\nwhile [ \"$1\" != --root ]; do shift; done\n";
    let copy = format!("mkdir -p \"$2/bin\" && cp '{}/brings' \"$2/bin/evcxr_jupyter\"\n", home.display());
    program(&home.join("cargo/bin/cargo-binstall"), &(script.to_owned() + &copy));
}

#[test]
fn a_prebuilt_one_that_runs_is_taken() {
    let home = home("no Rust");
    program(&home.path().join("one/evcxr_jupyter"), &evcxr("0.21.1"));
    binstall(home.path(), &evcxr(wanted()));
    let (file, said) = engine(home.path());
    assert_eq!(fs::read_to_string(file.unwrap()).unwrap(), evcxr(wanted()), "{said}");
    assert!(!said.contains("building"), "{said}");
}

#[test]
fn otherwise_it_is_built() {
    let home = home("fn main() { println!(\"built\"); }");
    binstall(home.path(), BROKEN);
    let (file, said) = engine(home.path());
    let built = Command::new(file.unwrap()).output().unwrap();
    assert_eq!(String::from_utf8(built.stdout).unwrap(), "built\n", "{said}");
    assert!(said.contains("`cargo binstall` brought nothing that runs here"), "{said}");
    assert!(said.contains("building evcxr_jupyter"), "{said}");
}

#[test]
fn what_cannot_be_had_is_said() {
    let home = home("no Rust");
    let refused = || {
        let (file, said) = engine(home.path());
        assert_eq!(file, None, "{said}");
        assert!(said.contains("could not be built: the reason stands above") && said.contains("no Rust"), "{said}");
        said
    };
    assert!(!refused().contains("binstall"));
    // What was brought and does not run is not there the next time.
    binstall(home.path(), BROKEN);
    for said in [refused(), refused()] {
        assert!(said.contains("brought nothing"), "{said}");
    }
}

//! The kernel for all users of a machine, installed below target/class: `just verify-class`, as root, without a network.

use crate::driven::{LIMIT, Test, changed, launcher, started_by, stdout};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempDir};
use verifier::client::Kernel;
use verifier::root;
use verifier::verify::{Setup, verify};

pub const TESTS: [Test; 4] = [
    ("a copy of a page runs for another user, and nothing is left", copy_runs),
    ("a kernel compiles nothing but cells, and takes little room", compiles_nothing),
    ("all may read an installation, and nobody write", read_only),
    ("an update leaves running kernels alone", updated),
];

/// Hands the connection file to a user, and becomes that user, with nothing of root's environment.
const BECOME: &str = r#"
uid=$1 home=$2 connection=${@: -1}
set -- "${@:3:$#-3}"
install -o "$uid" -m 600 "$connection" "$home/connection.json"
exec setpriv --reuid "$uid" --regid "$uid" --clear-groups env -i HOME="$home" PATH=/usr/bin:/bin "$@" "$home/connection.json"
"#;

fn prefix() -> PathBuf {
    root().join("target/class")
}

/// A user without an account, with a home that is closed to others and a kernelspec that runs the class's kernel there.
struct User {
    home: TempDir,
    spec: NamedTempFile,
}

fn user(uid: u32) -> User {
    let home = tempfile::Builder::new().permissions(Permissions::from_mode(0o700)).tempdir_in("/var/tmp").unwrap();
    fs::create_dir(home.path().join("lecture")).unwrap();
    let pages = prefix().join("lib/adagrad-slides/current/notebooks");
    fs::copy(pages.join("03-sigma-step-by-step.ipynb"), home.path().join("lecture/03-sigma-step-by-step.ipynb"))
        .unwrap();
    for path in [home.path().to_owned(), home.path().join("lecture")] {
        chown(path, Some(uid), Some(uid)).unwrap();
    }
    let before = ["bash", "-c", BECOME, "become", &uid.to_string(), home.path().to_str().unwrap()];
    let spec = prefix().join("share/jupyter/kernels/rust/kernel.json");
    let spec = changed(&spec, |spec| started_by(spec, &before));
    User { home, spec }
}

impl User {
    fn start(&self) -> Kernel {
        Kernel::start(self.spec.path(), &self.home.path().join("lecture")).unwrap()
    }

    fn sessions(&self) -> Vec<PathBuf> {
        let folder = self.home.path().join(".cache/adagrad-slides/kernels/sessions");
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    }
}

/// Every file and folder below one, with its metadata; links are not followed.
fn below(folder: &Path) -> Vec<(PathBuf, fs::Metadata)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let metadata = fs::symlink_metadata(&path).unwrap();
        if metadata.is_dir() {
            found.extend(below(&path));
        }
        found.push((path, metadata));
    }
    found
}

fn copy_runs() {
    let user = user(61_001);
    let setup = Setup { kernel: user.spec.path().to_owned(), limit: LIMIT, progress: true };
    verify(&user.home.path().join("lecture/03-sigma-step-by-step.ipynb"), &setup)
        .unwrap_or_else(|text| panic!("{text}"));
    let left = user.sessions();
    assert!(left.is_empty(), "{left:?}");
}

fn compiles_nothing() {
    let user = user(61_002);
    let mut kernel = user.start();
    // rust-analyzer knows the standard library there too.
    stdout(
        &mut kernel,
        "let doubled = [1.0, 2.0].map(|x| 2.0 * x); let set = std::collections::HashMap::from([(1, 2)]);",
    );
    assert_eq!(stdout(&mut kernel, "println!(\"{doubled:?} {set:?}\");"), "[2.0, 4.0] {1: 2}\n");
    let dep = ":dep figures = { path = \"../crates/figures\" }\nprintln!(\"{}\", std::env::current_dir().unwrap().display());";
    assert_eq!(Path::new(stdout(&mut kernel, dep).trim()), user.home.path().join("lecture"));
    let sessions = user.sessions();
    let [session] = &sessions[..] else { panic!("{sessions:?}") };
    assert_eq!(session.metadata().unwrap().mode() & 0o077, 0, "others see the folder");
    let log = fs::read_to_string(session.join("log")).unwrap();
    let compiled: Vec<&str> =
        log.lines().filter(|line| line.contains("Compiling") && !line.contains(" ctx ")).collect();
    assert!(compiled.is_empty(), "{compiled:?}");
    let size: u64 = below(user.home.path()).iter().map(|(_, metadata)| metadata.blocks() * 512).sum();
    eprintln!("one kernel: {} MB", size / 1_000_000);
    assert!(size < 100_000_000);
}

fn read_only() {
    // The next one may be about to be made.
    let version = fs::canonicalize(prefix().join("lib/adagrad-slides/current")).unwrap();
    for (path, metadata) in below(&version) {
        let wanted = if metadata.is_dir() || metadata.mode() & 0o100 != 0 { 0o555 } else { 0o444 };
        let mode = metadata.mode();
        assert!(metadata.is_symlink() || (mode & wanted == wanted && mode & 0o022 == 0), "{mode:o} {}", path.display());
    }
}

fn updated() {
    let install = || {
        let output = launcher(&["install-class"]).arg(prefix()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let again = install();
    let place = "println!(\"{}\", std::env::var(\"CARGO_HOME\").unwrap());";
    let user = user(61_003);
    let mut old = user.start();
    let before = stdout(&mut old, place);
    assert!(before.starts_with(again.trim().strip_prefix("Installed in ").unwrap()), "{again}{before}");

    // As a change of the course would: what is installed is not what is to be.
    fs::write(Path::new(before.trim()).with_file_name("installed"), "").unwrap();
    install();
    let mut new = user.start();
    let after = stdout(&mut new, place);
    assert_ne!(before, after);
    for (kernel, place) in [(&mut old, &before), (&mut new, &after)] {
        stdout(kernel, "use update_rules::Adagrad;\nlet sigma = 12.5f64.sqrt();");
        assert_eq!(stdout(kernel, "println!(\"{sigma:.4}\");"), "3.5355\n", "{place}");
    }
}

//! The launcher in cargo's place, with small programs in the places of cargo, rustup and rustc: who is called, and when.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

const CARGO: &str = r#"#!/bin/sh
echo "cargo $1" >> "$HOME/calls"
[ ! -e "$HOME/late" ] || { sleep 0.1; touch "$HOME/mine/lib.rs"; }
if [ "$1" = build ]; then
    export CARGO_PKG_NAME=ctx CARGO_MAKEFLAGS=", a job server"
    cd .. && exec "$RUSTC_WORKSPACE_WRAPPER" "$HOME/real/rustc" --crate-name "${CRATE:-ctx}" --out-dir "$PWD/debug/deps"
fi
echo answer
cat "$HOME/warning" >&2
[ ! -e "$HOME/bad" ]
"#;

const RUSTC: &str = r#"#!/bin/sh
cd debug/deps && echo "rustc $2 of $CARGO_PKG_NAME, beside $(($(ls | wc -l)))$CARGO_MAKEFLAGS" >> "$HOME/calls"
touch LIBRARY
[ ! -e "$HOME/bad" ] || exit 3
"#;

const RUSTUP: &str = "#!/bin/sh\necho \"rustup $1\" >> \"$HOME/calls\"\n";

/// What rustc makes of a cell.
fn library() -> String {
    format!("{}ctx{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}

/// A kernel's session, a crate of a student's, and the launcher under its names.
struct Scene {
    _folder: TempDir,
    home: PathBuf,
}

impl Scene {
    fn new() -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let scene = Scene { home: folder.path().canonicalize().unwrap(), _folder: folder };
        for folder in ["bin", "real", "mine", "session/debug/deps", "session/ctx/src"] {
            fs::create_dir_all(scene.at(folder)).unwrap();
        }
        for name in ["cargo", "rustup", "recorder"] {
            symlink(env!("CARGO_BIN_EXE_kernel"), scene.at("bin").join(name)).unwrap();
        }
        for (name, text) in [("cargo", CARGO), ("rustc", RUSTC), ("rustup", RUSTUP)] {
            let program = scene.at("real").join(name);
            fs::write(&program, text.replace("LIBRARY", &library())).unwrap();
            fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
        }
        for file in ["mine/lib.rs", "mine/Cargo.toml", "session/Cargo.lock", "warning"] {
            scene.write(file, "");
        }
        let sources = ["mine/lib.rs", "session/ctx/src/lib.rs"].map(|file| scene.at(file).display().to_string());
        scene.write("session/debug/libctx.d", &format!("libctx.so: {}\n", sources.join(" ")));
        scene
    }

    fn at(&self, file: &str) -> PathBuf {
        self.home.join(file)
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.at(file), text).unwrap();
    }

    fn command(&self, words: &str) -> Command {
        let mut words = words.split(' ');
        let mut command = Command::new(self.at("bin").join(words.next().unwrap()));
        command.args(words).current_dir(self.at("session/ctx")).env_clear().env("HOME", &self.home);
        command.env("PATH", format!("{0}/bin:{0}/real:/usr/bin:/bin", self.home.display()));
        command.env("EVCXR_TMPDIR", self.at("session/ctx")).env("EVCXR_EXECUTION_SO_PATH", self.at("product"));
        command.env("RUSTC_WRAPPER", "/usr/bin/env").env("RUSTC_WORKSPACE_WRAPPER", self.at("bin/recorder"));
        command
    }

    /// Who is called, with which code it ends, and what is said.
    fn calls(&self, command: &mut Command) -> (String, i32, String) {
        let output = command.output().unwrap();
        let calls = fs::read_to_string(self.at("calls")).unwrap_or_default();
        let _ = fs::remove_file(self.at("calls"));
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (calls.trim_end().replace('\n', "; "), output.status.code().unwrap(), said)
    }

    fn compile(&self) -> (String, i32) {
        let (calls, code, said) = self.calls(&mut self.command(BUILD));
        assert_eq!(said, "");
        (calls, code)
    }
}

const BUILD: &str = "cargo build --target here --message-format=json";

#[test]
fn a_cell_is_compiled_as_the_last_one_was() {
    let scene = Scene::new();
    let by_cargo = |beside: usize| format!("cargo build; rustc ctx of ctx, beside {beside}, a job server");
    // The one before may be loaded: it is not written over.
    let without = || "rustc ctx of ctx, beside 0".to_owned();
    assert_eq!(scene.compile(), (by_cargo(0), 0));
    assert!(!scene.at("product").exists());
    assert_eq!(scene.compile(), (without(), 0));
    assert_eq!(
        fs::read_to_string(scene.at("product")).unwrap(),
        scene.at("session/debug/deps").join(library()).to_str().unwrap()
    );

    scene.write("mine/Cargo.toml", "[features]\n");
    assert_eq!(scene.compile(), (by_cargo(1), 0));
    assert_eq!(scene.compile(), (without(), 0));
    // It may be that the record was wrong.
    scene.write("bad", "");
    assert_eq!(scene.compile(), (without(), 3));
    assert_eq!(scene.compile(), (by_cargo(1), 3));
    fs::remove_file(scene.at("bad")).unwrap();
    // A source that changes while cargo works may have been seen before.
    scene.write("late", "");
    assert_eq!(scene.compile(), (by_cargo(1), 0));
    fs::remove_file(scene.at("late")).unwrap();
    assert_eq!(scene.compile(), (by_cargo(1), 0));
    assert_eq!(scene.compile(), (without(), 0));
}

#[test]
fn what_is_no_cell_is_left_to_cargo() {
    let scene = Scene::new();
    for (name, value) in
        [("CRATE", "other"), ("RUSTC_WRAPPER", "sccache"), ("EVCXR_EXECUTION_SO_PATH", ""), ("EVCXR_TMPDIR", "")]
    {
        for _ in 0..2 {
            let mut command = scene.command(BUILD);
            command.env(name, value);
            if value.is_empty() {
                command.env_remove(name);
            }
            let (calls, code, said) = scene.calls(&mut command);
            assert!(calls.starts_with("cargo build; rustc ") && code == 0, "{name}: {calls} {said}");
        }
    }
    for words in ["cargo --version", "rustup show"] {
        assert_eq!(scene.calls(&mut scene.command(words)).0, words);
    }
    // evcxr asks where its cargo is, and is told so only where all of the short cut is there.
    let which = scene.calls(&mut scene.command("rustup which cargo"));
    assert_eq!(which, (String::new(), 0, format!("{}\n", scene.at("bin/cargo").display())));
    let other = scene.calls(scene.command("rustup which cargo").env("RUSTC_WORKSPACE_WRAPPER", "/usr/bin/env"));
    assert_eq!(other.0, "rustup which");
    let (_, code, said) = scene.calls(scene.command("cargo --version").env("PATH", scene.at("bin")));
    assert_eq!((code, said), (1, "kernel: no cargo in PATH\n".into()));
}

#[test]
fn a_line_of_dependencies_is_checked_until_it_is_found_good_and_when_it_means_something_else() {
    let scene = Scene::new();
    let line = |more: &str| {
        let dependency = format!("mine = {{ path = \"{}\"{more} }}", scene.at("mine").display());
        let own = "[package]\nname = \"evcxr_dummy_validate_dep\"\n\n[lib]\npath = \"lib.rs\"\n\n[dependencies]\n";
        scene.write("session/ctx/Cargo.toml", &format!("{own}{dependency}\n"));
    };
    let check = || scene.calls(&mut scene.command("cargo metadata --format-version=1"));
    let asked = |said: &str, code: i32| {
        assert_eq!(check(), ("cargo metadata".to_owned(), code, format!("answer\n{said}")));
    };
    let known = || assert_eq!(check(), (String::new(), 0, String::new()));

    line("");
    scene.write("bad", "");
    asked("", 1);
    fs::remove_file(scene.at("bad")).unwrap();
    // evcxr refuses a crate with this warning.
    let warning = "warning: ignoring invalid dependency `mine` which is missing a lib target\n";
    scene.write("warning", warning);
    asked(warning, 0);
    scene.write("warning", "warning: another\n");
    asked("warning: another\n", 0);
    known();
    line(", features = [\"x\"]");
    asked("warning: another\n", 0);
    known();
    line("");
    known();
    let registry = "[[package]]\nname = \"a\"\nsource = \"registry\"\n";
    for (file, text) in
        [("mine/Cargo.toml", "[features]\n"), ("Cargo.toml", "[workspace]\n"), ("session/Cargo.lock", registry)]
    {
        scene.write(file, text);
        asked("warning: another\n", 0);
        known();
    }
    // Crates of the folder itself come and go.
    scene.write("session/Cargo.lock", &format!("{registry}\n[[package]]\nname = \"ctx\"\n"));
    known();
    // Whoever asks for the metadata of something else.
    scene.write("session/ctx/Cargo.toml", "[package]\nname = \"ctx\"\n");
    asked("warning: another\n", 0);
    asked("warning: another\n", 0);
}

//! A cell that is compiled without cargo, and whatever makes it need cargo again.

use crate::driven::{LIMIT, Test, folder, start, start_in, stdout};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use verifier::client::Kernel;

pub const TESTS: [Test; 4] = [
    ("a cell is compiled without cargo until something else changes", until_a_change),
    ("an error without cargo reads as with it, and passes", errors),
    ("a cell that calls cargo or rustup gets them", real_ones),
    ("a line of dependencies that is known is not checked again", known),
];

/// What cargo has put into a folder of the build directory.
fn built(build: &Path, folder: &str) -> Vec<PathBuf> {
    let paths = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    paths(build.join("ctx/target")).flat_map(|target| paths(target.join("debug").join(folder))).collect()
}

/// When cargo last compiled a cell.
fn compiled(build: &Path) -> SystemTime {
    let cells = built(build, ".fingerprint").into_iter().filter(|unit| unit.to_string_lossy().contains("/ctx-"));
    cells.filter_map(|unit| fs::metadata(unit.join("invoked.timestamp")).ok()?.modified().ok()).max().unwrap()
}

/// Whether cargo has a part in a cell, and what the cell prints.
fn with_cargo(kernel: &mut Kernel, build: &Path, code: &str) -> (bool, String) {
    let before = compiled(build);
    let printed = stdout(kernel, code);
    (compiled(build) != before, printed)
}

fn until_a_change() {
    let here = tempfile::tempdir().unwrap();
    let mine = here.path().join("my crate");
    fs::create_dir_all(mine.join("src")).unwrap();
    fs::write(mine.join("Cargo.toml"), "[package]\nname = \"mine\"\nedition = \"2024\"\n").unwrap();
    let answer =
        |value: i32| fs::write(mine.join("src/lib.rs"), format!("pub const ANSWER: i32 = {value};\n")).unwrap();
    answer(41);
    let mut kernel = start_in(here.path());
    let build = folder(&mut kernel);
    let mut runs = |code: &str| with_cargo(&mut kernel, &build, code);

    assert_eq!(runs("let a = 1 + 1; println!(\"{a}\");"), (false, "2\n".into()));
    let dependency = format!(":dep mine = {{ path = {mine:?} }}\nprintln!(\"{{}}\", mine::ANSWER);");
    assert_eq!(runs(&dependency), (true, "41\n".into()));
    assert_eq!(runs("println!(\"{}\", a + mine::ANSWER);"), (false, "43\n".into()));
    answer(42);
    assert_eq!(runs("println!(\"{}\", mine::ANSWER);"), (true, "42\n".into()));
    assert_eq!(runs("println!(\"{a}\");"), (false, "2\n".into()));
    fs::write(mine.join("Cargo.toml"), "[package]\nname = \"mine\"\nedition = \"2024\"\n[features]\nx = []\n").unwrap();
    assert_eq!(runs("println!(\"{a}\");"), (true, "2\n".into()));
    // rustc gets what evcxr was told to give it.
    assert_eq!(runs(":build_env MINE=7\nprintln!(\"{}\", env!(\"MINE\"));"), (true, "7\n".into()));
}

fn errors() {
    let mut kernel = start();
    let build = folder(&mut kernel);
    let record = build.join("record");
    let mut tried = |has: bool| {
        assert_eq!(record.exists(), has);
        kernel.execute("let x: i32 = 1.5;", LIMIT).unwrap()
    };
    // What fails may have failed by a wrong record: the next cell asks cargo.
    let [without, with] = [tried(true), tried(false)];
    let [without, with] = [without, with].map(|cell| {
        assert_eq!(cell.stderr, "");
        // Each names its own number.
        let (before, rest) = cell.error.as_ref().unwrap().split_once("command_").unwrap();
        [before, rest.trim_start_matches(|c: char| c.is_ascii_digit())].concat()
    });
    assert!(without.contains("mismatched types"), "{without}");
    assert_eq!(without, with);
    stdout(&mut kernel, "println!(\"by cargo\");");
    let crates = built(&build, "deps").into_iter().filter(|file| file.to_string_lossy().contains("/libexercises-"));
    crates.for_each(|file| fs::remove_file(file).unwrap());
    assert!(kernel.execute("println!(\"without a crate\");", LIMIT).unwrap().error.is_some());
    assert_eq!(stdout(&mut kernel, "println!(\"healed\");"), "healed\n");
}

fn real_ones() {
    let mut kernel = start();
    for program in ["cargo", "rustup"] {
        let code = format!(
            "let output = std::process::Command::new({program:?}).arg(\"--version\").output().unwrap();\n\
             println!(\"{{}}\", String::from_utf8_lossy(&output.stdout));"
        );
        let printed = stdout(&mut kernel, &code);
        assert!(printed.starts_with(&format!("{program} 1.")), "{printed}");
    }
}

fn known() {
    let mut kernel = start();
    let build = folder(&mut kernel);
    let known = || fs::read_to_string(build.join("known")).unwrap().lines().count();
    let before = known();
    let page = "\
        :dep update-rules = { path = \"../crates/update-rules\" }\n\
        :dep ndarray = \"0.17\"\n\
        println!(\"loaded\");";
    assert_eq!(stdout(&mut kernel, page), "loaded\n");
    assert_eq!(known(), before);

    let mine = tempfile::tempdir().unwrap();
    fs::create_dir(mine.path().join("src")).unwrap();
    fs::write(mine.path().join("src/lib.rs"), "").unwrap();
    let line = |more: &str| format!(":dep mine = {{ path = {:?}{more} }}\nprintln!(\"loaded\");", mine.path());
    let manifest = |name: &str| {
        fs::write(mine.path().join("Cargo.toml"), format!("[package]\nname = {name:?}\n[features]\nx = []\n")).unwrap();
    };
    manifest("mine");
    assert_eq!(stdout(&mut kernel, &line("")), "loaded\n");
    assert_eq!(known(), before + 1);
    assert_eq!(stdout(&mut kernel, &line(", features = [\"x\"]")), "loaded\n");
    manifest("another");
    let refused = kernel.execute(&line(""), LIMIT).unwrap().error.unwrap();
    assert!(refused.contains("no matching package named `mine` found"), "{refused}");
    assert_eq!(known(), before + 2);
}

//! README, CI and the Justfile speak of the same commands and versions.

use crate::read;

#[test]
fn the_readmes_name_real_recipes() {
    let justfile = read("Justfile");
    for path in ["README.md", ".binder/README.md", "crates/README.md"] {
        for words in read(path).split("`just ").skip(1) {
            let recipe = words.split(['`', ' ']).next();
            let known = justfile.lines().any(|line| line.split([':', ' ']).next() == recipe);
            assert!(known, "{path} speaks of `just {}`, which is not in the Justfile", recipe.unwrap());
        }
    }
}

#[test]
fn one_toolchain_and_one_evcxr() {
    let version = |path: &str, name: &str| {
        let text = read(path);
        let found = text.lines().find_map(|line| line.strip_prefix(name)?.split('"').nth(1));
        found.unwrap_or_else(|| panic!("{path} names no version after `{name}`")).to_owned()
    };
    let channel = version("rust-toolchain.toml", "channel = ");
    let least = version("Cargo.toml", "rust-version = ");
    assert_eq!(channel.rsplit_once('.').unwrap().0, least, "left rust-toolchain.toml, right Cargo.toml");
    let readme = read("README.md");
    for version in [channel, version("crates/kernel/src/engine.rs", "const VERSION: &str = ")] {
        assert!(readme.contains(&version), "README.md does not name version {version}");
    }
}

#[test]
fn ci_runs_the_readmes_second_command_and_the_browser_and_nothing_that_changes_by_itself() {
    let readme = read("README.md");
    let commands: Vec<&str> = readme.lines().filter(|line| line.starts_with("cargo install --locked just@")).collect();
    let [lab, verify] = commands[..] else { panic!("README.md has other commands: {commands:#?}") };
    let install = verify.strip_suffix("verify").expect("README.md's second command verifies");
    assert_eq!(lab, format!("{install}lab"));
    let workflow = read(".github/workflows/verify.yml");
    let runs = workflow.lines().filter_map(|line| line.trim().strip_prefix("- run: "));
    assert_eq!(runs.filter(|run| run.starts_with("cargo")).collect::<Vec<_>>(), [verify]);
    let script = read(".ci/run");
    let words = script.lines().filter(|line| line.contains("just "));
    // A command before `&&` that fails ends no script by itself.
    assert_eq!(words.collect::<Vec<_>>(), [&format!("{verify} || exit"), "just verify-browser"]);
    assert_eq!(script.lines().last(), Some("just verify-browser"));
    assert!(workflow.contains("\n        run: just verify-browser\n"));
    for (_, action) in workflow.lines().filter_map(|line| line.split_once("uses: ")) {
        let commit = action.split(['@', ' ']).nth(1).unwrap_or_default();
        let fixed = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(fixed, "{action} is not a commit, and may change");
    }
}

//! README, CI and the Justfile speak of the same commands and versions.

use crate::{pages, read};

#[test]
fn the_readme_names_every_page_and_real_recipes() {
    let readme = read("README.md");
    for (page, _) in pages() {
        assert!(readme.contains(&format!("notebooks/{page}.ipynb")), "README.md lacks {page}");
    }
    let justfile = read("Justfile");
    for words in readme.split("`just ").skip(1) {
        let recipe = words.split(['`', ' ']).next().unwrap();
        let known =
            justfile.lines().any(|line| line.strip_prefix(recipe).is_some_and(|rest| rest.starts_with([':', ' '])));
        assert!(known, "README.md speaks of `just {recipe}`, which is not in the Justfile");
    }
}

#[test]
fn one_toolchain_and_one_evcxr() {
    let toolchain = read("rust-toolchain.toml");
    let channel = toolchain.lines().find_map(|line| line.strip_prefix("channel = ")).unwrap();
    let channel = channel.trim_matches('"');
    let (minor, _) = channel.rsplit_once('.').unwrap();
    assert!(read("Cargo.toml").contains(&format!("rust-version = \"{minor}\"")));
    let engine = read("crates/kernel/src/engine.rs");
    let evcxr = engine.lines().find_map(|line| line.strip_prefix("const VERSION: &str = \"")).unwrap();
    let readme = read("README.md");
    for version in [channel, evcxr.trim_end_matches("\";")] {
        assert!(readme.contains(version), "README.md does not name version {version}");
    }
}

#[test]
fn ci_runs_the_readmes_second_command_and_the_browser_and_nothing_that_changes_by_itself() {
    let readme = read("README.md");
    let commands: Vec<&str> = readme.lines().filter(|line| line.starts_with("cargo install --locked just@")).collect();
    assert!(matches!(commands[..], [lab, verify] if lab.ends_with(" just lab") && verify.ends_with(" just verify")));
    let workflow = read(".github/workflows/verify.yml");
    let runs: Vec<&str> = workflow.lines().filter_map(|line| line.trim().strip_prefix("- run: cargo")).collect();
    assert_eq!(runs, [&commands[1]["cargo".len()..]]);
    let script = read(".ci/run");
    let words = script.lines().filter(|line| line.contains("just "));
    // A command before `&&` that fails ends no script by itself.
    assert_eq!(words.collect::<Vec<_>>(), [&format!("{} || exit", commands[1]), "just verify-browser"]);
    assert_eq!(script.lines().last(), Some("just verify-browser"));
    assert!(workflow.contains("\n        run: just verify-browser\n"));
    assert_eq!(commands[0].replace("just lab", "just verify"), commands[1]);
    for action in workflow.lines().filter_map(|line| line.split_once("uses: ")) {
        let commit = action.1.split(['@', ' ']).nth(1).unwrap_or_default();
        assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", action.1);
    }
}

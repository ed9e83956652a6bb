//! Everything that the template depends on, as text: equal text, equal template.

use crate::environment;
use crate::project::{Project, hash};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use walkdir::{DirEntry, WalkDir};

/// The versions, with the hash of the launcher's own part, in a first paragraph; the project's own files in a second.
pub fn inputs(project: &Project, launcher: u64) -> Result<String> {
    let mut text = environment::rustc(&project.root, &["-vV"])?;
    writeln!(text, "\nevcxr {}", project.evcxr.display())?;
    writeln!(text, "{launcher:016x} launcher")?;
    let lock = project.root.join("Cargo.lock");
    writeln!(text, "{}\n", file_line(&lock)?)?;

    let mut files = vec![project.root.join("Cargo.toml")];
    for folder in crates(project)? {
        files.push(folder.join("Cargo.toml"));
        files.extend(below(&folder.join("src"), |file| !file.file_type().is_dir())?);
    }
    files.sort();
    for file in files {
        writeln!(text, "{}", file_line(&file)?)?;
    }
    Ok(text)
}

/// The folders of the crates that notebooks may use, and of those that they depend on by path.
fn crates(project: &Project) -> Result<BTreeSet<PathBuf>> {
    // Asked of cargo, because a manifest alone does not tell: `display.workspace = true`.
    let mut cargo = environment::command("cargo");
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version=1"]).stderr(Stdio::inherit());
    let output = environment::output(cargo.current_dir(&project.root))?;
    let metadata: Value = serde_json::from_slice(&output.stdout).context("`cargo metadata` gives no JSON")?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages = list(&metadata["packages"]);

    let mut open: Vec<PathBuf> = project.crates().collect();
    let mut found = BTreeSet::new();
    while let Some(folder) = open.pop() {
        let manifest = folder.join("Cargo.toml");
        let package =
            packages.iter().find(|package| package["manifest_path"].as_str().map(Path::new) == Some(&manifest));
        let package = package.with_context(|| format!("{} is no crate of the project", folder.display()))?;
        if found.insert(folder) {
            let dependencies =
                list(&package["dependencies"]).into_iter().filter(|dependency| dependency["kind"] != "dev");
            open.extend(dependencies.filter_map(|dependency| Some(dependency["path"].as_str()?.into())));
        }
    }
    Ok(found)
}

/// The paths below a folder of what is of a kind.
pub fn below(folder: &Path, kind: impl Fn(&DirEntry) -> bool) -> Result<Vec<PathBuf>> {
    let all = WalkDir::new(folder).into_iter().filter(|entry| entry.as_ref().map_or(true, &kind));
    Ok(all.map(|entry| entry.map(DirEntry::into_path)).collect::<Result<_, _>>()?)
}

fn file_line(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(format!("{:016x} {}", hash(&bytes), file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `display` is no line of the preload, but crates that are depend on it.
    #[test]
    fn a_change_of_a_dependency_by_path_is_noticed() {
        let root = fs::canonicalize("../..").unwrap();
        let text = inputs(&Project { root, evcxr: "evcxr".into() }, 0).unwrap();
        for (file, wanted) in
            [("update-rules/src/lib.rs", true), ("display/src/lib.rs", true), ("kernel/src/main.rs", false)]
        {
            assert_eq!(text.contains(&format!("/crates/{file}\n")), wanted, "{file} in\n{text}");
        }
    }
}

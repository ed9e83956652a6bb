//! Where everything is, and what every notebook may use.

use anyhow::{Context, Result, bail};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Where everything is.
pub struct Project {
    /// The project's folder, with Cargo.lock and crates/.
    pub root: PathBuf,
    /// The evcxr_jupyter program.
    pub evcxr: PathBuf,
}

impl Project {
    /// The project in a folder, and the evcxr_jupyter that the command line names.
    pub fn at(root: &Path, evcxr: Option<&str>) -> Result<Project> {
        let root = std::fs::canonicalize(root).with_context(|| format!("no project folder {}", root.display()))?;
        if !root.join("crates/kernel").is_dir() {
            bail!("{} is not this project: it has no crates/kernel", root.display());
        }
        let evcxr = PathBuf::from(evcxr.context("say where evcxr_jupyter is: --evcxr FILE")?);
        if !evcxr.is_file() {
            bail!("no evcxr_jupyter at {}: run `just kernel`", evcxr.display());
        }
        Ok(Project { root, evcxr })
    }

    /// Build directories of kernels: below target/, so that `cargo clean` removes them; but evcxr
    /// cannot load from a path with a space, so for such a project beside evcxr itself.
    pub fn cache(&self) -> Result<PathBuf> {
        let spaced = |path: &Path| path.to_string_lossy().contains(char::is_whitespace);
        if !spaced(&self.root) {
            return Ok(self.root.join("target/kernel"));
        }
        let shared = self.evcxr.ancestors().nth(3).unwrap_or(&self.root);
        if spaced(shared) {
            bail!("evcxr cannot work below {}: the path has a space", shared.display());
        }
        Ok(shared.join(format!("kernel-{:016x}", hash(&self.root))))
    }

    /// What every notebook may use, as its `:dep` lines say it, with the paths that it has in this clone.
    pub fn preload(&self) -> String {
        let crates = format!("path = \"{}/", self.root.join("crates").display());
        include_str!("../preload.evcxr").replace("path = \"../crates/", &crates)
    }
}

/// A number that two different values hardly share.
pub fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

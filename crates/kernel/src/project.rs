//! Where everything is: the project, its template, its sessions; and the `:dep` lines that are loaded with the start.

use anyhow::{Context, Result, bail};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

const PRELOAD: &str = include_str!("../preload.evcxr");

/// Where everything is.
#[derive(Clone)]
pub struct Project {
    /// The project's folder, with Cargo.lock and crates/.
    pub root: PathBuf,
    /// The evcxr_jupyter program.
    pub evcxr: PathBuf,
}

impl Project {
    /// The project in a folder, with the evcxr_jupyter that `engine` finds or makes.
    pub fn at(root: &Path, engine: impl FnOnce() -> Result<PathBuf>) -> Result<Project> {
        let root = std::fs::canonicalize(root).with_context(|| format!("no project folder {}", root.display()))?;
        if !root.join("crates/kernel").is_dir() {
            bail!("{} is not this project: it has no crates/kernel", root.display());
        }
        let evcxr = engine()?;
        if !evcxr.is_file() {
            bail!("no evcxr_jupyter at {}: run `just kernel`", evcxr.display());
        }
        Ok(Project { root, evcxr })
    }

    /// What tells the launcher of this project to do something.
    pub fn arguments<'a>(&'a self, command: &'a str) -> [&'a Path; 5] {
        ["--root".as_ref(), &self.root, "--evcxr".as_ref(), &self.evcxr, command.as_ref()]
    }

    /// The file that makes this an installation for all users, written last: then the template is finished, and nobody
    /// may write here. Every kernel holds a lock on it, so that an update does not take away what it uses.
    pub fn installed(&self) -> Option<PathBuf> {
        Some(self.root.join("installed")).filter(|mark| mark.is_file())
    }

    /// The template's folder.
    pub fn template(&self) -> Result<PathBuf> {
        Ok(self.shared()?.join("template"))
    }

    /// What all kernels share: `template/`, the standard library's `library/`, and `bin/` with the short cut's names, which
    /// stays under one path, since cargo compiles anew when its wrapper has another.
    pub fn shared(&self) -> Result<PathBuf> {
        Ok(if self.installed().is_some() { self.root.join("target/kernel") } else { self.cache()? })
    }

    /// Build directories of kernels: below target/, so that `cargo clean` removes them. evcxr cannot load from every path:
    /// those of a project below such a path lie beside evcxr itself. Of an installation each user has their own.
    pub fn cache(&self) -> Result<PathBuf> {
        let (above, name) = if self.installed().is_some() {
            (user_cache()?, "adagrad-slides/kernels".into())
        } else if loads_from(&self.root) {
            (self.root.clone(), "target/kernel".into())
        } else {
            let engines = self.evcxr.ancestors().nth(3).unwrap_or(&self.root);
            (engines.to_owned(), format!("kernel-{:016x}", hash(&self.root)))
        };
        if !loads_from(&above) {
            bail!("evcxr cannot work below {}: set XDG_CACHE_HOME to a plain path", above.display());
        }
        Ok(above.join(name))
    }

    /// Where the folders of running kernels are, their sessions.
    pub fn sessions(&self) -> Result<PathBuf> {
        Ok(self.cache()?.join("sessions"))
    }

    /// The folders of the crates that a notebook may use.
    pub fn crates(&self) -> impl Iterator<Item = PathBuf> {
        let named = PRELOAD.lines().filter_map(|line| line.split_once("\"../crates/")?.1.split('"').next());
        named.map(|name| self.root.join("crates").join(name))
    }

    /// What every notebook may use, as its `:dep` lines say it, with the paths that it has in this clone.
    pub fn preload(&self) -> String {
        let crates = format!("{}/", self.root.join("crates").display()).replace('\\', "\\\\").replace('"', "\\\"");
        PRELOAD.replace("path = \"../crates/", &format!("path = \"{crates}"))
    }
}

/// A path without spaces, quotes and the like: evcxr and the linker's flags are split at some of them.
fn loads_from(path: &Path) -> bool {
    path.to_string_lossy().chars().all(|c| c.is_alphanumeric() || "/._-+@~".contains(c))
}

/// A number that two different values hardly share.
pub fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The user's cache folder.
pub fn user_cache() -> Result<PathBuf> {
    dirs::cache_dir().filter(|folder| folder.is_absolute()).context("HOME is not set")
}

//! Gives evcxr a warm, locked build directory per notebook.
//!
//! A stock evcxr kernel compiles its dependencies anew, at whatever versions are newest that day, in
//! every notebook. This launcher keeps one *template*: a small workspace that pins the project's
//! Cargo.lock and in which evcxr has already compiled everything. Each kernel runs in a private copy.
//!
//! - [`template`] builds the workspace, and again only when something that it depends on has changed;
//! - [`session`] copies it for one kernel, runs evcxr there, and leaves nothing behind;
//! - [`jupyter`] writes and removes the kernelspecs that make Jupyter call this launcher.

mod jupyter;
mod session;
mod template;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: kernel build                  build the template and the kernelspec in target/jupyter
       kernel install                register the kernel in the user's own Jupyter, as \"Rust (adagrad-slides)\"
       kernel uninstall              undo that
       kernel run CONNECTION_FILE    run one kernel (Jupyter calls this)
options, before the command:
       --root DIR                    the project (default: the current folder)
       --evcxr FILE                  the evcxr_jupyter program";

/// Where everything is.
struct Project {
    /// The project's folder, with Cargo.lock and crates/.
    root: PathBuf,
    /// The evcxr_jupyter program.
    evcxr: PathBuf,
}

impl Project {
    /// Build directories of kernels: below target/, so that `cargo clean` removes them; but evcxr
    /// cannot load from a path with a space, so for such a project beside evcxr itself.
    fn cache(&self) -> Result<PathBuf> {
        let spaced = |path: &Path| path.to_string_lossy().contains(char::is_whitespace);
        if !spaced(&self.root) {
            return Ok(self.root.join("target/kernel"));
        }
        let shared = self.evcxr.ancestors().nth(3).unwrap_or(&self.root);
        if spaced(shared) {
            bail!("evcxr cannot work below {}: the path has a space", shared.display());
        }
        Ok(shared.join(format!("kernel-{:016x}", template::hash(&self.root))))
    }
}

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kernel: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Vec<String>) -> Result<ExitCode> {
    // `exec PARENT PROGRAM …` is the launcher's own second stage; see session::exec.
    if let [first, parent, program @ ..] = &args[..]
        && first == "exec"
    {
        return session::exec(parent.parse()?, program);
    }
    let mut root = PathBuf::from(".");
    let mut evcxr = None;
    let mut words = args.iter().map(String::as_str);
    let command = loop {
        match words.next() {
            Some("--root") => root = words.next().context("--root needs a folder")?.into(),
            Some("--evcxr") => evcxr = Some(words.next().context("--evcxr needs a file")?),
            other => break other,
        }
    };
    let rest: Vec<&str> = words.collect();
    let project = || -> Result<Project> {
        let root = std::fs::canonicalize(&root).with_context(|| format!("no project folder {}", root.display()))?;
        if !root.join("crates/kernel").is_dir() {
            bail!("{} is not this project: it has no crates/kernel", root.display());
        }
        let evcxr = PathBuf::from(evcxr.context("say where evcxr_jupyter is: --evcxr FILE")?);
        if !evcxr.is_file() {
            bail!("no evcxr_jupyter at {}: run `just kernel`", evcxr.display());
        }
        Ok(Project { root, evcxr })
    };
    match (command, &rest[..]) {
        (Some("build"), []) => {
            let project = project()?;
            let folder = project.root.join("target/jupyter");
            let _lock = template::lock(&project)?;
            template::up_to_date(&project)?;
            jupyter::write_kernelspec(&project, &folder, "rust", "Rust")?;
            Ok(ExitCode::SUCCESS)
        }
        (Some("install"), []) => {
            let project = project()?;
            let _lock = template::lock(&project)?;
            template::up_to_date(&project)?;
            let spec = jupyter::install(&project)?;
            println!("Registered \"{}\" in {}", jupyter::DISPLAY_NAME, spec.display());
            println!("Undo it with `just uninstall-kernel`.");
            Ok(ExitCode::SUCCESS)
        }
        (Some("uninstall"), []) => {
            match jupyter::uninstall()? {
                Some(spec) => println!("Removed {}", spec.display()),
                None => println!("\"{}\" was not registered.", jupyter::DISPLAY_NAME),
            }
            Ok(ExitCode::SUCCESS)
        }
        (Some("run"), [connection]) => session::run(&project()?, Path::new(connection)),
        (Some("--help" | "-h"), _) => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => {
            eprintln!("kernel: unknown command line `{}`\n{USAGE}", args.join(" "));
            Ok(ExitCode::from(2))
        }
    }
}

//! Gives evcxr a warm, locked build directory per notebook.
//!
//! A stock evcxr kernel compiles its dependencies anew, at whatever versions are newest that day, in
//! every notebook. This launcher keeps one *template*: a small workspace that pins the project's
//! Cargo.lock and in which evcxr has already compiled everything. Each kernel runs in a private copy.
//!
//! - [`project::Project`] says where everything is;
//! - [`evcxr::command`] starts evcxr in a build directory, [`evcxr::end_processes`] ends what it started;
//! - [`template::up_to_date`] builds the template, and again only when something in its [`stamp`] has changed;
//! - [`session::run`] copies it for one kernel, runs evcxr there, and leaves nothing behind;
//! - [`jupyter::write_kernelspec`] writes what makes Jupyter call this launcher.

mod evcxr;
mod jupyter;
mod project;
mod session;
mod stamp;
mod template;

use anyhow::{Context, Result};
use project::Project;
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
    // `exec PARENT PROGRAM …` is the launcher's own second stage; see evcxr::exec.
    if let [first, parent, program @ ..] = &args[..]
        && first == "exec"
    {
        return evcxr::exec(parent.parse()?, program);
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
    let project = || Project::at(&root, evcxr);
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

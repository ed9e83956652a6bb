//! The launcher of the quick kernel: starts evcxr where this project's crates are compiled and their versions locked.
//!
//! A stock evcxr kernel compiles its dependencies anew, at whatever versions are newest that day, in every notebook. This
//! launcher keeps one *template*, a small workspace with the project's Cargo.lock in which evcxr has compiled everything.
//! Each kernel runs in a *session*, a private copy.
//!
//! Once:
//! - [`engine::ready`] finds or makes evcxr itself;
//! - [`template::up_to_date`] builds the template, and again only when something in its [`stamp`] has changed; [`library`]
//!   is what of the standard library rust-analyzer has to read;
//! - [`jupyter::write_kernelspec`] writes what makes Jupyter call this launcher.
//!
//! When a kernel starts:
//! - [`serve::run`] has a [`session`] copied from the template, and [`evcxr::Evcxr`] run there, ended by its [`guard`] with
//!   all that it has started;
//! - [`front::Front`] holds Jupyter's requests until evcxr answers, then passes them on, signed anew by [`sign`]; where
//!   there is no evcxr it tells the reason;
//! - [`spare`] has done all that before anyone asked, and [`handover`] is how such a kernel changes hands; [`machine`] says
//!   whether there is room for it, and whether it is well;
//! - [`parent::hang_up`] ends a kernel whose Jupyter has gone.
//!
//! In a cell: [`shortcut`] stands in cargo's place. [`replay`] compiles a cell as the last one was, [`known`] answers for a
//! `:dep` line that cargo has found good.
//!
//! Around all: [`project::Project`] says where everything is, [`environment`] whose settings reach what the launcher
//! starts; [`class::install`] puts all of it where every user of a machine can read it, each [`version`] beside the last.

mod class;
mod engine;
mod environment;
mod evcxr;
mod front;
mod guard;
mod handover;
mod jupyter;
mod known;
mod library;
mod machine;
mod parent;
mod project;
mod replay;
mod serve;
mod session;
mod shortcut;
mod sign;
mod spare;
mod stamp;
mod template;
mod version;

use anyhow::{Context, Result};
use project::Project;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

const USAGE: &str = "\
usage: kernel build                  build the template and the kernelspec in target/jupyter
       kernel install                register the kernel in the user's own Jupyter, as \"Rust (adagrad-slides)\"
       kernel uninstall              undo that
       kernel install-class PREFIX   install the kernel for all users of the machine, as \"Rust\"
       kernel uninstall-class PREFIX undo that
       kernel engine                 find or make the evcxr_jupyter program, and print where it is
       kernel run CONNECTION_FILE    run one kernel (Jupyter calls this)
       kernel spare SECONDS BYTES    keep a kernel ready until stdin ends: made when none has started for SECONDS,
                                     where BYTES are free
       kernel exec PROGRAM …         run a program of Jupyter's or pip's, kept apart from the user's settings
options, before the command:
       --root DIR                    the project (default: the current folder)
       --evcxr FILE                  the evcxr_jupyter program (default: that of `kernel engine`)";

fn main() -> ExitCode {
    let done = match shortcut::name() {
        Some(name) => shortcut::run(name, &std::env::args_os().skip(1).collect::<Vec<_>>()),
        None => run(&std::env::args().skip(1).collect::<Vec<_>>()),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kernel: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<ExitCode> {
    // The launcher's own second stage.
    if let [first, log, program @ ..] = args
        && first == "guard"
    {
        return guard::run(log, program);
    }
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let handle = runtime.handle().clone();
    let _entered = handle.enter();
    let done = obey(args, &runtime);
    // Nobody waits for a preparation that is not wanted any more; its processes end with this one.
    runtime.shutdown_background();
    done
}

fn obey(args: &[String], runtime: &Runtime) -> Result<ExitCode> {
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
    let engine = || evcxr.map_or_else(engine::ready, |file| Ok(file.into()));
    let project = || Project::at(&root, engine);
    let prepared = || {
        let project = project()?;
        let say = |text: &str| eprintln!("kernel: {text}");
        let lock = template::lock(&project, &say)?;
        template::up_to_date(&project, &say)?;
        anyhow::Ok((project, lock))
    };
    match (command, &rest[..]) {
        (Some("build"), []) => {
            let (project, _lock) = prepared()?;
            let folder = project.root.join("target/jupyter");
            jupyter::write_kernelspec(&std::env::current_exe()?, &project, &folder, jupyter::STOCK)?;
        }
        (Some("install"), []) => {
            let (project, _lock) = prepared()?;
            let spec = jupyter::install(&project)?;
            println!("Registered \"{}\" in {}", jupyter::OWN.shown, spec.display());
            println!("Undo it with `just uninstall-kernel`.");
        }
        (Some("uninstall"), []) => match jupyter::uninstall()? {
            Some(spec) => println!("Removed {}", spec.display()),
            None => println!("\"{}\" was not registered.", jupyter::OWN.shown),
        },
        (Some("install-class"), [prefix]) => {
            println!("Installed in {}", class::install(&project()?, Path::new(prefix))?.display());
        }
        (Some("uninstall-class"), [prefix]) => {
            let gone = class::uninstall(Path::new(prefix))?;
            println!("{} {prefix}", if gone { "Removed the kernel from" } else { "No kernel was installed in" });
        }
        (Some("engine"), []) => println!("{}", engine()?.display()),
        (Some("run"), [connection]) => {
            runtime.spawn(parent::hang_up());
            return runtime.block_on(serve::run(project(), Path::new(connection)));
        }
        (Some("spare"), [quiet, room]) => {
            let quiet = quiet.parse().with_context(|| format!("{quiet} is no number of seconds"))?;
            let room = room.parse().with_context(|| format!("{room} is no number of bytes"))?;
            return runtime.block_on(spare::keep(&project()?, Duration::from_secs(quiet), room));
        }
        // The keeper calls this.
        (Some("wait"), []) => return runtime.block_on(spare::wait(project()?)),
        (Some("exec"), [program, arguments @ ..]) => {
            let data = std::env::current_dir()?.join("target/jupyter");
            let error = environment::jupyter(program, &data).args(arguments).exec();
            return Err(error).with_context(|| format!("cannot run {program}"));
        }
        (Some("--help" | "-h"), _) => println!("{USAGE}"),
        _ => {
            eprintln!("kernel: unknown command line `{}`\n{USAGE}", args.join(" "));
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}

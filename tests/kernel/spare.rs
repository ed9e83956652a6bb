//! A spare kernel: taken, refused, killed, and nothing left behind.

use crate::driven::{LIMIT, Test, computes, end, folder, launcher, pid, signal, soon, start_changed, stdout};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use verifier::client::Kernel;
use verifier::root;

pub const TESTS: [Test; 7] = [
    ("a spare is handed out, and a restart gets a fresh one", handed_out),
    ("a spare that is not ready yet is handed out and ends when told to stop", early),
    ("of two who want one spare, one gets it; it outlives the keeper and ends with its taker", raced),
    ("a spare of another folder, environment or template is not handed out", refused),
    ("a spare that died or hangs is not handed out", unwell),
    ("a killed spare is made anew, and that of a killed keeper ends", killed),
    ("no spare is made where memory is short", short_of_memory),
];

/// Room that every machine has on which these tests run.
const ROOM: &str = "100000000";

/// `kernel spare`, whose spares are for kernels of the same name only.
struct Keeper {
    process: Child,
    news: Receiver<String>,
    name: &'static str,
}

/// A spare that waits: its folder, and its processes (the launcher's, its guard's, evcxr's, the cells').
struct Waiting {
    folder: PathBuf,
    processes: Vec<Pid>,
}

impl Keeper {
    fn new(name: &'static str, room: &str) -> Keeper {
        let mut keeper = launcher(&["spare", "1", room]);
        keeper.current_dir(root()).env("ADAGRAD_SPARE", name).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = keeper.spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (sender, news) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Keeper { process, news, name }
    }

    fn says(&self, news: &str) {
        assert_eq!(self.news.recv_timeout(LIMIT).as_deref(), Ok(news));
    }

    /// The ticket of its spare, and the session's folder.
    fn ticket(&self) -> Option<(serde_json::Value, PathBuf)> {
        let sessions = std::fs::read_dir(root().join("target/kernel/sessions")).ok()?;
        sessions.flatten().find_map(|session| {
            let text = std::fs::read_to_string(session.path().join("ticket")).ok()?;
            let ticket: serde_json::Value = serde_json::from_str(&text).unwrap();
            below(Pid::from_child(&self.process)).contains(&spare(&ticket)).then_some((ticket, session.path()))
        })
    }

    /// The next spare, ready.
    fn ready(&self) -> Waiting {
        self.says("ready");
        let (ticket, folder) = self.ticket().unwrap();
        let launcher = spare(&ticket);
        let processes = [vec![launcher], below(launcher)].concat();
        assert_eq!(processes.len(), 4);
        Waiting { folder, processes }
    }

    fn start(&self) -> Kernel {
        start_in("notebooks", self.name)
    }

    /// Ends it, as the end of a server does.
    fn end(mut self) {
        let (own, waiting) = (below(Pid::from_child(&self.process)), self.ticket());
        drop(self.process.stdin.take());
        assert!(self.process.wait().unwrap().success());
        end(&own);
        assert!(waiting.is_none_or(|(_, folder)| !folder.exists()));
    }
}

/// A kernel in a folder of the project, for which spares of this name are.
fn start_in(folder: &str, name: &str) -> Kernel {
    start_changed(folder, |spec| spec["env"]["ADAGRAD_SPARE"] = name.into())
}

/// The process whose ticket it is.
fn spare(ticket: &serde_json::Value) -> Pid {
    pid(ticket[4].as_u64().unwrap() as u32)
}

/// The processes that a process has started, in the order of descent.
fn below(parent: Pid) -> Vec<Pid> {
    let table = Command::new("ps").args(["-A", "-o", "pid=,ppid=,stat="]).output().unwrap().stdout;
    let table = String::from_utf8(table).unwrap();
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    let mut found = vec![parent.to_string()];
    for next in 0.. {
        let Some(parent) = found.get(next).cloned() else { break };
        // Of one that has ended, its parent may not have taken notice yet.
        let children = lines.iter().filter(|line| line[1] == parent && !line[2].starts_with('Z'));
        found.extend(children.map(|line| line[0].to_owned()));
    }
    found[1..].iter().map(|found| pid(found.parse().unwrap())).collect()
}

fn handed_out() {
    let keeper = Keeper::new("handed out", ROOM);
    let spare = keeper.ready();
    let mut kernel = keeper.start();
    keeper.says("taken");
    assert_eq!(folder(&mut kernel), spare.folder);
    stdout(&mut kernel, "let x = 3;");
    assert_eq!(stdout(&mut kernel, "println!(\"{x}\");"), "3\n");
    assert!(kernel.execute("loop {}", Duration::from_secs(1)).is_err());
    kernel.interrupt().unwrap();
    // What is left to say of the loop comes with this one.
    kernel.execute("", LIMIT).unwrap();
    computes(&mut kernel);
    stdout(&mut kernel, "let x = 4;");

    let next = keeper.ready();
    drop(kernel);
    assert!(!spare.folder.exists());
    end(&spare.processes);
    // An editor's terminal says more of itself than a server's.
    let mut again = start_changed("notebooks", |spec| {
        spec["env"]["ADAGRAD_SPARE"] = keeper.name.into();
        for name in ["VSCODE_PID", "TERM_PROGRAM", "ELECTRON_RUN_AS_NODE"] {
            spec["env"][name] = "1".into();
        }
    });
    keeper.says("taken");
    assert_eq!(folder(&mut again), next.folder);
    assert!(again.execute("println!(\"{x}\");", LIMIT).unwrap().error.is_some());
    drop(again);
    end(&next.processes);
    keeper.end();
}

fn early() {
    let keeper = Keeper::new("early", ROOM);
    soon("there is a ticket", 20, || keeper.ticket().is_some());
    let (_, session) = keeper.ticket().unwrap();
    let mut kernel = keeper.start();
    keeper.says("taken");
    assert_eq!(folder(&mut kernel), session);
    signal(&kernel, Signal::TERM);
    drop(kernel);
    assert!(!session.exists());
    keeper.end();
}

fn raced() {
    let mut keeper = Keeper::new("raced", ROOM);
    let spare = keeper.ready();
    let mut kernels = std::thread::scope(|scope| {
        let started = [(); 2].map(|()| scope.spawn(|| start_in("notebooks", "raced")));
        started.map(|started| started.join().unwrap())
    });
    keeper.process.kill().unwrap();
    keeper.process.wait().unwrap();
    let folders = kernels.each_mut().map(folder);
    assert_eq!(folders.iter().filter(|folder| **folder == spare.folder).count(), 1, "{folders:?}");
    kernels.iter_mut().for_each(computes);
    for (kernel, folder) in kernels.into_iter().zip(folders) {
        if folder == spare.folder {
            signal(&kernel, Signal::KILL);
            end(&spare.processes);
            assert!(!folder.exists());
        }
    }
}

fn refused() {
    let keeper = Keeper::new("refused", ROOM);
    let spare = keeper.ready();
    for mut kernel in [start_in("notebooks", "other"), start_in("notebooks/pictures", keeper.name)] {
        assert_ne!(folder(&mut kernel), spare.folder);
    }
    let (mut ticket, _) = keeper.ticket().unwrap();
    ticket[0] = (ticket[0].as_u64().unwrap() ^ 1).into();
    std::fs::write(spare.folder.join("ticket"), ticket.to_string()).unwrap();
    let mut kernel = keeper.start();
    assert_ne!(folder(&mut kernel), spare.folder);
    // It makes room for a newer one.
    end(&spare.processes);
    keeper.ready();
    assert!(!spare.folder.exists());
    keeper.end();
}

fn unwell() {
    let keeper = Keeper::new("unwell", ROOM);
    for (process, harm) in [(0, Signal::STOP), (2, Signal::STOP), (3, Signal::KILL)] {
        let spare = keeper.ready();
        kill_process(spare.processes[process], harm).unwrap();
        let mut kernel = keeper.start();
        assert_ne!(folder(&mut kernel), spare.folder, "{harm:?} of {process}");
        computes(&mut kernel);
        end(&spare.processes);
    }
    keeper.end();
}

fn killed() {
    let mut keeper = Keeper::new("killed", ROOM);
    let spare = keeper.ready();
    kill_process(spare.processes[0], Signal::KILL).unwrap();
    end(&spare.processes);
    let next = keeper.ready();
    assert!(!spare.folder.exists());
    keeper.process.kill().unwrap();
    keeper.process.wait().unwrap();
    end(&next.processes);
    assert!(!next.folder.exists());
}

fn short_of_memory() {
    let keeper = Keeper::new("short of memory", &u64::MAX.to_string());
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(below(Pid::from_child(&keeper.process)), []);
    keeper.end();
}

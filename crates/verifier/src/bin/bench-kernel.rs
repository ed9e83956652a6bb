//! Times pages under the project's kernel, the stock one and Python's, in one run.
//!
//! `bench-kernel EVCXR PYTHON [--spare] [WORD …]`: the pages whose name contains one of the words; without a word,
//! page 03, which stands in Python too. With `--spare` also when a spare kernel waits before each start.

use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::fs::read_to_string;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use verifier::client::Kernel;
use verifier::verify::Setup;
use verifier::{name, page, pages_or_exit, root};

const LIMIT: Duration = Duration::from_secs(300);

/// Page 03 in Python; a line `# %% id` begins each cell.
const IN_PYTHON: &str = include_str!("../../../../tests/fixtures/sigma-step-by-step.py");

fn main() -> Result<()> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    if words.len() < 2 {
        bail!("usage: bench-kernel EVCXR PYTHON [--spare] [WORD …]");
    }
    let [evcxr, python]: [String; 2] = words.drain(..2).collect::<Vec<_>>().try_into().expect("two words");
    let spare = words.first().is_some_and(|word| word == "--spare");
    words.drain(..usize::from(spare));
    if words.is_empty() {
        words.push("03".into());
    }
    let files = pages_or_exit(&words);

    // The other kernels, kept away from this user's kernelspecs and configuration.
    let scratch = tempfile::tempdir()?;
    let spec = |name: &str, argv: &[&str]| -> Result<PathBuf> {
        let (file, empty) = (scratch.path().join(name), scratch.path().join("empty"));
        let places = ["JUPYTER_PATH", "EVCXR_CONFIG_DIR", "IPYTHONDIR", "MPLCONFIGDIR"].map(|name| (name, &empty));
        let spec =
            serde_json::json!({ "display_name": name, "language": name, "argv": argv, "env": HashMap::from(places) });
        std::fs::write(&file, spec.to_string())?;
        Ok(file)
    };
    let stock = spec("stock", &[&evcxr, "--control_file", "{connection_file}"])?;
    let python = spec("python", &[&python, "-m", "ipykernel_launcher", "-f", "{connection_file}"])?;
    let (ours, waiting) = (Setup::project().kernel, scratch.path().join("ours"));
    let mut with_spare: serde_json::Value = serde_json::from_str(&read_to_string(&ours)?)?;
    with_spare["env"]["ADAGRAD_SPARE"] = "1".into();
    std::fs::write(&waiting, with_spare.to_string())?;

    for file in files {
        let (_, page) = page::read(&file)?;
        let cells: Vec<_> = page.code().into_iter().map(|cell| (cell.id, cell.source)).collect();
        let folder = file.parent().expect("a page lies in a folder");
        let mut columns = vec![("ours", measure(&ours, folder, &cells, false)?)];
        if spare {
            columns.push(("spare", measure(&waiting, folder, &cells, true)?));
        }
        columns.push(("stock", measure(&stock, folder, &cells, false)?));
        if name(&file).starts_with("03") {
            columns.push(("Python", measure(&python, folder, &cells_of(IN_PYTHON), false)?));
        }
        print(&format!("{}, {} cells", name(&file), cells.len()), &columns);
    }
    println!(
        "{:36} {:7.2} s",
        "a bare incremental cargo build",
        bare_build(&scratch.path().join("bare"))?.as_secs_f64()
    );
    Ok(())
}

/// The cells of a Python file, with their ids.
fn cells_of(text: &str) -> Vec<(String, String)> {
    let cells = text.split("\n# %% ").skip(1).filter_map(|cell| cell.split_once('\n'));
    cells.map(|(id, source)| (id.to_owned(), source.trim().to_owned())).collect()
}

struct Measured {
    /// From the request for a kernel until the first cell that shows something has shown it.
    first: Duration,
    /// From the request to end the kernel until a new one has run all cells.
    restarted: Duration,
    cells: Vec<(String, Duration)>,
    /// Of the kernel's whole process tree after the last cell: resident, and with what is shared counted in parts.
    memory: [u64; 2],
}

fn measure(kernel_json: &Path, folder: &Path, cells: &[(String, String)], spare: bool) -> Result<Measured> {
    let keeper = spare.then(Keeper::new).transpose()?;
    let began = Instant::now();
    let (kernel, first, times) = run(kernel_json, folder, cells, began)?;
    let roots: Vec<u32> = kernel.id().into_iter().chain(keeper.as_ref().map(|keeper| keeper.0.id())).collect();
    let memory = memory(&roots);
    drop(keeper);
    let keeper = spare.then(Keeper::new).transpose()?;
    let again = Instant::now();
    drop(kernel);
    run(kernel_json, folder, cells, again)?;
    let restarted = again.elapsed();
    drop(keeper);
    let times = cells.iter().map(|(id, _)| id.clone()).zip(times).collect();
    Ok(Measured { first, restarted, cells: times, memory })
}

/// Runs all cells in a new kernel.
fn run(
    kernel_json: &Path,
    folder: &Path,
    cells: &[(String, String)],
    began: Instant,
) -> Result<(Kernel, Duration, Vec<Duration>)> {
    let mut kernel = Kernel::start(kernel_json, folder)?;
    let (mut first, mut times) = (None, Vec::new());
    for (id, source) in cells {
        let executed = kernel.execute(source, LIMIT)?;
        if let Some(error) = executed.error {
            bail!("{}, cell {id}: {error}", kernel_json.display());
        }
        if !executed.outputs().is_empty() {
            first.get_or_insert_with(|| began.elapsed());
        }
        times.push(executed.time);
    }
    Ok((kernel, first.context("no cell shows anything")?, times))
}

/// What keeps a spare kernel, ready when this value is there.
struct Keeper(Child);

impl Keeper {
    fn new() -> Result<Keeper> {
        let mut keeper = Setup::project().launcher()?;
        // As `just lab` keeps it: the next one is not made while these cells run.
        keeper.args(["spare", "30", "0"]).current_dir(root()).stdin(Stdio::piped()).stdout(Stdio::piped());
        // As the kernel that is to have it, whose environment must be the same.
        keeper.env("ADAGRAD_SPARE", "1");
        let mut keeper = Keeper(keeper.spawn()?);
        let mut news = BufReader::new(keeper.0.stdout.take().expect("it is piped"));
        let mut line = String::new();
        news.read_line(&mut line)?;
        keeper.0.stdout = Some(news.into_inner());
        if line != "ready\n" {
            bail!("this launcher makes no spare kernel")
        }
        Ok(keeper)
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

fn print(title: &str, columns: &[(&str, Measured)]) {
    let row = |label: &str, of: &dyn Fn(&Measured) -> String| {
        let entries: String = columns.iter().map(|(_, measured)| format!("{:>10}", of(measured))).collect();
        println!("{label:32}{entries}");
    };
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let heads: String = columns.iter().map(|(head, _)| format!("{head:>10}")).collect();
    println!("\n{title:32}{heads}");
    row("open to first result", &|m| seconds(m.first));
    row("restart and run all", &|m| seconds(m.restarted));
    row("all cells", &|m| seconds(m.cells.iter().map(|cell| cell.1).sum()));
    row("median cell", &|m| seconds(median(m.cells.iter().map(|cell| cell.1))));
    row("memory, resident", &|m| format!("{} MB", m.memory[0] / 1000));
    row("memory, shared in parts", &|m| format!("{} MB", m.memory[1] / 1000));
    for (head, measured) in columns {
        let mut cells: Vec<_> = measured.cells.iter().collect();
        cells.sort_by_key(|cell| std::cmp::Reverse(cell.1));
        let slowest: Vec<String> =
            cells[..cells.len().min(3)].iter().map(|(id, time)| format!("{id} {}", seconds(*time))).collect();
        println!("slowest, {head:22} {}", slowest.join(", "));
    }
}

/// Kilobytes of these processes and all that they have started.
fn memory(roots: &[u32]) -> [u64; 2] {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let parents: HashMap<u32, u32> = processes
        .filter_map(|process| {
            let stat = read_to_string(process.path().join("stat")).ok()?;
            let parent = stat.rsplit(") ").next()?.split(' ').nth(1)?;
            Some((process.file_name().to_str()?.parse().ok()?, parent.parse().ok()?))
        })
        .collect();
    let is_ours = |id: &&u32| std::iter::successors(Some(*id), |id| parents.get(id)).any(|id| roots.contains(id));
    let rolled = parents.keys().filter(is_ours).map(|id| read_to_string(format!("/proc/{id}/smaps_rollup")));
    let rolled: Vec<String> = rolled.map(Result::unwrap_or_default).collect();
    let lines = || rolled.iter().flat_map(|text| text.lines());
    ["Rss:", "Pss:"].map(|kind| {
        let number = |line: &str| line.strip_prefix(kind)?.trim().strip_suffix(" kB")?.parse::<u64>().ok();
        lines().filter_map(number).sum()
    })
}

/// The median time of `cargo build` after a change, for a crate as small as a cell.
fn bare_build(folder: &Path) -> Result<Duration> {
    std::fs::create_dir_all(folder.join("src"))?;
    std::fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"bare\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[profile.dev]\ndebug = false\n[workspace]\n",
    )?;
    let mut times = Vec::new();
    for i in 0..6 {
        let source = format!("#[unsafe(no_mangle)]\npub extern \"C\" fn f() {{ println!(\"{i}\"); }}\n");
        std::fs::write(folder.join("src/lib.rs"), source)?;
        let start = Instant::now();
        let status = Command::new("cargo").args(["build", "--quiet"]).current_dir(folder).status()?;
        if !status.success() {
            bail!("the bare build failed");
        }
        times.push(start.elapsed());
    }
    Ok(median(times.into_iter().skip(1)))
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<_> = times.collect();
    times.sort();
    times[times.len() / 2]
}

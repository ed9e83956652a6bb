//! Times pages under the project's kernel and under the stock one, in one run.
//!
//! `bench-kernel EVCXR [WORD …]`: those whose name contains one of the words; without a word, page 07.

use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use verifier::verify::{Ran, Setup, run};
use verifier::{name, page, pages_or_exit};

fn main() -> Result<()> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    if words.is_empty() {
        bail!("usage: bench-kernel EVCXR [WORD …]");
    }
    let evcxr = words.remove(0);
    if words.is_empty() {
        words.push("07".into());
    }
    let files = pages_or_exit(&words);

    // The stock kernel, kept away from this user's kernelspecs and configuration.
    let scratch = std::env::temp_dir().join(format!("stock-kernel-{}", std::process::id()));
    std::fs::create_dir_all(&scratch)?;
    let kernel = scratch.join("kernel.json");
    let empty = scratch.join("empty");
    let spec = serde_json::json!({
        "display_name": "Rust", "language": "rust",
        "argv": [evcxr, "--control_file", "{connection_file}"],
        "env": { "JUPYTER_PATH": empty, "EVCXR_CONFIG_DIR": empty },
    });
    std::fs::write(&kernel, spec.to_string())?;
    let stock = Setup { kernel, limit: Duration::from_secs(300), ..Setup::project() };

    for file in files {
        let (_, page) = page::read(&file)?;
        let times = |setup: &Setup| run(&file, &page, setup).map_err(anyhow::Error::msg);
        let (stock, ours) = (times(&stock)?, times(&Setup::project())?);
        println!("\n{}, {} cells        stock     ours    ratio", name(&file), ours.cells.len());
        let row = |label: &str, of: &dyn Fn(&Ran) -> Duration| {
            let (stock, ours) = (of(&stock).as_secs_f64(), of(&ours).as_secs_f64());
            println!("{label:36} {stock:7.2} s {ours:6.2} s {:6.1}", stock / ours);
        };
        row("start until the kernel answers", &|ran| ran.start);
        row("first cell, with the dependencies", &|ran| ran.cells[0]);
        row("first to last cell", &|ran| ran.cells.iter().sum());
        row("median cell", &|ran| median(&ran.cells));
    }
    let bare = bare_build(&scratch.join("bare"))?;
    println!("{:36} {:7.2} s", "a bare incremental cargo build", bare.as_secs_f64());
    std::fs::remove_dir_all(&scratch)?;
    Ok(())
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
    Ok(median(&times[1..]))
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}

//! Cells one after the other, each with all that it printed.
//!
//! evcxr forwards both streams from threads of their own, and may answer before all has arrived. But the order in a stream
//! holds. So each cell first prints a line that nobody can guess: what arrives before it belongs to the cell before.

use crate::client::{Kernel, unguessable};
use crate::executed::Executed;
use anyhow::{Result, anyhow, bail};
use std::time::{Duration, Instant};

/// Runs the next cell, and adds to what the one `before` did the text that had not arrived yet.
///
/// # Errors
/// As [`Kernel::execute`], and if the line between them does not come back within `limit`.
pub fn execute_after(kernel: &mut Kernel, before: &mut Executed, code: &str, limit: Duration) -> Result<Executed> {
    // Before a command or an attribute nothing may stand.
    if code.starts_with([':', '#']) {
        drain(kernel, before, limit)?;
    } else {
        match marked(kernel, before, code, limit)? {
            // It did not compile: once more, so that its error has no words of ours in it; or the kernel has ended.
            Err(failed) if drain(kernel, before, limit).is_err() => return Ok(failed),
            Err(_) => {}
            Ok(executed) => return Ok(executed),
        }
    }
    kernel.execute(code, limit)
}

/// Adds to what the last cell did the text that has not arrived yet.
///
/// # Errors
/// As [`execute_after`].
pub fn drain(kernel: &mut Kernel, cell: &mut Executed, limit: Duration) -> Result<()> {
    let (Ok(ended) | Err(ended)) = marked(kernel, cell, "", limit)?;
    ended.error.map_or(Ok(()), |error| Err(anyhow!("the kernel does not go on: {error}")))
}

/// Runs a cell that begins with the line; as an error what did not even come to print that.
fn marked(
    kernel: &mut Kernel,
    before: &mut Executed,
    code: &str,
    limit: Duration,
) -> Result<Result<Executed, Executed>> {
    // Else a page could print it itself, and hide what follows.
    let end = format!("end of cell {}\n", unguessable());
    let line = end.trim_end();
    // A colon at the start would be a command to evcxr, and a block, or a last line without `;`, compiled twice.
    let print = format!("();::std::println!({line:?});::std::eprintln!({line:?});");
    let mut cell = kernel.execute(&(print + code), limit)?;
    if cell.error.is_some() && !cell.stdout.contains(&end) {
        return Ok(Err(cell));
    }
    let deadline = Instant::now() + limit;
    while !(cell.stdout.contains(&end) && cell.stderr.contains(&end)) {
        if Instant::now() > deadline {
            bail!("the output before it did not end within {} s", limit.as_secs_f64());
        }
        let more = kernel.execute("", limit)?;
        cell.stdout += &more.stdout;
        cell.stderr += &more.stderr;
        if let Some(error) = more.error {
            // The kernel has ended, and with it what it still had to say.
            cell.error.get_or_insert(error);
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    for (before, cell) in [(&mut before.stdout, &mut cell.stdout), (&mut before.stderr, &mut cell.stderr)] {
        if let Some((old, new)) = cell.split_once(&end) {
            *before += old;
            *cell = new.into();
        }
    }
    Ok(Ok(cell))
}

//! Re-executes the pages whose name contains one of the arguments, all without one, and writes their outputs back in
//! canonical form.

use std::path::Path;
use std::process::ExitCode;
use verifier::verify::{Setup, run};
use verifier::{name, page, pages_or_exit, root, waiting};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut failed = false;
    for file in pages_or_exit(&words) {
        match render(&file) {
            Ok(how) => println!("{}: {how}", name(&file)),
            Err(problem) => {
                failed = true;
                eprintln!("{}: not rendered, the file is as it was:\n{problem}", name(&file));
            }
        }
    }
    for snapshot in waiting().unwrap_or_default() {
        println!("{} waits: `just review` shows what is new in it, and accepts or rejects it", snapshot.display());
    }
    ExitCode::from(u8::from(failed))
}

fn render(file: &Path) -> Result<&'static str, String> {
    let (old, page) = page::read(file).map_err(|error| format!("{error:#}"))?;
    let fresh = run(file, &page, &Setup::project())?;
    let text = fresh.canonical().map_err(|error| format!("{error:#}"))?;
    let failed = |file: &Path, error| format!("{}: {error}", file.display());
    // In one move: a full disk must not cost the page.
    let write = |file: &Path, text: &str| {
        let new = file.with_extension("new");
        let written = std::fs::write(&new, text).and_then(|()| std::fs::rename(&new, file));
        written.map_err(|error| failed(file, error))
    };
    for (picture, svg) in fresh.pictures() {
        write(&root().join("notebooks/pictures").join(picture), &svg)?;
    }
    let snapshot = verifier::snapshot::file(file);
    verifier::snapshot::propose(&snapshot, &fresh).map_err(|error| failed(&snapshot, error))?;
    if text == old {
        return Ok("unchanged");
    }
    write(file, &text)?;
    Ok("written")
}

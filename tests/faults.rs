//! The verifier rejects each faulty notebook of `faults/`, names the cell, and gives the reason.

use libtest_mimic::{Arguments, Trial};
use std::time::{Duration, Instant};
use tests::verify::{Setup, verify};
use tests::{name, notebooks, root};

/// Notebook, place of the fault, a part of the reason. The first one is sound.
const FAULTS: &[(&str, &str, &str)] = &[
    ("sound", "", ""),
    ("failing-assert", "cell 2 (claim)", "the claim of this cell"),
    ("failing-snapshot", "cell 2 (inline)", "snapshot assertion"),
    ("crate-panic", "cell 2 (index)", "out of bounds"),
    ("error-result", "cell 2 (parse)", "invalid float literal"),
    ("stderr", "cell 2 (warn)", "a warning"),
    ("compile-error", "cell 2 (typo)", "mismatched types"),
    ("exit", "cell 2 (leave)", "Subprocess terminated"),
    ("endless", "cell 2 (spin)", "did not end within"),
    ("flush", "cell 2 (prompt)", "did not end within"),
    ("killed", "cell 2 (kill)", "the kernel died"),
    ("last-digit", "cell 2 (sigma)", "-7.505554\n+7.505553"),
    ("picture", "cell 2 (circle)", "its text/html is not what the committed page shows"),
    ("missing-output", "cell 2 (print)", "shows [], a fresh run gives [stdout]"),
    ("stale", "cell 2 (edited)", "-6\n+9"),
    ("surplus-output", "cell 2 (silent)", "shows [stdout], a fresh run gives []"),
    ("machine-path", "cell 2 (path)", "a path of this machine"),
    ("not-canonical", "", "not canonical"),
    ("not-json", "", "not valid JSON"),
];

fn main() {
    let files = notebooks(&root().join("tests/faults")).expect("tests/faults can be read");
    let mut trials: Vec<Trial> = files
        .into_iter()
        .map(|file| {
            let fault = FAULTS.iter().find(|(fault, ..)| *fault == name(&file));
            Trial::test(name(&file), move || {
                let (_, place, reason) = fault.ok_or("no line of FAULTS names this notebook")?;
                rejected(&file, place, reason)
            })
        })
        .collect();
    trials.push(Trial::test("every line has its notebook", || {
        let missing = FAULTS.iter().find(|(name, ..)| !root().join(format!("tests/faults/{name}.ipynb")).exists());
        missing.map_or(Ok(()), |(name, ..)| Err(format!("no tests/faults/{name}.ipynb").into()))
    }));
    trials.push(Trial::test("a snapshot that no notebook owns", || {
        let folder = tempfile::tempdir()?;
        let orphan = folder.path().join("09-gone.snap");
        std::fs::write(folder.path().join("sound.snap"), "")?;
        std::fs::write(&orphan, "")?;
        let found = tests::orphans(folder.path(), &["faults/sound.ipynb".into()])?;
        if found == [orphan] { Ok(()) } else { Err(format!("found {found:?}").into()) }
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn rejected(file: &std::path::Path, place: &str, reason: &str) -> Result<(), libtest_mimic::Failed> {
    // Short only where it is to be reached: elsewhere a busy machine may be slow.
    let seconds = if reason.contains("did not end") { 15 } else { 60 };
    let setup = Setup { limit: Duration::from_secs(seconds), progress: false, ..Setup::project() };
    let start = Instant::now();
    match (verify(file, &setup), reason) {
        (Ok(_), "") => Ok(()),
        (Ok(_), _) => Err("not rejected".into()),
        (Err(text), "") => Err(format!("rejected, though sound:\n{text}").into()),
        (Err(text), _) if text.contains(place) && text.contains(reason) => {
            println!("{} ({:.1} s): {text}\n", name(file), start.elapsed().as_secs_f64());
            Ok(())
        }
        (Err(text), _) => Err(format!("wanted `{place}` and `{reason}` in the reason, got:\n{text}").into()),
    }
}

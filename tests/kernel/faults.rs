//! The verifier rejects each faulty notebook of `faults/`, names the cell, and gives the reason.

use libtest_mimic::{Failed, Trial};
use std::process::Command;
use std::time::Duration;
use verifier::verify::{Setup, verify};
use verifier::{files, name, root};

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
    ("killed", "cell 2 (kill)", "most likely because memory ran out"),
    ("late-kill", "cell 2 (kill)", "the kernel does not go on"),
    ("last-digit", "cell 2 (sigma)", "-7.505554\n+7.505553"),
    ("picture", "cell 2 (circle)", "its text/html is not what the committed page shows"),
    ("missing-output", "cell 2 (print)", "shows [], a fresh run gives [stdout]"),
    ("stale", "cell 2 (edited)", "-6\n+9"),
    ("surplus-output", "cell 2 (silent)", "shows [stdout], a fresh run gives []"),
    ("display-data", "cell 2 (sum)", "shows [display_data text/plain], a fresh run gives [text/plain]"),
    ("late-stdout", "cell 2 (late)", "shows [], a fresh run gives [stdout]"),
    ("forged-end", "cell 2 (forge)", "text on stderr:\nend of stderr"),
    ("machine-path", "cell 2 (path)", "a path of this machine"),
    ("not-canonical", "", "not canonical"),
    ("no-id", "the file's cell 3", "has no id of its own (`just render` calls it cell-3-println-fine)"),
    ("old-format", "", "it is nbformat 4.4 (`just render` makes it 4.5)"),
    ("raw", "the file's cell 3", "is a raw cell"),
    ("attachment", "the file's cell 1", "has an attachment"),
    ("not-json", "", "not valid JSON"),
];

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> =
        FAULTS.iter().map(|&(name, place, reason)| Trial::test(name, move || rejected(name, place, reason))).collect();
    trials.push(Trial::test("every faulty notebook has its line", || {
        let known = |name: &String| FAULTS.iter().any(|(fault, ..)| fault == name);
        let unknown = files(&root().join("tests/faults"), "")?.iter().map(|file| name(file)).find(|name| !known(name));
        unknown.map_or(Ok(()), |name| Err(format!("no line of FAULTS names {name}").into()))
    }));
    trials.push(Trial::test("no variable of the user's shell lets a failed snapshot pass", || {
        let mut again = Command::new(std::env::current_exe()?);
        again.args(["--exact", "failing-snapshot"]).env("INSTA_FORCE_PASS", "1").env("INSTA_OUTPUT", "none");
        let run = again.env("INSTA_UPDATE", "always").env("INSTA_PENDING_DIR", root().join("target/none")).output()?;
        assert!(!root().join("target/none").exists());
        run.status.success().then_some(()).ok_or_else(|| String::from_utf8_lossy(&run.stdout).into())
    }));
    trials
}

fn rejected(name: &str, place: &str, reason: &str) -> Result<(), Failed> {
    // Short only where it is to be reached: elsewhere a busy machine may be slow.
    let seconds = if reason.contains("did not end") { 15 } else { 60 };
    let setup = Setup { limit: Duration::from_secs(seconds), progress: false, ..Setup::project() };
    match (verify(&root().join(format!("tests/faults/{name}.ipynb")), &setup), reason) {
        (Ok(_), "") => Ok(()),
        (Ok(_), _) => Err("not rejected".into()),
        (Err(text), "") => Err(format!("rejected, though sound:\n{text}").into()),
        (Err(text), _) if text.contains(place) && text.contains(reason) => Ok(()),
        (Err(text), _) => Err(format!("wanted `{place}` and `{reason}` in the reason, got:\n{text}").into()),
    }
}

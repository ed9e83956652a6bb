//! The verifier rejects each faulty notebook of `faults/`, names the cell, and gives the reason.

use libtest_mimic::{Failed, Trial};
use std::time::Duration;
use verifier::verify::{Setup, verify};
use verifier::{files, name, root};

/// A notebook; the place of each fault, and a part of the reason.
type Fault = (&'static str, &'static [(&'static str, &'static str)]);

/// The first one is sound. A run ends at its first error; of outputs that differ each is told.
const FAULTS: &[Fault] = &[
    ("sound", &[]),
    ("failing-assert", &[("cell 2 (claim)", "the claim of this cell")]),
    ("failing-snapshot", &[("cell 2 (inline)", "snapshot assertion")]),
    ("crate-panic", &[("cell 2 (index)", "out of bounds")]),
    ("error-result", &[("cell 2 (parse)", "invalid float literal")]),
    ("stderr", &[("cell 2 (warn)", "a warning")]),
    ("compile-error", &[("cell 2 (typo)", "mismatched types")]),
    ("exit", &[("cell 2 (leave)", "Subprocess terminated")]),
    ("endless", &[("cell 2 (spin)", "did not end within")]),
    ("flush", &[("cell 2 (prompt)", "did not end within")]),
    ("killed", &[("cell 2 (kill)", "most likely because memory ran out")]),
    ("late-kill", &[("cell 2 (kill)", "the kernel does not go on")]),
    (
        "other-outputs",
        &[
            ("cell 2 (sigma)", "-7.505554\n+7.505553"),
            ("cell 3 (circle)", "its text/html is not what the committed page shows"),
            ("cell 4 (print)", "shows [], a fresh run gives [stdout]"),
            ("cell 5 (edited)", "-6\n+9"),
            ("cell 6 (silent)", "shows [stdout], a fresh run gives []"),
            ("cell 7 (sum)", "shows [display_data text/plain], a fresh run gives [text/plain]"),
            ("cell 8 (late)", "shows [], a fresh run gives [stdout]"),
        ],
    ),
    ("forged-end", &[("cell 2 (forge)", "text on stderr:\nend of stderr")]),
    ("machine-path", &[("cell 2 (path)", "a path of this machine")]),
    ("not-canonical", &[("", "not canonical")]),
    ("no-id", &[("the file's cell 3", "has no id of its own (`just render` calls it cell-3-println-fine)")]),
    ("old-format", &[("", "it is nbformat 4.4 (`just render` makes it 4.5)")]),
    ("raw", &[("the file's cell 3", "is a raw cell")]),
    ("attachment", &[("the file's cell 1", "has an attachment")]),
    ("not-json", &[("", "not valid JSON")]),
];

pub fn trials() -> impl Iterator<Item = Trial> {
    let known = Trial::test("every faulty notebook has its line", || {
        let known = |name: &String| FAULTS.iter().any(|(fault, _)| fault == name);
        let unknown = files(&root().join("tests/faults"), "")?.iter().map(|file| name(file)).find(|name| !known(name));
        unknown.map_or(Ok(()), |name| Err(format!("no line of FAULTS names {name}").into()))
    });
    FAULTS.iter().map(|&(name, faults)| Trial::test(name, move || rejected(name, faults))).chain([known])
}

fn rejected(name: &str, faults: &[(&str, &str)]) -> Result<(), Failed> {
    // Short only where it is to be reached: elsewhere a busy machine may be slow.
    let reached = faults.iter().any(|(_, reason)| reason.contains("did not end"));
    let limit = Duration::from_secs(if reached { 15 } else { 60 });
    let setup = Setup { limit, progress: false, ..Setup::project() };
    match verify(&root().join(format!("tests/faults/{name}.ipynb")), &setup) {
        Ok(_) if faults.is_empty() => Ok(()),
        Ok(_) => Err("not rejected".into()),
        Err(text) if faults.is_empty() => Err(format!("rejected, though sound:\n{text}").into()),
        Err(text) => {
            let mut rest = &text[..];
            for (place, reason) in faults {
                let after = rest.split_once(place).and_then(|(_, after)| Some(after.split_once(reason)?.1));
                rest = after.ok_or_else(|| format!("wanted `{place}` and `{reason}` in the reason, got:\n{text}"))?;
            }
            Ok(())
        }
    }
}

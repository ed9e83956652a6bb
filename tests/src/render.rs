//! Re-executes notebooks and writes their outputs back in canonical form.
//!
//! `render [WORD …]`: those whose name contains one of the words; without a word, all.

use std::process::ExitCode;
use tests::verify::{Setup, run};
use tests::{name, notebooks, page, root};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let files = notebooks(&root().join("notebooks")).expect("notebooks/ can be read");
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word));
    let files: Vec<_> = files.into_iter().filter(|file| wanted(&name(file))).collect();
    if files.is_empty() {
        eprintln!("render: no notebook's name contains `{}`", words.join("` or `"));
        return ExitCode::from(2);
    }
    let mut failed = false;
    for file in files {
        let rendered = page::read(&file).map_err(|error| format!("{error:#}")).and_then(|(old, page)| {
            let ran = run(&file, &page, &Setup::project())?;
            let text = ran.fresh.canonical().map_err(|error| format!("{error:#}"))?;
            // Under INSTA_FORCE_PASS a snapshot that differs waits for `cargo insta review`.
            tests::verify::snapshot(&file, &ran.fresh);
            for (picture, svg) in ran.fresh.pictures() {
                let file = root().join("notebooks/pictures").join(picture);
                std::fs::write(&file, svg).map_err(|error| format!("{}: {error}", file.display()))?;
            }
            let new = if text == old { "unchanged" } else { "written" };
            if text != old {
                std::fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
            }
            Ok(new)
        });
        match rendered {
            Ok(new) => println!("{}: {new}", name(&file)),
            Err(problem) => {
                failed = true;
                eprintln!("{}: not rendered, the file is as it was:\n{problem}", name(&file));
            }
        }
    }
    ExitCode::from(u8::from(failed))
}

//! One test per notebook: it is canonical, it runs, and it shows what a fresh run produces.

use libtest_mimic::{Arguments, Trial};
use tests::verify::{Setup, snapshot, verify};
use tests::{name, notebooks, orphans, root};

fn main() {
    let files = notebooks(&root().join("notebooks")).expect("notebooks/ can be read");
    let owners = files.clone();
    let mut trials: Vec<Trial> = files
        .into_iter()
        .map(|file| {
            Trial::test(name(&file), move || {
                let ran = verify(&file, &Setup::project())?;
                snapshot(&file, &ran.fresh);
                Ok(())
            })
        })
        .collect();
    trials.push(Trial::test("every snapshot has its notebook", move || {
        match &orphans(&root().join("tests/snapshots"), &owners)?[..] {
            [] => Ok(()),
            orphans => Err(format!("no notebook owns {orphans:?}").into()),
        }
    }));
    let arguments = Arguments::from_args();
    if let Some(word) = &arguments.filter
        && !trials.iter().any(|trial| trial.name().contains(word.as_str()))
    {
        eprintln!("no notebook's name contains `{word}`");
        std::process::exit(2);
    }
    libtest_mimic::run(&arguments, trials).exit();
}

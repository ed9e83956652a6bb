//! One test per notebook: it is canonical, it runs, and it shows what a fresh run produces.

use libtest_mimic::{Arguments, Trial};
use tests::verify::{Setup, snapshot, verify};
use tests::{name, notebooks, root};

fn main() {
    let files = notebooks(&root().join("notebooks")).expect("notebooks/ can be read");
    let trials = files.into_iter().map(|file| {
        Trial::test(name(&file), move || {
            let ran = verify(&file, &Setup::project())?;
            snapshot(&file, &ran.fresh);
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

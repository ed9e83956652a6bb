//! What the launcher says of a wrong command line.

use std::process::Command;

#[test]
fn a_wrong_command_line_is_named() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let cases: [(&[&str], i32, &str); 3] = [
        (&["instal"], 2, "unknown command line `instal`"),
        (&["--root", "/nowhere", "build"], 1, "no project folder /nowhere"),
        (
            &["--root", root, "--evcxr", "/nowhere/evcxr", "build"],
            1,
            "no evcxr_jupyter at /nowhere/evcxr: run `just kernel`",
        ),
    ];
    for (arguments, status, sentence) in cases {
        let mut kernel = Command::new(env!("CARGO_BIN_EXE_kernel"));
        // It is named before an engine is looked for, or built.
        let output = kernel.args(arguments).env("XDG_CACHE_HOME", "/dev/null").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{said}");
        assert!(said.contains(sentence), "{said}");
    }
}

//! The command `derive`, from outside.

use derivation::{Schedule, adagrad, cancelling_root, cancelling_root_of, sigma, sigma_symbolic};
use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};

/// Runs `derive` with these arguments and this standard input.
fn derive(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_derive"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // It may refuse its arguments before it has read everything.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// What it prints.
fn printed(arguments: &[&str], input: &str) -> String {
    let output = derive(arguments, input.as_bytes());
    assert!(output.status.success() && output.stderr.is_empty(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The one sentence with which it refuses: exit 2, nothing on standard output.
fn refusal(arguments: &[&str], input: impl AsRef<[u8]>) -> String {
    let output = derive(arguments, input.as_ref());
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}: {output:?}");
    let stderr = String::from_utf8(output.stderr).unwrap();
    let sentence = stderr.strip_prefix("derive: ").and_then(|rest| rest.strip_suffix('\n')).unwrap();
    assert!(!sentence.contains('\n'), "{sentence}");
    sentence.to_string()
}

/// This command line, its words separated by `|`, and this standard input print `expected`.
fn shows(arguments: &str, input: &str, expected: impl std::fmt::Display) {
    let arguments: Vec<&str> = arguments.split('|').filter(|word| !word.is_empty()).collect();
    assert_eq!(printed(&arguments, input), format!("{expected}\n"), "{arguments:?}");
}

#[test]
fn gradients_as_arguments_or_from_standard_input() {
    let steps = || sigma(&[3.0, 4.0, 12.0]);
    shows("3|4|12", "", steps());
    shows("3,4, 12", "", steps());
    shows("", "3 4\n12", steps());
    shows("-", "3,\t4,\r\n\n12,\n", steps());
    shows("--format|text|3|4e0|+1.2e1", "", steps());
    // A spreadsheet's byte-order mark, and one alone on its line.
    shows("", "\u{feff}3\r\n4\r\n12\r\n", steps());
    shows("", "\u{feff}\n3 4 12", steps());
    assert_eq!(refusal(&[], "3 \u{feff}4"), r#"gradient 2 (line 1), "\u{feff}4", is not a number"#);
    let negative = || sigma(&[-1.0, -0.5, 1e-3, -2e-3]);
    shows("-1|-.5|1e-3|-2e-3", "", negative());
    shows("--|-1|-.5|1e-3|-2e-3", "", negative());
    // Copied from what a derivation prints.
    shows("", "−1 −.5 1e-3 −2e−3", negative());
}

#[test]
fn options() {
    let g = [3.0, 4.0, 12.0];
    let adagrad_from = |eta, w0, g: &[f64]| adagrad(Schedule::InverseSqrt { eta }, w0, g);
    for arguments in ["--eta|0.5|--w0|-1|-1", "-1|--eta=0.5|--w0=-1", "−1|--eta=0.5|--w0|−1"] {
        shows(arguments, "", adagrad_from(0.5, -1.0, &[-1.0]));
    }
    shows("--last|3|4|12", "", sigma(&g).last());
    shows("--format|latex|--last|3|4|12", "", sigma(&g).last().sigma.latex());
    shows("--format|markdown|3|4|12|--eta|1", "", adagrad_from(1.0, 0.0, &g).markdown());
    shows("--w0|2|--last|3|4|12", "", adagrad_from(1.0, 2.0, &g).last());
    shows("--schedule|constant|--last|3|4|12", "", adagrad(Schedule::Constant { eta: 1.0 }, 0.0, &g).last());
    // Steps counted by more than a machine can count: they never come.
    let rarely = Schedule::StepDecay { eta: 1.0, factor: 0.5, every: usize::MAX };
    shows("--schedule|step-decay:0.5:99999999999999999999|3|4|12", "", adagrad(rarely, 0.0, &g));
    shows("--cancel", "5", cancelling_root());
    shows("--cancel|--eta|2|--last|3|4|12", "", cancelling_root_of(2.0, &g));
    let both = [&g[..1], &g[..2]].map(|g| cancelling_root_of(1.0, g).to_string()).join("\n\n");
    shows("--cancel|-", "3 4", both);
    shows("--symbolic|2", "5", sigma_symbolic(Some(2)));
    shows("--symbolic|t", "", sigma_symbolic(None));
    shows("--symbolic|10000", "", sigma_symbolic(Some(10_000)));
    for help in ["--help", "-h"] {
        let help = printed(&["3", help], "");
        assert!(help.contains("Examples:") && help.contains("--symbolic T"), "{help}");
    }
}

/// How a schedule is spelled, and how the help and a refusal spell it.
fn spelled(schedule: Schedule) -> (String, String) {
    let (numbers, letters) = match schedule {
        Schedule::Constant { .. } | Schedule::InverseSqrt { .. } => (String::new(), ""),
        Schedule::StepDecay { factor, every, .. } => (format!(":{factor}:{every}"), ":FACTOR:EVERY"),
        Schedule::InverseTime { k, .. } => (format!(":{k}"), ":K"),
    };
    (schedule.name().to_owned() + &numbers, schedule.name().to_owned() + letters)
}

#[test]
fn every_schedule_can_be_asked_for_and_is_listed() {
    let (help, refusal) = (printed(&["--help"], ""), refusal(&["--schedule", "cosine", "3"], ""));
    for schedule in Schedule::all(2.0) {
        let (name, listed) = spelled(schedule);
        shows(&format!("--eta|2|--schedule|{name}|3|4|12"), "", adagrad(schedule, 0.0, &[3.0, 4.0, 12.0]));
        assert!(help.contains(&format!("\n                       {listed} ")), "{listed} is not in {help}");
        assert!(refusal.contains(&listed), "{listed} is not in {refusal}");
    }
}

#[test]
fn every_refusal_names_the_value_and_its_place() {
    for (arguments, sentence) in [
        ("3 x", r#"gradient 2, "x", is not a number"#),
        ("3 4,1.2.3", r#"gradient 3, "1.2.3", is not a number"#),
        ("nan", r#"gradient 1, "nan", is NaN, not a number"#),
        ("1 -NaN", r#"gradient 2, "-NaN", is NaN, not a number"#),
        ("1 2 inf", r#"gradient 3, "inf", is infinite"#),
        ("-inf", r#"gradient 1, "-inf", is infinite"#),
        ("1e400", r#"gradient 1, "1e400", is too large for a 64-bit float, which ends at 1.8e308"#),
        ("-1e-400", r#"gradient 1, "-1e-400", is too small for a 64-bit float, which ends at 4.9e-324"#),
        ("3\nx", r#"gradient 2, "x", is not a number"#),
        ("3,,4", "gradient 2 is missing before a comma"),
        (",3", "gradient 1 is missing before a comma"),
        ("-1 -- --eta", r#"gradient 2, "--eta", is not a number"#),
        ("-1-2", r#"gradient 1, "-1-2", is not a number"#),
        ("3,5 4", r#"gradient 1, "3,5", is one number or two: write 3.5 or 3 5"#),
        ("2 −3,5e3", r#"gradient 2, "−3,5e3", is one number or two: write −3.5e3 or −3 5e3"#),
        ("3;4;12", r#"gradient 1, "3;4;12", is not a number"#),
        ("3，4，12", r#"gradient 1, "3，4，12", is not a number"#),
        ("3 4 -", r#"gradient 3, "-", stands for standard input, and only alone"#),
        ("3 --etta 1", "argument 2: invalid option '--etta' (see --help)"),
        ("-1 3 -x", "argument 3: invalid option '-x' (see --help)"),
        ("3 --eta", "missing argument for option '--eta' (see --help)"),
        ("--last=3", "unexpected argument for option '--last': \"3\" (see --help)"),
        ("--eta z 3", r#"--eta "z" is not a number"#),
        ("--w0 inf 3", r#"--w0 "inf" is infinite"#),
        ("--format html 3", r#"--format "html" is not known: give text, latex or markdown"#),
        ("--symbolic -1", r#"--symbolic "-1" is not a step: give 0, 1, 2, … or t for general t"#),
        ("--symbolic 10001", r#"--symbolic "10001" is too large: at most 10000, or t for general t"#),
        (
            "--symbolic 99999999999999999999",
            r#"--symbolic "99999999999999999999" is too large: at most 10000, or t for general t"#,
        ),
        (
            "--schedule cosine 3",
            r#"--schedule "cosine": not known: give inverse-sqrt, constant, step-decay:FACTOR:EVERY or inverse-time:K"#,
        ),
        ("--schedule step-decay:x:2", r#"--schedule "step-decay:x:2": FACTOR "x" is not a number"#),
        ("--schedule step-decay:0.5:0", r#"--schedule "step-decay:0.5:0": EVERY "0" is not a whole number from 1"#),
        ("--schedule inverse-time:-1", r#"--schedule "inverse-time:-1": K "-1" is negative"#),
        ("--schedule inverse-time:", r#"--schedule "inverse-time:": K "" is not a number"#),
        ("--symbolic 2 3", "a gradient has no meaning with --symbolic"),
        ("--symbolic 2 --cancel", "--cancel has no meaning with --symbolic"),
        ("--symbolic 2 --last", "--last has no meaning with --symbolic"),
        ("--symbolic 2 --eta 1", "--eta has no meaning with --symbolic"),
        ("--symbolic 2 --w0 1", "--w0 has no meaning with --symbolic"),
        ("--symbolic 2 --schedule constant", "--schedule has no meaning with --symbolic"),
        ("--cancel --last", "--last has no meaning with --cancel without gradients (- reads them from standard input)"),
        ("--cancel --eta 1", "--eta has no meaning with --cancel without gradients (- reads them from standard input)"),
        ("--cancel --w0 1 3", "--w0 has no meaning with --cancel"),
        ("--cancel --schedule constant 3", "--schedule has no meaning with --cancel"),
    ] {
        assert_eq!(refusal(&arguments.split(' ').collect::<Vec<_>>(), ""), sentence, "{arguments}");
    }
    assert_eq!(refusal(&["3", ""], ""), r#"gradient 2, "", is empty"#);
    let long = "x".repeat(3000);
    let start = "x".repeat(40);
    for (option, why) in [
        ("--eta", "is not a number"),
        ("--symbolic", "is not a step: give 0, 1, 2, … or t for general t"),
        ("--format", "is not known: give text, latex or markdown"),
    ] {
        assert_eq!(refusal(&[option, &long], ""), format!("{option} \"{start}…\" {why}"));
    }
    assert_eq!(
        refusal(&["--schedule", &format!("inverse-time:{long}")], ""),
        format!("--schedule \"inverse-time:{}…\": K \"{start}…\" is not a number", &start[..27]),
    );
}

/// Nobody types gradients into a command that seems to hang: at a terminal it asks for arguments.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_not_read() {
    use std::os::unix::fs::OpenOptionsExt;
    // O_NONBLOCK: were the terminal read, that would be an error, not a test without an end.
    let terminal = std::fs::File::options().read(true).write(true).custom_flags(0o4000).open("/dev/ptmx").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_derive")).stdin(terminal).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "derive: there are no gradients: give some, as in `derive 3 4 12`\n"
    );
}

#[test]
fn bad_standard_input_is_named_with_its_line() {
    let none = "there are no gradients: give some, as in `derive 3 4 12`";
    for arguments in [&[][..], &["--last"], &["--cancel", "-"]] {
        for (input, sentence) in [
            (&b""[..], none),
            (b" \n\n", none),
            (b"3\n4, y 5", r#"gradient 3 (line 2), "y", is not a number"#),
            (b"3\n4,5", r#"gradient 2 (line 2), "4,5", is one number or two: write 4.5 or 4 5"#),
            (b"3\n4,\n,5", "gradient 3 is missing before a comma (line 3)"),
            (b"1 \xff\xfe", "gradient 2 (line 1), \"\u{fffd}\u{fffd}\", is not a number"),
        ] {
            assert_eq!(refusal(arguments, input), sentence);
        }
    }
    let long = format!("1\n2\n{}", "7".repeat(100_000));
    let start = "7".repeat(40);
    assert_eq!(refusal(&[], &long), format!("gradient 3 (line 3), \"{start}…\", is too long for a number"));
    // The longest word that is read, and one byte more.
    assert_eq!(
        refusal(&[], "7".repeat(1000)),
        format!("gradient 1 (line 1), \"{start}…\", is too large for a 64-bit float, which ends at 1.8e308")
    );
    assert_eq!(refusal(&[], "7".repeat(1001)), format!("gradient 1 (line 1), \"{start}…\", is too long for a number"));
}

#[test]
fn a_million_gradients() {
    let n = 1_000_000;
    let input = "3 4\n".repeat(n / 2);
    let printed = printed(&["--last"], &input);
    assert!(printed.starts_with("σ⁹⁹⁹⁹⁹⁹ = √( 1/1000000 · [ (g⁰)² + (g¹)² + … + (g⁹⁹⁹⁹⁹⁹)² ] )"), "{printed}");
    assert!(printed.contains("= √12.5 "), "{printed}");
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_derive"))
        .args((0..2000).map(|n| n.to_string()))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 3];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(std::str::from_utf8(&first[..2]), Ok("σ"));
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_derive")).arg("3").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("derive: cannot write the result: "));
}

//! What evcxr reads from a cell that ends in a result.

use derivation::{Schedule, adagrad, sigma_symbolic};
use std::process::Command;

/// Runs as a child, because a test's own standard output cannot be read.
#[test]
#[ignore = "started by the test below"]
fn displays() {
    let steps = adagrad(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[3.0]);
    sigma_symbolic(Some(0)).evcxr_display();
    sigma_symbolic(Some(0)).subject.evcxr_display();
    steps.at(0).evcxr_display();
    steps.evcxr_display();
}

#[test]
fn every_result_has_plain_text_and_formulae() {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "notebook::displays", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let printed = String::from_utf8(child.stdout).unwrap();
    let block = |mime: &str, content: String| format!("EVCXR_BEGIN_CONTENT {mime}\n{content}\nEVCXR_END_CONTENT\n");
    let steps = adagrad(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[3.0]);
    let symbolic = sigma_symbolic(Some(0));
    for (plain, mime, rich) in
        [(symbolic.to_string(), "text/latex", symbolic.latex()), ("σ⁰".into(), "text/latex", r"$$\sigma^{0}$$".into())]
    {
        let expected = block("text/plain", plain) + &block(mime, rich);
        assert!(printed.contains(&expected), "{expected} is not in {printed}");
    }
    let expected = block("text/plain", steps.to_string()) + &block("text/markdown", steps.markdown());
    assert_eq!(printed.matches(&expected).count(), 2, "{printed}");
}

//! Each fault is refused for its own reason, and the sound page passes.

use prose::{Cell, Document, Finding, Givens, Page, example, formula, link};
use std::path::Path;

const NOTE: &str = r#"
## The root of 12.5

Half of $9 + 16 = 25$ has the root 3.536, and $\sqrt{25/2} \approx 3.5355$. The loss is 4 283, about 4 300, or
$4.28 \times 10^3$. A step of 0.1 is next; in 2021 it was another. See [the end](#The-end), [the first page](01-page.ipynb#The-end).

| t | σ |
|---|---|
| 1 | 3.5355 |

<details><summary>Answer</summary>

It ends at $(-0.5,\ 1\,024)$, more than 1 000. ![Two curves, 3.5 apart](curves.svg)
</details>

<p><img src="curves.svg" alt="the curves"> It was 4283.14.</p>

## The end

**S3.2.** The gradients are 6.5 and −8. What is $\sigma^1$?
"#;

const EXAMPLE: &str = "
/// ```
/// println!(\"{root:.4}\"); // 3.5355
/// # assert_eq!(format!(\"{root:.4}\"), \"3.5355\");
/// ```
";

/// What is changed, into what, the subject of the finding and a part of its reason.
const FAULTS: [[&str; 4]; 25] = [
    ["the root 3.536", "the root 3.537", "3.537", "nearest on the page: 3.5355 in stdout of root"],
    ["| 3.5355 |", "| 3.5356 |", "3.5356", "no code or output of this page"],
    ["4.28 \\times 10^3", "4.29 \\times 10^3", "4.29 \\times 10^3", "no code or output of this page"],
    ["(-0.5,", "(0.5,", "0.5", "nearest on the page: -0.5 in stdout of root"],
    ["1\\,024", "1\\,025", "1\\,025", "1024.0 in the code of root"],
    ["more than 1 000", "more than 2 000", "2 000", "no code or output of this page"],
    ["about 4 300", "exactly 4 300", "4 300", "no code or output of this page"],
    ["The root of 12.5", "The root of 12.6", "12.6", "no code or output of this page"],
    ["step of 0.1", "step of 0.9", "0.9", "no code or output beside it"], // nowhere
    ["step of 0.1", "step of 0.7", "0.7", "no code or output beside it"], // farther off
    ["step of 0.1", "step of 0.4", "0.4", "no code or output beside it"], // rounded from 0.36
    ["root 3.536", "root 9.99", "9.99", "no code or output of this page"], // in a comment
    ["root 3.536", "root 8.88", "8.88", "no code or output of this page"], // on an axis
    ["root 3.536", "root 1024.0", "1024.0", "no code or output of this page"], // a whole number
    ["was 4283.14.</p>", "was 4283.15.</p>", "4283.15", "no code or output of this page"],
    ["alt=\"the curves\"", "", "", "a picture without alternative text"],
    ["in 2021", "in 2022", "2022", "no code or output of this page"],
    ["9 + 16 = 25", "9 + 16 = 26", "9 + 16 = 26", "25 is not 26"],
    ["are 6.5", "are 6.6", "6.6", "the exercise S3.2 is checked with [6.5, -8.0]"],
    ["\\sqrt{25/2} ", "\\sqroot{25/2} ", "\\sqroot{25/2}", "unknown primitive"],
    ["25/2} ", "25/2 ", "\\sqrt{25/2 ", "a $ that closes no formula"],
    ["25$ has", "25 has", "", "a $ that closes no formula"],
    ["01-page.ipynb", "02-page.ipynb", "02-page.ipynb#The-end", "there is no such file"],
    ["(#The-end)", "(#the-end)", "#the-end", "its headings are The-root-of-12.5, The-end"],
    ["![Two curves, 3.5 apart]", "![]", "", "a picture without alternative text"],
];

fn findings(note: &str) -> Vec<Finding> {
    let code = |id: &str, source: &str, outputs| Cell {
        id: id.into(),
        code: true,
        source: source.into(),
        outputs,
        ..Cell::default()
    };
    let shown = "σ¹ = 3.5355, loss 4283.14\nat -0.5\nx: updates (linear, 0 to 8.88)\n";
    let source = "let steps = [0.1, 0.2, 0.3, 0.36, 12.5]; // 9.99\nlet n = 1_024;";
    let far = code("far", "let step = 0.7;", vec![]);
    let root = code("root", source, vec![("stdout".into(), shown.into())]);
    let text = Cell { id: "note".into(), source: note.into(), ..Default::default() };
    let page = Document { path: "01-page.ipynb".into(), cells: vec![far, root, text] };
    let folder = tempfile::tempdir().unwrap();
    for file in ["01-page.ipynb", "curves.svg"] {
        std::fs::write(folder.path().join(file), "").unwrap();
    }
    let givens = Givens::from([("S3.2".into(), vec![6.5, -8.0])]);
    let numbers = Page::new(&page, &givens, &[("in 2021", "a year")]).findings();
    let links = link::findings(std::slice::from_ref(&page), folder.path());
    [numbers, formula::findings(&page), links].concat()
}

#[test]
fn each_fault_is_refused_for_its_own_reason() {
    assert_eq!(findings(NOTE), []);
    for [sound, faulty, subject, reason] in FAULTS {
        assert_eq!(NOTE.matches(sound).count(), 1, "{sound}");
        let found = findings(&NOTE.replace(sound, faulty));
        let named = |finding: &Finding| finding.subject.contains(subject) && finding.says.contains(reason);
        assert!(found.iter().any(named), "{faulty}: {found:#?}");
    }
}

#[test]
fn a_finding_names_its_page_its_cell_and_its_heading() {
    let found = findings(&NOTE.replace("(-0.5", "(-0.6"));
    assert_eq!([&found[0].file, &found[0].cell, &found[0].subject], ["01-page", "note", "-0.6"]);
    assert!(found[0].to_string().starts_with("01-page, cell note, under “The root of 12.5”, -0.6: no code"));
    assert_eq!(found.len(), 1);
}

#[test]
fn an_outputs_formula_is_read_too() {
    let latex = |text: &str| {
        let cell = Cell { code: true, outputs: vec![("text/latex".into(), text.into())], ..Default::default() };
        formula::findings(&Document { path: "page.ipynb".into(), cells: vec![cell] }).len()
    };
    assert_eq!([latex("$$\n\\frac{1}{2}\n$$"), latex("$$\n\\frac{1}\n$$")], [0, 1]);
}

#[test]
fn a_number_that_an_example_prints_is_asserted() {
    assert_eq!(example::findings("lib.rs", EXAMPLE), []);
    let found = example::findings("lib.rs", &EXAMPLE.replace("// 3.5355", "// 3.5356"));
    assert_eq!([&found[0].file, &found[0].cell, &found[0].subject], ["lib.rs", "example", "3.5356"]);
    assert_eq!(example::findings("lib.rs", &EXAMPLE.replace("assert_eq!", "drop")).len(), 1);
}

#[test]
fn a_markdown_files_headings_are_called_as_on_github() {
    let file = |text: &str| Document::parse(Path::new("README.md"), text).unwrap();
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("README.md"), "").unwrap();
    let links = |text: &str| link::findings(&[file(text)], root.path()).len();
    assert_eq!([links("[x](#in-use-now)\n\n## In use, now!"), links("[x](#In-use)\n\n## In use")], [0, 1]);
}

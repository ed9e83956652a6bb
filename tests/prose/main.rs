//! x
use prose::{document::Document, page::{Givens, Page}};
#[test]
fn dump() {
    let (mut all, mut named) = (0, 0);
    for file in verifier::pages(&[]).unwrap() {
        let doc = Document::parse(&file, &std::fs::read_to_string(&file).unwrap()).unwrap();
        let g = Givens::new();
        let page = Page::new(&doc, &g, &[]);
        for f in page.findings() { println!("{f}"); }
        for (i, cell) in doc.cells.iter().enumerate().filter(|(_, c)| !c.code) {
            let before = page.findings_in(i, &cell.source).len();
            for at in prose::page::last_digits(&cell.source) {
              for more in 1..10 {
                if page.findings_in(i, &cell.source).len() > 0 && { let c = prose::claim::other_digit(&cell.source, at, 1); page.findings_in(i, &c).len() <= before } && (1..10).all(|m| page.findings_in(i, &prose::claim::other_digit(&cell.source, at, m)).len() <= before) { continue }
                let changed = prose::claim::other_digit(&cell.source, at, more);
                all += 1;
                if page.findings_in(i, &changed).len() > before { named += 1 } else {
                   let from = changed[..at].char_indices().rev().nth(25).map_or(0, |x| x.0);
                   println!("UNNAMED {} {} {:?}", doc.name(), cell.id, &changed[from..].chars().take(32).collect::<String>()); }
              }
            }
        }
    }
    println!("named {named} of {all}");
}

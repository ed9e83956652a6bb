//! What a notebook's reader gets beside the drawing: its description, its HTML image, and tables.

#[path = "../examples/gallery.rs"]
#[allow(dead_code)]
mod gallery;

use figures::{Axis, Series, Table, lines};
use roxmltree::{Document, Node};

#[test]
fn each_svg_is_an_image_that_tells_its_title_and_numbers_and_has_no_ids() {
    for (name, figure) in gallery::figures() {
        let document = Document::parse(figure.svg()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let svg = document.root_element();
        assert_eq!(svg.attribute("role"), Some("img"), "{name}");
        let told = format!("figure: {}\n", svg.attribute("aria-label").unwrap());
        assert_eq!(told, figure.summary(), "{name}");
        assert!(document.descendants().all(|n| n.attribute("id").is_none()), "{name}: a page may hold it twice");
    }
}

#[test]
fn a_table_is_a_table_for_a_screen_reader() {
    let html = gallery::steps().html();
    let document = Document::parse(&html).unwrap();
    let scopes = |scope| document.descendants().filter(|n| n.attribute("scope") == Some(scope)).count();
    assert_eq!((scopes("col"), scopes("row")), (5, 3));
    assert!(document.descendants().any(|n| n.has_tag_name("caption")));
}

#[test]
fn a_long_table_shows_its_ends_and_says_how_much_is_left_out() {
    let table = |rows: usize| Table::new("T").column("t", 0..rows).column("note", (0..rows).map(|t| format!("<{t}>")));
    let long = table(100_000);
    let lines: Vec<String> = long.text().lines().map(str::to_owned).collect();
    assert_eq!(lines[1..3], ["    t  note", "    0  <0>"]);
    assert_eq!(lines[11..14], ["    9  <9>", "… 99980 rows more", "99990  <99990>"]);
    assert_eq!(lines.last().unwrap(), "99999  <99999>");
    let html = long.html();
    let document = Document::parse(&html).unwrap();
    let rows: Vec<String> = document.descendants().filter(|n| n.has_tag_name("tr")).map(words).collect();
    assert_eq!((rows.len(), &*rows[10], &*rows[11], &*rows[12]), (22, "9<9>", "… 99980 rows more", "99990<99990>"));
    assert_eq!(table(60).text().lines().count(), 62, "sixty rows are shown");
    assert_eq!(table(61).text().lines().nth(12), Some("… 41 rows more"));
    assert_eq!(Table::new("T").text(), "T\n");
}

#[test]
fn an_html_image_holds_the_picture_and_its_description() {
    for (name, figure) in gallery::figures() {
        let html = figure.html();
        let (start, address) = html.split_once("\" src=\"data:image/svg+xml,").unwrap();
        let address = address.strip_suffix("\">").unwrap();
        assert!(!address.contains(['"', '#', '<', '>', '&']), "{name}: a parser of HTML or addresses would stop there");
        let decoded = [("%22", "\""), ("%26", "&"), ("%3E", ">"), ("%3C", "<"), ("%23", "#"), ("%25", "%")]
            .iter()
            .fold(address.replace('\n', ""), |text, (code, plain)| text.replace(code, plain));
        let (head, tail) = figure.svg().split_once(" aria-label=\"").unwrap();
        let (label, tail) = tail.split_once('"').unwrap();
        assert_eq!(decoded, format!("{head}{tail}").replace('\n', ""), "{name}");
        assert_eq!(start, format!("<img alt=\"{}", label.replace("&#10;", "\n")), "{name}");
    }
}

#[test]
fn a_description_is_no_longer_than_one_listens() {
    let series: Vec<Series> = (0..1000).map(|i| Series::new(&format!("σ{i}"), [1.0, f64::from(i)])).collect();
    let figure = lines("M", Axis::linear("x"), Axis::linear("y"), &series);
    let document = Document::parse(figure.svg()).unwrap();
    let told = document.root_element().attribute("aria-label").unwrap();
    assert!(told.starts_with("M\nx: x (linear") && told.ends_with(" …"), "{told}");
    assert!(told.chars().count() <= 2002 && figure.summary().lines().count() == 1003);
    assert!(figure.html().starts_with(&format!("<img alt=\"{told}\" src=")));
}

fn words(node: Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect()
}

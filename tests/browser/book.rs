//! The book as a reader opens it: from a folder and from a server, wide and narrow, with scripts and without.

use crate::browser::{Browser, Test};
use crate::server::Server;
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = verifier::root().join("target/book");
    book::build(&folder).expect("the book builds");
    folder
});

/// The pages that a reader opens one after the other.
fn pages() -> Vec<String> {
    let mut names = vec!["index".to_owned(), "slides".to_owned()];
    names.extend(book::notebooks().expect("the notebooks").iter().map(prose::Document::name));
    names
}

/// One for each way of reading.
pub const TESTS: [Test; 7] = [
    ("book wide", || each_page(&from_folder(), 1280)),
    ("book narrow", || each_page(&from_folder(), 390)),
    ("book's pictures on a phone", pictures_on_a_phone),
    ("book from a server", from_a_server),
    ("book without scripts", without_scripts),
    ("book with the keyboard", with_the_keyboard),
    ("book accessible", accessible),
];

/// Where its pages are without a server.
pub fn from_folder() -> String {
    format!("file://{}", FOLDER.display())
}

fn each_page(from: &str, width: u32) -> Result<()> {
    let browser = Browser::start(width)?;
    for page in pages() {
        browser.open(&format!("{from}/{page}.html"))?;
        shows(&browser, &page)?;
        browser.screenshot(&format!("book-{page}-{width}"))?;
    }
    Ok(())
}

/// Nothing to scroll sideways, no complaint, every picture there, formulae in their font.
fn shows(browser: &Browser, page: &str) -> Result<()> {
    browser.is_well(page)?;
    // A table of nine quantities, as on 02 to 05, scrolls in its frame; on the pages beyond the slides none does.
    let cut = "[...document.querySelectorAll('main table')].filter(t => t.scrollWidth > t.parentElement.clientWidth)";
    let cut = browser.value(&format!("{cut}.map(t => t.innerText.slice(0, 40))"))?;
    ensure!(!("06".."11").contains(&page) || cut == serde_json::json!([]), "{page}: tables do not fit: {cut}");
    let missing = "[...document.images].filter(i => !(i.complete && i.naturalWidth > 0)).map(i => i.alt.slice(0, 40))";
    let missing = browser.value(missing)?;
    ensure!(missing == serde_json::json!([]), "{page}: pictures are missing: {missing}");
    let loaded = "[...document.fonts].some(f => f.family.includes('Latin Modern Math') && f.status === 'loaded')";
    let fonts = format!("document.querySelector('math') === null || document.fonts.ready.then(() => {loaded})");
    ensure!(browser.value(&fonts)? == true, "{page}: the font of its formulae is missing");
    Ok(())
}

/// A tap shows a picture in its own size, in a frame that scrolls, and another tap puts it back.
fn pictures_on_a_phone() -> Result<()> {
    let browser = Browser::start(390)?;
    browser.open(&format!("{}/03-sigma-step-by-step.html", from_folder()))?;
    let picture = "document.querySelector('.output img')";
    let widths = format!("[{picture}.clientWidth, document.documentElement.scrollWidth]");
    let small = browser.value(&widths)?;
    ensure!(small[0].as_u64().is_some_and(|width| width < 390), "the picture and the page are {small} pixels wide");
    browser.run(&format!("{picture}.click()"))?;
    let large = browser.value(&widths)?;
    ensure!(large == serde_json::json!([720, 390]), "after a tap the picture and the page are {large} pixels wide");
    browser.screenshot("book-picture-on-a-phone")?;
    browser.run(&format!("{picture}.click()"))?;
    ensure!(browser.value(&widths)? == small, "another tap does not put it back");
    Ok(())
}

/// Python's, of a folder.
fn from_a_server() -> Result<()> {
    let server = Server::start(|port| {
        let mut python = Command::new("python3");
        python.args(["-I", "-m", "http.server", "--bind", "127.0.0.1", &port.to_string()]);
        python.current_dir(FOLDER.parent().unwrap_or(Path::new("/")));
        python
    })?;
    each_page(&format!("{}/book", server.address()), 1280)
}

/// All words, formulae and pictures are there, and the contents lead on.
fn without_scripts() -> Result<()> {
    let browser = Browser::start(1280)?;
    browser.chrome("Emulation.setScriptExecutionDisabled", serde_json::json!({"value": true}))?;
    for page in pages() {
        browser.open(&format!("{}/{page}.html", from_folder()))?;
        shows(&browser, &page)?;
        let shown = browser.value("document.querySelector('main').innerText.length")?.as_u64().unwrap_or_default();
        ensure!(shown > 1000, "{page}: {shown} characters");
    }
    browser.screenshot("book-without-scripts")
}

/// From page to page, and through the search.
fn with_the_keyboard() -> Result<()> {
    const RIGHT: &str = "\u{e014}";
    let browser = Browser::start(1280)?;
    browser.open(&format!("{}/index.html", from_folder()))?;
    for page in pages().iter().skip(2) {
        browser.keys(RIGHT)?;
        browser
            .until(&format!("location.pathname.endsWith('/{page}.html') && document.readyState === 'complete'"), 10)?;
    }
    browser.keys("scontradiction")?;
    browser.until("document.querySelectorAll('#mdbook-searchresults li').length > 0", 10)?;
    let found = browser.value("document.querySelector('#mdbook-searchresults').innerText")?;
    ensure!(found.as_str().is_some_and(|found| found.contains("Contradiction?")), "{found}");
    browser.is_well("the book")
}

/// axe-core has nothing serious to say.
fn accessible() -> Result<()> {
    let axe = verifier::root().join("target/browser/axe.min.js");
    let axe = std::fs::read_to_string(&axe).map_err(|_| anyhow::anyhow!("no axe-core: run `just verify-browser`"))?;
    let browser = Browser::start(1280)?;
    let mut wrong = Vec::new();
    for theme in ["light", "navy"] {
        for page in pages() {
            browser.open(&format!("{}/{page}.html", from_folder()))?;
            browser.run(&format!("localStorage.setItem('mdbook-theme', '{theme}'); location.reload()"))?;
            browser.run(&axe)?;
            let script = "return axe.run(document).then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
                .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 150) + ' ' + (n.any[0] || {}).message).join('; ')))";
            let found = browser.run(script)?;
            wrong.extend((found != serde_json::json!([])).then(|| format!("{page}, {theme}: {found:#}")));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

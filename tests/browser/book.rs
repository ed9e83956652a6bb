//! The book as a reader opens it: from a folder and from a server, wide and narrow, with scripts and without.

use crate::browser::Browser;
use anyhow::{Result, ensure};
use libtest_mimic::{Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
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

/// One trial for each way of reading.
pub fn trials() -> Vec<Trial> {
    vec![
        trial("book wide", || each_page(&from_folder(), 1280)),
        trial("book narrow", || each_page(&from_folder(), 390)),
        trial("book's pictures on a phone", pictures_on_a_phone),
        trial("book from a server", from_a_server),
        trial("book without scripts", without_scripts),
        trial("book with the keyboard", with_the_keyboard),
        trial("book accessible", accessible),
    ]
}

/// A test with its name.
pub fn trial(name: &str, test: fn() -> Result<()>) -> Trial {
    Trial::test(name, move || test().map_err(|error| Failed::from(format!("{error:#}"))))
}

/// Where its pages are without a server.
pub fn from_folder() -> String {
    format!("file://{}", FOLDER.display())
}

fn each_page(from: &str, width: u32) -> Result<()> {
    let browser = Browser::start()?;
    browser.width(width)?;
    for page in pages() {
        browser.open(&format!("{from}/{page}.html"))?;
        shows(&browser, &page, width)?;
        browser.screenshot(&format!("book-{page}-{width}"))?;
    }
    Ok(())
}

/// Nothing to scroll sideways, no complaint, every picture there, formulae in their font.
fn shows(browser: &Browser, page: &str, width: u32) -> Result<()> {
    let wide = browser.value("document.documentElement.scrollWidth")?;
    ensure!(wide == width, "{page} is {wide} pixels wide in a window of {width}");
    // A table of nine quantities, as on 02 to 05, scrolls in its frame; on the pages beyond the slides none does.
    let cut = "[...document.querySelectorAll('main table')].filter(t => t.scrollWidth > t.parentElement.clientWidth)";
    let cut = browser.value(&format!("{cut}.map(t => t.innerText.slice(0, 40))"))?;
    ensure!(!("06".."11").contains(&page) || cut == serde_json::json!([]), "{page}: tables do not fit: {cut}");
    let complaints = browser.complaints()?;
    ensure!(complaints.is_empty(), "{page}: {complaints:?}");
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
    let browser = Browser::start()?;
    browser.width(390)?;
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

fn from_a_server() -> Result<()> {
    let server = Server::start(FOLDER.parent().unwrap_or(Path::new("/")))?;
    each_page(&format!("http://127.0.0.1:{}/book", server.port), 1280)
}

/// Python's, of a folder, on the loopback address.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start(folder: &Path) -> Result<Server> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut python = Command::new("python3");
        python.args(["-I", "-m", "http.server", "--bind", "127.0.0.1", &port.to_string()]).current_dir(folder);
        let process = python.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let server = Server { process, port };
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(server);
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        anyhow::bail!("no server on port {port}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill().and_then(|()| self.process.wait());
    }
}

/// All words, formulae and pictures are there, and the contents lead on.
fn without_scripts() -> Result<()> {
    let browser = Browser::start()?;
    browser.chrome("Emulation.setScriptExecutionDisabled", serde_json::json!({"value": true}))?;
    browser.width(1280)?;
    for page in pages() {
        browser.open(&format!("{}/{page}.html", from_folder()))?;
        shows(&browser, &page, 1280)?;
        let shown = browser.value("document.querySelector('main').innerText.length")?.as_u64().unwrap_or_default();
        ensure!(shown > 1000, "{page}: {shown} characters");
    }
    browser.screenshot("book-without-scripts")
}

/// From page to page, and through the search.
fn with_the_keyboard() -> Result<()> {
    const RIGHT: &str = "\u{e014}";
    let browser = Browser::start()?;
    browser.width(1280)?;
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
    ensure!(browser.complaints()?.is_empty());
    Ok(())
}

/// axe-core has nothing serious to say.
fn accessible() -> Result<()> {
    let axe = verifier::root().join("target/browser/axe.min.js");
    let axe = std::fs::read_to_string(&axe).map_err(|_| anyhow::anyhow!("no axe-core: run `just verify-browser`"))?;
    let browser = Browser::start()?;
    browser.width(1280)?;
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

//! The pages in the JupyterLab that `just lab` opens, on the quick kernel.

use crate::browser::{Browser, Test};
use crate::server::Server;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::process::Command;

pub const TESTS: [Test; 1] = [("JupyterLab", each_page)];

const TOKEN: &str = "browser";

/// All pages in one server, one after the other: each is a kernel that computes.
fn each_page() -> Result<()> {
    // `just lab` without its window.
    let server = Server::start(|port| {
        let mut lab = Command::new("just");
        lab.args(["lab", "--no-browser", "--LabApp.expose_app_in_browser=True"])
            .args([format!("--ServerApp.port={port}"), format!("--IdentityProvider.token={TOKEN}")])
            .current_dir(verifier::root());
        lab
    })?;
    let browser = Browser::start(1280)?;
    for page in book::notebooks()? {
        opened(&browser, &server, &page.name()).with_context(|| page.name())?;
    }
    Ok(())
}

/// Run All; nothing on stderr, no error, every picture on the screen; a wrong answer gets its hint.
fn opened(browser: &Browser, server: &Server, page: &str) -> Result<()> {
    browser.open(&format!("{}/lab/tree/{page}.ipynb?token={TOKEN}&reset", server.address()))?;
    let notebook = "jupyterapp.shell.currentWidget.content";
    browser.until("(window.jupyterapp?.shell.currentWidget?.content?.model?.cells.length ?? 0) > 10", 60)?;
    browser.until("jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'", 120)?;
    // Of a long page Lab keeps in the document only what is in sight.
    browser.run(&format!("{notebook}.notebookConfig = {{...{notebook}.notebookConfig, windowingMode: 'none'}}"))?;
    browser.run(
        "window.ran = false; jupyterapp.commands.execute('notebook:run-all-cells').then(() => { window.ran = true })",
    )?;
    browser.until("window.ran", 180)?;
    let outputs = format!(
        "[...{notebook}.model.cells].flatMap(cell => cell.type === 'code' ? cell.outputs.toJSON() : [])\
         .filter(o => o.output_type === 'error' || o.name === 'stderr')"
    );
    let wrong = browser.value(&outputs)?;
    ensure!(wrong == json!([]), "{wrong:#}");
    let cells = browser
        .value(&format!("[...{notebook}.model.cells].filter(c => c.type === 'code' && !c.executionCount).length"))?;
    ensure!(cells == 0, "{cells} cells have not run");
    let images = "[...document.querySelectorAll('.jp-OutputArea img')]";
    browser.until(&format!("{images}.every(i => i.complete)"), 20)?;
    let shown = browser.value(&format!("[{images}.length, {images}.filter(i => i.naturalWidth > 0).length]"))?;
    ensure!(shown[0] == shown[1] && shown[0] != 0, "of {} pictures {} are shown", shown[0], shown[1]);
    browser.screenshot(&format!("lab-{page}"))?;
    a_wrong_answer(browser, notebook)?;
    browser.run("return jupyterapp.serviceManager.sessions.shutdownAll()").map(drop)
}

/// Types a number that no exercise asks for, as a reader would.
fn a_wrong_answer(browser: &Browser, notebook: &str) -> Result<()> {
    let script = format!(
        "const notebook = {notebook};
         const asks = cell => cell.type === 'code' && /^let answer: Option<f64> = None;/.test(cell.sharedModel.source);
         const index = [...notebook.model.cells].findIndex(asks);
         const cell = notebook.model.cells.get(index);
         cell.sharedModel.setSource(cell.sharedModel.source.replace('None', 'Some(123456.0)'));
         notebook.activeCellIndex = index;
         return jupyterapp.commands.execute('notebook:run-cell').then(() => JSON.stringify(cell.outputs.toJSON()))"
    );
    let shown = browser.run(&script)?;
    ensure!(shown.as_str().is_some_and(|shown| shown.contains("✗") && shown.contains("not yet")), "{shown}");
    Ok(())
}

//! The file format: reads what editors write, and leaves out what they write anew at every run.

use anyhow::{Result, anyhow, bail};
use nbformat::v4::{CellId, Notebook};
use serde_json::{Value, json};

/// Metadata of one run, one machine or one user; all other is its author's and stays.
const PASSING: [&str; 10] = [
    "ExecuteTime",
    "execution",
    "executionInfo",
    "orig_nbformat",
    "outputId",
    "papermill",
    "signature",
    "trusted",
    "vscode",
    "widgets",
];

/// Reads a notebook of format 4 as one of 4.5 with the stock kernelspec, so that it opens with anyone's evcxr; a cell
/// without an id of its own gets one from its place and its first words. Also returns a sentence for each of these mends.
///
/// # Errors
/// If it is no such notebook, or has what no run can prove: raw cells, attachments.
pub fn parse(text: &str) -> Result<(Notebook, Vec<String>)> {
    let text = text.trim_start_matches('\u{feff}');
    let mut file: Value = serde_json::from_str(text).map_err(|error| anyhow!("not valid JSON: {error}"))?;
    let mut mends = Vec::new();
    match (file["nbformat"].as_i64(), file["nbformat_minor"].as_i64()) {
        (Some(4), Some(5)) => {}
        // The ids of cells are all that 4.5 has more.
        (Some(4), Some(minor @ 0..5)) => {
            file["nbformat_minor"] = json!(5);
            mends.push(format!("it is nbformat 4.{minor} (`just render` makes it 4.5)"));
        }
        _ => bail!("not canonical: nbformat is not 4.5, nor one that can be made it (JupyterLab can: save it there)"),
    }
    if let Some(metadata) = file["metadata"].as_object_mut() {
        metadata.retain(|key, _| !PASSING.contains(&key.as_str()));
        metadata.insert("kernelspec".into(), json!({ "display_name": "Rust", "language": "rust", "name": "rust" }));
        let language = json!({
            "codemirror_mode": "rust", "file_extension": ".rs", "mimetype": "text/rust",
            "name": "Rust", "pygment_lexer": "rust", "version": ""
        });
        metadata.insert("language_info".into(), language);
    }
    let old = !mends.is_empty();
    let cells = file["cells"].as_array_mut().ok_or_else(|| anyhow!("not a valid notebook: it has no list of cells"))?;
    for i in 0..cells.len() {
        unproved(&cells[i]).map_or(Ok(()), |what| Err(anyhow!("the file's cell {} {what}", i + 1)))?;
        if let Some(metadata) = cells[i]["metadata"].as_object_mut() {
            metadata.retain(|key, _| !PASSING.contains(&key.as_str()));
        }
        let id = cells[i]["id"].as_str().unwrap_or_default();
        if CellId::new(id).is_err() || cells[..i].iter().any(|cell| cell["id"] == id) {
            let id = name(cells, i);
            if !old {
                mends.push(format!("the file's cell {} has no id of its own (`just render` calls it {id})", i + 1));
            }
            cells[i]["id"] = json!(id);
        }
    }
    let notebook = serde_json::from_value(file).map_err(|error| anyhow!("not a valid notebook: {error}"))?;
    Ok((notebook, mends))
}

/// What this cell shows that no run gives.
fn unproved(cell: &Value) -> Option<&'static str> {
    let attached = cell["attachments"].as_object().is_some_and(|attachments| !attachments.is_empty());
    (cell["cell_type"] == "raw")
        .then_some("is a raw cell, and nothing can check what it becomes: make it Markdown or code")
        .or(attached.then_some("has an attachment, and no run gives it: draw it in a code cell"))
}

/// An id like `cell-3-let-mut-rule`, that no other cell has.
fn name(cells: &[Value], i: usize) -> String {
    let source = match &cells[i]["source"] {
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        text => text.as_str().unwrap_or_default().to_owned(),
    };
    let source = source.to_lowercase();
    let words = source.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.take(4).fold(format!("cell-{}", i + 1), |name, word| format!("{name}-{word}"));
    name.truncate(40);
    while cells.iter().any(|cell| cell["id"] == name) {
        name.push('-');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `render` would write of it, and what it would say.
    fn mended(text: &str) -> (String, Vec<String>) {
        let (notebook, mends) = parse(text).unwrap();
        (nbformat::serialize_notebook(&nbformat::Notebook::V4(notebook)).unwrap(), mends)
    }

    fn page(minor: u8, cells: Value) -> String {
        json!({ "nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells }).to_string()
    }

    fn markdown(id: Option<&str>, source: &str) -> Value {
        let mut cell = json!({ "cell_type": "markdown", "metadata": {}, "source": [source] });
        if let Some(id) = id {
            cell["id"] = json!(id);
        }
        cell
    }

    #[test]
    fn a_cell_without_an_id_of_its_own_gets_the_same_one_every_time() {
        let text = page(
            5,
            json!([
                markdown(None, "Σ, and *the root* of it all"),
                markdown(Some("cell-3"), ""),
                markdown(None, ""),
                markdown(Some("cell-3"), "copied"),
                markdown(Some("an id?"), "of an editor"),
            ]),
        );
        let (notebook, mends) = parse(&text).unwrap();
        let ids: Vec<&str> = notebook.cells.iter().map(|cell| cell.id().as_str()).collect();
        assert_eq!(
            ids,
            ["cell-1-and-the-root-of", "cell-3", "cell-3-", "cell-4-copied", "cell-5-of-an-editor"],
            "{mends:?}"
        );
        assert_eq!(mends[1], "the file's cell 3 has no id of its own (`just render` calls it cell-3-)");
        assert_eq!(mended(&mended(&text).0).1, [""; 0], "render writes them");
    }

    #[test]
    fn an_older_format_is_one_sentence_and_is_mended() {
        for minor in 0..5 {
            let (rendered, mends) = mended(&page(minor, json!([markdown(None, "a"), markdown(None, "b")])));
            assert_eq!(mends, [format!("it is nbformat 4.{minor} (`just render` makes it 4.5)")]);
            assert!(rendered.contains("\"nbformat_minor\": 5") && rendered.contains("\"id\": \"cell-2-b\""));
        }
        let error = parse(&json!({ "nbformat": 3, "nbformat_minor": 0, "worksheets": [] }).to_string()).unwrap_err();
        assert!(error.to_string().starts_with("not canonical: nbformat is not 4.5"), "{error}");
    }

    #[test]
    fn what_an_author_wrote_stays_and_what_a_run_wrote_goes() {
        let kept = json!({
            "collapsed": true, "deletable": false, "editable": false, "name": "sum", "scrolled": true,
            "jupyter": { "source_hidden": true }, "nbgrader": { "grade": true }, "slideshow": { "slide_type": "slide" },
            "tags": ["eq:S1.1"]
        });
        let mut metadata = kept.clone();
        for key in PASSING {
            metadata[key] = json!({ "iopub.status.busy": "2026-01-01T00:00:00Z" });
        }
        let cell = json!({ "cell_type": "code", "id": "a", "metadata": metadata, "source": [], "outputs": [],
            "execution_count": null });
        let whose = json!({ "title": "Σ", "authors": [{ "name": "A" }], "widgets": {}, "kernelspec": { "name": "x" } });
        let text = json!({ "nbformat": 4, "nbformat_minor": 5, "metadata": whose, "cells": [cell] }).to_string();
        let rendered: Value = serde_json::from_str(&mended(&text).0).unwrap();
        assert_eq!(rendered["cells"][0]["metadata"], kept);
        let (page, whose) = (&rendered["metadata"], &whose);
        assert_eq!((&page["title"], &page["authors"]), (&whose["title"], &whose["authors"]));
        assert_eq!((&page["kernelspec"]["name"], page.get("widgets")), (&json!("rust"), None));
    }

    #[test]
    fn a_byte_order_mark_and_windows_lines_are_read() {
        let text = page(5, json!([markdown(Some("a"), "x")]));
        let (canonical, _) = mended(&text);
        let windows = format!("\u{feff}{}", canonical.replace('\n', "\r\n"));
        assert_eq!(mended(&windows), (canonical, vec![]));
    }
}

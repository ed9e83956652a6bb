//! A notebook file, its canonical form, and its outputs as text.

use anyhow::{Context, Result, bail};
use jupyter_protocol::MediaType;
use nbformat::Quirk;
use nbformat::v4::{Cell, CellId, Notebook, Output};
use std::fmt::Write as _;
use std::path::Path;

/// The metadata of every page: the stock kernelspec, so that it opens with anyone's evcxr, and what
/// that kernel says of its language.
const METADATA: &str = r#"{
    "kernelspec": {"display_name": "Rust", "language": "rust", "name": "rust"},
    "language_info": {
        "codemirror_mode": "rust", "file_extension": ".rs", "mimetype": "text/rust",
        "name": "Rust", "pygment_lexer": "rust", "version": ""
    }
}"#;

/// A notebook.
#[derive(Clone)]
pub struct Page {
    notebook: Notebook,
    /// A sentence for each cell that had no id and was given one.
    pub unnamed: Vec<String>,
}

/// A code cell.
#[derive(Clone, Debug)]
pub struct Code<'a> {
    /// Like `cell 3 (loss-formula)`: the number is the execution count.
    pub place: String,
    /// The cell's id.
    pub id: String,
    /// What is executed.
    pub source: String,
    /// The cell's tags.
    pub tags: Vec<String>,
    /// What it shows.
    pub outputs: &'a [Output],
}

impl Page {
    /// Reads a notebook of format 4.5; a cell without an id gets one from its place and its first words.
    pub fn parse(text: &str) -> Result<Page> {
        let mut unnamed = Vec::new();
        let mut notebook = match nbformat::parse_notebook(text) {
            Ok(nbformat::Notebook::V4(notebook)) => notebook,
            Ok(nbformat::Notebook::V4QuirksMode(quirks)) => {
                unnamed = quirks.quirks().to_vec();
                quirks.repair()
            }
            Ok(_) => bail!("not canonical: nbformat is not 4.5"),
            Err(nbformat::NotebookError::JsonError(error)) if !error.is_data() => {
                bail!("not valid JSON: {error}")
            }
            Err(error) => bail!("not a valid notebook: {error}"),
        };
        let unnamed = unnamed.iter().map(|quirk| name_cell(&mut notebook, quirk)).collect::<Result<_>>()?;
        Ok(Page { notebook, unnamed })
    }

    /// The one text of this notebook: sorted keys, indent 1, execution counts 1…n, the stock
    /// kernelspec, no timings, no editor's traces.
    pub fn canonical(&self) -> Result<String> {
        let mut notebook = self.notebook.clone();
        notebook.metadata = serde_json::from_str(METADATA)?;
        let mut count = 0;
        for cell in &mut notebook.cells {
            let (Cell::Markdown { metadata, source, .. }
            | Cell::Code { metadata, source, .. }
            | Cell::Raw { metadata, source, .. }) = cell;
            let text = source.concat();
            *source = text.trim_end().split_inclusive('\n').map(str::to_owned).collect();
            *metadata = nbformat::v4::CellMetadata { tags: metadata.tags.take(), ..Default::default() };
            if let Cell::Code { execution_count, outputs, .. } = cell {
                count += 1;
                *execution_count = Some(count);
                for output in outputs {
                    if let Output::ExecuteResult(result) = output {
                        result.execution_count = jupyter_protocol::ExecutionCount(count as usize);
                        result.metadata = Default::default();
                    }
                }
            }
        }
        Ok(nbformat::serialize_notebook(&nbformat::Notebook::V4(notebook))?)
    }

    /// The code cells in order.
    pub fn code(&self) -> Vec<Code<'_>> {
        let mut code = Vec::new();
        for cell in &self.notebook.cells {
            if let Cell::Code { outputs, .. } = cell {
                code.push(Code {
                    place: format!("cell {} ({})", code.len() + 1, cell.id()),
                    id: cell.id().to_string(),
                    source: cell.source().concat(),
                    tags: cell.metadata().tags.clone().unwrap_or_default(),
                    outputs,
                });
            }
        }
        code
    }

    /// This page with other outputs, one list per code cell.
    pub fn with_outputs(&self, fresh: Vec<Vec<Output>>) -> Page {
        let mut page = self.clone();
        let mut fresh = fresh.into_iter();
        for cell in &mut page.notebook.cells {
            if let Cell::Code { outputs, .. } = cell {
                *outputs = fresh.next().unwrap_or_default();
            }
        }
        page
    }

    /// The pictures that the README shows: the `image/svg+xml` of each cell with a tag `picture:NAME`.
    pub fn pictures(&self) -> Vec<(String, String)> {
        let mut pictures = Vec::new();
        for cell in self.code() {
            let names = cell.tags.iter().filter_map(|tag| tag.strip_prefix("picture:"));
            for name in names {
                let svg = cell.outputs.iter().flat_map(contents).find(|(kind, _)| kind == "image/svg+xml");
                pictures.push((format!("{name}.svg"), svg.unwrap_or_default().1 + "\n"));
            }
        }
        pictures
    }

    /// The outputs as text, one paragraph per code cell: what a snapshot shows its reviewer.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        for cell in self.code() {
            let _ = writeln!(text, "## {}", cell.id);
            for output in cell.outputs {
                for (kind, content) in contents(output) {
                    if kind == "stdout" || kind == "text/plain" {
                        let _ = writeln!(text, "{}", content.trim_end());
                    } else {
                        let _ = writeln!(text, "[{kind}, {} lines]", content.lines().count());
                    }
                }
            }
            text.push('\n');
        }
        text
    }
}

/// Gives a cell an id like `cell-3-let-mut-rule`, that no other cell has, and says so.
fn name_cell(notebook: &mut Notebook, quirk: &Quirk) -> Result<String> {
    let Quirk::MissingCellId { cell_index } = *quirk else { bail!("not canonical: {quirk:?}") };
    let (nth, text) = (cell_index + 1, notebook.cells[cell_index].source().concat().to_lowercase());
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.take(4).fold(format!("cell-{nth}"), |name, word| format!("{name}-{word}"));
    name.truncate(40);
    while notebook.cells.iter().any(|cell| cell.id().as_str() == name) {
        name.push('-');
    }
    let (Cell::Markdown { id, .. } | Cell::Code { id, .. } | Cell::Raw { id, .. }) = &mut notebook.cells[cell_index];
    *id = CellId::new(&name).map_err(anyhow::Error::msg)?;
    Ok(format!("the file's cell {nth} has no id (`just render` calls it {name})"))
}

/// Reads a page from a file.
pub fn read(path: &Path) -> Result<(String, Page)> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let page = Page::parse(&text)?;
    Ok((text, page))
}

/// An output's contents by kind (`stdout` or a mime type), text/plain first.
pub fn contents(output: &Output) -> Vec<(String, String)> {
    match output {
        Output::Stream { name, text } => vec![(name.clone(), text.0.clone())],
        Output::ExecuteResult(result) => media(&result.data.content),
        Output::DisplayData(data) => media(&data.data.content),
        Output::Error(error) => vec![("error".into(), error.traceback.join("\n"))],
    }
}

fn media(content: &[MediaType]) -> Vec<(String, String)> {
    let mut contents: Vec<(String, String)> = content
        .iter()
        .map(|media| {
            let value = serde_json::to_value(media).unwrap_or_default();
            let data = value.get("data").unwrap_or(&value);
            let text = data.as_str().map_or_else(|| data.to_string(), str::to_owned);
            (media.mime_type().to_owned(), text)
        })
        .collect();
    contents.sort_by_key(|(kind, _)| (kind != "text/plain", kind.clone()));
    contents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_shows_a_cells_svg_as_it_is() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'>\n<text>σ &lt; 1</text>\n</svg>";
        let data = serde_json::json!({ "text/html": "<img src=\"\">", "image/svg+xml": svg, "text/plain": "σ" });
        let text = serde_json::json!({ "nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
            { "cell_type": "code", "metadata": { "tags": ["picture:sigma"] }, "source": [], "id": "a", "execution_count": 1,
              "outputs": [{ "output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data }] },
        ]});
        let page = Page::parse(&text.to_string()).unwrap();
        assert_eq!(page.pictures(), [("sigma.svg".to_owned(), format!("{svg}\n"))]);
        assert!(page.summary().contains("[image/svg+xml, 3 lines]"), "{}", page.summary());
    }

    #[test]
    fn a_cell_without_an_id_gets_the_same_one_every_time() {
        let text = serde_json::json!({ "nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
            { "cell_type": "markdown", "metadata": {}, "source": ["Σ, and *the root* of it all"] },
            { "cell_type": "markdown", "metadata": {}, "source": [], "id": "cell-3" },
            { "cell_type": "markdown", "metadata": {}, "source": [] },
        ]});
        let text = text.to_string();
        let page = Page::parse(&text).unwrap();
        let ids: Vec<&str> = page.notebook.cells.iter().map(|cell| cell.id().as_str()).collect();
        assert_eq!(ids, ["cell-1-and-the-root-of", "cell-3", "cell-3-"]);
        assert_eq!(page.unnamed[1], "the file's cell 3 has no id (`just render` calls it cell-3-)");
        assert_eq!(Page::parse(&page.canonical().unwrap()).unwrap().unnamed, [""; 0], "render writes them");
    }
}

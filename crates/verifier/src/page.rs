//! A notebook file, its canonical form, and its outputs as text.

use crate::format;
use anyhow::{Context, Result};
use jupyter_protocol::MediaType;
use nbformat::v4::{Cell, Notebook, Output};
use std::fmt::Write as _;
use std::path::Path;

/// A notebook.
#[derive(Clone)]
pub struct Page {
    notebook: Notebook,
    /// A sentence for each thing that was mended when it was read.
    pub mends: Vec<String>,
}

/// A code cell.
#[derive(Clone, Debug)]
pub struct Code {
    /// Like `cell 3 (loss-formula)`: the number is the execution count.
    pub place: String,
    /// The cell's id.
    pub id: String,
    /// What is executed.
    pub source: String,
    /// The cell's tags.
    pub tags: Vec<String>,
    /// What it shows, by kind, as [`contents`] gives it.
    pub outputs: Vec<(String, String)>,
}

impl Page {
    /// Reads a notebook, as [`format::parse`] does.
    pub fn parse(text: &str) -> Result<Page> {
        let (notebook, mends) = format::parse(text)?;
        Ok(Page { notebook, mends })
    }

    /// The one text of this notebook: sorted keys, indent 1, execution counts 1…n, the stock kernelspec, nothing of a run.
    pub fn canonical(&self) -> Result<String> {
        let mut notebook = self.notebook.clone();
        let mut count = 0;
        for cell in &mut notebook.cells {
            let (Cell::Markdown { source, .. } | Cell::Code { source, .. } | Cell::Raw { source, .. }) = cell;
            let text = source.concat();
            *source = text.trim_end().split_inclusive('\n').map(str::to_owned).collect();
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
    pub fn code(&self) -> Vec<Code> {
        let mut code = Vec::new();
        for cell in &self.notebook.cells {
            if let Cell::Code { outputs, .. } = cell {
                code.push(Code {
                    place: format!("cell {} ({})", code.len() + 1, cell.id()),
                    id: cell.id().to_string(),
                    source: cell.source().concat(),
                    tags: cell.metadata().tags.clone().unwrap_or_default(),
                    outputs: contents(outputs),
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
                let svg = cell.outputs.iter().find(|(kind, _)| kind == "image/svg+xml");
                pictures.push((format!("{name}.svg"), svg.map_or("", |(_, svg)| svg).to_owned() + "\n"));
            }
        }
        pictures
    }

    /// The outputs as text, one paragraph per code cell: what a snapshot shows its reviewer.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        for cell in self.code() {
            let _ = writeln!(text, "## {}", cell.id);
            for (kind, content) in &cell.outputs {
                let _ = match &kind[..] {
                    "stdout" | "text/plain" => writeln!(text, "{}", content.trim_end()),
                    _ => writeln!(text, "[{kind}, {} lines]", content.lines().count()),
                };
            }
            text.push('\n');
        }
        text
    }
}

/// Reads a page from a file.
pub fn read(path: &Path) -> Result<(String, Page)> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let page = Page::parse(&text)?;
    Ok((text, page))
}

/// The contents of outputs by kind (`stdout` or a mime type), text/plain first. evcxr gives an `execute_result`; the kinds
/// of a `display_data`, which is another thing, begin with that word.
pub fn contents(outputs: &[Output]) -> Vec<(String, String)> {
    let of = |output: &Output| match output {
        Output::Stream { name, text } => vec![(name.clone(), text.0.clone())],
        Output::ExecuteResult(result) => media("", &result.data.content),
        Output::DisplayData(data) => media("display_data ", &data.data.content),
        Output::Error(error) => vec![("error".into(), error.traceback.join("\n"))],
    };
    outputs.iter().flat_map(of).collect()
}

fn media(how: &str, content: &[MediaType]) -> Vec<(String, String)> {
    let text = |media: &MediaType| {
        let value = serde_json::to_value(media).unwrap_or_default();
        let data = value.get("data").unwrap_or(&value);
        data.as_str().map_or_else(|| data.to_string(), str::to_owned)
    };
    let mut sorted: Vec<&MediaType> = content.iter().collect();
    sorted.sort_by_key(|media| (media.mime_type() != "text/plain", media.mime_type()));
    sorted.iter().map(|media| (how.to_owned() + media.mime_type(), text(media))).collect()
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
}

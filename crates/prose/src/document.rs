//! Notebooks and Markdown files as cells.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// A file that people read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it lies in the project: links start from there.
    pub path: PathBuf,
    /// Its cells in order; a Markdown file is one cell.
    pub cells: Vec<Cell>,
}

/// A cell with what it shows.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its id; a Markdown file has none.
    pub id: String,
    /// Whether it is code.
    pub code: bool,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its text.
    pub source: String,
    /// What it printed and shows, by kind: `stdout` or a mime type.
    pub outputs: Vec<(String, String)>,
}

impl Document {
    /// A notebook's JSON, or the text of a Markdown file.
    ///
    /// # Errors
    /// A notebook that is no JSON.
    pub fn parse(path: &Path, text: &str) -> Result<Document, serde_json::Error> {
        let cells = if path.extension().is_some_and(|ending| ending == "ipynb") {
            let notebook: Value = serde_json::from_str(text)?;
            notebook["cells"].as_array().into_iter().flatten().map(cell).collect()
        } else {
            vec![Cell { source: text.into(), ..Default::default() }]
        };
        Ok(Document { path: path.into(), cells })
    }

    /// Its name: of a notebook the file name without `.ipynb`, of another text its path.
    pub fn name(&self) -> String {
        let is_notebook = self.path.extension().is_some_and(|ending| ending == "ipynb");
        let name = self.path.file_stem().filter(|_| is_notebook).unwrap_or(self.path.as_os_str());
        name.to_string_lossy().into()
    }
}

fn cell(json: &Value) -> Cell {
    let mut outputs = Vec::new();
    for output in json["outputs"].as_array().into_iter().flatten() {
        if let Some(stream) = output["name"].as_str() {
            outputs.push((stream.into(), joined(&output["text"])));
        }
        for (kind, data) in output["data"].as_object().into_iter().flatten() {
            outputs.push((kind.clone(), joined(data)));
        }
    }
    let code = json["cell_type"] == "code";
    let tags = json["metadata"]["tags"].as_array().into_iter().flatten().map(joined).collect();
    Cell { id: joined(&json["id"]), code, tags, source: joined(&json["source"]), outputs }
}

/// A notebook writes a long text as a list of lines.
fn joined(text: &Value) -> String {
    match text {
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        text => text.as_str().unwrap_or_default().into(),
    }
}

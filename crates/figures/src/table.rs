//! Numbers in columns.

use std::fmt::{self, Write};

use display::{escape, number, typeset};

/// A table, column by column: HTML for the reader, aligned text for a test.
///
/// ```
/// use figures::Table;
///
/// let table = Table::new("Two steps").column("t", [0, 1]).column("gᵗ", [4.0, 1.0]).column("σᵗ", [4.0, 8.5_f64.sqrt()]);
/// assert_eq!(table.text(), "\
/// Two steps
/// t  gᵗ       σᵗ
/// 0   4        4
/// 1   1  2.91548
/// ");
/// ```
#[derive(Clone, PartialEq)]
pub struct Table {
    caption: String,
    columns: Vec<(String, Vec<Cell>)>,
}

/// One entry of a [`Table`]: a number, written with [`number`], or a word.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Written to six significant digits, at the right of its column.
    Number(f64),
    /// Written as it is, at the left of its column.
    Text(String),
}

impl Table {
    /// A table without columns yet, under its caption.
    pub fn new(caption: &str) -> Table {
        Table { caption: caption.to_string(), columns: Vec::new() }
    }

    /// Adds a column; the first one names the rows.
    ///
    /// # Panics
    /// When the column is not as long as the first one.
    pub fn column<C: Into<Cell>>(mut self, head: &str, cells: impl IntoIterator<Item = C>) -> Table {
        let cells: Vec<Cell> = cells.into_iter().map(Into::into).collect();
        if let Some((first, rows)) = self.columns.first() {
            assert!(
                cells.len() == rows.len(),
                "table \"{}\": column \"{head}\" has {} rows, but column \"{first}\" has {}",
                self.caption,
                cells.len(),
                rows.len()
            );
        }
        self.columns.push((head.to_string(), cells));
        self
    }

    /// The table as text, columns aligned.
    pub fn text(&self) -> String {
        let columns: Vec<Vec<String>> = self
            .columns
            .iter()
            .map(|(head, cells)| std::iter::once(head.clone()).chain(cells.iter().map(Cell::text)).collect())
            .collect();
        let widths: Vec<usize> =
            columns.iter().map(|c| c.iter().map(|s| s.chars().count()).max().unwrap_or(0)).collect();
        let mut text = format!("{}\n", self.caption);
        for row in 0..columns.first().map_or(0, Vec::len) {
            let mut line = String::new();
            for (i, column) in columns.iter().enumerate() {
                let (width, gap) = (widths[i], if i == 0 { "" } else { "  " });
                if self.is_words(i) {
                    write!(line, "{gap}{:<width$}", column[row]).expect("a String takes all");
                } else {
                    write!(line, "{gap}{:>width$}", column[row]).expect("a String takes all");
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// The table as HTML: a caption, and header cells with their scope.
    pub fn html(&self) -> String {
        let cell = |tag: &str, column: usize, content: &str| {
            let align = if self.is_words(column) { "left" } else { "right" };
            let name = tag.split(' ').next().expect("a tag has a name");
            format!("<{tag} style=\"text-align:{align};padding:.25em .8em\">{}</{name}>", escape(content))
        };
        let mut html = format!(
            "<table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5em 0\">\n\
             <caption style=\"text-align:left;font-weight:bold;padding:.25em 0\">{}</caption>\n<thead><tr>",
            escape(&self.caption)
        );
        for (i, (head, _)) in self.columns.iter().enumerate() {
            html += &cell("th scope=\"col\"", i, head);
        }
        html += "</tr></thead>\n<tbody>\n";
        for row in 0..self.columns.first().map_or(0, |(_, cells)| cells.len()) {
            html += "<tr style=\"border-top:1px solid #8888\">";
            for (i, (_, cells)) in self.columns.iter().enumerate() {
                html += &cell(if i == 0 { "th scope=\"row\"" } else { "td" }, i, &cells[row].typeset());
            }
            html += "</tr>\n";
        }
        html + "</tbody>\n</table>"
    }

    /// Shows the table in a notebook; evcxr calls it for the last expression of a cell.
    pub fn evcxr_display(&self) {
        display::show(&[("text/html", &self.html()), ("text/plain", &self.text())]);
    }

    /// Whether a column is set at the left: it holds a word.
    fn is_words(&self, column: usize) -> bool {
        self.columns[column].1.iter().any(|cell| matches!(cell, Cell::Text(_)))
    }
}

/// What evcxr falls back to, as for [`Figure`](crate::Figure).
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{}", self.text(), display::MOVED)
    }
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Cell::Number(x) => number(*x),
            Cell::Text(text) => text.clone(),
        }
    }

    fn typeset(&self) -> String {
        match self {
            Cell::Number(x) => typeset(*x),
            Cell::Text(text) => text.clone(),
        }
    }
}

impl From<f64> for Cell {
    fn from(x: f64) -> Cell {
        Cell::Number(x)
    }
}

impl From<&f64> for Cell {
    fn from(x: &f64) -> Cell {
        Cell::Number(*x)
    }
}

impl From<i32> for Cell {
    fn from(x: i32) -> Cell {
        Cell::Number(x.into())
    }
}

impl From<usize> for Cell {
    fn from(x: usize) -> Cell {
        Cell::Number(x as f64)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

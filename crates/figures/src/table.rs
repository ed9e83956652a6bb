//! Numbers in columns.

use std::fmt;
use std::iter::once;

use display::{escape, number, typeset};

/// The rows of the longest table that is shown as it is, and how many of a longer one at either end are shown.
const LONG: usize = 60;
const ENDS: usize = 10;

/// A table, column by column: HTML for the reader, aligned text for a test.
///
/// Of more than 60 rows it shows the first ten and the last ten, and says how many are left out.
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
#[must_use]
pub struct Table {
    caption: String,
    columns: Vec<(String, Vec<Cell>)>,
}

/// One entry of a [`Table`]: a number, written by [`display::number`], or a word.
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
            let (caption, count, rows) = (&self.caption, cells.len(), rows.len());
            assert!(
                count == rows,
                "table \"{caption}\": column \"{head}\" has {count} rows, but column \"{first}\" has {rows}"
            );
        }
        self.columns.push((head.to_string(), cells));
        self
    }

    /// The table as text, columns aligned.
    #[must_use]
    pub fn text(&self) -> String {
        let (rows, left_out) = self.shown();
        let mut lines = vec![String::new(); self.columns.first().map_or(0, |_| 1 + rows.len())];
        for (i, (head, cells)) in self.columns.iter().enumerate() {
            let entries = rows.iter().map(|&r| cells[r].written(number));
            let column: Vec<String> = once(head.clone()).chain(entries).collect();
            let width = column.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
            let gap = if i == 0 { "" } else { "  " };
            for (line, cell) in lines.iter_mut().zip(column) {
                let words = is_words(cells);
                *line += &if words { format!("{gap}{cell:<width$}") } else { format!("{gap}{cell:>width$}") };
            }
        }
        left_out.into_iter().for_each(|words| lines.insert(1 + ENDS, words));
        once(self.caption.as_str()).chain(lines.iter().map(|line| line.trim_end())).flat_map(|l| [l, "\n"]).collect()
    }

    /// The table as HTML: a caption, and header cells with their scope.
    #[must_use]
    pub fn html(&self) -> String {
        let cell = |tag: &str, scope: &str, cells: &[Cell], content: &str| {
            let align = if is_words(cells) { "left" } else { "right" };
            format!("<{tag}{scope} style=\"text-align:{align};padding:.25em .8em\">{}</{tag}>", escape(content))
        };
        let heads = self.columns.iter().map(|(head, cells)| cell("th", " scope=\"col\"", cells, head));
        let (rows, left_out) = self.shown();
        let entries = |&r: &usize| {
            let row = self.columns.iter().enumerate().map(|(i, (_, cells))| {
                let (tag, scope) = if i == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
                cell(tag, scope, cells, &cells[r].written(typeset))
            });
            row.collect::<String>()
        };
        let mut body: Vec<String> = rows.iter().map(entries).collect();
        let whole_row = |words| format!("<td colspan=\"{}\">{words}</td>", self.columns.len());
        left_out.map(whole_row).into_iter().for_each(|words| body.insert(ENDS, words));
        let body = body.iter().map(|row| format!("<tr style=\"border-top:1px solid #8888\">{row}</tr>\n"));
        format!(
            "<table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5em 0\">\n\
             <caption style=\"text-align:left;font-weight:bold;padding:.25em 0\">{}</caption>\n\
             <thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>",
            escape(&self.caption),
            heads.collect::<String>(),
            body.collect::<String>()
        )
    }

    /// The rows shown, and what stands after the first ten where the others are left out.
    fn shown(&self) -> (Vec<usize>, Option<String>) {
        let rows = self.columns.first().map_or(0, |(_, cells)| cells.len());
        if rows <= LONG {
            return ((0..rows).collect(), None);
        }
        ((0..ENDS).chain(rows - ENDS..rows).collect(), Some(format!("… {} rows more", rows - 2 * ENDS)))
    }

    /// Shows the table in a notebook; evcxr calls it for the last expression of a cell.
    pub fn evcxr_display(&self) {
        display::show(&[("text/html", &self.html()), ("text/plain", &self.text())]);
    }
}

/// Whether a column is set at the left: it holds a word.
fn is_words(column: &[Cell]) -> bool {
    column.iter().any(|cell| matches!(cell, Cell::Text(_)))
}

/// What evcxr falls back to, as for [`Figure`](crate::Figure).
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{}", self.text(), display::MOVED)
    }
}

impl Cell {
    fn written(&self, write: fn(f64) -> String) -> String {
        match self {
            Cell::Number(x) => write(*x),
            Cell::Text(text) => text.clone(),
        }
    }
}

/// What a page may put into a column, and the cell that it becomes.
macro_rules! cells {
    ($($from:ty: $cell:expr;)*) => {
        $(impl From<$from> for Cell {
            fn from(value: $from) -> Cell {
                ($cell as fn($from) -> Cell)(value)
            }
        })*
    };
}

cells! {
    f64: Cell::Number;
    &f64: |x| Cell::Number(*x);
    i32: |x| Cell::Number(x.into());
    usize: |x| Cell::Number(x as f64);
    &str: |text| Cell::Text(text.to_string());
    String: Cell::Text;
}

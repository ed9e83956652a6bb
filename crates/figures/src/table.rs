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
    pub fn column<C: Into<Cell>>(self, head: &str, cells: impl IntoIterator<Item = C>) -> Table {
        self.add(head, &mut cells.into_iter().map(Into::into))
    }

    // Of one type: what is generic is compiled in the cell.
    fn add(mut self, head: &str, cells: &mut dyn Iterator<Item = Cell>) -> Table {
        let cells: Vec<Cell> = cells.collect();
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
        let (columns, left_out) = self.shown(number);
        let mut lines = vec![String::new(); columns.first().map_or(0, |(_, first)| first.len())];
        for (words, column) in &columns {
            let width = column.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
            for (line, cell) in lines.iter_mut().zip(column) {
                *line += &if *words { format!("{cell:<width$}  ") } else { format!("{cell:>width$}  ") };
            }
        }
        left_out.into_iter().for_each(|words| lines.insert(1 + ENDS, words));
        once(self.caption.as_str()).chain(lines.iter().map(|line| line.trim_end())).flat_map(|l| [l, "\n"]).collect()
    }

    /// The table as HTML: a caption, and header cells with their scope.
    #[must_use]
    pub fn html(&self) -> String {
        let (columns, left_out) = self.shown(typeset);
        let row = |r: usize| {
            let cell = |(i, (words, column)): (usize, &(bool, Vec<String>))| {
                let (tag, scope) = match (r, i) {
                    (0, _) => ("th", " scope=\"col\""),
                    (_, 0) => ("th", " scope=\"row\""),
                    _ => ("td", ""),
                };
                let (align, content) = (if *words { "left" } else { "right" }, escape(&column[r]));
                format!("<{tag}{scope} style=\"text-align:{align};padding:.25em .8em\">{content}</{tag}>")
            };
            columns.iter().enumerate().map(cell).collect::<String>()
        };
        let mut body: Vec<String> = (1..columns.first().map_or(1, |(_, first)| first.len())).map(row).collect();
        let whole_row = |words| format!("<td colspan=\"{}\">{words}</td>", columns.len());
        left_out.map(whole_row).into_iter().for_each(|words| body.insert(ENDS, words));
        let body = body.iter().map(|row| format!("<tr style=\"border-top:1px solid #8888\">{row}</tr>\n"));
        format!(
            "<table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5em 0\">\n\
             <caption style=\"text-align:left;font-weight:bold;padding:.25em 0\">{}</caption>\n\
             <thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>",
            escape(&self.caption),
            row(0),
            body.collect::<String>()
        )
    }

    /// Of each column whether it is set at the left, as one with words is, its head and the entries shown; and what stands
    /// after the first ten where others are left out.
    fn shown(&self, write: fn(f64) -> String) -> (Vec<(bool, Vec<String>)>, Option<String>) {
        let rows = self.columns.first().map_or(0, |(_, cells)| cells.len());
        let left_out = if rows > LONG { rows - 2 * ENDS } else { 0 };
        let written = |cell: &Cell| match cell {
            Cell::Number(x) => write(*x),
            Cell::Text(text) => text.clone(),
        };
        let column = |(head, cells): &(String, Vec<Cell>)| {
            let words = cells.iter().any(|cell| matches!(cell, Cell::Text(_)));
            let shown = cells.iter().take(ENDS).chain(cells.iter().skip(ENDS + left_out)).map(written);
            (words, once(head.clone()).chain(shown).collect())
        };
        (self.columns.iter().map(column).collect(), (left_out > 0).then(|| format!("… {left_out} rows more")))
    }

    /// Shows the table in a notebook; evcxr calls it for the last expression of a cell.
    pub fn evcxr_display(&self) {
        display::show(&[("text/html", &self.html()), ("text/plain", &self.text())]);
    }
}

/// What evcxr falls back to, as for [`Figure`](crate::Figure).
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}{}", self.text(), display::MOVED)
    }
}

/// What a page may put into a column, and the cell that it becomes.
macro_rules! cells {
    ($($from:ty: |$value:ident| $cell:expr;)*) => {
        $(impl From<$from> for Cell {
            fn from($value: $from) -> Cell {
                $cell
            }
        })*
    };
}

cells! {
    f64: |x| Cell::Number(x);
    &f64: |x| Cell::Number(*x);
    i32: |x| Cell::Number(x.into());
    usize: |x| Cell::Number(x as f64);
    &str: |text| Cell::Text(text.to_string());
    String: |text| Cell::Text(text);
}

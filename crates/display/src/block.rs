//! The blocks of a notebook cell's output, and the text in them.

/// What a value's `Debug` form adds: evcxr falls back to it when a cell's last expression takes a variable away.
pub const MOVED: &str = "(Text only. In a notebook this means that the last expression took a variable away: pass `&name` or `name.clone()`.)";

/// Hands one value's contents, each with its mime type, to evcxr: a reader sees the richest, a test the text/plain.
pub fn show(contents: &[(&str, &str)]) {
    println!("{}", blocks(contents));
}

/// What [`show`] prints.
///
/// ```
/// let printed = display::blocks(&[("text/plain", "σ\n"), ("text/latex", "$$\\sigma$$")]);
/// assert_eq!(printed, "\
/// EVCXR_BEGIN_CONTENT text/plain
/// σ
/// EVCXR_END_CONTENT
/// EVCXR_BEGIN_CONTENT text/latex
/// $$\\sigma$$
/// EVCXR_END_CONTENT");
/// ```
#[must_use]
pub fn blocks(contents: &[(&str, &str)]) -> String {
    let block = |(mime, content): &(&str, &str)| {
        format!("EVCXR_BEGIN_CONTENT {mime}\n{}\nEVCXR_END_CONTENT", content.trim_end())
    };
    contents.iter().map(block).collect::<Vec<_>>().join("\n")
}

/// Text as it may stand in XML or HTML, in an attribute or between tags.
///
/// ```
/// assert_eq!(display::escape("\"a\" < b & c"), "&quot;a&quot; &lt; b &amp; c");
/// ```
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

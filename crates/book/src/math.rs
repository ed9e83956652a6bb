//! Formulae as MathML: sharp, selectable and read aloud, without a script.

use anyhow::{Result, anyhow};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

/// A formula as markup that Markdown passes on as it is, on one line.
///
/// # Errors
/// LaTeX that cannot be typeset, in its parser's words.
pub fn mathml(latex: &str, display: bool) -> Result<String> {
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(latex, &storage).collect::<Result<_, _>>().map_err(|error| {
        let reason = error.to_string();
        anyhow!("{latex}: {}", reason.lines().next().unwrap_or_default())
    })?;
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let mut markup = String::new();
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    push_mathml(&mut markup, events, RenderConfig { display_mode, ..RenderConfig::default() })?;
    // LaTeX sets a slash as close as a letter, and a browser as a sign between two.
    let inert = inert(&markup).replace("<mo>&#47;</mo>", "<mo lspace=\"0\" rspace=\"0\">&#47;</mo>");
    // A wide formula scrolls by itself, not the page.
    Ok(if display { format!("<span class=\"formula\" tabindex=\"0\">{inert}</span>") } else { inert })
}

/// Between tags, what Markdown would read as its own becomes a character reference; in tags, attributes are parted.
fn inert(markup: &str) -> String {
    let (mut inert, mut tag, mut quotes) = (String::new(), false, 0);
    for c in markup.chars().filter(|c| *c != '\n') {
        tag |= c == '<';
        match c {
            // pulldown-latex writes `stretchy="true"minsize="1.2em"`, which Markdown takes for text.
            c if tag && quotes % 2 == 0 && inert.ends_with('"') && c.is_alphabetic() => inert.extend([' ', c]),
            c if !tag && c.is_ascii_punctuation() && !"&;#".contains(c) => inert += &format!("&#{};", u32::from(c)),
            c => inert.push(c),
        }
        quotes += usize::from(c == '"');
        tag &= c != '>';
    }
    inert
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_survives_markdown() {
        let markup = mathml("a * b_1 | c < d", false).unwrap();
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&markup));
        let parts = ["<mo>∗</mo>", "<msub><mi>b</mi><mn>1</mn></msub>", "<mi>|</mi>", "<mo>&lt;</mo>"];
        assert!(parts.iter().all(|part| html.contains(part)) && !html.contains("<em>"), "{html}");
    }

    #[test]
    fn a_large_bracket_is_a_tag() {
        let markup = mathml(r"\bigl(x\bigr)^2", false).unwrap();
        assert!(markup.contains(r#"<mo symmetric="true" stretchy="true" minsize="1.2em" maxsize="1.2em">&#40;</mo>"#));
    }

    #[test]
    fn a_slash_stands_close() {
        let markup = mathml(r"\eta/\sqrt{2}", false).unwrap();
        assert!(markup.contains(r#"<mo lspace="0" rspace="0">&#47;</mo>"#), "{markup}");
    }

    #[test]
    fn a_wrong_formula_is_refused() {
        assert!(mathml(r"\frac{1", false).unwrap_err().to_string().starts_with(r"\frac{1: "));
    }
}

//! Gives each page its own description, and marks the page that is printed: mdBook writes one head for all.

use crate::math::mathml;
use anyhow::{Context, Result};
use display::escape;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::fs;
use std::path::Path;

/// What the book is about; the first page's description.
pub const BOOK: &str = "Step decay, Adagrad, σᵗ step by step: every equation computed and proved";

/// The first question of a text, with the sentence before it; nothing where nothing is asked.
///
/// # Errors
/// A formula that cannot be typeset.
pub fn question(source: &str) -> Result<Option<String>> {
    let mut text = String::new();
    for event in Parser::new_ext(source, Options::ENABLE_MATH | Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Paragraph) => text.clear(),
            Event::Text(words) | Event::Code(words) => text += &words,
            Event::SoftBreak => text.push(' '),
            Event::InlineMath(latex) => text += &letters(&mathml(&latex, false)?),
            Event::End(TagEnd::Paragraph) => {
                let Some((asks, _)) = text.split_once('?') else { continue };
                // The heading was no question, the one before it is no sentence of this paragraph.
                let before = asks.rmatch_indices(". ").nth(1).map_or(0, |(end, _)| end + 2);
                return Ok(Some(format!("{}?", &asks[before..])));
            }
            _ => {}
        }
    }
    Ok(None)
}

/// A short formula without its markup.
fn letters(mathml: &str) -> String {
    let raised = mathml.replace("<mi>t</mi></msup>", "ᵗ");
    let text: String = raised.split('<').map(|part| part.rsplit('>').next().unwrap_or_default()).collect();
    text.replace("&#43;", "+")
}

/// Gives a built page its own description.
///
/// # Errors
/// A page that cannot be read or written, or has none.
pub fn describe(page: &Path, description: &str) -> Result<()> {
    let meta = |words| format!("<meta name=\"description\" content=\"{}\">", escape(words));
    replace(page, &meta(BOOK), &meta(description))
}

/// Marks the page that has all others, and is printed.
///
/// # Errors
/// A page that cannot be read or written, or has another first tag.
pub fn print(page: &Path) -> Result<()> {
    replace(page, "<html lang=\"en\" class=\"", "<html lang=\"en\" class=\"printed ")
}

fn replace(page: &Path, this: &str, by: &str) -> Result<()> {
    let html = fs::read_to_string(page).with_context(|| page.display().to_string())?;
    let (before, after) = html.split_once(this).with_context(|| format!("{}: no {this}", page.display()))?;
    Ok(fs::write(page, [before, by, after].concat())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_stands_with_the_sentence_before_it() {
        let page = "# Title\n\n*About $x$.*\n\nOne. Two $t+1$.\nThree *is* $\\sigma^t$?\nFour?";
        assert_eq!(question(page).unwrap().unwrap(), "Two t+1. Three is σᵗ?");
        assert_eq!(question("Is it?").unwrap().unwrap(), "Is it?");
        assert_eq!(question("It is.").unwrap(), None);
    }
}

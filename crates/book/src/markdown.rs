//! Markdown of a notebook as Markdown of the book: formulae typeset, links between pages.

use crate::math::mathml;
use anyhow::{Context, Result, bail};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The text with every formula as MathML, and links to notebooks leading to the book's pages.
///
/// # Errors
/// A formula that cannot be typeset, and a link that leads out of the book.
pub fn convert(source: &str) -> Result<String> {
    let (mut edits, mut verbatim) = (Vec::new(), false);
    for (event, at) in Parser::new_ext(source, Options::ENABLE_MATH | Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::InlineMath(latex) => {
                let rest = &source[at.end..];
                let marks = rest.len() - rest.trim_start_matches(['.', ',', ';', ':', '?', ')']).len();
                let formula = mathml(&latex, false)?;
                edits.push(match &rest[..marks] {
                    "" => (at, formula),
                    marks => (at.start..at.end + marks.len(), together(&(formula + marks))),
                });
            }
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. }) => verbatim = true,
            Event::End(TagEnd::CodeBlock | TagEnd::Image) => verbatim = false,
            Event::Text(_) if !verbatim => edits.extend(small_numbers(source, at)),
            Event::DisplayMath(latex) => edits.push((at, mathml(&latex, true)?)),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let text = &source[at.clone()];
                let start =
                    at.start + text.rfind(&*dest_url).with_context(|| format!("{text}: a link by reference"))?;
                edits.push((start..start + dest_url.len(), link(&dest_url)?));
            }
            _ => {}
        }
    }
    // A link's words, with formulae, stand before its address.
    edits.sort_by_key(|(at, _)| at.start);
    // What stands in one piece already stays in it.
    edits.dedup_by(|(next, _), (last, _)| next.start < last.end);
    let (mut converted, mut end) = (String::new(), 0);
    for (at, instead) in edits {
        converted += &source[end..at.start];
        converted += &instead;
        end = at.end;
    }
    Ok(converted + &source[end..])
}

/// The words of a text with a number like 1e-6, in one piece; not where `*` or `_` stands beside one, which Markdown would
/// read in another way.
fn small_numbers(source: &str, text: Range<usize>) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut start = text.start;
    for word in source[text].split(' ') {
        let at = start..start + word.len();
        start = at.end + 1;
        let digit = |c: char| c.is_ascii_digit();
        let small =
            word.match_indices("e-").any(|(i, _)| word[..i].ends_with(digit) && word[i + 2..].starts_with(digit));
        let marked = source[..at.start].ends_with(['*', '_']) || source[at.end..].starts_with(['*', '_']);
        if small && !marked {
            found.push((at, together(word)));
        }
    }
    found
}

/// A formula with its comma, or a number with its exponent: browsers break lines between them.
fn together(markup: &str) -> String {
    format!("<span class=\"together\">{markup}</span>")
}

/// Text of an HTML block: a blank line would end it in Markdown.
pub fn in_block(text: &str) -> String {
    text.trim_end().replace("\n\n", "\n&#10;")
}

/// Where a link between notebooks leads in the book.
fn link(to: &str) -> Result<String> {
    let (file, heading) = to.split_once('#').map_or((to, None), |(file, heading)| (file, Some(heading)));
    let page = match file.rsplit_once('.') {
        // The opening page has what README says of the pages.
        Some(("../README", "md")) => "index.html".into(),
        Some((name, "ipynb" | "md")) if !name.contains('/') => format!("{name}.html"),
        None if file.is_empty() => String::new(),
        _ => bail!("{to}: a link out of the book"),
    };
    Ok(page + &heading.map(anchor).unwrap_or_default())
}

/// A heading as mdBook names it, from Jupyter's name for it.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || "-_".contains(*c);
    format!("#{}", heading.to_lowercase().chars().filter(kept).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_notebooks_lead_to_pages() {
        let to = |link: &str| convert(&format!("[words]({link})")).unwrap();
        assert_eq!(to("05-contradiction.ipynb"), "[words](05-contradiction.html)");
        assert_eq!(to("04.ipynb#The-same-name,-another-η"), "[words](04.html#the-same-name-another-η)");
        assert_eq!(to("../README.md#the-pages"), "[words](index.html#the-pages)");
        assert_eq!(to("#Take-home"), "[words](#take-home)");
        assert_eq!(
            convert("[words](../crates/x.rs)").unwrap_err().to_string(),
            "../crates/x.rs: a link out of the book"
        );
    }

    #[test]
    fn a_formula_in_a_link_stays_in_it() {
        let converted = convert("See [$x$](a.ipynb), $y$ too.").unwrap();
        let places =
            ["See [<math", "x</mi></math>](a.html), <math", "y</mi></math> too."].map(|part| converted.find(part));
        assert!(places.is_sorted() && places[0].is_some(), "{converted}");
    }

    #[test]
    fn what_belongs_together_stands_on_one_line() {
        let converted = convert("Of $x$, which is 1.15e-6, or $y$ alone.").unwrap();
        assert!(converted.starts_with("Of <span class=\"together\"><math"), "{converted}");
        assert!(converted.contains("</math>,</span> which is <span class=\"together\">1.15e-6,</span> or <math"));
        assert!(converted.ends_with("</math> alone."), "{converted}");
        assert_eq!(convert("1e-7/1e-6").unwrap(), "<span class=\"together\">1e-7/1e-6</span>");
        assert!(convert("$x$,1e-6").unwrap().ends_with("</math>,</span>1e-6"));
        for as_it_is in ["**1e-6**th", "![1e-6](a.svg)", "```\n1e-6\n```\n", "`1e-6`", "re-2"] {
            assert_eq!(convert(as_it_is).unwrap(), as_it_is);
        }
    }

    #[test]
    fn code_has_no_formulae() {
        assert_eq!(convert("`$x$` and\n```\n$y$\n```\n").unwrap(), "`$x$` and\n```\n$y$\n```\n");
    }
}

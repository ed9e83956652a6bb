//! What a reader sees of Markdown: its text and formulae with their places, headings, links, pictures.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Words.
    Text,
    /// The LaTeX between `$` or `$$`.
    Math,
    /// Code between backticks.
    Code,
}

/// A stretch of one kind.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub at: Range<usize>,
    /// How many headings stand before it.
    pub section: usize,
}

/// A Markdown text, read.
#[derive(Debug, Default)]
pub struct Markdown {
    /// Its words, formulae and code, in order.
    pub pieces: Vec<Piece>,
    /// The text of each heading.
    pub headings: Vec<String>,
    /// Where each link or picture leads, and where it stands.
    pub links: Vec<(String, usize)>,
    /// The alternative text of each picture, and where it stands.
    pub pictures: Vec<(String, usize)>,
}

/// Reads a Markdown text as Jupyter and GitHub do, with tables and formulae.
pub fn read(source: &str) -> Markdown {
    let mut read = Markdown::default();
    let (mut heading, mut picture, mut fenced, mut section) = (None, None, false, 0);
    for (event, at) in Parser::new_ext(source, Options::ENABLE_MATH | Options::ENABLE_TABLES).into_offset_iter() {
        let delimiter = source[at.clone()].bytes().take_while(|byte| b"$`".contains(byte)).count();
        let inner = at.start + delimiter..at.end.saturating_sub(delimiter);
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading = Some(String::new());
                section += 1;
            }
            Event::End(TagEnd::Heading(_)) => read.headings.extend(heading.take()),
            Event::Start(Tag::CodeBlock(_)) => fenced = true,
            Event::End(TagEnd::CodeBlock) => fenced = false,
            Event::Start(Tag::Link { dest_url, .. }) => read.links.push((dest_url.into(), at.start)),
            Event::Start(Tag::Image { dest_url, .. }) => {
                read.links.push((dest_url.into(), at.start));
                picture = Some(String::new());
            }
            Event::End(TagEnd::Image) => read.pictures.push((picture.take().unwrap_or_default(), at.start)),
            Event::Text(text) if !fenced => {
                for seen in [&mut heading, &mut picture].into_iter().flatten() {
                    seen.push_str(&text);
                }
                read.add(source, Piece { kind: Kind::Text, at, section });
            }
            Event::Code(code) => {
                heading.iter_mut().for_each(|heading| heading.push_str(&code));
                read.add(source, Piece { kind: Kind::Code, at: inner, section });
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                heading.iter_mut().for_each(|heading| heading.push_str(&source[at.clone()]));
                read.add(source, Piece { kind: Kind::Math, at: inner, section });
            }
            Event::Html(_) | Event::InlineHtml(_) => read.html(source, at, section),
            _ => {}
        }
    }
    read
}

impl Markdown {
    /// Words that a line's end or nothing parts are one piece.
    fn add(&mut self, source: &str, piece: Piece) {
        let last = self.pieces.last_mut().filter(|last| (last.kind, piece.kind) == (Kind::Text, Kind::Text));
        let gap = |last: &Piece| source.get(last.at.end..piece.at.start);
        match last.filter(|last| gap(last).is_some_and(|gap| gap.trim().is_empty() && gap.matches('\n').count() < 2)) {
            Some(last) => last.at.end = piece.at.end,
            None => self.pieces.push(piece),
        }
    }

    /// Of HTML the text between the tags, and what pictures say instead.
    fn html(&mut self, source: &str, at: Range<usize>, section: usize) {
        let mut start = at.start;
        for part in source[at].split_inclusive('>') {
            let tag = part.find('<').unwrap_or(part.len());
            self.add(source, Piece { kind: Kind::Text, at: start..start + tag, section });
            if part[tag..].starts_with("<img") {
                let alternative = part.split("alt=\"").nth(1).and_then(|rest| rest.split('"').next());
                self.pictures.push((alternative.unwrap_or_default().into(), start));
            }
            start += part.len();
        }
    }
}

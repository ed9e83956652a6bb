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
    // Headings and alternative texts while they are open; code blocks are no sentences.
    let (mut heading, mut picture, mut block) = (None, None, false);
    for (event, at) in Parser::new_ext(source, Options::ENABLE_MATH | Options::ENABLE_TABLES).into_offset_iter() {
        let mark = source[at.clone()].chars().next().filter(|c| "$`".contains(*c));
        let delimiter = source[at.clone()].chars().take_while(|c| Some(*c) == mark).count();
        let inner = at.start + delimiter..at.end.saturating_sub(delimiter);
        let (kind, at, seen) = match event {
            Event::Text(text) if !block => (Kind::Text, at, text.to_string()),
            Event::Code(code) => (Kind::Code, inner, code.to_string()),
            Event::InlineMath(_) | Event::DisplayMath(_) => (Kind::Math, inner, source[at].to_owned()),
            other => {
                match other {
                    Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                    Event::End(TagEnd::Heading(_)) => read.headings.extend(heading.take()),
                    Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock) => block = !block,
                    Event::Start(Tag::Link { dest_url, .. }) => read.links.push((dest_url.into(), at.start)),
                    Event::Start(Tag::Image { dest_url, .. }) => {
                        read.links.push((dest_url.into(), at.start));
                        picture = Some(String::new());
                    }
                    Event::End(TagEnd::Image) => read.pictures.extend(picture.take().map(|words| (words, at.start))),
                    Event::Html(_) | Event::InlineHtml(_) => read.html(source, at),
                    _ => {}
                }
                continue;
            }
        };
        [&mut heading, &mut picture].into_iter().flatten().for_each(|open| open.push_str(&seen));
        read.add(source, Piece { kind, at });
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
    fn html(&mut self, source: &str, at: Range<usize>) {
        let mut start = at.start;
        for part in source[at].split_inclusive('>') {
            let (text, tag) = part.split_at(part.find('<').unwrap_or(part.len()));
            self.add(source, Piece { kind: Kind::Text, at: start..start + text.len() });
            if tag.starts_with("<img") {
                let words = tag.split("alt=\"").nth(1).and_then(|rest| rest.split('"').next());
                self.pictures.push((words.unwrap_or_default().into(), start));
            }
            start += part.len();
        }
    }
}

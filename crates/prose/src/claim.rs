//! What a sentence says of a value.

use crate::arithmetic::number;
use crate::token::{Kind, Number, Token, tokens};
use std::ops::Range;

/// A number of a sentence, and the values that it may stand for.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// The number as it is written, with its sign.
    pub text: &'a str,
    /// −1 or 1; 0 for ±.
    sign: f64,
    number: Number,
    rounding: Rounding,
    scale: f64,
}

/// Whether zeros at the end of a whole number are digits: of "about 320" the last is not.
#[derive(Clone, Copy, Debug)]
enum Rounding {
    Exact,
    About,
    MoreThan,
    LessThan,
}

/// Words before a number that say how it is rounded.
const WORDS: [(&str, Rounding); 11] = [
    ("more than ", Rounding::MoreThan),
    ("over ", Rounding::MoreThan),
    ("less than ", Rounding::LessThan),
    ("nearly ", Rounding::LessThan),
    ("almost ", Rounding::LessThan),
    ("about ", Rounding::About),
    ("some ", Rounding::About),
    ("around ", Rounding::About),
    ("roughly ", Rounding::About),
    ("≈", Rounding::About),
    ("\\approx", Rounding::About),
];

/// Words after a number that belong to it.
const SCALES: [(&str, f64); 4] = [("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("%", 0.01)];

impl<'a> Claim<'a> {
    /// The claim of a text's token, if it is a number; the text is the part `at` of the source.
    pub fn read(source: &'a str, at: &Range<usize>, tokens: &[Token], token: usize) -> Option<Claim<'a>> {
        let mut number = number(&tokens[token])?.clone();
        let text = &source[at.clone()];
        let (sign, start) = sign(tokens, token, text);
        number.last -= start;
        let end = tokens[token].at.end;
        let before: Vec<&str> =
            source[..at.start + start].split(|c: char| c.is_whitespace() || "$*(".contains(c)).collect();
        let before = before[before.len().saturating_sub(4)..].join(" ");
        let rounding = WORDS.iter().find(|(word, _)| before.contains(word)).map_or(Rounding::Exact, |(_, how)| *how);
        let after = source[at.start + end..].trim_start_matches(|c: char| c.is_whitespace() || "$\\,".contains(c));
        let scale = SCALES.iter().find(|(word, _)| after.starts_with(word)).map_or(1.0, |(_, scale)| *scale);
        Some(Claim { text: &text[start..end], sign, number, rounding, scale })
    }

    /// Its size, without the sign.
    pub fn size(&self) -> f64 {
        self.number.value * self.scale
    }

    /// Whether it shows digits after the point, or a power below 1: then no whole number is meant.
    pub fn is_fraction(&self) -> bool {
        let Number { value, unit, whole, .. } = self.number;
        !whole && self.scale == 1.0 && (unit == 0.0 && value <= 1.0 || unit > 0.0 && unit < 1.0)
    }

    /// How many digits it shows.
    pub fn digits(&self) -> usize {
        self.number.digits
    }

    /// Whether it is this very number of a cell, not rounded.
    pub fn is(&self, value: f64) -> bool {
        let exact = Claim { number: Number { unit: 0.0, ..self.number.clone() }, ..self.clone() };
        if matches!(self.rounding, Rounding::Exact) { exact.accepts(value) } else { self.accepts(value) }
    }

    /// Whether this value, rounded as the sentence rounds, is the number.
    pub fn accepts(&self, value: f64) -> bool {
        let Number { value: shown, unit, .. } = self.number;
        let mut rough = unit;
        while 1.0 <= unit && rough < shown && shown % (10.0 * rough) == 0.0 {
            rough *= 10.0;
        }
        let (below, above) = match self.rounding {
            Rounding::Exact => (unit / 2.0, unit / 2.0),
            Rounding::About => (rough / 2.0, rough / 2.0),
            Rounding::MoreThan => (unit / 2.0, rough),
            Rounding::LessThan => (rough, unit / 2.0),
        };
        let slack = 1e-9 * shown;
        let size = (if self.sign == 0.0 { value.abs() } else { value * self.sign }) / self.scale;
        shown - below - slack <= size && size <= shown + above + slack
    }

    /// The same claim with each other last digit.
    pub fn others(&self) -> impl Iterator<Item = Claim<'a>> {
        (1..10).filter_map(|more| {
            let text = other_digit(self.text, self.number.last, more);
            let math = text.contains(['\\', '{']);
            let changed = tokens(&text, math).iter().find_map(|token| number(token).cloned())?;
            Some(Claim { number: changed, ..self.clone() })
        })
    }
}

/// The text with the digit at this place raised, 9 to 0.
pub fn other_digit(text: &str, at: usize, more: u32) -> String {
    let Some(c) = text[at..].chars().next() else { return text.into() };
    let digits = if c.is_ascii_digit() { "0123456789" } else { "⁰¹²³⁴⁵⁶⁷⁸⁹" };
    let place = digits.chars().position(|digit| digit == c).unwrap_or(0) + more as usize;
    let digit = digits.chars().cycle().nth(place).unwrap_or(c);
    format!("{}{digit}{}", &text[..at], &text[at + c.len_utf8()..])
}

/// −1 for a minus that is a sign, not a difference; 0 for ±; and where it stands.
pub fn sign(tokens: &[Token], i: usize, text: &str) -> (f64, usize) {
    let start = tokens[i].at.start;
    match i.checked_sub(1).map(|before| &tokens[before]) {
        Some(Token { kind: Kind::Operator('±'), at }) => (0.0, at.start),
        Some(Token { kind: Kind::Operator('-'), at }) => {
            let spaced = text[..at.start].ends_with(char::is_whitespace);
            let left = i.checked_sub(2).map(|left| &tokens[left].kind);
            let minuend = matches!(left, Some(Kind::Number(_) | Kind::Close | Kind::Symbol));
            if minuend && (at.end < start || !spaced) { (1.0, start) } else { (-1.0, at.start) }
        }
        _ => (1.0, start),
    }
}

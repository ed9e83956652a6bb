//! A number of a sentence, and which values it may stand for.

use crate::token::{Number, RAISED, Token, sign, tokens};
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
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rounding {
    Exact,
    About,
    MoreThan,
    LessThan,
}

/// Words before a number that say how it is rounded.
const WORDS: [(&str, Rounding); 7] = [
    ("more than ", Rounding::MoreThan),
    ("less than ", Rounding::LessThan),
    ("nearly ", Rounding::LessThan),
    ("about ", Rounding::About),
    ("some ", Rounding::About),
    ("≈", Rounding::About),
    ("\\approx", Rounding::About),
];

/// Words after a number that belong to it.
const SCALES: [(&str, f64); 4] = [("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("%", 0.01)];

impl<'a> Claim<'a> {
    /// The claim of a text's token, if it is a number to be proved; the text is the part `at` of the source.
    pub fn read(source: &'a str, at: &Range<usize>, tokens: &[Token], token: usize) -> Option<Claim<'a>> {
        let mut number = tokens[token].number().filter(|number| number.is_claim())?.clone();
        let text = &source[at.clone()];
        let (sign, start) = sign(tokens, token, text);
        number.last -= start;
        let end = tokens[token].at.end;
        let before: Vec<&str> =
            source[..at.start + start].split(|c: char| c.is_whitespace() || "$*(".contains(c)).collect();
        let before = before[before.len().saturating_sub(3)..].join(" ");
        let rounding = WORDS.iter().find(|(word, _)| before.contains(word)).map_or(Rounding::Exact, |(_, how)| *how);
        let after = source[at.start + end..].trim_start_matches(|c: char| c.is_whitespace() || "$\\,".contains(c));
        let scale = SCALES.iter().find(|(word, _)| after.starts_with(word)).map_or(1.0, |(_, scale)| *scale);
        Some(Claim { text: &text[start..end], sign, number, rounding, scale })
    }

    /// Its size, without the sign.
    pub fn size(&self) -> f64 {
        self.number.value * self.scale
    }

    /// How many digits it shows.
    pub fn digits(&self) -> usize {
        self.number.digits
    }

    /// Whether it is this very number, not rounded but where the sentence says so.
    pub fn is(&self, value: f64, whole: bool) -> bool {
        self.accepts(value, whole) && (self.rounding != Rounding::Exact || self.reaches(value, 0.0))
    }

    /// Whether a value, rounded as the sentence rounds, is this number; a `whole` one has neither point nor exponent.
    pub fn accepts(&self, value: f64, whole: bool) -> bool {
        let Number { value: shown, unit, .. } = self.number;
        let is_fraction = !self.number.whole && (if unit == 0.0 { shown <= 1.0 } else { unit < 1.0 });
        self.reaches(value, unit) && !(whole && is_fraction && self.scale == 1.0)
    }

    /// Whether a value differs by no more than the sentence says, with this unit of the last digit.
    fn reaches(&self, value: f64, unit: f64) -> bool {
        let shown = self.number.value;
        let mut rough = unit;
        while 1.0 <= rough && rough < shown && shown % (10.0 * rough) == 0.0 {
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
            let changed = tokens(&text, math).iter().find_map(|token| token.number().cloned())?;
            Some(Claim { number: changed, ..self.clone() })
        })
    }
}

/// The text with the digit at this place raised, 9 to 0.
#[must_use]
pub fn other_digit(text: &str, at: usize, more: u32) -> String {
    let Some(c) = text[at..].chars().next() else { return text.into() };
    let digits = if c.is_ascii_digit() { "0123456789" } else { RAISED };
    let place = digits.chars().position(|digit| digit == c).unwrap_or(0) + more as usize;
    let digit = digits.chars().cycle().nth(place).unwrap_or(c);
    format!("{}{digit}{}", &text[..at], &text[at + c.len_utf8()..])
}

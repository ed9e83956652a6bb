//! Sentences, formulae, code and outputs as tokens, in which numbers are numbers.

use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number as it is shown, without its sign.
    Number(Number),
    /// One of `+ - * / ^ % ±`.
    Operator(char),
    Open,
    Close,
    /// `√` or `\sqrt`, of what follows.
    Root,
    /// `\frac`, of the two that follow.
    Fraction,
    Equal,
    Approx,
    /// A letter that stands for a value, or a bar.
    Symbol,
    /// A word or a sign that ends an expression.
    Break,
}

/// A number, and how precisely it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// What 1 in its last digit counts: 0.01 for 2.23; 0 for 10⁻⁷ and ½.
    pub unit: f64,
    /// Its digits, from the first that is not 0.
    pub digits: usize,
    /// Whether it has neither point nor exponent.
    pub whole: bool,
    /// Where its last digit stands.
    pub last: usize,
}

/// A token and its place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub at: Range<usize>,
}

impl Token {
    /// The number that it is.
    pub fn number(&self) -> Option<&Number> {
        if let Kind::Number(number) = &self.kind { Some(number) } else { None }
    }
}

/// The tokens of a text; with `math` it is LaTeX.
pub fn tokens(text: &str, math: bool) -> Vec<Token> {
    let syntax = if math { &*LATEX } else { &*TEXT };
    let mut tokens = Vec::new();
    // TeX takes one digit where braces are left out: \frac14 is a quarter.
    let mut single_digits = 0;
    let mut at = 0;
    while let Some(found) = syntax.captures_at(text, at) {
        let mut place = found.get_match().range();
        if single_digits > 0 && text[at..].starts_with(|c: char| c.is_ascii_digit()) {
            place.end = at + 1;
        }
        let part = &text[place.clone()];
        at = place.end;
        let kind = match part {
            _ if part.trim().is_empty() => continue,
            _ if found.name("number").is_some() && part.len() == 1 => {
                Kind::Number(Number::small(parsed(part), place.start))
            }
            _ if found.name("number").is_some() => Kind::Number(Number::read(&found)),
            _ if found.name("skip").is_some() => continue,
            _ => match kind(part, place.start) {
                Kind::Number(power) if superscript(part).is_some() => {
                    tokens.push(Token { kind: Kind::Operator('^'), at: place.clone() });
                    Kind::Number(power)
                }
                kind => kind,
            },
        };
        single_digits = match kind {
            Kind::Fraction => 2,
            Kind::Root if math => 1,
            Kind::Number(_) if single_digits > 0 => single_digits - 1,
            _ => 0,
        };
        tokens.push(Token { kind, at: place });
    }
    tokens
}

/// Every character is a part of some token; versions, names like S3.2 or Apache-2.0 and LaTeX's subscripts hold no numbers.
const SYNTAX: &str = r"(?xs)
    [0-9]+ (?: \.[0-9]+ ){2,}
  | (?<number>
        (?<ten> 10 POWER )
      | (?<digits> [1-9][0-9]{0,2} (?: (?: [\ \u{a0}\u{2009}\u{202f}] | \\, | \{,\} ) [0-9]{3} )+ \b | [0-9][0-9_]* )
        (?<decimals> \.[0-9][0-9_]* )?
        (?<power> [eE][-+]?[0-9]+ | \s*(?: × | · | \\times | \\cdot )\s* 10 POWER )?
    )
  | OTHERS
  | .";
const POWER: &str = r"(?: \^[-−]?[0-9]+ | \^\{[-−]?[0-9]+\} | ⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+ )";
const WORDS: &str = r"[\p{Alphabetic}_][\p{Alphabetic}\p{N}_]* (?: [-.][0-9][\p{Alphabetic}\p{N}_]* )*";
const COMMANDS: &str = r"(?<skip> \\(?: [,;:!\ ] | left\b | right\b | [bB]ig[lr]\b ) | ~ | _(?: \{[^}]*\} | . ) )
  | \\(?: text | begin | end | mathrm )\{[^}]*\} | \\(?: [A-Za-z]+ | . )";

static TEXT: LazyLock<Regex> = LazyLock::new(|| syntax(WORDS));
static LATEX: LazyLock<Regex> = LazyLock::new(|| syntax(COMMANDS));

fn syntax(others: &str) -> Regex {
    Regex::new(&SYNTAX.replace("OTHERS", others).replace("POWER", POWER)).expect("a regular expression")
}

fn kind(part: &str, at: usize) -> Kind {
    match part {
        "-" | "−" => Kind::Operator('-'),
        "·" | "×" | "*" | "\\cdot" | "\\times" => Kind::Operator('*'),
        "/" | "⁄" => Kind::Operator('/'),
        "±" | "\\pm" => Kind::Operator('±'),
        "%" | "\\%" => Kind::Operator('%'),
        "+" => Kind::Operator('+'),
        "^" => Kind::Operator('^'),
        "(" | "[" | "{" => Kind::Open,
        ")" | "]" | "}" => Kind::Close,
        "√" | "\\sqrt" => Kind::Root,
        "\\frac" | "\\dfrac" | "\\tfrac" => Kind::Fraction,
        "=" => Kind::Equal,
        "≈" | "\\approx" => Kind::Approx,
        "½" => Kind::Number(Number::small(0.5, at)),
        "⅓" => Kind::Number(Number::small(1.0 / 3.0, at)),
        "¼" => Kind::Number(Number::small(0.25, at)),
        "\\quad" | "\\qquad" | "\\le" | "\\ge" | "\\leftarrow" | "\\dots" | "\\ldots" | "\\\\" => Kind::Break,
        _ if part.starts_with('\\') && !part.ends_with('}') => Kind::Symbol,
        _ => match superscript(part) {
            Some(power) => Kind::Number(Number::small(power, at)),
            // σ² and ηᵗ are letters too.
            None if is_letter(part) => Kind::Symbol,
            None => Kind::Break,
        },
    }
}

fn is_letter(part: &str) -> bool {
    let raised = |c: &char| *c == 'ᵗ' || superscript(c.encode_utf8(&mut [0; 4])).is_some();
    part == "|" || (part.starts_with(char::is_alphabetic) && part.chars().filter(|c| !raised(c)).count() == 1)
}

fn parsed(part: &str) -> f64 {
    part.parse().unwrap_or(f64::NAN)
}

fn superscript(part: &str) -> Option<f64> {
    ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"].iter().position(|digit| *digit == part).map(|digit| digit as f64)
}

impl Number {
    /// Whether its sentence must be proved: it has a point, an exponent or three digits.
    pub fn is_claim(&self) -> bool {
        !self.whole || self.digits >= 3
    }

    /// A digit, or a fraction that has a sign of its own.
    fn small(value: f64, last: usize) -> Number {
        Number { value, unit: 0.0, digits: 1, whole: true, last }
    }

    fn read(found: &Captures) -> Number {
        let plain = |name: &str| found.name(name).map_or(String::new(), |part| ascii(part.as_str()));
        let (whole, decimals, ten, power) = (plain("digits"), plain("decimals"), plain("ten"), plain("power"));
        let exponent = [&ten, &power].iter().find_map(|text| text.rsplit_once(['e', '^'])?.1.parse::<i32>().ok());
        let unit = exponent.unwrap_or(0) - decimals.len().saturating_sub(1) as i32;
        let digits = if ten.is_empty() { whole + decimals.trim_start_matches('.') } else { "1".into() };
        let shown = found.name("decimals").or(found.name("digits")).or(found.name("ten"));
        let last = |c: char| c.is_ascii_digit() || "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c);
        Number {
            value: parsed(&format!("{digits}e{unit}")),
            unit: if ten.is_empty() { parsed(&format!("1e{unit}")) } else { 0.0 },
            digits: digits.trim_start_matches('0').len(),
            whole: decimals.is_empty() && exponent.is_none(),
            last: shown.map_or(0, |part| part.start() + part.as_str().rfind(last).unwrap_or(0)),
        }
    }
}

/// Digits, point, minus, `e` and `^` as ASCII; raised digits follow a `^`.
fn ascii(part: &str) -> String {
    let mut text = String::new();
    for c in part.chars() {
        match superscript(c.encode_utf8(&mut [0; 4])) {
            Some(digit) => text += &format!("{}{digit}", if text.contains('^') { "" } else { "^" }),
            None if c == '⁻' => text += "^-",
            None if c == '−' => text.push('-'),
            None if c.is_ascii_digit() || ".-e^".contains(c) => text.push(c),
            None => {}
        }
    }
    text
}

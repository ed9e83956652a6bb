//! Sentences, formulae, code and outputs as tokens, in which numbers are numbers.

use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number as it is shown, without its sign.
    Number(Number),
    /// One of `+ - * / ^ % ± √ = ≈ ( )`, for all that are written otherwise too.
    Sign(char),
    /// `\frac`, of the two that follow.
    Fraction,
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

/// The digits of powers.
pub const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// The numbers of code or of an output, their values and places with their signs.
pub fn numbers(text: &str) -> Vec<(Number, Range<usize>)> {
    let tokens = tokens(text, false);
    let signed = |i: usize| {
        let (number, (sign, start)) = (tokens[i].number()?, sign(&tokens, i, text));
        Some((Number { value: number.value * sign, ..number.clone() }, start..tokens[i].at.end))
    };
    (0..tokens.len()).filter_map(signed).collect()
}

/// −1 for a minus that is a sign, not a difference; 0 for ±; and where it stands.
pub fn sign(tokens: &[Token], i: usize, text: &str) -> (f64, usize) {
    let start = tokens[i].at.start;
    match i.checked_sub(1).map(|before| &tokens[before]) {
        Some(Token { kind: Kind::Sign('±'), at }) => (0.0, at.start),
        Some(Token { kind: Kind::Sign('-'), at }) => {
            let spaced = text[..at.start].ends_with(char::is_whitespace);
            let left = i.checked_sub(2).map(|left| &tokens[left].kind);
            let minuend = matches!(left, Some(Kind::Number(_) | Kind::Sign(')') | Kind::Symbol));
            if minuend && (at.end < start || !spaced) { (1.0, start) } else { (-1.0, at.start) }
        }
        _ => (1.0, start),
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
        if part.trim().is_empty() || found.name("skip").is_some() {
            continue;
        }
        let power = part.chars().next().and_then(raised);
        tokens.extend(power.map(|_| Token { kind: Kind::Sign('^'), at: place.clone() }));
        let kind = match power {
            Some(power) => Kind::Number(Number::small(power as f64, place.start)),
            None if found.name("number").is_none() => kind(part, place.start),
            None if part.len() == 1 => Kind::Number(Number::small(parsed(part), place.start)),
            None => Kind::Number(Number::read(&found)),
        };
        single_digits = match kind {
            Kind::Fraction => 2,
            Kind::Sign('√') if math => 1,
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
        "+" => Kind::Sign('+'),
        "-" | "−" => Kind::Sign('-'),
        "·" | "×" | "*" | "\\cdot" | "\\times" => Kind::Sign('*'),
        "/" | "⁄" => Kind::Sign('/'),
        "^" => Kind::Sign('^'),
        "%" | "\\%" => Kind::Sign('%'),
        "±" | "\\pm" => Kind::Sign('±'),
        "√" | "\\sqrt" => Kind::Sign('√'),
        "=" => Kind::Sign('='),
        "≈" | "\\approx" => Kind::Sign('≈'),
        "(" | "[" | "{" => Kind::Sign('('),
        ")" | "]" | "}" => Kind::Sign(')'),
        "\\frac" | "\\dfrac" | "\\tfrac" => Kind::Fraction,
        "½" => Kind::Number(Number::small(0.5, at)),
        "⅓" => Kind::Number(Number::small(1.0 / 3.0, at)),
        "¼" => Kind::Number(Number::small(0.25, at)),
        "\\quad" | "\\qquad" | "\\le" | "\\ge" | "\\leftarrow" | "\\dots" | "\\ldots" | "\\\\" => Kind::Break,
        "|" => Kind::Symbol,
        _ if part.starts_with('\\') && !part.ends_with('}') => Kind::Symbol,
        _ if is_letter(part) => Kind::Symbol,
        _ => Kind::Break,
    }
}

/// σ² and ηᵗ are letters too.
fn is_letter(part: &str) -> bool {
    let on_the_line = |c: &char| *c != 'ᵗ' && raised(*c).is_none();
    part.starts_with(char::is_alphabetic) && part.chars().filter(on_the_line).count() == 1
}

fn parsed(part: &str) -> f64 {
    part.parse().unwrap_or(f64::NAN)
}

fn raised(c: char) -> Option<usize> {
    RAISED.chars().position(|digit| digit == c)
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
        let last = |c: char| c.is_ascii_digit() || RAISED.contains(c);
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
        match raised(c) {
            Some(digit) => text += &format!("{}{digit}", if text.contains('^') { "" } else { "^" }),
            None if c == '⁻' => text += "^-",
            None if c == '−' => text.push('-'),
            None if c.is_ascii_digit() || ".-e^".contains(c) => text.push(c),
            None => {}
        }
    }
    text
}

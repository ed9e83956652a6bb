//! Sentences, formulae, code and outputs as tokens, in which numbers are numbers.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number as it is shown.
    Number(Number),
    /// One of `+ - * / ^ % ±`.
    Operator(char),
    /// An opening bracket, also of a LaTeX group.
    Open,
    /// A closing bracket.
    Close,
    /// `√` or `\sqrt`, of what follows.
    Root,
    /// `\frac`, of the two that follow.
    Fraction,
    /// `=`
    Equal,
    /// `≈`
    Approx,
    /// A letter that stands for a value, or a bar.
    Symbol,
    /// A word or a sign that ends an expression.
    Break,
}

/// A number, and how precisely it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its value without a sign.
    pub value: f64,
    /// What 1 in its last digit counts: 0.01 for 2.23.
    pub unit: f64,
    /// Its digits without the zeros before them: 3 for 2.23, 1 for 0.005 and for 10⁻⁷.
    pub digits: usize,
    /// Whether it has a point, an exponent or three digits: these are the ones to be proved.
    pub telling: bool,
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

/// The tokens of a text; with `math` it is LaTeX.
pub fn tokens(text: &str, math: bool) -> Vec<Token> {
    let mut scanner = Scanner { text, math, at: 0, tokens: vec![] };
    while scanner.at < text.len() {
        scanner.step();
    }
    scanner.tokens
}

const SPACES: [&str; 6] = [" ", "\u{a0}", "\u{2009}", "\u{202f}", "\\,", "{,}"];
const FRACTIONS: [(char, f64); 7] =
    [('½', 0.5), ('⅓', 1.0 / 3.0), ('⅔', 2.0 / 3.0), ('¼', 0.25), ('¾', 0.75), ('⅕', 0.2), ('⅛', 0.125)];

struct Scanner<'a> {
    text: &'a str,
    math: bool,
    at: usize,
    tokens: Vec<Token>,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        self.at += if found { prefix.len() } else { 0 };
        found
    }

    fn eat_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token { kind, at: start..self.at });
    }

    fn step(&mut self) {
        let start = self.at;
        let c = self.rest().chars().next().expect("not at the end");
        match c {
            '0'..='9' => return self.number(),
            '\\' if self.math => return self.command(),
            _ if c.is_alphabetic() || (c == '_' && !self.math) => return self.word(),
            _ => self.at += c.len_utf8(),
        }
        let kind = match c {
            _ if c.is_whitespace() || c == '~' => return,
            '_' => return self.subscript(),
            '-' | '−' => Kind::Operator('-'),
            '·' | '×' | '*' => Kind::Operator('*'),
            '/' | '⁄' => Kind::Operator('/'),
            '+' | '^' | '%' | '±' => Kind::Operator(c),
            '(' | '[' | '{' => Kind::Open,
            ')' | ']' | '}' => Kind::Close,
            '√' => Kind::Root,
            '=' => Kind::Equal,
            '≈' => Kind::Approx,
            '|' => Kind::Symbol,
            _ => match (FRACTIONS.iter().find(|(sign, _)| *sign == c), superscript(c)) {
                (Some((_, value)), _) => Kind::Number(Number::small(*value, start)),
                (_, Some(power)) => {
                    self.push(Kind::Operator('^'), start);
                    Kind::Number(Number::small(power.into(), start))
                }
                _ => Kind::Break,
            },
        };
        self.push(kind, start);
    }

    /// A word with its digits, like `S3.2` or `f64`; in LaTeX one letter.
    fn word(&mut self) {
        let start = self.at;
        if self.math {
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            return self.push(Kind::Symbol, start);
        }
        self.eat_while(|c| c.is_alphanumeric() || c == '_');
        while digit_after(self.rest(), ".") {
            self.at += 1;
            self.eat_while(|c| c.is_alphanumeric() || c == '_');
        }
        let letters = self.text[start..self.at].chars().filter(|c| superscript(*c).is_none() && *c != 'ᵗ').count();
        self.push(if letters == 1 { Kind::Symbol } else { Kind::Break }, start);
    }

    /// What stands below a letter in LaTeX counts for nothing.
    fn subscript(&mut self) {
        let rest = self.rest();
        let end = if rest.starts_with('{') { rest.find('}').unwrap_or(0) } else { 0 };
        self.at += end + rest[end..].chars().next().map_or(0, char::len_utf8);
    }

    fn command(&mut self) {
        let start = self.at;
        self.at += 1;
        let mut name = self.eat_while(|c| c.is_ascii_alphabetic());
        if name.is_empty() {
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            name = &self.text[start + 1..self.at];
        }
        let kind = match name {
            "," | ";" | ":" | "!" | " " | "left" | "right" | "bigl" | "bigr" | "Bigl" | "Bigr" => return,
            "frac" | "dfrac" | "tfrac" => Kind::Fraction,
            "sqrt" => Kind::Root,
            "cdot" | "times" => Kind::Operator('*'),
            "pm" => Kind::Operator('±'),
            "%" => Kind::Operator('%'),
            "approx" => Kind::Approx,
            "\\" | "quad" | "qquad" | "le" | "ge" | "lt" | "gt" | "leftarrow" | "to" | "dots" | "ldots" => Kind::Break,
            "text" | "begin" | "end" | "mathrm" => {
                self.eat_while(|c| c != '}');
                Kind::Break
            }
            _ => Kind::Symbol,
        };
        // TeX takes one digit where braces are left out: \frac14 is a quarter.
        let single = if kind == Kind::Fraction { 2 } else { usize::from(kind == Kind::Root) };
        self.push(kind, start);
        for _ in 0..single {
            self.eat_while(char::is_whitespace);
            let Some(digit) = self.rest().chars().next().and_then(|c| c.to_digit(10)) else { break };
            self.at += 1;
            self.push(Kind::Number(Number::small(digit.into(), self.at - 1)), self.at - 1);
        }
    }

    fn number(&mut self) {
        let start = self.at;
        let code = !self.math;
        let mut digits = self.eat_while(|c| c.is_ascii_digit() || (code && c == '_')).replace('_', "");
        let grouped = digits.len() <= 3 && !digits.starts_with('0');
        while let Some(group) = self.group().filter(|_| grouped) {
            self.at += group;
            digits += &self.text[self.at - 3..self.at];
        }
        let whole = digits.len();
        if digit_after(self.rest(), ".") {
            self.at += 1;
            digits += &self.eat_while(|c| c.is_ascii_digit() || (code && c == '_')).replace('_', "");
            if digit_after(self.rest(), ".") {
                self.eat_while(|c| c.is_ascii_digit() || c == '.');
                return self.push(Kind::Break, start); // a version
            }
        }
        let decimals = digits.len() - whole;
        let mut last = self.text[..self.at].rfind(is_digit).unwrap_or(start);
        let mut exponent = self.exponent();
        let ten = exponent.is_none() && digits == "10";
        if ten && let Some(power) = self.power() {
            (exponent, digits) = (Some(power), "1".into());
            last = self.text[..self.at].rfind(is_digit).unwrap_or(last);
        }
        let power = exponent.unwrap_or(0);
        let number = Number {
            value: scaled(&digits, power - decimals as i32),
            unit: if ten { 0.0 } else { scaled("1", power - decimals as i32) },
            digits: digits.trim_start_matches('0').len(),
            telling: decimals > 0 || digits.len() >= 3 || exponent.is_some(),
            whole: decimals == 0 && exponent.is_none(),
            last,
        };
        self.push(Kind::Number(number), start);
    }

    /// The length of a space and three digits, if they follow.
    fn group(&self) -> Option<usize> {
        let rest = self.rest();
        let space = SPACES.iter().find(|space| rest.starts_with(**space))?;
        let digits = rest[space.len()..].bytes().take_while(u8::is_ascii_digit).count();
        (digits == 3).then_some(space.len() + 3)
    }

    /// The exponent of `e-7` or `× 10⁻⁷`, if one of them follows.
    fn exponent(&mut self) -> Option<i32> {
        let (start, rest) = (self.at, self.rest());
        if ["e", "e-", "e+"].iter().any(|e| digit_after(rest, e)) {
            self.at += 1;
            return self.eat_while(|c| c.is_ascii_digit() || c == '-' || c == '+').parse().ok();
        }
        self.eat_while(char::is_whitespace);
        let ten = ["×", "·", "\\times", "\\cdot"].iter().any(|times| self.eat(times)) && {
            self.eat_while(char::is_whitespace);
            self.eat("10")
        };
        let power = if ten { self.power() } else { None };
        self.at = if power.is_some() { self.at } else { start };
        power
    }

    /// The whole exponent in `⁻⁷`, `^4` or `^{-7}`, if it follows.
    fn power(&mut self) -> Option<i32> {
        let start = self.at;
        let raised = self.eat_while(|c| c == '⁻' || superscript(c).is_some());
        let text: String = if raised.is_empty() {
            if !self.eat("^") {
                return None;
            }
            let braced = self.eat("{");
            let text = self.eat_while(|c| c.is_ascii_digit() || c == '-' || c == '−').replace('−', "-");
            if braced && !self.eat("}") { String::new() } else { text }
        } else {
            raised.chars().map(|c| superscript(c).map_or('-', |digit| char::from(b'0' + digit))).collect()
        };
        let power = text.parse().ok();
        self.at = if power.is_some() { self.at } else { start };
        power
    }
}

impl Number {
    /// A digit, or a fraction that has a sign of its own.
    fn small(value: f64, last: usize) -> Number {
        Number { value, unit: 0.0, digits: 1, telling: false, whole: true, last }
    }
}

fn digit_after(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || superscript(c).is_some()
}

fn superscript(c: char) -> Option<u8> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == c).map(|digit| digit as u8)
}

/// digits · 10ⁿ, rounded once.
fn scaled(digits: &str, power: i32) -> f64 {
    format!("{digits}e{power}").parse().unwrap_or(f64::NAN)
}

//! The arithmetic that stands in a text: chains like `9 + 16 = 25`, each side evaluated.

use crate::token::{Kind, Number, Token};
use std::ops::Range;

/// Two neighbouring sides of a chain that both have a value.
#[derive(Debug, PartialEq)]
pub struct Equation {
    /// Both sides.
    pub at: Range<usize>,
    /// The values, left and right.
    pub values: [f64; 2],
    /// Whether they are equal, to the digits shown.
    pub holds: bool,
}

/// All equations in a text; a side with a letter in it has no value, and 2 = 2 computes nothing.
pub fn equations(tokens: &[Token]) -> Vec<Equation> {
    let mut found = Vec::new();
    for chain in tokens.split(|token| token.kind == Kind::Break) {
        let sides = sides(chain);
        let computed = sides.iter().position(|side| !side.lone).unwrap_or(sides.len());
        found.extend(sides.array_windows().skip(computed.saturating_sub(1)).map(|[left, right]| {
            let slack = left.slack + right.slack + 1e-9 * left.value.abs().max(1e-9);
            Equation {
                at: left.at.start..right.at.end,
                values: [left.value, right.value],
                holds: (left.value - right.value).abs() <= slack && left.value.is_finite(),
            }
        }));
    }
    found
}

/// The sides of a chain that have a value.
fn sides(chain: &[Token]) -> Vec<Side> {
    let is_relation = |token: &Token| matches!(token.kind, Kind::Sign('=' | '≈'));
    let relations: Vec<&Kind> = chain.iter().filter(|token| is_relation(token)).map(|token| &token.kind).collect();
    let read = |(i, side): (usize, _)| {
        let beside = &relations[i.saturating_sub(1)..relations.len().min(i + 1)];
        Side::read(within(side, i == 0, i == relations.len()), beside.contains(&&Kind::Sign('≈')))
    };
    chain.split(is_relation).enumerate().filter_map(read).collect()
}

/// A side of a chain that is in brackets as a whole, without its half of them.
fn within(mut side: &[Token], first: bool, last: bool) -> &[Token] {
    loop {
        let count = |sign| side.iter().filter(|token| token.kind == Kind::Sign(sign)).count();
        side = match side {
            [Token { kind: Kind::Sign('('), .. }, rest @ ..] if first && count('(') > count(')') => rest,
            [rest @ .., Token { kind: Kind::Sign(')'), .. }] if last && count('(') < count(')') => rest,
            _ => return side,
        };
    }
}

struct Side {
    at: Range<usize>,
    value: f64,
    /// A number alone may be rounded.
    lone: bool,
    slack: f64,
}

impl Side {
    /// Reads a side; with a ≈ beside it, a whole number alone is rounded too.
    fn read(side: &[Token], approx: bool) -> Option<Side> {
        let value = value(side)?;
        let numbers: Vec<&Number> = side.iter().filter_map(Token::number).collect();
        let lone = numbers.len() == 1
            && side.iter().all(|token| matches!(token.kind, Kind::Number(_) | Kind::Sign('-' | '±' | '%')));
        let rounded = lone && (approx || numbers[0].unit < 1.0);
        let slack = if rounded { numbers[0].unit / 2.0 } else { 0.0 };
        Some(Side { at: side.first()?.at.start..side.last()?.at.end, value, lone, slack })
    }
}

/// The value of an expression, if it is one without letters.
pub fn value(tokens: &[Token]) -> Option<f64> {
    let mut rest = Rest(tokens);
    let value = rest.sum()?;
    rest.0.is_empty().then_some(value)
}

/// What is left to evaluate.
struct Rest<'a>(&'a [Token]);

impl Rest<'_> {
    /// The next sign, if it is one of these.
    fn sign(&mut self, among: &str) -> Option<char> {
        let (Token { kind: Kind::Sign(sign), .. }, rest) = self.0.split_first()? else { return None };
        among.contains(*sign).then(|| {
            self.0 = rest;
            *sign
        })
    }

    fn sum(&mut self) -> Option<f64> {
        let mut sum = self.product()?;
        while let Some(sign) = self.sign("+-") {
            let next = self.product()?;
            sum = if sign == '+' { sum + next } else { sum - next };
        }
        Some(sum)
    }

    fn product(&mut self) -> Option<f64> {
        let mut product = self.power()?;
        loop {
            let next = self.0.first().map(|token| &token.kind);
            match self.sign("*/") {
                Some('/') => product /= self.power()?,
                Some(_) => product *= self.power()?,
                None if matches!(next, Some(Kind::Sign('(' | '√') | Kind::Fraction)) => product *= self.power()?,
                None => return Some(product),
            }
        }
    }

    fn power(&mut self) -> Option<f64> {
        if let Some(sign) = self.sign("-+±") {
            let value = self.power()?;
            return Some(if sign == '-' { -value } else { value });
        }
        let mut base = self.atom()?;
        while let Some(sign) = self.sign("^%") {
            base = if sign == '%' { base / 100.0 } else { libm::pow(base, self.power()?) };
        }
        Some(base)
    }

    fn atom(&mut self) -> Option<f64> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        match &first.kind {
            Kind::Number(number) => Some(number.value),
            Kind::Sign('√') => Some(self.atom()?.sqrt()),
            Kind::Fraction => Some(self.atom()? / self.atom()?),
            Kind::Sign('(') => {
                let value = self.sum()?;
                self.sign(")").map(|_| value)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;

    #[test]
    fn a_reader_computes_the_same() {
        let of = |text: &str, math| value(&tokens(text, math)).unwrap_or_else(|| panic!("{text}"));
        for (text, expected) in [
            ("9 + 16", 25.0),
            ("300 − 108 − 192", 0.0),
            ("½ · (36 + 64)", 50.0),
            ("√50 · √2", 10.0),
            ("2 · 3² − 1", 17.0),
            ("10 000 / 4", 2500.0),
            ("−4.5 × 10⁻³", -0.0045),
            ("12.5 % · 8", 1.0),
            ("1_000 · 1e-3", 1.0),
        ] {
            assert!((of(text, false) - expected).abs() < 1e-12, "{text}");
        }
        for (latex, expected) in [
            (r"\frac14 + \tfrac{1}{4}", 0.5),
            (r"(25 + 144)^{3/2}", 2197.0),
            (r"\sqrt{(64 + 16 + 4)/3}", 28f64.sqrt()),
            (r"2 \cdot \sqrt 9 - 10^{-2}", 5.99),
            (r"43\,632 \times 2", 87264.0),
            (r"4 \times 10^{-6} \cdot 10^6", 4.0),
            (r"\left[6^2 + 8^2\right] / 100", 1.0),
        ] {
            assert!((of(latex, true) - expected).abs() < 1e-12, "{latex}");
        }
    }

    #[test]
    fn a_chain_holds_to_the_digits_shown() {
        let holds = |text: &str| equations(&tokens(text, false)).iter().map(|found| found.holds).collect::<Vec<_>>();
        assert_eq!(holds("We see that 9 + 16 = 25, and 5/2 = 2.5 = 10/4."), [true, true, true]);
        assert_eq!(holds("(σ² = √50 = 7.071), 9 + 16 = 26 = the sum"), [true, false]);
        assert_eq!(holds("√50 = 7.072, 4/0 = 20, 2 + 2 = 4 = 5"), [false, false, true, false]);
        assert_eq!(holds("(2, 1 + 1) = (3, 3), 1 + 1 = (3, 3), 1, 2 = 3, x + 1 = 3 = 4"), [false; 0]);
        assert_eq!(holds("√2 ≈ 1.4, η = 3, n + 2 = 5, 2 = 1 + 2"), [true, false]);
        assert_eq!(
            holds("√600 ≈ 24, 24 ≈ √600, 25 ≈ √600, √600 = 24, 100 · 1.4 % = 1.4"),
            [true, true, false, false, true]
        );
    }
}

//! What is printed means what was checked: the plain text is read back, evaluated as a reader would, and compared.

use crate::random::{Sizes, gradients};
use derivation::formula::*;
use derivation::*;
use proptest::prelude::*;
use std::iter::Peekable;
use std::str::Chars;

const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS: &str = "₀₁₂₃₄₅₆₇₈₉";
const FRACTIONS: &str = "½⅓¼⅕⅙⅐⅛⅑⅒";

/// A reader who works from left to right: products and quotients bind equally, a space multiplies.
struct Reader<'a> {
    text: Peekable<Chars<'a>>,
    env: &'a Env,
    /// The index of the sum around it.
    i: usize,
}

fn read(text: &str, env: &Env) -> f64 {
    let mut reader = Reader { text: text.chars().peekable(), env, i: 0 };
    let value = reader.sum();
    assert_eq!(reader.text.next(), None, "read only a part of {text}");
    value
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        while self.text.next_if_eq(&' ').is_some() {}
        self.text.peek().copied()
    }

    fn take(&mut self, c: char) -> bool {
        self.peek();
        self.text.next_if_eq(&c).is_some()
    }

    fn expect(&mut self, c: char) {
        assert!(self.take(c), "expected {c}, found {:?}", self.text.clone().collect::<String>());
    }

    fn sum(&mut self) -> f64 {
        let mut sum = if self.take('−') { -self.product() } else { self.product() };
        loop {
            if self.take('+') {
                sum += self.product();
            } else if self.take('−') {
                sum -= self.product();
            } else {
                return sum;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut product = self.factor();
        loop {
            if self.take('·') || self.take('×') {
                product *= self.factor();
            } else if self.take('/') {
                product /= self.factor();
            } else if self.peek().is_some_and(|c| "ησgw([|√ΣS".contains(c)) {
                // A bar after a factor closes unless a letter follows it: |g|.
                let mut ahead = self.text.clone();
                if ahead.next() == Some('|') && ahead.next() != Some('g') {
                    return product;
                }
                product *= self.factor();
            } else {
                return product;
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "compared to fewer digits than libm rounds")]
    fn factor(&mut self) -> f64 {
        let base = match self.peek().expect("a factor") {
            '(' => self.bracketed('(', ')'),
            '[' => self.bracketed('[', ']'),
            '|' => self.bracketed('|', '|').abs(),
            '√' => {
                self.expect('√');
                return self.factor().sqrt();
            }
            'Σ' => return self.sigma_sum(),
            c if c.is_ascii_digit() => self.number(),
            c if FRACTIONS.contains(c) => {
                self.text.next();
                1.0 / (FRACTIONS.chars().position(|f| f == c).unwrap() + 2) as f64
            }
            _ => return self.letter(),
        };
        if self.text.next_if_eq(&'²').is_some() {
            return base * base;
        }
        if self.text.next_if_eq(&'^').is_some() {
            return base.powf(self.bracketed('(', ')'));
        }
        match self.superscript() {
            Some(power) => base.powi(power.parse().unwrap()),
            None => base,
        }
    }

    fn bracketed(&mut self, open: char, close: char) -> f64 {
        self.expect(open);
        let value = self.sum();
        self.expect(close);
        value
    }

    fn number(&mut self) -> f64 {
        let mut digits = String::new();
        while let Some(c) = self.text.next_if(|c| c.is_ascii_digit() || *c == '.') {
            digits.push(c);
        }
        digits.parse().unwrap()
    }

    fn superscript(&mut self) -> Option<String> {
        let mut read = String::new();
        while let Some(c) = self.text.next_if(|c| SUPERSCRIPTS.contains(*c) || "⁻⁺ᵗⁱᵏ".contains(*c)) {
            read.push(match SUPERSCRIPTS.chars().position(|s| s == c) {
                Some(digit) => char::from_digit(digit as u32, 10).unwrap(),
                None => c.to_string().replace('⁻', "-").replace('⁺', "+").chars().next().unwrap(),
            });
        }
        (!read.is_empty()).then_some(read)
    }

    fn step(&mut self) -> Option<Index> {
        Some(match self.superscript()?.as_str() {
            "ᵗ" => Index::T,
            "ᵗ+1" => Index::TPlus1,
            "ᵗ-1" => Index::TMinus1,
            "ⁱ" => Index::At(self.i),
            "ᵏ" => Index::K,
            number => Index::At(number.parse().unwrap()),
        })
    }

    fn letter(&mut self) -> f64 {
        let letter = self.text.next().unwrap();
        let letter = match (letter, self.step()) {
            ('t', None) => t(),
            ('S', None) => past_squares(),
            ('η', None) => eta(),
            ('η', Some(step)) => eta_at(step),
            ('σ', Some(step)) => sigma_at(step),
            ('g', Some(step)) => g(step),
            ('w', Some(step)) => w(step),
            other => panic!("{other:?} is no letter of the slides"),
        };
        letter.value(self.env).unwrap()
    }

    /// Σᵢ₌₀ᵗ and then one factor.
    fn sigma_sum(&mut self) -> f64 {
        for c in "Σᵢ₌".chars() {
            self.expect(c);
        }
        let from = SUBSCRIPTS.chars().position(|s| Some(s) == self.text.peek().copied()).expect("from where");
        self.text.next();
        let last = t().value(self.env).unwrap() as usize;
        let to = match self.step().expect("a step") {
            Index::At(to) => to,
            Index::TMinus1 => last - 1,
            _ => last,
        };
        let body = self.text.clone();
        let mut sum = 0.0;
        for i in from..=to {
            self.text = body.clone();
            self.i = i;
            sum += self.factor();
        }
        sum
    }
}

/// Reads every line that has neither dots nor a derivative, and compares it with the subject's value.
fn compare(derivation: &Derivation, env: &Env, rounding: f64) -> usize {
    let text = derivation.to_string();
    let mut values = Vec::new();
    for line in text.lines() {
        let Some((place, relation)) = line.char_indices().find(|(_, c)| "=≈←".contains(*c)) else {
            continue;
        };
        let (left, right) = (line[..place].trim(), &line[place + relation.len_utf8()..]);
        let expr = right.trim_start().split("   ").next().unwrap();
        let sides = [(' ', left), (relation, expr)];
        for (relation, side) in sides.into_iter().filter(|(_, side)| !side.is_empty() && !side.contains(['…', '∂']))
        {
            values.push((relation, side.to_string(), read(side, env)));
        }
    }
    for pair in values.windows(2) {
        let [(_, above, a), (relation, below, b)] = pair else { unreachable!() };
        let tolerance = if *relation == '≈' { rounding } else { 1e-9 };
        assert!(
            (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0),
            "{above} is {a}, {below} is {b}, in\n{text}"
        );
    }
    values.len()
}

#[test]
fn symbols_read_as_they_were_checked() {
    let env = Env::new(Schedule::InverseSqrt { eta: 0.7 }, 1.0, &[0.5, -3.0, 2.0, 0.25, -1.5]);
    assert_eq!(compare(&sigma_symbolic(None), &env, 0.0), 3, "σᵗ and two lines without dots");
    assert_eq!(compare(&sigma_symbolic(Some(2)), &env, 0.0), 3);
    assert_eq!(compare(&sigma_symbolic(Some(0)), &env, 0.0), 4);
    assert_eq!(compare(&cancelling_root(), &env, 0.0), 7);
    assert_eq!(compare(&current_gradient(), &env, 0.0), 3);
    assert_eq!(compare(&past_gradient(), &env, 0.0), 2);
}

#[test]
fn the_reader_sees_a_missing_bracket() {
    let env = Env::new(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[3.0, 4.0]);
    assert_eq!(read("−1 − (0.5/√12.5) · (−4)", &env), -1.0 + 2.0 / 12.5f64.sqrt());
    assert_ne!(read("3/(2 × 10⁻¹)", &env), read("3/2 × 10⁻¹", &env));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_read_as_they_were_checked(
        row in gradients(Sizes::AsPeopleWrite),
        w0 in -10..10i32,
        eta in 1..20i32,
    ) {
        let (w0, eta) = (f64::from(w0) / 4.0, f64::from(eta) / 8.0);
        let schedule = Schedule::InverseSqrt { eta };
        let env = Env::new(schedule, w0, &row);
        for derivation in adagrad(schedule, w0, &row).derivations() {
            compare(derivation, &env, 2e-5);
        }
        if row.iter().any(|&g| g != 0.0) {
            compare(&cancelling_root_of(eta, &row), &env, 2e-5);
        }
    }
}

//! What is printed means what was checked: the plain text is read back, evaluated as a reader would, and compared.

use crate::random::{Sizes, gradients};
use derivation::formula::*;
use derivation::*;
use proptest::prelude::*;
use std::iter::Peekable;
use std::str::Chars;

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵗⁱᵏ";
const PLAIN: &str = "0123456789-+tik";
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
    fn take(&mut self, c: char) -> bool {
        while self.text.next_if_eq(&' ').is_some() {}
        self.text.next_if_eq(&c).is_some()
    }

    fn sum(&mut self) -> f64 {
        let (mut sum, mut sign) = (0.0, if self.take('−') { -1.0 } else { 1.0 });
        loop {
            sum += sign * self.product();
            sign = match (self.take('+'), self.take('−')) {
                (false, false) => return sum,
                (plus, _) => f64::from(plus) * 2.0 - 1.0,
            };
        }
    }

    fn product(&mut self) -> f64 {
        let mut product = self.factor();
        loop {
            if self.take('·') || self.take('×') || self.multiplies_without_a_sign() {
                product *= self.factor();
            } else if self.take('/') {
                product /= self.factor();
            } else {
                return product;
            }
        }
    }

    fn multiplies_without_a_sign(&mut self) -> bool {
        let mut ahead = self.text.clone();
        match ahead.next() {
            // A bar after a factor closes unless a letter follows it: |g|.
            Some('|') => ahead.next() == Some('g'),
            next => next.is_some_and(|c| "ησgw([√ΣS".contains(c)),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "compared to fewer digits than libm rounds")]
    fn factor(&mut self) -> f64 {
        if self.take('√') {
            return self.factor().sqrt();
        }
        let base = match self.text.next().expect("a factor") {
            '(' => self.until(')'),
            '[' => self.until(']'),
            '|' => self.until('|').abs(),
            c if c.is_ascii_digit() => self.number(c),
            c => match FRACTIONS.chars().position(|fraction| fraction == c) {
                Some(place) => 1.0 / (place + 2) as f64,
                None => return self.letter(c),
            },
        };
        if self.text.next_if_eq(&'^').is_some() {
            assert!(self.take('('));
            return base.powf(self.until(')'));
        }
        self.raised().map_or(base, |power| base.powi(power.parse().unwrap()))
    }

    fn until(&mut self, close: char) -> f64 {
        let value = self.sum();
        assert!(self.take(close), "expected {close}, found {:?}", self.text.clone().collect::<String>());
        value
    }

    fn number(&mut self, first: char) -> f64 {
        let mut digits = first.to_string();
        digits.extend(std::iter::from_fn(|| self.text.next_if(|c| c.is_ascii_digit() || *c == '.')));
        digits.parse().unwrap()
    }

    fn raised(&mut self) -> Option<String> {
        let plain =
            |c: char| RAISED.chars().zip(PLAIN.chars()).find_map(|(raised, plain)| (raised == c).then_some(plain));
        let read: String = std::iter::from_fn(|| self.text.next_if(|c| RAISED.contains(*c)).and_then(plain)).collect();
        (!read.is_empty()).then_some(read)
    }

    fn letter(&mut self, letter: char) -> f64 {
        if letter == 'Σ' {
            return self.sigma_sum();
        }
        let step = self.raised().map(|step| match step.as_str() {
            "t" => Index::T,
            "t+1" => Index::TPlus1,
            "t-1" => Index::TMinus1,
            "i" => Index::At(self.i),
            "k" => Index::K,
            number => Index::At(number.parse().unwrap()),
        });
        let letter = match (letter, step) {
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

    /// Of Σᵢ₌₀ᵗ what follows the Σ, and then one factor.
    fn sigma_sum(&mut self) -> f64 {
        assert!("ᵢ₌₀".chars().all(|c| self.take(c)));
        let to = match self.raised().expect("a step").as_str() {
            "t" => t().value(self.env).unwrap() as usize,
            number => number.parse().unwrap(),
        };
        self.take(' ');
        let body = self.text.clone();
        let term = |i| {
            (self.text, self.i) = (body.clone(), i);
            self.factor()
        };
        (0..=to).map(term).sum()
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

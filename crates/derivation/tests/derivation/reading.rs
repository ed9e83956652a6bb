//! What is printed means what was checked: the plain text is read back, evaluated as a reader would, and compared.

use derivation::*;
use proptest::prelude::*;
use std::iter::Peekable;
use std::str::Chars;

/// What the letters stand for.
struct Letters {
    eta: f64,
    g: Vec<f64>,
    w: Vec<f64>,
    k: usize,
}

impl Letters {
    fn new(eta: f64, w0: f64, g: &[f64], k: usize) -> Letters {
        let mut letters = Letters { eta, g: g.to_vec(), w: vec![w0], k };
        for (t, g_t) in g.iter().enumerate() {
            let step = if letters.sum(0, t) == 0.0 { 0.0 } else { letters.rate(t) / letters.sigma(t) * g_t };
            letters.w.push(letters.w[t] - step);
        }
        letters
    }

    fn t(&self) -> usize {
        self.g.len() - 1
    }

    fn rate(&self, t: usize) -> f64 {
        self.eta / (t as f64 + 1.0).sqrt()
    }

    fn sum(&self, from: usize, to: usize) -> f64 {
        self.g[from..=to].iter().map(|g| g * g).sum()
    }

    fn sigma(&self, t: usize) -> f64 {
        (self.sum(0, t) / (t as f64 + 1.0)).sqrt()
    }
}

const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS: &str = "₀₁₂₃₄₅₆₇₈₉";
const FRACTIONS: &str = "½⅓¼⅕⅙⅐⅛⅑⅒";

/// A reader who works from left to right: products and quotients bind equally, a space multiplies.
struct Reader<'a> {
    text: Peekable<Chars<'a>>,
    letters: &'a Letters,
    i: usize,
}

fn read(text: &str, letters: &Letters) -> f64 {
    let mut reader = Reader { text: text.chars().peekable(), letters, i: 0 };
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

    fn step(&mut self) -> usize {
        match self.superscript().expect("a step").as_str() {
            "ᵗ" => self.letters.t(),
            "ᵗ+1" => self.letters.t() + 1,
            "ᵗ-1" => self.letters.t() - 1,
            "ⁱ" => self.i,
            "ᵏ" => self.letters.k,
            number => number.parse().unwrap(),
        }
    }

    fn letter(&mut self) -> f64 {
        match self.text.next().unwrap() {
            't' => self.letters.t() as f64,
            'S' => self.letters.sum(0, self.letters.t()) - self.letters.g[self.letters.t()].powi(2),
            'η' if self.text.peek().is_none_or(|c| !"ᵗ⁰¹²³⁴⁵⁶⁷⁸⁹".contains(*c)) => self.letters.eta,
            'η' => {
                let t = self.step();
                self.letters.rate(t)
            }
            'σ' => {
                let t = self.step();
                self.letters.sigma(t)
            }
            'g' => {
                let t = self.step();
                self.letters.g[t]
            }
            'w' => {
                let t = self.step();
                self.letters.w[t]
            }
            other => panic!("{other} is no letter of the slides"),
        }
    }

    /// Σᵢ₌₀ᵗ and then one factor.
    fn sigma_sum(&mut self) -> f64 {
        for c in "Σᵢ₌".chars() {
            self.expect(c);
        }
        let from = SUBSCRIPTS.chars().position(|s| Some(s) == self.text.peek().copied()).expect("from where");
        self.text.next();
        let to = self.step();
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
fn compare(derivation: &Derivation, letters: &Letters, rounding: f64) -> usize {
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
            values.push((relation, side.to_string(), read(side, letters)));
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
    let letters = Letters::new(0.7, 1.0, &[0.5, -3.0, 2.0, 0.25, -1.5], 1);
    assert_eq!(compare(&sigma_symbolic(None), &letters, 0.0), 3, "σᵗ and two lines without dots");
    assert_eq!(compare(&sigma_symbolic(Some(2)), &letters, 0.0), 3);
    assert_eq!(compare(&sigma_symbolic(Some(0)), &letters, 0.0), 4);
    assert_eq!(compare(&cancelling_root(), &letters, 0.0), 7);
    assert_eq!(compare(&current_gradient(), &letters, 0.0), 3);
    assert_eq!(compare(&past_gradient(), &letters, 0.0), 2);
}

#[test]
fn the_reader_sees_a_missing_bracket() {
    let letters = Letters::new(1.0, 0.0, &[3.0, 4.0], 0);
    assert_eq!(read("−1 − (0.5/√12.5) · (−4)", &letters), -1.0 + 2.0 / 12.5f64.sqrt());
    assert_ne!(read("3/(2 × 10⁻¹)", &letters), read("3/2 × 10⁻¹", &letters));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_read_as_they_were_checked(
        g in prop::collection::vec((-3000i32..3000, 0i32..4).prop_map(|(n, e)| f64::from(n) / 10f64.powi(e)), 1..8),
        w0 in -10..10i32,
        eta in 1..20i32,
    ) {
        let (w0, eta) = (f64::from(w0) / 4.0, f64::from(eta) / 8.0);
        let letters = Letters::new(eta, w0, &g, 0);
        for step in adagrad(Schedule::InverseSqrt { eta }, w0, &g).0 {
            for derivation in step.derivations() {
                compare(derivation, &letters, 2e-5);
            }
        }
        if g.iter().any(|&g| g != 0.0) {
            compare(&cancelling_root_of(eta, &g), &letters, 2e-5);
        }
    }
}

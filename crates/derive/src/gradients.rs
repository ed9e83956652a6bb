//! Gradients from arguments or standard input, one at a time.

use std::io::{self, BufRead, IsTerminal};

/// Longer words are no numbers, and are not kept.
const LONGEST_WORD: usize = 1000;
/// How much of a word an error shows.
const QUOTED: usize = 40;
/// What some spreadsheets write before a file's first number.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Where the gradients come from.
pub enum Source {
    /// The words of the command line.
    Arguments(Vec<String>),
    /// White space, commas and new lines between them.
    Stdin,
}

impl Source {
    /// Hands over each gradient in order.
    ///
    /// # Errors
    /// One sentence that names the first value that is no finite number, and its position counted from 1.
    pub fn each(&self, mut take: impl FnMut(f64)) -> Result<(), String> {
        match self {
            Source::Arguments(words) => {
                let mut words_read = Words::default();
                for word in words {
                    if word.trim().is_empty() {
                        return Err(format!("gradient {}, {word:?}, is empty", words_read.count + 1));
                    }
                    if word == "-" {
                        return Err(format!(
                            "gradient {}, {word:?}, stands for standard input, and only alone",
                            words_read.count + 1
                        ));
                    }
                    words_read.bytes(word.as_bytes(), &mut take)?;
                    words_read.bytes(b" ", &mut take)?;
                }
                words_read.word_ends(&mut take)
            }
            Source::Stdin if io::stdin().is_terminal() => Ok(()),
            Source::Stdin => read(io::stdin().lock(), &mut take),
        }
    }
}

fn read(mut input: impl BufRead, take: &mut impl FnMut(f64)) -> Result<(), String> {
    let mut words = Words { line: Some(1), ..Words::default() };
    loop {
        let bytes = input.fill_buf().map_err(|error| format!("cannot read standard input: {error}"))?;
        if bytes.is_empty() {
            return words.word_ends(take);
        }
        words.bytes(bytes, take)?;
        let used = bytes.len();
        input.consume(used);
    }
}

/// Splits bytes into words, and words into numbers.
#[derive(Default)]
struct Words {
    count: usize,
    /// The present line, from standard input.
    line: Option<usize>,
    word: Vec<u8>,
    /// Commas since the last word: two in a row stand for a value that is missing.
    commas: usize,
}

impl Words {
    fn bytes(&mut self, bytes: &[u8], take: &mut impl FnMut(f64)) -> Result<(), String> {
        for &byte in bytes {
            match byte {
                b',' | b' ' | b'\t' | b'\r' | b'\n' | b'\x0b' | b'\x0c' => {
                    self.word_ends(take)?;
                    if byte == b',' {
                        self.comma()?;
                    }
                    if byte == b'\n' {
                        self.line = self.line.map(|line| line + 1);
                    }
                }
                _ if self.word.len() < LONGEST_WORD => self.word.push(byte),
                _ => return Err(self.refuse("is too long for a number")),
            }
        }
        Ok(())
    }

    fn word_ends(&mut self, take: &mut impl FnMut(f64)) -> Result<(), String> {
        if self.word.is_empty() {
            return Ok(());
        }
        if self.count == 0 && self.word.starts_with(BYTE_ORDER_MARK) {
            self.word.drain(..BYTE_ORDER_MARK.len());
            return self.word_ends(take);
        }
        match std::str::from_utf8(&self.word).map_err(|_| "is not a number").and_then(number) {
            Ok(gradient) => take(gradient),
            Err(why) => return Err(self.refuse(why)),
        }
        self.count += 1;
        self.commas = 0;
        self.word.clear();
        Ok(())
    }

    fn comma(&mut self) -> Result<(), String> {
        self.commas += 1;
        if self.commas > 1 || self.count == 0 {
            return Err(format!("gradient {} is missing before a comma{}", self.count + 1, self.place()));
        }
        Ok(())
    }

    fn refuse(&self, why: &str) -> String {
        let word = quoted(&String::from_utf8_lossy(&self.word));
        format!("gradient {}{}, {word}, {why}", self.count + 1, self.place())
    }

    fn place(&self) -> String {
        self.line.map_or(String::new(), |line| format!(" (line {line})"))
    }
}

/// A word as an error shows it.
pub fn quoted(word: &str) -> String {
    match word.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{:?}", format!("{}…", &word[..end])),
        None => format!("{word:?}"),
    }
}

/// A finite number; its minus may be the − that derivations print.
///
/// # Errors
/// Why it is none, as the end of a sentence.
pub fn number(word: &str) -> Result<f64, &'static str> {
    let word = word.replace('−', "-");
    let number: f64 = word.parse().map_err(|_| "is not a number")?;
    let mantissa = word.split(['e', 'E']).next().unwrap_or_default();
    let has_digit = |digits: std::ops::RangeInclusive<char>| mantissa.contains(|c| digits.contains(&c));
    if number.is_nan() {
        Err("is NaN, not a number")
    } else if number.is_infinite() && has_digit('0'..='9') {
        Err("is too large for a 64-bit float, which ends at 1.8e308")
    } else if number.is_infinite() {
        Err("is infinite")
    } else if number == 0.0 && has_digit('1'..='9') {
        Err("is too small for a 64-bit float, which ends at 4.9e-324")
    } else {
        Ok(number)
    }
}

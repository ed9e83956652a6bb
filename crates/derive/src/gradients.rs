//! Gradients from arguments or standard input, one at a time.

use std::io::{self, IsTerminal, Read};

/// Longer words are no numbers, and are not kept.
const LONGEST_WORD: usize = 1000;
/// How much of a word an error shows.
const QUOTED: usize = 40;

/// Where the gradients come from.
pub enum Source {
    /// The words of the command line.
    Arguments(Vec<String>),
    /// White space, commas and new lines between them.
    Stdin,
}

impl Source {
    /// Hands over each gradient in order, and counts them.
    ///
    /// # Errors
    /// One sentence that names the first value that is no finite number, and its position counted from 1.
    pub fn each(&self, mut take: impl FnMut(f64)) -> Result<usize, String> {
        let mut words = Words::default();
        match self {
            Source::Arguments(arguments) => {
                for argument in arguments {
                    match &argument[..] {
                        "-" => Err(words.refuse("-", "stands for standard input, and only alone")),
                        blank if blank.trim().is_empty() => Err(words.refuse(blank, "is empty")),
                        _ => argument.bytes().chain([b' ']).try_for_each(|byte| words.byte(byte, &mut take)),
                    }?;
                }
            }
            Source::Stdin if io::stdin().is_terminal() => {}
            Source::Stdin => {
                words.line = 1;
                for byte in io::stdin().lock().bytes() {
                    words.byte(byte.map_err(|error| format!("cannot read standard input: {error}"))?, &mut take)?;
                }
            }
        }
        words.byte(b' ', &mut take)?;
        Ok(words.count)
    }
}

/// Splits bytes into words, and words into numbers.
#[derive(Default)]
struct Words {
    count: usize,
    /// The present line; 0 in an argument.
    line: usize,
    word: Vec<u8>,
    /// A comma stood since the last word: one more, and a value is missing.
    after_comma: bool,
    /// The words since the last white space: the first three.
    together: Vec<String>,
}

impl Words {
    fn byte(&mut self, byte: u8, take: &mut impl FnMut(f64)) -> Result<(), String> {
        match byte {
            b',' | b' ' | b'\t'..=b'\r' => return self.word_ends(byte, take),
            _ if self.word.len() < LONGEST_WORD => self.word.push(byte),
            _ => return Err(self.refuse(&String::from_utf8_lossy(&self.word), "is too long for a number")),
        }
        Ok(())
    }

    /// At a comma or white space.
    fn word_ends(&mut self, separator: u8, take: &mut impl FnMut(f64)) -> Result<(), String> {
        let text = String::from_utf8_lossy(&self.word);
        // Some spreadsheets write a byte-order mark before a file's first number.
        let word = if self.count == 0 { text.trim_start_matches('\u{feff}') } else { &text };
        if !word.is_empty() {
            take(number(word).map_err(|why| self.refuse(word, why))?);
            if self.together.len() < 3 {
                self.together.push(word.to_owned());
            }
            self.count += 1;
            self.after_comma = false;
        }
        self.word.clear();
        if separator != b',' {
            self.one_or_two()?;
            self.line += usize::from(self.line > 0 && separator == b'\n');
        } else if std::mem::replace(&mut self.after_comma, true) || self.count == 0 {
            return Err(format!("gradient {} is missing before a comma{}", self.count + 1, self.place()));
        }
        Ok(())
    }

    /// To half of Europe `3,5` is one number.
    fn one_or_two(&mut self) -> Result<(), String> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if let [whole, part] = &self.together[..]
            && !self.after_comma
            && digits(whole.trim_start_matches(['-', '+', '−']))
            && digits(part.split(['e', 'E']).next().unwrap_or_default())
        {
            let (nth, place) = (self.count - 1, self.place());
            return Err(format!(
                "gradient {nth}{place}, \"{whole},{part}\", is one number or two: write {whole}.{part} or {whole} {part}"
            ));
        }
        self.together.clear();
        Ok(())
    }

    fn refuse(&self, word: &str, why: &str) -> String {
        format!("gradient {}{}, {}, {why}", self.count + 1, self.place(), quoted(word))
    }

    fn place(&self) -> String {
        if self.line == 0 { String::new() } else { format!(" (line {})", self.line) }
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
    let mantissa = word.split(['e', 'E']).next().unwrap_or_default();
    let has_digit = |digits: std::ops::RangeInclusive<char>| mantissa.contains(|c| digits.contains(&c));
    match word.parse::<f64>() {
        Err(_) => Err("is not a number"),
        Ok(x) if x.is_nan() => Err("is NaN, not a number"),
        Ok(x) if x.is_infinite() && !has_digit('0'..='9') => Err("is infinite"),
        Ok(x) if x.is_infinite() => Err("is too large for a 64-bit float, which ends at 1.8e308"),
        Ok(0.0) if has_digit('1'..='9') => Err("is too small for a 64-bit float, which ends at 4.9e-324"),
        Ok(x) => Ok(x),
    }
}

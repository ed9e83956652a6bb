//! An answer to an exercise, as it was typed.

use derive::{number, quoted};
use exercises::check;

/// The verdict.
pub(crate) fn parts(id: &str, answer: &str) -> Result<Vec<String>, String> {
    let verdict = match answer.trim() {
        "true" => check(id, true),
        "false" => check(id, false),
        text => {
            let words = text.split([' ', ',', ';', '[', ']']).filter(|word| !word.is_empty());
            let read = |word: &str| number(word).map_err(|why| format!("{} {why}", quoted(word)));
            match words.map(read).collect::<Result<Vec<f64>, String>>()? {
                numbers if numbers.is_empty() => check(id, None::<f64>),
                numbers if numbers.len() == 1 => check(id, numbers[0]),
                numbers => check(id, numbers),
            }
        }
    };
    Ok(vec![verdict.html()])
}

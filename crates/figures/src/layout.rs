//! How texts are set: their widths, and the lines that hold them.

use crate::svg::WIDTH;

/// Things in as many rows as they need, each with its width.
pub(crate) fn rows<T>(things: impl Iterator<Item = (T, f64)>, width: f64) -> Vec<Vec<(T, f64)>> {
    let mut rows: Vec<Vec<(T, f64)>> = Vec::new();
    let mut room = 0.0;
    for thing in things {
        if thing.1 > room || rows.is_empty() {
            rows.push(Vec::new());
            room = width;
        }
        room -= thing.1;
        rows.last_mut().expect("a row was begun").push(thing);
    }
    rows
}

/// The text in lines no wider than the sheet, broken at spaces (but not at those that hold a number together).
pub(crate) fn wrap(text: &str, size: f64) -> Vec<String> {
    let words = text.split(' ').filter(|word| !word.is_empty());
    let lines = rows(words.map(|word| (word, text_width(word, size) + text_width(" ", size))), WIDTH - 350.0);
    lines.iter().map(|line| line.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" ")).collect()
}

/// The width of a text, as well as it can be known without its font.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    let em = |c: char| match c {
        c if "ijlI.,:;|'()/ ftr-".contains(c) => 0.33,
        c if "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵗ₀₁₂₃₄₅₆₇₈₉".contains(c) => 0.4,
        c if "mwMW=+−×√Σ".contains(c) => 0.75,
        c if c.is_uppercase() => 0.7,
        _ => 0.58,
    };
    size * text.chars().map(em).sum::<f64>()
}

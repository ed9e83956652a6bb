//! How texts are set: their widths, and the lines that hold them.

use crate::svg::WIDTH;

/// Entries of a legend in as many rows as they need: each with its number and its width.
pub(crate) fn legend<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Vec<(usize, f64)>> {
    let mut rows: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut room = 0.0;
    for (i, name) in names.enumerate() {
        let width = 420.0 + text_width(name, 130.0) + 180.0;
        if width > room {
            rows.push(Vec::new());
            room = WIDTH - 300.0;
        }
        room -= width;
        rows.last_mut().expect("a row was begun").push((i, width));
    }
    rows
}

/// The text in lines no wider than the sheet, broken at spaces (but not at those that hold a number together).
pub(crate) fn wrap(text: &str, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size) < WIDTH - 400.0 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
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

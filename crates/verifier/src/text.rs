//! Shortens differences and error messages for a person.

use std::time::Duration;

/// The lines that differ, `-` old and `+` new, cut to what a person reads.
pub fn difference(old: &str, new: &str) -> String {
    // Two long texts without a common line would take minutes.
    let difference = similar::TextDiff::configure().timeout(Duration::from_secs(1)).diff_lines(old, new);
    shortened(&difference.unified_diff().context_radius(0).to_string(), 12)
}

/// The first lines, and of each no more than 200 characters.
pub fn shortened(text: &str, lines: usize) -> String {
    let cut = |line: &str| match line.char_indices().nth(200) {
        Some((end, _)) => line[..end].to_owned() + "…",
        None => line.to_owned(),
    };
    let mut shown: Vec<String> = text.lines().take(lines).map(cut).collect();
    if text.lines().nth(lines).is_some() {
        shown.push("…".into());
    }
    shown.join("\n")
}

/// What a kernel says of a fault: without colours, without the frames of a backtrace, shortened.
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("\u{1b}[") {
        plain += &rest[..start];
        rest = rest[start..].split_once('m').map_or("", |(_, rest)| rest);
    }
    plain += rest;
    let frames = plain.find("stack backtrace:").unwrap_or(plain.len());
    shortened(plain[..frames].trim(), 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huge_text_is_shown_in_part_and_at_once() {
        let start = std::time::Instant::now();
        let [old, new] = ["old", "new"].map(|word| (0..50_000).map(|i| format!("{word} {i}\n")).collect::<String>());
        let long = "σ".repeat(1_000_000);
        assert!(difference(&old, &new).len() < 1000);
        assert!(difference(&long, "σ").chars().count() < 300);
        assert_eq!(plain(&format!("\u{1b}[31m{old}")).lines().count(), 61);
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    }
}

//! Step indices and powers: raised and lowered characters.

/// Digits, signs and the letters t, i, k of a step index, raised; what has no raised form stays.
///
/// ```
/// assert_eq!(display::superscript("-7"), "⁻⁷");
/// assert_eq!(display::superscript("t+1"), "ᵗ⁺¹");
/// ```
#[must_use]
pub fn superscript(written: &str) -> String {
    changed(written, "0123456789-+tik", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵗⁱᵏ")
}

/// Digits, lowered; what has no lowered form stays.
///
/// ```
/// assert_eq!(display::subscript("12"), "₁₂");
/// ```
#[must_use]
pub fn subscript(written: &str) -> String {
    changed(written, "0123456789", "₀₁₂₃₄₅₆₇₈₉")
}

fn changed(written: &str, from: &str, to: &str) -> String {
    let change = |c| from.chars().zip(to.chars()).find_map(|(plain, moved)| (plain == c).then_some(moved)).unwrap_or(c);
    written.chars().map(change).collect()
}

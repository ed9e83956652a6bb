//! Handwritten digits, 1797 images of 8 × 8 pixels: real data for page 09, at hand without a network.
//!
//! E. Alpaydin, C. Kaynak: [Optical Recognition of Handwritten Digits][uci], UCI Machine Learning Repository, 1998; its
//! test set, in its order. Copied from `smartcore` 0.7.0 (Apache-2.0), and not taken from it: every notebook's kernel
//! would have to compile a whole machine-learning library.
//!
//! [uci]: https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits

/// An image and the digit that it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Digit {
    /// How much ink each pixel has, 0 to 16, row by row from the top.
    pub pixels: [u8; 64],
    /// The digit, 0 to 9.
    pub label: u8,
}

/// A line for each image: its pixels, one letter each, with a point for 0 and g for 16; then the digit.
const IMAGES: &str = include_str!("digits.txt");

/// All images, in the order of the source.
///
/// ```
/// let digits = digits::all();
/// assert_eq!(digits.len(), 1797);
/// assert_eq!((digits[0].label, &digits[0].pixels[..8]), (0, &[0, 0, 5, 13, 9, 1, 0, 0][..]));
/// ```
#[must_use]
pub fn all() -> Vec<Digit> {
    IMAGES.lines().map(digit).collect()
}

fn digit(line: &str) -> Digit {
    let (image, label) = line.split_once(' ').expect("an image and its digit");
    let value = |letter: char| letter.to_digit(17).unwrap_or(0) as u8;
    let pixels: Vec<u8> = image.chars().map(value).collect();
    Digit { pixels: pixels.try_into().expect("8 × 8 pixels"), label: label.parse().expect("a digit") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The counts of the source; and of all pixels, each times its place, the sum that smartcore's copy has.
    #[test]
    fn they_are_those_of_the_source() {
        let mut counts = [0; 10];
        for digit in all() {
            counts[usize::from(digit.label)] += 1;
        }
        assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        let ink: u64 =
            (1..).zip(all().iter().flat_map(|digit| digit.pixels)).map(|(at, ink)| at * u64::from(ink)).sum();
        assert_eq!(ink, 32_232_145_379);
        assert!(IMAGES.chars().all(|letter| letter.is_ascii_digit() || ". abcdefg\n".contains(letter)));
    }
}

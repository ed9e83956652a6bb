//! What a check says, as text and as HTML.

use std::fmt;

/// What [`check`](crate::check) found; as the last expression of a cell it shows itself.
///
/// ```
/// let verdict = exercises::check("S3.2", Some(7.071));
/// assert!(verdict.is_right());
/// assert_eq!(verdict.to_string(), "✓ S3.2: right. √( ½ [36 + 64] ) = √50.");
/// ```
#[must_use]
#[derive(Clone, PartialEq)]
pub struct Verdict {
    outcome: Outcome,
    text: String,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Outcome {
    Right,
    Wrong,
    Unanswered,
}

impl Outcome {
    pub fn because(self, text: String) -> Verdict {
        Verdict { outcome: self, text }
    }

    /// Its sign, and the colour of the border that only repeats it; text takes the theme's own colour.
    fn shown(self) -> (char, &'static str) {
        match self {
            Outcome::Right => ('✓', "#009e73"),
            Outcome::Wrong => ('✗', "#d55e00"),
            Outcome::Unanswered => ('…', "#8888"),
        }
    }
}

impl Verdict {
    /// Whether the answer is right.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.outcome == Outcome::Right
    }

    /// The sentence beside a bar in its colour.
    #[must_use]
    pub fn html(&self) -> String {
        let bar = format!("border-left:.3em solid {};padding:.2em .8em", self.outcome.shown().1);
        format!("<div style=\"{bar}\">{}</div>", display::escape(&self.to_string()))
    }

    /// Shows the verdict in a notebook; evcxr calls it for the last expression of a cell.
    pub fn evcxr_display(&self) {
        display::show(&[("text/html", &self.html()), ("text/plain", &self.to_string())]);
    }
}

/// The same sentence: evcxr shows a value this way where the cell's expression has moved a variable.
impl fmt::Debug for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {}", self.outcome.shown().0, self.text)
    }
}

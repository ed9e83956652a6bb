//! What a check says, as text and as HTML.

use std::fmt;

/// What [`check`](crate::check) found; as the last expression of a cell it shows itself.
///
/// ```
/// let verdict = exercises::check("S3.2", Some(7.071));
/// assert!(verdict.is_right());
/// println!("{verdict}"); // ✓ S3.2: right. √( ½ [36 + 64] ) = √50.
/// # assert!(verdict.to_string().starts_with("✓ S3.2: right."));
/// ```
#[derive(Clone, PartialEq)]
pub struct Verdict {
    outcome: Outcome,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    Right,
    Wrong,
    Unanswered,
}

impl Verdict {
    pub(crate) fn right(text: String) -> Verdict {
        Verdict { outcome: Outcome::Right, text }
    }

    pub(crate) fn wrong(text: String) -> Verdict {
        Verdict { outcome: Outcome::Wrong, text }
    }

    pub(crate) fn unanswered(id: &str) -> Verdict {
        Verdict { outcome: Outcome::Unanswered, text: format!("{id}: no answer yet.") }
    }

    /// Whether the answer is right.
    pub fn is_right(&self) -> bool {
        self.outcome == Outcome::Right
    }

    /// Shows the verdict in a notebook; evcxr calls it for the last expression of a cell.
    pub fn evcxr_display(&self) {
        // The border only repeats what the sign says; text takes the theme's own colour.
        let colour = match self.outcome {
            Outcome::Right => "#009e73",
            Outcome::Wrong => "#d55e00",
            Outcome::Unanswered => "#8888",
        };
        let text = self.to_string();
        let bar = format!("border-left:.3em solid {colour};padding:.2em .8em");
        let html = format!("<div style=\"{bar}\">{}</div>", display::escape(&text));
        display::show(&[("text/html", &html), ("text/plain", &text)]);
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
        let sign = match self.outcome {
            Outcome::Right => '✓',
            Outcome::Wrong => '✗',
            Outcome::Unanswered => '…',
        };
        write!(f, "{sign} {}", self.text)
    }
}

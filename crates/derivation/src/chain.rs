//! A derivation: a subject and a chain of lines, each with the reason why it follows from the line before.

use crate::decimal::{decimal, to_digits};
use crate::formula::Expr;
use crate::value::{Env, Undefined};
use bigdecimal::RoundingMode;

/// Of two lines with ≈ between them: they differ by at most this part of the larger.
const TOLERANCE: f64 = 1e-12;

/// A subject, and the lines that lead from it to the result.
///
/// `Display` is plain text; [`latex`](Derivation::latex) and [`markdown`](Derivation::markdown) print the same lines.
/// As the last expression of a notebook cell it is shown as LaTeX, with the plain text beside it.
///
/// ```
/// use derivation::{Derivation, Env, Schedule, formula::*};
///
/// let wrong = Derivation::new("the mean forgotten", sigma_at(Index::T))
///     .then(sqrt(sum_of_squares(0, Index::T)), "the root of the sum?");
/// let env = Env::new(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[3.0, 4.0, 12.0]);
/// assert_eq!(
///     wrong.check(&env).unwrap_err().to_string(),
///     "`σᵗ` does not lead to `√( Σᵢ₌₀ᵗ (gⁱ)² )`: 7.505553499465135 is not = 13",
/// );
/// ```
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// What it is about, in a few words.
    pub title: String,
    /// What is derived: the left-hand side.
    pub subject: Expr,
    /// The lines, in order.
    pub lines: Vec<Line>,
    /// Where the numbers come from, in a derivation with numbers.
    pub(crate) env: Option<Env>,
}

/// One line of a derivation: how it compares with the line before, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How the line before compares with this one.
    pub relation: Relation,
    /// The line itself.
    pub expr: Expr,
    /// Why, in words.
    pub reason: String,
    /// Why, in formulae: each left-hand side equals its right-hand side, and is checked too.
    pub because: Vec<(Expr, Expr)>,
}

/// How a line compares with the one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Both are equal, also as they are printed: nothing is tolerated but a bound on the rounding of 40 digits.
    Equal,
    /// Both are equal but for the rounding of what is printed: they differ by at most 1e-12 of the larger.
    Rounded,
    /// The line before is at least this one.
    AtLeast,
    /// The line before is at most this one.
    AtMost,
    /// The subject is set to this line: the two are equal from then on. Of an update's first line.
    Becomes,
}

impl Derivation {
    /// A derivation of `subject` without lines yet.
    pub fn new(title: impl Into<String>, subject: Expr) -> Derivation {
        Derivation { title: title.into(), subject, lines: Vec::new(), env: None }
    }

    /// The next line: equal to the one before (≈ if a rounded number is printed in either) for this reason.
    pub fn then(self, expr: Expr, reason: impl Into<String>) -> Derivation {
        let relation = Relation::between(self.last(), &expr);
        self.push(relation, expr, reason)
    }

    /// The first line of an update, as in wᵗ⁺¹ ← …: equal to the subject from then on.
    pub fn becomes(self, expr: Expr, reason: impl Into<String>) -> Derivation {
        self.push(Relation::Becomes, expr, reason)
    }

    /// The next line: the one before is at least `expr`.
    pub fn at_least(self, expr: Expr, reason: impl Into<String>) -> Derivation {
        self.push(Relation::AtLeast, expr, reason)
    }

    /// The next line: the one before is at most `expr`.
    pub fn at_most(self, expr: Expr, reason: impl Into<String>) -> Derivation {
        self.push(Relation::AtMost, expr, reason)
    }

    /// A formula that the last line's reason rests on: `left = right`.
    ///
    /// # Panics
    /// If there is no line yet.
    pub fn because(mut self, left: Expr, right: Expr) -> Derivation {
        self.lines.last_mut().expect("a reason belongs to a line").because.push((left, right));
        self
    }

    fn push(mut self, relation: Relation, expr: Expr, reason: impl Into<String>) -> Derivation {
        self.lines.push(Line { relation, expr, reason: reason.into(), because: Vec::new() });
        self
    }

    /// The last line, or the subject.
    pub(crate) fn last(&self) -> &Expr {
        self.lines.last().map_or(&self.subject, |line| &line.expr)
    }

    /// Evaluates every line, and every formula that a reason rests on, under `env`, with 40 digits and a bound on their error.
    ///
    /// # Errors
    /// The first two neighbours that do not compare as they claim, a line without a value, or `=` beside a rounded number.
    pub fn check(&self, env: &Env) -> Result<(), Mismatch> {
        let mut above = &self.subject;
        for line in &self.lines {
            for (left, right) in &line.because {
                compare(left, Relation::between(left, right), right, env)?;
            }
            compare(above, line.relation, &line.expr, env)?;
            above = &line.expr;
        }
        Ok(())
    }

    /// [`check`](Derivation::check) under its own numbers, or under 1000 environments as [`Env::sample`] makes them if it has
    /// none, each with up to ten gradients more than the steps that are named need; fewer environments for very long sums.
    ///
    /// Gradients and η lie from 0.1 to 10: an equation that holds in all of them holds; an inequality may fail beyond them.
    ///
    /// # Errors
    /// As `check`.
    ///
    /// ```
    /// use derivation::{Derivation, formula::*};
    ///
    /// let rate = |root: fn(Expr) -> Expr| {
    ///     Derivation::new("slide 1", eta_at(Index::T)).then(eta() / root(t() + int(1)), "1/t decay?")
    /// };
    /// assert!(rate(sqrt).verify().is_ok());
    /// assert!(rate(|count| count).verify().is_err());
    /// ```
    pub fn verify(&self) -> Result<(), Mismatch> {
        match &self.env {
            Some(env) => self.check(env),
            None => samples(self.largest_step().saturating_add(1))
                .try_for_each(|(n, seed)| self.check(&Env::sample_of(n, seed))),
        }
    }

    fn largest_step(&self) -> usize {
        let because = self.lines.iter().flat_map(|line| &line.because).flat_map(|(left, right)| [left, right]);
        let lines = self.lines.iter().map(|line| &line.expr);
        lines.chain(because).map(Expr::largest_step).fold(self.subject.largest_step(), usize::max)
    }
}

/// The number of gradients and the seed of each environment: 1000 of them, fewer for very long sums.
fn samples(needed: usize) -> impl Iterator<Item = (usize, u64)> {
    // More gradients than are named: otherwise t would be the same in all, and as good as its number.
    (0..(100_000 / needed as u64).clamp(3, 1000)).map(move |seed| (needed.max(2) + (seed % 11) as usize, seed))
}

fn compare(above: &Expr, relation: Relation, below: &Expr, env: &Env) -> Result<(), Mismatch> {
    let mismatch = |why: String| Mismatch { above: above.to_string(), below: below.to_string(), why };
    let value = |expr: &Expr| expr.interval(env).map_err(|Undefined(why)| mismatch(format!("of {expr}, {why}")));
    let (a, b) = (value(above)?, value(below)?);
    let difference = a.sub(&b);
    let holds = match relation {
        Relation::Equal | Relation::Becomes => difference.may_be_zero(),
        Relation::Rounded => difference.value().abs() <= decimal(TOLERANCE) * a.value().abs().max(b.value().abs()),
        Relation::AtLeast => a.high >= b.low,
        Relation::AtMost => a.low <= b.high,
    };
    if !holds {
        let [a, b] = [a, b].map(|x| to_digits(&x.value(), 16, RoundingMode::HalfEven).normalized());
        return Err(mismatch(format!("{a} is not {} {b}", relation.symbol())));
    }
    if relation == Relation::Equal && (above.shows_rounded() || below.shows_rounded()) {
        return Err(mismatch("= stands beside a rounded number".into()));
    }
    Ok(())
}

impl Relation {
    /// `Equal`, or `Rounded` if a rounded number is printed in either of two equal formulae.
    pub(crate) fn between(a: &Expr, b: &Expr) -> Relation {
        if a.shows_rounded() || b.shows_rounded() { Relation::Rounded } else { Relation::Equal }
    }

    /// `=`, `≈`, `≥`, `≤` or `←`.
    pub fn symbol(self) -> &'static str {
        self.symbols()[0]
    }

    /// As text, and in LaTeX.
    pub(crate) fn symbols(self) -> [&'static str; 2] {
        match self {
            Relation::Equal => ["=", "="],
            Relation::Rounded => ["≈", "\\approx"],
            Relation::AtLeast => ["≥", "\\ge"],
            Relation::AtMost => ["≤", "\\le"],
            Relation::Becomes => ["←", "\\gets"],
        }
    }
}

/// Two neighbouring lines that do not compare as the derivation claims.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{above}` does not lead to `{below}`: {why}")]
pub struct Mismatch {
    /// The upper line.
    pub above: String,
    /// The line below it.
    pub below: String,
    /// What is wrong, with both values.
    pub why: String,
}

#[cfg(test)]
mod tests {
    use super::samples;

    #[test]
    fn a_thousand_samples_or_fewer_for_long_sums() {
        assert_eq!([1, 100, 1000, 10_001, 1_000_000].map(|needed| samples(needed).count()), [1000, 1000, 100, 9, 3]);
        assert_eq!([0, 10, 11, 25].map(|seed| samples(1).nth(seed).unwrap()), [(2, 0), (12, 10), (2, 11), (5, 25)]);
        assert_eq!([0, 9, 10].map(|seed| samples(11).nth(seed).unwrap()), [(11, 0), (20, 9), (21, 10)]);
    }
}

//! LaTeX that MathJax and KaTeX accept, and Markdown around it.

use super::{Binding, Notation, Part, exponent, is_number, print, stands_alone};
use crate::chain::{Derivation, Line, Relation};
use crate::formula::{Expr, Form};

impl Derivation {
    /// The derivation as one display formula, `$$ … $$` around an `aligned` environment.
    ///
    /// ```
    /// let latex = derivation::sigma(&[3.0]).last().sigma.latex();
    /// assert_eq!(latex, r"$$
    /// \begin{aligned}
    /// \sigma^{0} &= \sqrt{(g^{0})^2} && \text{the root mean square of the gradients so far} \\[0.5em]
    /// &= \sqrt{(3)^2} && \text{put in the gradient} \\[0.5em]
    /// &= \sqrt{9} && \text{square it} \\[0.5em]
    /// &= 3 && \text{take the root}
    /// \end{aligned}
    /// $$");
    /// ```
    pub fn latex(&self) -> String {
        let mut rows = Vec::new();
        let mut left = self.subject.latex();
        if stands_alone(&self.subject) {
            // Above the relations, not beside them: the lines need the width.
            rows.push(format!("&{}", std::mem::take(&mut left)));
        }
        for line in &self.lines {
            rows.push(
                format!("{left} &{} {} && {}", line.relation.symbols()[1], line.expr.latex(), reason(line))
                    .trim()
                    .to_string(),
            );
            left.clear();
        }
        format!("$$\n\\begin{{aligned}}\n{}\n\\end{{aligned}}\n$$", rows.join(" \\\\[0.5em]\n"))
    }

    /// The title in bold, and under it the formula of [`latex`](Derivation::latex).
    pub fn markdown(&self) -> String {
        format!("**{}**\n\n{}", self.title, self.latex())
    }
}

/// Why, in words; the formulae that it rests on stand below.
fn reason(line: &Line) -> String {
    if line.because.is_empty() {
        return words(&line.reason);
    }
    let mut rows = vec![words(&format!("{}:", line.reason))];
    for (a, b) in &line.because {
        rows.push(format!("{} {} {}", a.latex(), Relation::between(a, b).symbols()[1], b.latex()));
    }
    format!("\\begin{{aligned}} &{} \\end{{aligned}}", rows.join(" \\\\ &"))
}

/// Words as text, with the slides' letters among them as formulae; what LaTeX would not print as it is gets its backslash.
fn words(reason: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end_matches([',', ':']);
        match bare.chars().collect::<Vec<_>>()[..] {
            [c @ ('k' | 'w' | 'S' | 'Σ' | 'η')] => format!("}} {} \\text{{{}", command(c), &word[bare.len()..]),
            _ => word.to_string(),
        }
    };
    let reason: String =
        reason.chars().flat_map(|c| "%&#$_{}".contains(c).then_some('\\').into_iter().chain([c])).collect();
    let words: Vec<String> = reason.split(' ').map(word).collect();
    let latex = format!("\\text{{{}}}", words.join(" "));
    latex.replace("\\text{}", "").trim().to_string()
}

impl Expr {
    /// The formula in LaTeX, without dollar signs.
    ///
    /// ```
    /// use derivation::formula::*;
    /// assert_eq!((eta_at(Index::T) / sigma_at(Index::T)).latex(), r"\frac{\eta^{t}}{\sigma^{t}}");
    /// ```
    pub fn latex(&self) -> String {
        print::<Latex>(self).written
    }
}

struct Latex;

impl Part {
    /// Brackets grow around what is taller than a line.
    fn is_tall(&self) -> bool {
        ["\\frac", "\\sqrt", "\\sum", "\\left"].iter().any(|tall| self.written.contains(tall))
    }
}

impl Notation for Latex {
    const MINUS: &'static str = "-";
    const MINUS_BETWEEN: &'static str = " - ";
    const DOTS: &'static str = "\\cdots";
    const PLUS_OF_COUNT: &'static str = " + ";
    const BARS: [&'static str; 2] = ["\\left|", "\\right|"];

    fn times_ten_to(power: i64) -> String {
        format!(" \\times 10^{{{power}}}")
    }

    fn letter(letter: char, step: Option<String>) -> String {
        let letter = command(letter);
        step.map_or(letter.clone(), |step| format!("{letter}^{{{step}}}"))
    }

    fn sigma(from: &str, to: &str) -> String {
        format!("\\sum_{{i={from}}}^{{{to}}}")
    }

    fn slope(of: &str, x: &Part) -> String {
        format!("\\frac{{{}}}{{\\partial {x}}}", format!("\\partial {of}").trim_end())
    }

    fn bracket(inside: &Part) -> Part {
        let written = if inside.is_tall() { format!("\\left({inside}\\right)") } else { format!("({inside})") };
        Part { written, binding: Binding::Factor, ..inside.clone() }
    }

    fn factor(factor: &Expr, part: &Part, _: bool) -> Part {
        match factor.form {
            Form::Add | Form::WrittenOut { .. } => Part { written: format!("\\left[{part}\\right]"), ..part.clone() },
            _ => part.within::<Latex>(Binding::Factor),
        }
    }

    /// A dot before a number, a root or a fraction: 2 ⅓ without it would be a mixed number.
    fn times(_: (&Expr, &Part), after: &Expr) -> &'static str {
        let dot = match after.form {
            Form::HalfPower(_) => is_number(&after.parts[0]),
            _ => matches!(after.form, Form::Number(_) | Form::UnitFraction(_) | Form::Sqrt | Form::Div),
        };
        if dot { " \\cdot " } else { "\\, " }
    }

    fn form(expr: &Expr, parts: &[Part]) -> Part {
        let new = |binding, written: String| Part::new(binding, parts, written);
        match (&expr.form, parts) {
            (Form::UnitFraction(n), _) => new(Binding::Factor, format!("\\frac{{1}}{{{n}}}")),
            (Form::Div, [a, b]) => {
                // What holds a fraction itself is set in full size.
                let [a, b] = [a, b].map(|part| match part.written.contains("\\frac") {
                    true => format!("\\displaystyle {part}"),
                    false => part.to_string(),
                });
                new(Binding::Factor, format!("\\frac{{{a}}}{{{b}}}"))
            }
            (Form::Square, [a]) => new(Binding::Factor, format!("{}^2", Latex::bracket(a))),
            (Form::HalfPower(halves), [a]) => {
                new(Binding::Factor, format!("{}^{{{}}}", Latex::bracket(a), exponent(*halves)))
            }
            (Form::Sqrt, [a]) => new(Binding::Factor, format!("\\sqrt{{{a}}}")),
            _ => unreachable!("the recursion writes all other forms"),
        }
    }
}

/// A letter as LaTeX names it.
fn command(letter: char) -> String {
    match letter {
        'η' => "\\eta".into(),
        'σ' => "\\sigma".into(),
        'Σ' => "\\Sigma".into(),
        latin => latin.into(),
    }
}

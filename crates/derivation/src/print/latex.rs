//! LaTeX that MathJax and KaTeX accept, and Markdown around it.

use super::{Binding, Height, Notation, Part, exponent, is_number, stands_alone};
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
            let (relation, expr) = (line.relation.symbols()[1], line.expr.latex());
            rows.push(format!("{left} &{relation} {expr} && {}", reason(line)).trim().to_string());
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
    let formula =
        |(a, b): &(Expr, Expr)| format!(" \\\\ &{} {} {}", a.latex(), Relation::between(a, b).symbols()[1], b.latex());
    let formulae: String = line.because.iter().map(formula).collect();
    format!("\\begin{{aligned}} &{}{formulae} \\end{{aligned}}", words(&format!("{}:", line.reason)))
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
        LATEX.print(self).written
    }
}

static LATEX: Notation = Notation {
    minus: "-",
    dots: "\\cdots",
    plus_of_count: " + ",
    bars: ["\\left|", "\\right|"],
    times_ten: " \\times 10",
    letter: command,
    raise: |step| format!("^{{{step}}}"),
    sum: |from, to| format!("\\sum_{{i={from}}}^{{{to}}}"),
    slope: |a, x| format!("\\frac{{{}}}{{\\partial {x}}}", format!("\\partial {a}").trim_end()),
    // Brackets grow around what is taller than a line.
    bracket: |inside| match inside.height {
        Height::Line => format!("({inside})"),
        _ => format!("\\left({inside}\\right)"),
    },
    factor: |factor, part, _| match factor.form {
        Form::Add | Form::WrittenOut(..) => {
            Part { written: format!("\\left[{part}\\right]"), ..part.clone() }.at_least(Height::Tall)
        }
        _ => LATEX.within(Binding::Factor, part),
    },
    // A dot before a number, a root or a fraction: 2 ⅓ without it would be a mixed number.
    times: |_, after| match after.form {
        Form::HalfPower(_) if is_number(&after.parts[0]) => " \\cdot ",
        Form::Number(_) | Form::UnitFraction(_) | Form::Sqrt | Form::Div => " \\cdot ",
        _ => "\\, ",
    },
    form,
};

fn form(expr: &Expr, parts: &[Part]) -> Part {
    // What holds a fraction itself is set in full size.
    let set = |part: &Part| match part.height {
        Height::Fraction => format!("\\displaystyle {part}"),
        _ => part.to_string(),
    };
    let (height, written) = match (&expr.form, parts) {
        (Form::UnitFraction(n), _) => (Height::Fraction, format!("\\frac{{1}}{{{n}}}")),
        (Form::Div, [a, b]) => (Height::Fraction, format!("\\frac{{{}}}{{{}}}", set(a), set(b))),
        (Form::Square, [a]) => (Height::Line, format!("{}^2", (LATEX.bracket)(a))),
        (Form::HalfPower(halves), [a]) => (Height::Line, (LATEX.bracket)(a) + &(LATEX.raise)(&exponent(*halves))),
        (Form::Sqrt, [a]) => (Height::Tall, format!("\\sqrt{{{a}}}")),
        _ => unreachable!("the recursion writes all other forms"),
    };
    Part::new(Binding::Factor, parts, written).at_least(height)
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

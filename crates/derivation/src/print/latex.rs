//! LaTeX that MathJax and KaTeX accept, and Markdown around it.

use super::{Binding, Notation, Part, exponent, number, print, stands_alone};
use crate::chain::{Derivation, Line, Relation};
use crate::formula::{Expr, Number, Shown};

impl Derivation {
    /// The derivation as one display formula, `$$ … $$` around an `aligned` environment.
    ///
    /// ```
    /// println!("{}", derivation::sigma(&[3.0]).last().sigma.latex());
    /// // $$
    /// // \begin{aligned}
    /// // \sigma^{0} &= \sqrt{(g^{0})^2} && \text{the root mean square of the gradients so far} \\[0.5em]
    /// // &= \sqrt{(3)^2} && \text{put in the gradient} \\[0.5em]
    /// // &= \sqrt{9} && \text{square it} \\[0.5em]
    /// // &= 3 && \text{take the root}
    /// // \end{aligned}
    /// // $$
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
                format!("{left} &{} {} && {}", relation(line.relation), line.expr.latex(), reason(line))
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
    let formulae: Vec<String> = line
        .because
        .iter()
        .map(|(a, b)| {
            let relation = relation(Relation::between(a, b));
            format!("{} {relation} {}", a.latex(), b.latex())
        })
        .collect();
    format!(
        "\\begin{{aligned}} &{} \\\\ &{} \\end{{aligned}}",
        words(&format!("{}:", line.reason)),
        formulae.join(" \\\\ &")
    )
}

/// Words as text, with the slides' letters among them as formulae; what LaTeX would not print as it is gets its backslash.
fn words(reason: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end_matches([',', ':']);
        match bare {
            "k" | "w" | "S" | "Σ" | "η" => {
                format!("}} {} \\text{{{}", command(bare), &word[bare.len()..])
            }
            _ => word.to_string(),
        }
    };
    let reason: String =
        reason.chars().flat_map(|c| "%&#$_{}".contains(c).then_some('\\').into_iter().chain([c])).collect();
    let words: Vec<String> = reason.split(' ').map(word).collect();
    let latex = format!("\\text{{{}}}", words.join(" "));
    latex.replace("\\text{}", "").trim().to_string()
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "=",
        Relation::Rounded => "\\approx",
        Relation::AtLeast => "\\ge",
        Relation::AtMost => "\\le",
        Relation::Becomes => "\\gets",
    }
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

impl Number {
    /// The number in LaTeX, as it is printed in text.
    pub fn latex(&self) -> String {
        number::<Latex>(self).written
    }
}

struct Latex;

/// Heights: brackets grow around what is taller than a line, and a fraction within a fraction keeps its size.
const TALL: u8 = 1;
const FRACTION: u8 = 2;

impl Notation for Latex {
    const MINUS: &'static str = "-";
    const DOTS: &'static str = "\\cdots";
    const PLUS_OF_COUNT: &'static str = " + ";

    fn number(Shown { negative, digits, power }: &Shown) -> String {
        let sign = if *negative { "-" } else { "" };
        let power = power.map_or(String::new(), |power| format!(" \\times 10^{{{power}}}"));
        format!("{sign}{digits}{power}")
    }

    fn letter(letter: &'static str, step: Option<&str>) -> String {
        let letter = command(letter);
        step.map_or(letter.into(), |step| format!("{letter}^{{{step}}}"))
    }

    fn unit_fraction(n: usize) -> Part {
        Part { height: FRACTION, ..Part::leaf(format!("\\frac{{1}}{{{n}}}")) }
    }

    fn bracket(inside: Part) -> Part {
        let (left, right) = if inside.height < TALL { ("(", ")") } else { ("\\left(", "\\right)") };
        Part::enclosing(&inside, format!("{left}{}{right}", inside.written))
    }

    fn factor(factor: &Expr, part: Part, _: bool) -> Part {
        match factor {
            Expr::Add(_) | Expr::Sum { written_out: true, .. } => {
                Part::enclosing(&part, format!("\\left[{}\\right]", part.written)).at_least(TALL)
            }
            _ => part.in_place::<Latex>(Binding::Factor),
        }
    }

    /// A dot before a number, a root or a fraction: 2 ⅓ without it would be a mixed number.
    fn times(_: (&Expr, &Part), after: &Expr) -> &'static str {
        let dot = match after {
            Expr::HalfPower(a, _) => matches!(**a, Expr::Number(_)),
            Expr::Number(_) | Expr::UnitFraction(_) | Expr::Sqrt(_) | Expr::Div(..) => true,
            _ => false,
        };
        if dot { " \\cdot " } else { "\\, " }
    }

    /// The bar groups; what holds a fraction itself is set in full size.
    fn quotient(a: Part, b: Part) -> Part {
        let [above, below] = [&a, &b].map(|part| match part.height {
            FRACTION => format!("\\displaystyle {}", part.written),
            _ => part.written.clone(),
        });
        Part { height: FRACTION, ..Part::enclosing(&a, format!("\\frac{{{above}}}{{{below}}}")) }
    }

    fn square(a: Part) -> Part {
        let base = Latex::bracket(a);
        Part::enclosing(&base, format!("{}^2", base.written))
    }

    fn half_power(a: Part, halves: i32) -> Part {
        let base = Latex::bracket(a);
        Part::enclosing(&base, format!("{}^{{{}}}", base.written, exponent(halves)))
    }

    fn root(a: Part) -> Part {
        Part::enclosing(&a, format!("\\sqrt{{{}}}", a.written)).at_least(TALL)
    }

    fn size(a: Part) -> Part {
        Part::enclosing(&a, format!("\\left|{}\\right|", a.written)).at_least(TALL)
    }

    fn sum(from: usize, to: &str, body: Part) -> Part {
        let written = format!("\\sum_{{i={from}}}^{{{to}}} {}", body.written);
        Part::around(&[&body], written, Binding::Open).at_least(TALL)
    }

    fn slope(a: Part, x: Part) -> Part {
        let written = format!("\\frac{{\\partial {}}}{{\\partial {}}}", a.written, x.written);
        Part::around(&[&a, &x], written, Binding::Open).at_least(FRACTION)
    }

    fn slope_of(x: Part, a: Part) -> Part {
        let written = format!("\\frac{{\\partial}}{{\\partial {}}} {}", x.written, a.written);
        Part::around(&[&x, &a], written, Binding::Open).at_least(FRACTION)
    }
}

/// A letter as LaTeX names it.
fn command(letter: &str) -> &str {
    match letter {
        "η" => "\\eta",
        "σ" => "\\sigma",
        "Σ" => "\\Sigma",
        latin => latin,
    }
}

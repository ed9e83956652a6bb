//! LaTeX that MathJax and KaTeX accept, and Markdown around it.

use crate::chain::{Derivation, Line, Relation};
use crate::formula::written::{Binding, half_of, is_long, letter, step, written_out};
use crate::formula::{Expr, Number, Symbol};

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
        if is_long(&self.subject.to_string()) {
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
                format!("}} {} \\text{{{}", latex_letter(bare), &word[bare.len()..])
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
        match self {
            Expr::Number(n) => n.latex(),
            Expr::OneOver(n) => format!("\\frac{{1}}{{{n}}}"),
            Expr::Symbol(s) => symbol(*s),
            Expr::Dots(_) => "\\cdots".into(),
            Expr::Add(terms) => sum(terms),
            Expr::Sub(a, b) => format!("{} - {}", operand(a, Binding::Sum), operand(b, Binding::Product)),
            Expr::Neg(a) => format!("-{}", operand(a, Binding::Product)),
            Expr::Mul(factors) => product(factors),
            Expr::Div(a, b) => format!("\\frac{{{}}}{{{}}}", part(a), part(b)),
            Expr::Square(a) => format!("{}^2", bracket(a.latex())),
            Expr::HalfPower(a, n) => format!("{}^{{{}}}", bracket(a.latex()), half_of(*n)),
            Expr::Sqrt(a) => format!("\\sqrt{{{}}}", a.latex()),
            Expr::Abs(a) => format!("\\left|{}\\right|", a.latex()),
            Expr::Sum { from, to, body, written_out: false } => {
                format!("\\sum_{{i={from}}}^{{{}}} {}", step(*to), operand(body, Binding::Product))
            }
            Expr::Sum { from, to, body, .. } => sum(&written_out(*from, *to, body)),
            Expr::Derivative { of, with_respect_to } => match &**of {
                Expr::Symbol(_) | Expr::Abs(_) => {
                    format!("\\frac{{\\partial {}}}{{\\partial {}}}", of.latex(), with_respect_to.latex())
                }
                _ => {
                    format!(
                        "\\frac{{\\partial}}{{\\partial {}}} {}",
                        with_respect_to.latex(),
                        operand(of, Binding::Factor)
                    )
                }
            },
        }
    }
}

impl Number {
    /// The number in LaTeX, as it is printed in text.
    pub fn latex(&self) -> String {
        let shown = self.shown();
        let sign = if shown.negative { "-" } else { "" };
        match shown.power {
            None => format!("{sign}{}", shown.digits),
            Some(power) => format!("{sign}{} \\times 10^{{{power}}}", shown.digits),
        }
    }
}

/// A part of a fraction, in full size if it holds a fraction itself.
fn part(expr: &Expr) -> String {
    let latex = expr.latex();
    if latex.contains("\\frac") { format!("\\displaystyle {latex}") } else { latex }
}

fn sum(terms: &[Expr]) -> String {
    if terms.is_empty() {
        return "0".into();
    }
    let terms: Vec<String> = terms.iter().map(|a| operand(a, Binding::Product)).collect();
    terms.join(" + ")
}

fn product(factors: &[Expr]) -> String {
    let mut product = String::new();
    for (n, factor) in factors.iter().enumerate() {
        let last = n + 1 == factors.len();
        let written = match factor {
            Expr::Div(..) => factor.latex(),
            Expr::Sum { written_out: false, .. } if last => factor.latex(),
            Expr::Add(_) | Expr::Sum { written_out: true, .. } => format!("\\left[{}\\right]", factor.latex()),
            other => operand(other, Binding::Factor),
        };
        if n > 0 {
            // 2 ⅓ without a dot would be a mixed number.
            let before_number = match factor {
                Expr::HalfPower(a, _) => matches!(**a, Expr::Number(_)),
                Expr::Number(_) | Expr::OneOver(_) | Expr::Sqrt(_) | Expr::Div(..) => true,
                _ => false,
            };
            product += if before_number { " \\cdot " } else { "\\, " };
        }
        product += &written;
    }
    product
}

fn operand(expr: &Expr, place: Binding) -> String {
    match expr {
        // A fraction's bar groups already.
        Expr::Div(..) => expr.latex(),
        _ if Binding::of(expr) < place => bracket(expr.latex()),
        _ => expr.latex(),
    }
}

/// Brackets, growing only where something tall is inside.
fn bracket(inside: String) -> String {
    let tall = ["\\frac", "\\sqrt", "\\sum", "\\left"].iter().any(|tall| inside.contains(tall));
    if tall { format!("\\left({inside}\\right)") } else { format!("({inside})") }
}

fn symbol(symbol: Symbol) -> String {
    let (letter, index) = letter(symbol);
    let letter = latex_letter(letter);
    index.map_or(letter.into(), |i| format!("{letter}^{{{}}}", step(i)))
}

fn latex_letter(letter: &str) -> &str {
    match letter {
        "η" => "\\eta",
        "σ" => "\\sigma",
        "Σ" => "\\Sigma",
        latin => latin,
    }
}

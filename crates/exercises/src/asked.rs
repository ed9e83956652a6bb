//! The right answer of an exercise and the known wrong ones: a quantity of the slides' rule, and of the rules with a
//! mistake in them.

use crate::answer::{Answer, IntoAnswer, Kind, TRIED};
use crate::mistakes::MISTAKES;
use crate::rule::{Case, Rule, SLIDES};
use crate::worked::SOLVES;
use derivation::Derivation;
use display::{number, superscript, typeset};

pub(crate) struct Asked {
    pub right: Answer,
    /// What the known mistakes answer.
    pub known: Vec<Wrong>,
    /// What leads to the right answer, in as many equal parts as it has numbers.
    pub solved: Vec<Derivation>,
}

pub(crate) struct Wrong {
    pub answer: Answer,
    pub hint: String,
}

/// A row of `wrong!`: a call, for the book's reader downloads the code of each.
#[inline(never)]
pub(crate) fn wrong<K>(answer: impl IntoAnswer<K>, hint: &str) -> Wrong {
    Wrong { answer: answer.into_answer(), hint: hint.into() }
}

/// Something that no [`Rule`] answers: the right answer, as a student could give it.
pub(crate) fn answer<K>(right: impl IntoAnswer<K>, solved: impl Into<Vec<Derivation>>) -> Asked {
    Asked { right: right.into_answer(), known: Vec::new(), solved: solved.into() }
}

/// A quantity, such as [`Rule::next`], for one case, and what derives it.
pub(crate) fn one(quantity: Quantity, solve: Solve, case: Case) -> Asked {
    Asked { solved: solved(solve, &[case]), ..asked(Kind::Number, quantity, &[case], with_numbers(case)) }
}

/// A quantity for each case; they have η and t in common.
pub(crate) fn each<const N: usize>(quantity: Quantity, solve: Solve, cases: [Case; N]) -> Asked {
    let words = with_numbers(Case { g: &[], ..cases[0] });
    Asked { solved: solved(solve, &cases), ..asked(Kind::Numbers(N), quantity, &cases, words) }
}

/// A quantity as a function.
pub(crate) fn function(kind: Kind, quantity: Quantity, formula: Derivation) -> Asked {
    Asked { solved: vec![formula], ..asked(kind, quantity, &TRIED, str::to_string) }
}

fn solved(solve: Solve, cases: &[Case]) -> Vec<Derivation> {
    if SOLVES { cases.iter().flat_map(solve).collect() } else { Vec::new() }
}

type Quantity = fn(&Rule, &Case) -> f64;
type Solve = fn(&Case) -> Vec<Derivation>;

fn asked(kind: Kind, quantity: Quantity, cases: &[Case], words: impl Fn(&str) -> String) -> Asked {
    let answer = |rule| Answer::typed(kind, cases.iter().map(|case| quantity(rule, case)).collect());
    let hint = |hint| words(hint).replace(['{', '}'], "");
    let known = MISTAKES.iter().map(|mistake| Wrong { answer: answer(&mistake.rule), hint: hint(mistake.hint) });
    Asked { right: answer(&SLIDES), known: known.collect(), solved: Vec::new() }
}

/// Puts the case's numbers into a hint, for its symbols in braces.
fn with_numbers(Case { w, eta, t, g }: Case) -> impl Fn(&str) -> String {
    let up = |t: usize| superscript(&t.to_string());
    let mut words = vec![
        ("{t}", format!("t = {t}")),
        ("{ᵗ}", up(t)),
        ("{ᵗ⁻¹}", up(t.saturating_sub(1))),
        ("{t+1}", format!("{}", t + 1)),
        ("{√(t+1)}", format!("√{}", t + 1)),
        ("{η}", format!("η = {}", number(eta))),
        ("{wᵗ}", format!("w{} = {}", up(t), typeset(w))),
    ];
    if let [first, .., last] | [first @ last] = g {
        let sum = g.iter().map(|g| number(g * g)).collect::<Vec<_>>().join(" + ");
        words.extend([
            ("{gᵗ}", format!("g{} = {}", up(t), typeset(*last))),
            ("{(g⁰)²}", format!("(g⁰)² = {}", number(first * first))),
            ("{(gᵗ)²}", format!("(g{})² = {}", up(t), number(last * last))),
            ("{Σ(gⁱ)²}", format!("Σ(gⁱ)² = {sum}")),
            ("{√Σ(gⁱ)²}", format!("√({sum})")),
        ]);
    }
    words.push(("gᵗ}", format!("g{}}}", up(t))));
    move |hint| words.iter().fold(hint.to_string(), |hint, (symbol, words)| hint.replace(symbol, words))
}

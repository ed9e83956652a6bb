//! A real parser accepts all LaTeX that we print.

use derivation::*;
use pulldown_latex::{Parser, Storage};

pub fn accept(latex: &str) {
    let formula = latex.strip_prefix("$$\n").and_then(|rest| rest.strip_suffix("\n$$")).expect("a display formula");
    let storage = Storage::new();
    for event in Parser::new(formula, &storage) {
        event.unwrap_or_else(|error| panic!("{error}\n{formula}"));
    }
    for (open, close) in [("{", "}"), ("\\left", "\\right"), ("(", ")"), ("[", "]"), ("\\begin", "\\end")] {
        assert_eq!(formula.matches(open).count(), formula.matches(close).count(), "{open} {close} in {formula}");
    }
}

#[test]
fn all_derivations() {
    let mut all = vec![sigma_symbolic(None), cancelling_root(), current_gradient(), past_gradient()];
    all.extend((0..12).map(|t| sigma_symbolic(Some(t))));
    for gradients in [&[3.0, 4.0, 12.0][..], &[0.0, -1.5e-170, 1e200], &[0.1; 9], &[-2.0]] {
        all.extend(adagrad(Schedule::InverseSqrt { eta: 0.3 }, -1.0, gradients).derivations().cloned());
        all.push(cancelling_root_of(0.3, gradients));
    }
    all.iter().for_each(|derivation| accept(&derivation.latex()));
}

#[test]
fn each_relation_has_its_sign() {
    let step = adagrad(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[1.0, 2.0]).last().clone();
    let all = [current_gradient(), past_gradient(), step.sigma, step.update.unwrap()].map(|of| of.latex());
    for (latex, sign) in all.iter().zip(["&\\ge 0 &&", "&\\le 0 &&", "&\\approx 1.58114 &&", "w^{2} &\\gets w^{1}"]) {
        assert!(latex.contains(sign), "{sign} is not in {latex}");
    }
}

#[test]
#[should_panic]
fn the_parser_refuses_what_is_wrong() {
    accept("$$\n\\begin{aligned} \\frac{1} \\end{aligned}\n$$");
}

#[test]
fn markdown_is_a_title_and_the_formula() {
    let derivation = sigma_symbolic(Some(1));
    assert_eq!(derivation.markdown(), format!("**σ¹ in symbols**\n\n{}", derivation.latex()));
    insta::assert_snapshot!(derivation.latex(), @r"
    $$
    \begin{aligned}
    \sigma^{1} &= \sqrt{\frac{1}{2}\, \sum_{i=0}^{1} (g^{i})^2} && \text{the root mean square of the gradients so far} \\[0.5em]
    &= \sqrt{\frac{1}{2}\, \left[(g^{0})^2 + (g^{1})^2\right]} && \text{write out the sum}
    \end{aligned}
    $$
    ");
}

/// A reader has a page's width, and no more: what is long stands below, not beside.
#[test]
fn long_subjects_and_formulae_in_reasons_have_lines_of_their_own() {
    use derivation::formula::*;
    let x = || g(Index::T);
    let derivation = Derivation::new("", derivative(eta() * square(x()), x()))
        .then(eta() * (int(2) * x()), "the rule of powers")
        .because(derivative(square(x()), x()), int(2) * x());
    derivation.verify().unwrap();
    insta::assert_snapshot!(derivation.latex(), @r"
    $$
    \begin{aligned}
    &\frac{\partial}{\partial g^{t}} (\eta\, (g^{t})^2) \\[0.5em]
    &= \eta\, (2\, g^{t}) && \begin{aligned} &\text{the rule of powers:} \\ &\frac{\partial}{\partial g^{t}} (g^{t})^2 = 2\, g^{t} \end{aligned}
    \end{aligned}
    $$
    ");
}

#[test]
fn letters_among_the_words_of_a_reason_are_formulae() {
    use derivation::formula::*;
    let reasons =
        ["S is a sum", "the past S, step k among them", "Σ: w stays, η too", "50% of {w_1} & #2, 3$"].map(|reason| {
            let latex = Derivation::new("", t()).then(t(), reason).latex();
            accept(&latex);
            latex.lines().nth(2).unwrap().to_string()
        });
    insta::assert_snapshot!(reasons.join("\n"), @r"
    t &= t && S \text{ is a sum}
    t &= t && \text{the past } S \text{, step } k \text{ among them}
    t &= t && \Sigma \text{: } w \text{ stays, } \eta \text{ too}
    t &= t && \text{50\% of \{w\_1\} \& \#2, 3\$}
    ");
}

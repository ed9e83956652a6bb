//! How each form is printed, in text and in LaTeX.

use derivation::formula::{self, *};

/// Each form, its text and its LaTeX.
fn forms() -> Vec<(Expr, &'static str, &'static str)> {
    let t = || Index::T;
    let (a, b) = (|| eta(), || g(t()));
    let half = || number(0.5);
    let minus = || number(-2.0);
    let tiny = || number(1.5e-9);
    let count = || formula::t() + int(1);
    vec![
        // letters and indices
        (eta_at(Index::At(10)), "η¹⁰", r"\eta^{10}"),
        (sigma_at(Index::TPlus1), "σᵗ⁺¹", r"\sigma^{t+1}"),
        (sigma_without_step(), "σ", r"\sigma"),
        (w(Index::TMinus1), "wᵗ⁻¹", "w^{t-1}"),
        (g(Index::I) * g(Index::K), "gⁱ gᵏ", r"g^{i}\, g^{k}"),
        (past_squares() + square(g(t())), "S + (gᵗ)²", "S + (g^{t})^2"),
        // sums
        (a() + b() - half(), "η + gᵗ − 0.5", r"\eta + g^{t} - 0.5"),
        (a() - (b() + half()), "η − (gᵗ + 0.5)", r"\eta - (g^{t} + 0.5)"),
        (a() - (b() - half()), "η − (gᵗ − 0.5)", r"\eta - (g^{t} - 0.5)"),
        (a() + (-b()), "η + (−gᵗ)", r"\eta + (-g^{t})"),
        (-(a() + b()), "−(η + gᵗ)", r"-(\eta + g^{t})"),
        (-(a() * b()), "−η gᵗ", r"-\eta\, g^{t}"),
        (minus() - minus(), "−2 − (−2)", "-2 - (-2)"),
        (count(), "t+1", "t + 1"),
        (formula::t() + minus(), "t+(−2)", "t + (-2)"),
        (count() + a(), "t + 1 + η", r"t + 1 + \eta"),
        // products and quotients
        (a() * b() * abs(b()), "η gᵗ |gᵗ|", r"\eta\, g^{t}\, \left|g^{t}\right|"),
        (half() * a(), "0.5 η", r"0.5\, \eta"),
        (half() * half() * minus(), "0.5 · 0.5 · (−2)", r"0.5 \cdot 0.5 \cdot (-2)"),
        (tiny() * a(), "(1.5 × 10⁻⁹) η", r"(1.5 \times 10^{-9})\, \eta"),
        (a() * tiny(), "η · (1.5 × 10⁻⁹)", r"\eta \cdot (1.5 \times 10^{-9})"),
        (a() * (b() * half()), "η · (gᵗ · 0.5)", r"\eta\, (g^{t} \cdot 0.5)"),
        (a() * (a() + b()), "η · (η + gᵗ)", r"\eta\, \left[\eta + g^{t}\right]"),
        ((a() + b()) * a(), "(η + gᵗ) η", r"\left[\eta + g^{t}\right]\, \eta"),
        (a() * square(b()), "η · (gᵗ)²", r"\eta\, (g^{t})^2"),
        (square(b()) * a(), "(gᵗ)² · η", r"(g^{t})^2\, \eta"),
        (a() / b() * b(), "(η/gᵗ) gᵗ", r"\frac{\eta}{g^{t}}\, g^{t}"),
        (half() / minus() * b(), "[ 0.5/(−2) ] gᵗ", r"\frac{0.5}{-2}\, g^{t}"),
        (a() / sqrt(b()) * b(), "(η/√gᵗ) gᵗ", r"\frac{\eta}{\sqrt{g^{t}}}\, g^{t}"),
        (int(1) / count() * (a() + b()), "1/(t+1) · (η + gᵗ)", r"\frac{1}{t + 1}\, \left[\eta + g^{t}\right]"),
        (one_over(2) * (a() + b()), "½ (η + gᵗ)", r"\frac{1}{2}\, \left[\eta + g^{t}\right]"),
        (one_over(10) * sum_of_squares(0, t()), "⅒ · Σᵢ₌₀ᵗ (gⁱ)²", r"\frac{1}{10}\, \sum_{i=0}^{t} (g^{i})^2"),
        (one_over(11) * half(), "1/11 · 0.5", r"\frac{1}{11} \cdot 0.5"),
        (one_over(1) * half(), "1/1 · 0.5", r"\frac{1}{1} \cdot 0.5"),
        (a() * (a() / b()), "η · (η/gᵗ)", r"\eta \cdot \frac{\eta}{g^{t}}"),
        (a() / one_over(3), "η/⅓", r"\frac{\eta}{\displaystyle \frac{1}{3}}"),
        (a() / one_over(1), "η/(1/1)", r"\frac{\eta}{\displaystyle \frac{1}{1}}"),
        (a() / one_over(11), "η/(1/11)", r"\frac{\eta}{\displaystyle \frac{1}{11}}"),
        (int(2) * one_over(3), "2 · ⅓", r"2 \cdot \frac{1}{3}"),
        (a() / b() / a(), "(η/gᵗ)/η", r"\frac{\displaystyle \frac{\eta}{g^{t}}}{\eta}"),
        (a() / (b() / a()), "η/(gᵗ/η)", r"\frac{\eta}{\displaystyle \frac{g^{t}}{\eta}}"),
        (a() / (b() * a()), "η / (gᵗ η)", r"\frac{\eta}{g^{t}\, \eta}"),
        (a() * b() / a(), "η gᵗ / η", r"\frac{\eta\, g^{t}}{\eta}"),
        ((a() + b()) / a(), "(η + gᵗ) / η", r"\frac{\eta + g^{t}}{\eta}"),
        (tiny() / tiny(), "1.5 × 10⁻⁹ / (1.5 × 10⁻⁹)", r"\frac{1.5 \times 10^{-9}}{1.5 \times 10^{-9}}"),
        (sum_of_squares(0, t()) / a(), "[ Σᵢ₌₀ᵗ (gⁱ)² ] / η", r"\frac{\sum_{i=0}^{t} (g^{i})^2}{\eta}"),
        (
            derivative(a() * b(), b()) / a(),
            "[ ∂/∂gᵗ (η gᵗ) ] / η",
            r"\frac{\displaystyle \frac{\partial}{\partial g^{t}} (\eta\, g^{t})}{\eta}",
        ),
        // roots and powers
        (sqrt(a()), "√η", r"\sqrt{\eta}"),
        (sqrt(half()), "√0.5", r"\sqrt{0.5}"),
        (sqrt(minus()), "√(−2)", r"\sqrt{-2}"),
        (sqrt(tiny()), "√( 1.5 × 10⁻⁹ )", r"\sqrt{1.5 \times 10^{-9}}"),
        (sqrt(one_over(3)), "√⅓", r"\sqrt{\frac{1}{3}}"),
        (sqrt(one_over(11)), "√(1/11)", r"\sqrt{\frac{1}{11}}"),
        (sqrt(a() * b()), "√( η gᵗ )", r"\sqrt{\eta\, g^{t}}"),
        (sqrt(count()), "√(t+1)", r"\sqrt{t + 1}"),
        (sqrt(square(b())), "√( (gᵗ)² )", r"\sqrt{(g^{t})^2}"),
        (half_power(a() + b(), -3), "(η + gᵗ)^(−3/2)", r"(\eta + g^{t})^{-3/2}"),
        (half_power(a() / b(), 1), "(η/gᵗ)^(1/2)", r"\left(\frac{\eta}{g^{t}}\right)^{1/2}"),
        (half_power(half(), 0), "(0.5)^0", "(0.5)^{0}"),
        (half() * half_power(half(), 2), "0.5 · (0.5)^1", r"0.5 \cdot (0.5)^{1}"),
        (half() * half_power(a(), 2), "0.5 · (η)^1", r"0.5\, (\eta)^{1}"),
        (half_power(half(), 4), "(0.5)^2", "(0.5)^{2}"),
        (half_power(minus(), -2), "(−2)^(−1)", "(-2)^{-1}"),
        (square(minus()), "(−2)²", "(-2)^2"),
        (square(sqrt(b())), "(√gᵗ)²", r"\left(\sqrt{g^{t}}\right)^2"),
        (square(abs(b())), "(|gᵗ|)²", r"\left(\left|g^{t}\right|\right)^2"),
        (square(a() / b()), "(η/gᵗ)²", r"\left(\frac{\eta}{g^{t}}\right)^2"),
        (abs(a() - b()), "|η − gᵗ|", r"\left|\eta - g^{t}\right|"),
        // sums over i
        (sum(12, Index::At(345), g(Index::I) * a()), "Σᵢ₌₁₂³⁴⁵ gⁱ η", r"\sum_{i=12}^{345} g^{i}\, \eta"),
        (sum(0, t(), g(Index::I) - a()), "Σᵢ₌₀ᵗ (gⁱ − η)", r"\sum_{i=0}^{t} (g^{i} - \eta)"),
        (sum_of_squares(0, t()) * a(), "[ Σᵢ₌₀ᵗ (gⁱ)² ] η", r"\left(\sum_{i=0}^{t} (g^{i})^2\right)\, \eta"),
        (a() * sum_of_squares(0, t()), "η · Σᵢ₌₀ᵗ (gⁱ)²", r"\eta\, \sum_{i=0}^{t} (g^{i})^2"),
        (squares_written_out(Index::At(0)), "(g⁰)²", "(g^{0})^2"),
        (
            squares_written_out(Index::At(4)),
            "(g⁰)² + (g¹)² + (g²)² + (g³)² + (g⁴)²",
            "(g^{0})^2 + (g^{1})^2 + (g^{2})^2 + (g^{3})^2 + (g^{4})^2",
        ),
        (sum_written_out(1, Index::At(0), b()), "0", "0"),
        (squares_written_out(Index::At(5)), "(g⁰)² + (g¹)² + … + (g⁵)²", r"(g^{0})^2 + (g^{1})^2 + \cdots + (g^{5})^2"),
        (
            a() * squares_written_out(t()),
            "η · [ (g⁰)² + (g¹)² + … + (gᵗ)² ]",
            r"\eta\, \left[(g^{0})^2 + (g^{1})^2 + \cdots + (g^{t})^2\right]",
        ),
        // derivatives
        (derivative(b(), b()), "∂gᵗ/∂gᵗ", r"\frac{\partial g^{t}}{\partial g^{t}}"),
        (
            derivative(abs(b()), abs(b())),
            "∂|gᵗ|/∂|gᵗ|",
            r"\frac{\partial \left|g^{t}\right|}{\partial \left|g^{t}\right|}",
        ),
        (derivative(a() / b(), b()), "∂/∂gᵗ (η/gᵗ)", r"\frac{\partial}{\partial g^{t}} \frac{\eta}{g^{t}}"),
        (derivative(sqrt(b()), b()), "∂/∂gᵗ √gᵗ", r"\frac{\partial}{\partial g^{t}} \sqrt{g^{t}}"),
        (
            derivative(a() + b(), b()) * a(),
            "[ ∂/∂gᵗ (η + gᵗ) ] η",
            r"\left(\frac{\partial}{\partial g^{t}} (\eta + g^{t})\right)\, \eta",
        ),
    ]
}

#[test]
fn text_and_latex() {
    for (form, text, latex) in forms() {
        assert_eq!((form.to_string().as_str(), form.latex().as_str()), (text, latex));
        crate::latex::accept(&format!("$$\n{latex}\n$$"));
    }
}

#[test]
fn a_subject_of_twelve_columns_stays_on_the_first_line() {
    use derivation::Derivation;
    let of = |t: usize| {
        let step = w(Index::At(t)) - w(Index::At(t + 1));
        Derivation::new("", step).then(int(1), "why").to_string()
    };
    assert_eq!(of(999), "w⁹⁹⁹ − w¹⁰⁰⁰ = 1   why");
    assert_eq!(of(1000), "w¹⁰⁰⁰ − w¹⁰⁰¹\n  = 1   why");
}

//! How each form is printed, in text and in LaTeX.

use derivation::formula::{self, *};

fn forms() -> Vec<Expr> {
    let t = || Index::T;
    let (a, b) = (|| eta(), || g(t()));
    let half = || number(0.5);
    let minus = || number(-2.0);
    let tiny = || number(1.5e-9);
    vec![
        // letters and indices
        eta_at(Index::At(10)),
        sigma_at(Index::TPlus1),
        sigma_without_step(),
        w(Index::TMinus1),
        g(Index::I) * g(Index::K),
        past_squares() + square(g(t())),
        // sums
        a() + b() - half(),
        a() - (b() + half()),
        a() - (b() - half()),
        a() + (-b()),
        -(a() + b()),
        -(a() * b()),
        minus() - minus(),
        formula::t() + int(1),
        formula::t() + minus(),
        formula::t() + int(1) + a(),
        // products and quotients
        a() * b() * abs(b()),
        half() * a(),
        half() * half() * minus(),
        tiny() * a(),
        a() * tiny(),
        a() * (b() * half()),
        a() * (a() + b()),
        (a() + b()) * a(),
        a() * square(b()),
        square(b()) * a(),
        a() / b() * b(),
        half() / minus() * b(),
        a() / sqrt(b()) * b(),
        int(1) / (formula::t() + int(1)) * (a() + b()),
        one_over(2) * (a() + b()),
        one_over(10) * sum_of_squares(0, t()),
        one_over(11) * half(),
        one_over(1) * half(),
        a() * (a() / b()),
        a() / one_over(3),
        a() / one_over(1),
        a() / one_over(11),
        int(2) * one_over(3),
        a() / b() / a(),
        a() / (b() / a()),
        a() / (b() * a()),
        a() * b() / a(),
        (a() + b()) / a(),
        tiny() / tiny(),
        sum_of_squares(0, t()) / a(),
        derivative(a() * b(), b()) / a(),
        // roots and powers
        sqrt(a()),
        sqrt(half()),
        sqrt(minus()),
        sqrt(tiny()),
        sqrt(one_over(3)),
        sqrt(one_over(11)),
        sqrt(a() * b()),
        sqrt(formula::t() + int(1)),
        sqrt(square(b())),
        half_power(a() + b(), -3),
        half_power(a() / b(), 1),
        half_power(half(), 0),
        half() * half_power(half(), 2),
        half() * half_power(a(), 2),
        half_power(half(), 4),
        half_power(minus(), -2),
        square(minus()),
        square(a() / b()),
        abs(a() - b()),
        // sums over i
        sum(12, Index::At(345), g(Index::I) * a()),
        sum(0, t(), g(Index::I) - a()),
        sum_of_squares(0, t()) * a(),
        a() * sum_of_squares(0, t()),
        squares_written_out(Index::At(0)),
        squares_written_out(Index::At(4)),
        sum_written_out(1, Index::At(0), b()),
        squares_written_out(Index::At(5)),
        a() * squares_written_out(t()),
        // derivatives
        derivative(b(), b()),
        derivative(abs(b()), abs(b())),
        derivative(a() / b(), b()),
        derivative(sqrt(b()), b()),
        derivative(a() + b(), b()) * a(),
    ]
}

#[test]
fn text_and_latex() {
    let lines: Vec<String> = forms().iter().map(|form| format!("{form}  |  {}", form.latex())).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    η¹⁰  |  \eta^{10}
    σᵗ⁺¹  |  \sigma^{t+1}
    σ  |  \sigma
    wᵗ⁻¹  |  w^{t-1}
    gⁱ gᵏ  |  g^{i}\, g^{k}
    S + (gᵗ)²  |  S + (g^{t})^2
    η + gᵗ − 0.5  |  \eta + g^{t} - 0.5
    η − (gᵗ + 0.5)  |  \eta - (g^{t} + 0.5)
    η − (gᵗ − 0.5)  |  \eta - (g^{t} - 0.5)
    η + (−gᵗ)  |  \eta + (-g^{t})
    −(η + gᵗ)  |  -(\eta + g^{t})
    −η gᵗ  |  -\eta\, g^{t}
    −2 − (−2)  |  -2 - (-2)
    t+1  |  t + 1
    t+(−2)  |  t + (-2)
    t + 1 + η  |  t + 1 + \eta
    η gᵗ |gᵗ|  |  \eta\, g^{t}\, \left|g^{t}\right|
    0.5 η  |  0.5\, \eta
    0.5 · 0.5 · (−2)  |  0.5 \cdot 0.5 \cdot (-2)
    (1.5 × 10⁻⁹) η  |  (1.5 \times 10^{-9})\, \eta
    η · (1.5 × 10⁻⁹)  |  \eta \cdot (1.5 \times 10^{-9})
    η · (gᵗ · 0.5)  |  \eta\, (g^{t} \cdot 0.5)
    η · (η + gᵗ)  |  \eta\, \left[\eta + g^{t}\right]
    (η + gᵗ) η  |  \left[\eta + g^{t}\right]\, \eta
    η · (gᵗ)²  |  \eta\, (g^{t})^2
    (gᵗ)² · η  |  (g^{t})^2\, \eta
    (η/gᵗ) gᵗ  |  \frac{\eta}{g^{t}}\, g^{t}
    [ 0.5/(−2) ] gᵗ  |  \frac{0.5}{-2}\, g^{t}
    (η/√gᵗ) gᵗ  |  \frac{\eta}{\sqrt{g^{t}}}\, g^{t}
    1/(t+1) · (η + gᵗ)  |  \frac{1}{t + 1}\, \left[\eta + g^{t}\right]
    ½ (η + gᵗ)  |  \frac{1}{2}\, \left[\eta + g^{t}\right]
    ⅒ · Σᵢ₌₀ᵗ (gⁱ)²  |  \frac{1}{10}\, \sum_{i=0}^{t} (g^{i})^2
    1/11 · 0.5  |  \frac{1}{11} \cdot 0.5
    1/1 · 0.5  |  \frac{1}{1} \cdot 0.5
    η · (η/gᵗ)  |  \eta \cdot \frac{\eta}{g^{t}}
    η/⅓  |  \frac{\eta}{\displaystyle \frac{1}{3}}
    η/(1/1)  |  \frac{\eta}{\displaystyle \frac{1}{1}}
    η/(1/11)  |  \frac{\eta}{\displaystyle \frac{1}{11}}
    2 · ⅓  |  2 \cdot \frac{1}{3}
    (η/gᵗ)/η  |  \frac{\displaystyle \frac{\eta}{g^{t}}}{\eta}
    η/(gᵗ/η)  |  \frac{\eta}{\displaystyle \frac{g^{t}}{\eta}}
    η / (gᵗ η)  |  \frac{\eta}{g^{t}\, \eta}
    η gᵗ / η  |  \frac{\eta\, g^{t}}{\eta}
    (η + gᵗ) / η  |  \frac{\eta + g^{t}}{\eta}
    1.5 × 10⁻⁹ / (1.5 × 10⁻⁹)  |  \frac{1.5 \times 10^{-9}}{1.5 \times 10^{-9}}
    [ Σᵢ₌₀ᵗ (gⁱ)² ] / η  |  \frac{\sum_{i=0}^{t} (g^{i})^2}{\eta}
    [ ∂/∂gᵗ (η gᵗ) ] / η  |  \frac{\displaystyle \frac{\partial}{\partial g^{t}} (\eta\, g^{t})}{\eta}
    √η  |  \sqrt{\eta}
    √0.5  |  \sqrt{0.5}
    √(−2)  |  \sqrt{-2}
    √( 1.5 × 10⁻⁹ )  |  \sqrt{1.5 \times 10^{-9}}
    √⅓  |  \sqrt{\frac{1}{3}}
    √(1/11)  |  \sqrt{\frac{1}{11}}
    √( η gᵗ )  |  \sqrt{\eta\, g^{t}}
    √(t+1)  |  \sqrt{t + 1}
    √( (gᵗ)² )  |  \sqrt{(g^{t})^2}
    (η + gᵗ)^(−3/2)  |  (\eta + g^{t})^{-3/2}
    (η/gᵗ)^(1/2)  |  \left(\frac{\eta}{g^{t}}\right)^{1/2}
    (0.5)^0  |  (0.5)^{0}
    0.5 · (0.5)^1  |  0.5 \cdot (0.5)^{1}
    0.5 · (η)^1  |  0.5\, (\eta)^{1}
    (0.5)^2  |  (0.5)^{2}
    (−2)^(−1)  |  (-2)^{-1}
    (−2)²  |  (-2)^2
    (η/gᵗ)²  |  \left(\frac{\eta}{g^{t}}\right)^2
    |η − gᵗ|  |  \left|\eta - g^{t}\right|
    Σᵢ₌₁₂³⁴⁵ gⁱ η  |  \sum_{i=12}^{345} g^{i}\, \eta
    Σᵢ₌₀ᵗ (gⁱ − η)  |  \sum_{i=0}^{t} (g^{i} - \eta)
    [ Σᵢ₌₀ᵗ (gⁱ)² ] η  |  \left(\sum_{i=0}^{t} (g^{i})^2\right)\, \eta
    η · Σᵢ₌₀ᵗ (gⁱ)²  |  \eta\, \sum_{i=0}^{t} (g^{i})^2
    (g⁰)²  |  (g^{0})^2
    (g⁰)² + (g¹)² + (g²)² + (g³)² + (g⁴)²  |  (g^{0})^2 + (g^{1})^2 + (g^{2})^2 + (g^{3})^2 + (g^{4})^2
    0  |  0
    (g⁰)² + (g¹)² + … + (g⁵)²  |  (g^{0})^2 + (g^{1})^2 + \cdots + (g^{5})^2
    η · [ (g⁰)² + (g¹)² + … + (gᵗ)² ]  |  \eta\, \left[(g^{0})^2 + (g^{1})^2 + \cdots + (g^{t})^2\right]
    ∂gᵗ/∂gᵗ  |  \frac{\partial g^{t}}{\partial g^{t}}
    ∂|gᵗ|/∂|gᵗ|  |  \frac{\partial \left|g^{t}\right|}{\partial \left|g^{t}\right|}
    ∂/∂gᵗ (η/gᵗ)  |  \frac{\partial}{\partial g^{t}} \frac{\eta}{g^{t}}
    ∂/∂gᵗ √gᵗ  |  \frac{\partial}{\partial g^{t}} \sqrt{g^{t}}
    [ ∂/∂gᵗ (η + gᵗ) ] η  |  \left(\frac{\partial}{\partial g^{t}} (\eta + g^{t})\right)\, \eta
    ");
}

#[test]
fn a_parser_accepts_every_form() {
    forms().iter().for_each(|form| crate::latex::accept(&format!("$$\n{}\n$$", form.latex())));
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

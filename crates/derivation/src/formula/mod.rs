//! Formulae as data: a small tree that can be evaluated and printed.
//!
//! The functions and the operators `+ − * /` build it, so that a formula in the code reads as it does on the slide:
//!
//! ```
//! use derivation::formula::*;
//! let sigma = sqrt(int(1) / (t() + int(1)) * sum_of_squares(0, Index::T));
//! assert_eq!(sigma.to_string(), "√( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² )");
//! ```

mod number;
pub(crate) mod written;

pub use number::Number;
use std::ops;

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A number.
    Number(Number),
    /// 1/n, the share of each term in a mean of n: printed ½, ⅓, … ⅒, 1/11, …
    OneOver(usize),
    /// A letter of the slides.
    Symbol(Symbol),
    /// a + b + …
    Add(Vec<Expr>),
    /// a − b
    Sub(Box<Expr>, Box<Expr>),
    /// −a
    Neg(Box<Expr>),
    /// a · b · …
    Mul(Vec<Expr>),
    /// a / b
    Div(Box<Expr>, Box<Expr>),
    /// (a)², always printed with its brackets: a bare superscript is a step index
    Square(Box<Expr>),
    /// a to the power n/2
    HalfPower(Box<Expr>, i32),
    /// √a
    Sqrt(Box<Expr>),
    /// |a|
    Abs(Box<Expr>),
    /// The sum of `body` over i from `from` to `to`, as Σ or written out term by term.
    Sum {
        /// The first i.
        from: usize,
        /// The last i; below `from` the sum is 0.
        to: Index,
        /// One term, with the index [`Index::I`].
        body: Box<Expr>,
        /// `a⁰ + a¹ + … + aᵗ` in place of `Σ`.
        written_out: bool,
    },
    /// Printed as `…`: the elided terms of a long sum, which still count.
    Dots(Box<Expr>),
    /// ∂of/∂with_respect_to, where the latter is gⁱ or |gⁱ|.
    Derivative {
        /// What is differentiated.
        of: Box<Expr>,
        /// A gradient or its size.
        with_respect_to: Box<Expr>,
    },
}

/// A letter of the slides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// t, the present step.
    T,
    /// η, the learning rate before any schedule.
    Eta,
    /// ηᵗ, the scheduled learning rate.
    EtaAt(Index),
    /// σᵗ, the root mean square of g⁰ … gᵗ. Without its step it has no value.
    Sigma(Option<Index>),
    /// gᵗ, a gradient.
    G(Index),
    /// wᵗ, the parameter, on Adagrad's path.
    W(Index),
    /// S, the sum of the squares of the past gradients g⁰ … gᵗ⁻¹.
    S,
}

/// A step index, printed as a superscript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// A number.
    At(usize),
    /// t, the present step.
    T,
    /// t + 1
    TPlus1,
    /// t − 1
    TMinus1,
    /// i, the index of a sum.
    I,
    /// k, any past step: k < t.
    K,
}

/// A whole number.
pub fn int(n: usize) -> Expr {
    Expr::Number(Number::exact((n as u64).into()))
}

/// 1/n
pub fn one_over(n: usize) -> Expr {
    Expr::OneOver(n)
}

/// The decimal that is written as `x`: with more than 15 digits it is printed with six, and ≈ beside it.
///
/// # Panics
/// If `x` is NaN or infinite.
pub fn number(x: f64) -> Expr {
    Expr::Number(Number::given(x))
}

/// t
pub fn t() -> Expr {
    Expr::Symbol(Symbol::T)
}

/// η
pub fn eta() -> Expr {
    Expr::Symbol(Symbol::Eta)
}

/// ηᵗ
pub fn eta_at(index: Index) -> Expr {
    Expr::Symbol(Symbol::EtaAt(index))
}

/// σᵗ
pub fn sigma_at(index: Index) -> Expr {
    Expr::Symbol(Symbol::Sigma(Some(index)))
}

/// gᵗ
pub fn g(index: Index) -> Expr {
    Expr::Symbol(Symbol::G(index))
}

/// wᵗ, on the path that Adagrad takes: under vanilla gradient descent it would be another.
pub fn w(index: Index) -> Expr {
    Expr::Symbol(Symbol::W(index))
}

/// S, the sum of the squares of the past gradients
pub fn past_squares() -> Expr {
    Expr::Symbol(Symbol::S)
}

/// √a
pub fn sqrt(a: Expr) -> Expr {
    Expr::Sqrt(Box::new(a))
}

/// (a)²
pub fn square(a: Expr) -> Expr {
    Expr::Square(Box::new(a))
}

/// a to the power n/2
pub fn half_power(a: Expr, n: i32) -> Expr {
    Expr::HalfPower(Box::new(a), n)
}

/// |a|
pub fn abs(a: Expr) -> Expr {
    Expr::Abs(Box::new(a))
}

/// Σ of `body` over i from `from` to `to`
pub fn sum(from: usize, to: Index, body: Expr) -> Expr {
    Expr::Sum { from, to, body: Box::new(body), written_out: false }
}

/// Σ (gⁱ)² over i from `from` to `to`
pub fn sum_of_squares(from: usize, to: Index) -> Expr {
    sum(from, to, square(g(Index::I)))
}

/// (g⁰)² + (g¹)² + … + (gᵗ)²
pub fn squares_written_out(to: Index) -> Expr {
    Expr::Sum { from: 0, to, body: Box::new(square(g(Index::I))), written_out: true }
}

/// ∂of/∂x, where x is a gradient or its size
pub fn derivative(of: Expr, x: Expr) -> Expr {
    Expr::Derivative { of: Box::new(of), with_respect_to: Box::new(x) }
}

impl ops::Add for Expr {
    type Output = Expr;
    fn add(self, other: Expr) -> Expr {
        match self {
            Expr::Add(mut terms) => {
                terms.push(other);
                Expr::Add(terms)
            }
            first => Expr::Add(vec![first, other]),
        }
    }
}

impl ops::Sub for Expr {
    type Output = Expr;
    fn sub(self, other: Expr) -> Expr {
        Expr::Sub(Box::new(self), Box::new(other))
    }
}

impl ops::Mul for Expr {
    type Output = Expr;
    fn mul(self, other: Expr) -> Expr {
        match self {
            Expr::Mul(mut factors) => {
                factors.push(other);
                Expr::Mul(factors)
            }
            first => Expr::Mul(vec![first, other]),
        }
    }
}

impl ops::Div for Expr {
    type Output = Expr;
    fn div(self, other: Expr) -> Expr {
        Expr::Div(Box::new(self), Box::new(other))
    }
}

impl ops::Neg for Expr {
    type Output = Expr;
    fn neg(self) -> Expr {
        Expr::Neg(Box::new(self))
    }
}

impl Expr {
    /// True if a rounded number is printed somewhere in it.
    pub fn shows_rounded(&self) -> bool {
        match self {
            Expr::Number(n) => n.is_rounded(),
            Expr::OneOver(_) | Expr::Symbol(_) | Expr::Dots(_) => false,
            Expr::Add(parts) | Expr::Mul(parts) => parts.iter().any(Expr::shows_rounded),
            Expr::Sub(a, b) | Expr::Div(a, b) => a.shows_rounded() || b.shows_rounded(),
            Expr::Neg(a) | Expr::Square(a) | Expr::HalfPower(a, _) | Expr::Sqrt(a) | Expr::Abs(a) => a.shows_rounded(),
            Expr::Sum { body, .. } => body.shows_rounded(),
            Expr::Derivative { of, .. } => of.shows_rounded(),
        }
    }

    /// The largest step that is named by its number.
    pub(crate) fn largest_step(&self) -> usize {
        let number = |index: &Index| if let Index::At(i) = index { *i } else { 0 };
        let largest = |parts: &mut dyn Iterator<Item = &Expr>| parts.map(Expr::largest_step).max().unwrap_or(0);
        match self {
            Expr::Symbol(Symbol::EtaAt(i) | Symbol::Sigma(Some(i)) | Symbol::G(i) | Symbol::W(i)) => number(i),
            Expr::Number(_) | Expr::OneOver(_) | Expr::Symbol(_) => 0,
            Expr::Add(parts) | Expr::Mul(parts) => largest(&mut parts.iter()),
            Expr::Sub(a, b) | Expr::Div(a, b) => a.largest_step().max(b.largest_step()),
            Expr::Neg(a) | Expr::Square(a) | Expr::HalfPower(a, _) | Expr::Sqrt(a) | Expr::Abs(a) | Expr::Dots(a) => {
                a.largest_step()
            }
            Expr::Sum { from, to, body, .. } => number(to).max(*from).max(body.largest_step()),
            Expr::Derivative { of, with_respect_to } => of.largest_step().max(with_respect_to.largest_step()),
        }
    }

    /// The formula with `index` in place of i.
    pub(crate) fn at(&self, index: Index) -> Expr {
        let there = |i: Index| if i == Index::I { index } else { i };
        let part = |a: &Expr| Box::new(a.at(index));
        let parts = |all: &[Expr]| all.iter().map(|a| a.at(index)).collect();
        match self {
            Expr::Symbol(Symbol::EtaAt(i)) => eta_at(there(*i)),
            Expr::Symbol(Symbol::Sigma(Some(i))) => sigma_at(there(*i)),
            Expr::Symbol(Symbol::G(i)) => g(there(*i)),
            Expr::Symbol(Symbol::W(i)) => w(there(*i)),
            Expr::Number(_) | Expr::OneOver(_) | Expr::Symbol(_) | Expr::Dots(_) => self.clone(),
            // The body's i is its own.
            Expr::Sum { from, to, body, written_out } => {
                Expr::Sum { from: *from, to: there(*to), body: body.clone(), written_out: *written_out }
            }
            Expr::Derivative { of, with_respect_to } => derivative(of.at(index), with_respect_to.at(index)),
            Expr::Add(all) => Expr::Add(parts(all)),
            Expr::Mul(all) => Expr::Mul(parts(all)),
            Expr::Sub(a, b) => Expr::Sub(part(a), part(b)),
            Expr::Div(a, b) => Expr::Div(part(a), part(b)),
            Expr::Neg(a) => Expr::Neg(part(a)),
            Expr::Square(a) => Expr::Square(part(a)),
            Expr::HalfPower(a, n) => Expr::HalfPower(part(a), *n),
            Expr::Sqrt(a) => Expr::Sqrt(part(a)),
            Expr::Abs(a) => Expr::Abs(part(a)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every form with `x` somewhere inside; 3 is printed in full, 1 is a step.
    fn forms(x: &Expr) -> Vec<Expr> {
        let x = || x.clone();
        vec![
            x() + int(3),
            int(3) + int(3) + x(),
            x() - int(3),
            int(3) - x(),
            -x(),
            x() * int(3),
            int(3) * int(3) * x(),
            x() / int(3),
            int(3) / x(),
            square(x()),
            half_power(x(), -3),
            sqrt(x()),
            abs(x()),
        ]
    }

    #[test]
    fn a_rounded_number_is_seen_in_every_form() {
        let third = Expr::Number(Number::ratio(&1.into(), &3.into()));
        let whole = int(7);
        for (rounded, exact) in forms(&third).into_iter().zip(forms(&whole)) {
            assert!(rounded.shows_rounded() && !exact.shows_rounded(), "{rounded}");
        }
        assert!(sum(0, Index::T, third.clone()).shows_rounded());
        assert!(derivative(third.clone(), g(Index::T)).shows_rounded());
        let hidden = Expr::Dots(Box::new(third));
        assert!(!hidden.shows_rounded() && !one_over(3).shows_rounded() && !t().shows_rounded());
    }

    #[test]
    fn the_largest_step_is_found_in_every_form() {
        for symbol in [eta_at, sigma_at, g, w] {
            for expr in forms(&symbol(Index::At(7))) {
                assert_eq!(expr.largest_step(), 7, "{expr}");
            }
            assert_eq!(symbol(Index::T).largest_step(), 0);
        }
        assert_eq!(sum(7, Index::T, g(Index::I)).largest_step(), 7);
        assert_eq!(sum(0, Index::At(7), g(Index::I)).largest_step(), 7);
        assert_eq!(sum(0, Index::At(1), g(Index::At(7))).largest_step(), 7);
        assert_eq!(derivative(g(Index::At(7)), g(Index::T)).largest_step(), 7);
        assert_eq!(derivative(eta(), g(Index::At(7))).largest_step(), 7);
        assert_eq!(Expr::Dots(Box::new(g(Index::At(7)))).largest_step(), 7);
    }

    #[test]
    fn an_index_is_put_into_every_form() {
        for symbol in [eta_at, sigma_at, g, w] {
            let there = forms(&symbol(Index::At(2)));
            for (form, there) in forms(&symbol(Index::I)).iter().zip(there) {
                assert_eq!(form.at(Index::At(2)), there);
            }
            assert_eq!(symbol(Index::K).at(Index::At(2)), symbol(Index::K));
        }
        let sum_to = |to| sum(0, to, g(Index::I));
        assert_eq!(sum_to(Index::I).at(Index::At(2)), sum_to(Index::At(2)));
        let slope = |i| derivative(g(i), abs(g(i)));
        assert_eq!(slope(Index::I).at(Index::At(2)), slope(Index::At(2)));
        for untouched in [int(3), one_over(3), t(), sum_of_squares(0, Index::T), derivative(eta(), g(Index::T))] {
            assert_eq!(untouched.at(Index::At(2)), untouched);
        }
    }
}

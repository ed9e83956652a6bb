//! The tree, and what is asked of every form alike.

use super::number::Number;

/// A formula: a form and its parts. The functions of this module and the operators `+ − * /` build it.
///
/// `Display` is plain text, [`latex`](Expr::latex) the same in LaTeX; [`value`](Expr::value) evaluates it.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub(crate) form: Form,
    pub(crate) parts: Vec<Expr>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Form {
    Number(Number),
    /// 1/n, the share of each term in a mean of n: printed ½, ⅓, … ⅒, 1/11, …
    UnitFraction(usize),
    /// A letter of the slides, and the step that is raised beside it.
    Letter(char, Option<Index>),
    /// a + b + …
    Add,
    /// a − b
    Sub,
    /// −a
    Neg,
    /// a · b · …
    Mul,
    /// a / b
    Div,
    /// (a)², always printed with its brackets: a bare superscript is a step index
    Square,
    /// a to the power n/2
    HalfPower(i32),
    /// √a
    Sqrt,
    /// |a|
    Abs,
    /// Σ a over i from the one to the other; 0 if that is below.
    Sum(usize, Index),
    /// The same sum, printed term by term.
    WrittenOut(usize, Index),
    /// Printed as `…`: the elided terms of a long sum, which still count.
    Dots,
    /// ∂a/∂x, where x is gⁱ or |gⁱ|
    Derivative,
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

impl Expr {
    pub(crate) fn new(form: Form, parts: impl Into<Vec<Expr>>) -> Expr {
        Expr { form, parts: parts.into() }
    }

    /// True if a rounded number is printed somewhere in it.
    pub(crate) fn shows_rounded(&self) -> bool {
        match &self.form {
            Form::Number(n) => n.is_rounded(),
            Form::Dots => false,
            _ => self.parts.iter().any(Expr::shows_rounded),
        }
    }

    /// The largest step that is named by its number.
    pub(crate) fn largest_step(&self) -> usize {
        let number = |index: Index| if let Index::At(i) = index { i } else { 0 };
        let named = match self.form {
            Form::Letter(_, Some(i)) => number(i),
            Form::Sum(from, to) | Form::WrittenOut(from, to) => from.max(number(to)),
            _ => 0,
        };
        self.parts.iter().map(Expr::largest_step).fold(named, usize::max)
    }

    /// The formula with `index` in place of i.
    pub(crate) fn at(&self, index: Index) -> Expr {
        let mut there = self.clone();
        if let Form::Letter(_, Some(to)) | Form::Sum(_, to) | Form::WrittenOut(_, to) = &mut there.form
            && *to == Index::I
        {
            *to = index;
        }
        // Sums, and the dots in them, have an i of their own.
        if !matches!(there.form, Form::Sum(..) | Form::WrittenOut(..) | Form::Dots) {
            there.parts.iter_mut().for_each(|part| *part = part.at(index));
        }
        there
    }
}

impl From<Number> for Expr {
    fn from(number: Number) -> Expr {
        Expr::new(Form::Number(number), [])
    }
}

#[cfg(test)]
mod tests {
    use crate::formula::*;

    /// `x` first, last, and deep inside; 3 is printed in full, 1 is a step.
    fn forms(x: &Expr) -> Vec<Expr> {
        let x = || x.clone();
        vec![x() + int(3), int(3) - x(), int(3) * int(3) * sqrt(-x()), abs(half_power(square(x()), -3) / int(3))]
    }

    #[test]
    fn a_rounded_number_is_seen_in_every_form() {
        let third = number(1.0 / 3.0);
        for (rounded, exact) in forms(&third).into_iter().zip(forms(&int(7))) {
            assert!(rounded.shows_rounded() && !exact.shows_rounded(), "{rounded}");
        }
        assert!(sum(0, Index::T, third.clone()).shows_rounded());
        assert!(derivative(third.clone(), g(Index::T)).shows_rounded());
        for hidden in [Expr::new(Form::Dots, [third]), one_over(3), t()] {
            assert!(!hidden.shows_rounded());
        }
    }

    #[test]
    fn a_step_is_found_and_put_into_every_form() {
        let (seven, i) = (Index::At(7), Index::I);
        for symbol in [eta_at, sigma_at, g, w] {
            for (form, there) in forms(&symbol(i)).iter().zip(forms(&symbol(seven))) {
                assert_eq!((form.largest_step(), there.largest_step()), (0, 7), "{there}");
                assert_eq!(form.at(seven), there);
            }
            assert_eq!(symbol(Index::K).at(seven), symbol(Index::K));
        }
        let sums: fn(Index) -> Expr = |to| sum(0, to, g(Index::I));
        let slopes: fn(Index) -> Expr = |i| derivative(g(i), abs(g(i)));
        for form in [sums, slopes] {
            assert_eq!((form(i).at(seven), form(seven).largest_step()), (form(seven), 7));
        }
        for untouched in [int(3), one_over(3), t(), sum_of_squares(0, Index::T), derivative(eta(), g(Index::T))] {
            assert_eq!(untouched.at(seven), untouched);
        }
        let (dots, inside) = (Expr::new(Form::Dots, [g(seven)]), sum(0, Index::At(1), g(seven)));
        for named in
            [dots, inside, sum(7, Index::T, g(i)), derivative(g(seven), g(Index::T)), derivative(eta(), g(seven))]
        {
            assert_eq!(named.largest_step(), 7);
        }
    }
}

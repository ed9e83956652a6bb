//! The tree of a formula, its forms, and what is asked of every form alike.

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
        // Sums have an i of their own.
        if !matches!(there.form, Form::Sum(..) | Form::WrittenOut(..)) {
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

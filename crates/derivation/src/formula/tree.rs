//! The tree, its letters and their steps.

use super::number::Number;

/// A formula.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A number.
    Number(Number),
    /// 1/n, the share of each term in a mean of n: printed ½, ⅓, … ⅒, 1/11, …
    UnitFraction(usize),
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

impl Index {
    /// The step's number, if it is one.
    pub(crate) fn number(self) -> Option<usize> {
        if let Index::At(i) = self { Some(i) } else { None }
    }
}

impl Symbol {
    /// The step that is raised beside the letter.
    pub(crate) fn index(mut self) -> Option<Index> {
        self.index_mut().copied()
    }

    pub(crate) fn index_mut(&mut self) -> Option<&mut Index> {
        match self {
            Symbol::EtaAt(i) | Symbol::Sigma(Some(i)) | Symbol::G(i) | Symbol::W(i) => Some(i),
            Symbol::T | Symbol::Eta | Symbol::Sigma(None) | Symbol::S => None,
        }
    }
}

//! How a long sum is written: its first two terms, dots, and its last.

use super::build::sum;
use super::tree::{Expr, Form, Index};

/// Sums of up to this many terms are written in full.
const IN_FULL: usize = 5;

/// True if a sum of `n` terms is written with dots.
pub(crate) fn is_elided(n: usize) -> bool {
    n > IN_FULL
}

/// The terms of Σ `body` as a person writes them: all, or the first two, dots and the last.
pub(crate) fn written_out(from: usize, to: Index, body: &Expr) -> Expr {
    let term = |i: Index| body.at(i);
    if let Index::At(to) = to
        && !is_elided((to + 1).saturating_sub(from))
    {
        return Expr::new(Form::Add, (from..=to).map(|i| term(Index::At(i))).collect::<Vec<_>>());
    }
    let dots = Expr::new(Form::Dots, [sum(from + 2, to, body.clone()) - term(to)]);
    Expr::new(Form::Add, [term(Index::At(from)), term(Index::At(from + 1)), dots, term(to)])
}

//! Walks over the tree: what is asked of every form alike.

use super::tree::{Expr, Index};

impl Expr {
    /// The formulae directly inside.
    pub(crate) fn children(&self) -> Vec<&Expr> {
        match self {
            Expr::Number(_) | Expr::UnitFraction(_) | Expr::Symbol(_) => vec![],
            Expr::Add(all) | Expr::Mul(all) => all.iter().collect(),
            Expr::Sub(a, b) | Expr::Div(a, b) => vec![a, b],
            Expr::Neg(a) | Expr::Square(a) | Expr::HalfPower(a, _) | Expr::Sqrt(a) | Expr::Abs(a) | Expr::Dots(a) => {
                vec![a]
            }
            Expr::Sum { body, .. } => vec![body],
            Expr::Derivative { of, with_respect_to } => vec![of, with_respect_to],
        }
    }

    /// The same form, with `change` of each formula inside.
    pub(crate) fn map(&self, change: impl Fn(&Expr) -> Expr) -> Expr {
        let mut copy = self.clone();
        match &mut copy {
            Expr::Number(_) | Expr::UnitFraction(_) | Expr::Symbol(_) => {}
            Expr::Add(all) | Expr::Mul(all) => all.iter_mut().for_each(|a| *a = change(a)),
            Expr::Sub(a, b) | Expr::Div(a, b) | Expr::Derivative { of: a, with_respect_to: b } => {
                (**a, **b) = (change(a), change(b));
            }
            Expr::Neg(a) | Expr::Square(a) | Expr::HalfPower(a, _) | Expr::Sqrt(a) | Expr::Abs(a) | Expr::Dots(a) => {
                **a = change(a);
            }
            Expr::Sum { body, .. } => **body = change(body),
        }
        copy
    }

    /// True if a rounded number is printed somewhere in it.
    pub(crate) fn shows_rounded(&self) -> bool {
        match self {
            Expr::Number(n) => n.is_rounded(),
            Expr::Dots(_) => false,
            _ => self.children().into_iter().any(Expr::shows_rounded),
        }
    }

    /// The largest step that is named by its number.
    pub(crate) fn largest_step(&self) -> usize {
        let named = match self {
            Expr::Symbol(symbol) => symbol.index().and_then(Index::number),
            Expr::Sum { from, to, .. } => to.number().max(Some(*from)),
            _ => None,
        };
        self.children().into_iter().map(Expr::largest_step).max().max(named).unwrap_or(0)
    }

    /// The formula with `index` in place of i.
    pub(crate) fn at(&self, index: Index) -> Expr {
        match self {
            Expr::Symbol(symbol) => {
                let mut symbol = *symbol;
                if let Some(i) = symbol.index_mut().filter(|i| **i == Index::I) {
                    *i = index;
                }
                Expr::Symbol(symbol)
            }
            Expr::Sum { from, to: Index::I, body, written_out } => {
                Expr::Sum { from: *from, to: index, body: body.clone(), written_out: *written_out }
            }
            // They have an i of their own.
            Expr::Sum { .. } | Expr::Dots(_) => self.clone(),
            _ => self.map(|a| a.at(index)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formula::*;

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

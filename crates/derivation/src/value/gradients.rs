//! g⁰ … gᵗ and the sums of their squares; of a long row only what a derivation writes.

use super::interval::{Undefined, undefined};
use crate::decimal::decimal;
use crate::formula::is_elided;
use bigdecimal::{BigDecimal, Zero};

/// The gradients so far: all of them, or the first two and the last.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Gradients {
    kept: Vec<Gradient>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gradient {
    pub i: usize,
    pub g: BigDecimal,
    /// (g⁰)² + … + (gⁱ)²
    pub sum: BigDecimal,
}

impl Gradients {
    /// # Panics
    /// If it is NaN or infinite.
    pub fn push(&mut self, g: f64) {
        let i = self.count();
        assert!(g.is_finite(), "the gradient at t = {i} is {g}: a derivation needs finite numbers");
        let g = decimal(g);
        let sum = self.kept.last().map_or(BigDecimal::zero(), |last| last.sum.clone()) + g.square();
        self.kept.push(Gradient { i, g, sum });
    }

    /// Forgets what a derivation writes as dots, but for the sum of its squares.
    pub fn elide(&mut self) {
        while is_elided(self.count()) && self.kept.len() > 3 {
            self.kept.remove(2);
        }
    }

    pub fn count(&self) -> usize {
        self.kept.last().map_or(0, |last| last.i + 1)
    }

    /// Those that are kept, in order.
    pub fn kept(&self) -> impl Iterator<Item = &BigDecimal> {
        self.kept.iter().map(|kept| &kept.g)
    }

    pub fn get(&self, i: usize) -> Result<&Gradient, Undefined> {
        let place = self.kept.binary_search_by_key(&i, |kept| kept.i);
        place.map(|place| &self.kept[place]).or_else(|_| undefined("a gradient is asked for that is not known"))
    }

    /// # Panics
    /// If there is none.
    pub fn last(&self) -> &Gradient {
        self.kept.last().expect("a step needs a gradient")
    }

    /// Σ (gⁱ)² for i = from … end−1 (0 if there is none), unless what was forgotten is needed.
    pub fn sum_of_squares(&self, from: usize, end: usize) -> Result<BigDecimal, Undefined> {
        // (g⁰)² + … + (gʲ⁻¹)²
        let before = |j: usize| match j.checked_sub(1).map(|before| self.get(before)) {
            Some(Ok(before)) => Ok(before.sum.clone()),
            _ => self.get(j).map(|there| &there.sum - there.g.square()),
        };
        if end <= from { Ok(BigDecimal::zero()) } else { Ok(before(end)? - before(from)?) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bigdecimal::ToPrimitive;

    /// Gradients 1, 2, 3, 4, 5, 6, 7, of which 3 to 6 are known as 9 + 16 + 25 + 36 only.
    #[test]
    fn sums_that_cut_through_forgotten_squares_are_unknown() {
        let mut gradients = Gradients::default();
        (1..=7).for_each(|g| gradients.push(f64::from(g)));
        let known = |gradients: &Gradients, from, end| {
            gradients.sum_of_squares(from, end).ok().map(|sum| sum.to_i32().unwrap())
        };
        assert_eq!([known(&gradients, 2, 4), known(&gradients, 3, 7)], [25, 126].map(Some));
        gradients.elide();
        let sum = |from, end| known(&gradients, from, end);
        assert_eq!([sum(0, 7), sum(0, 6), sum(1, 7), sum(2, 6), sum(2, 7)], [140, 91, 139, 86, 135].map(Some));
        assert_eq!([sum(0, 2), sum(0, 1), sum(1, 2), sum(6, 7)], [5, 1, 4, 49].map(Some));
        assert_eq!([sum(0, 0), sum(1, 1), sum(2, 1)], [Some(0); 3]);
        assert_eq!([sum(0, 3), sum(0, 5), sum(3, 7), sum(5, 7), sum(3, 5), sum(0, 8)], [None; 6]);
        assert_eq!([gradients.count(), gradients.kept().count()], [7, 3]);
    }
}

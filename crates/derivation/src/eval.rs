//! The value of a formula, and its derivative, under an environment.

use crate::env::{Env, eta_at};
use crate::expr::{Expr, Index, Symbol};
use crate::number::{divide, root, round};
use crate::written::written_out;
use bigdecimal::{BigDecimal, Signed, ToPrimitive, Zero};
use std::fmt;

/// Why a formula has no value under an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undefined(pub String);

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Undefined {}

impl Expr {
    /// The value under `env`, as the nearest f64.
    ///
    /// # Errors
    /// [`Undefined`] if a letter has no value there, and for 0/0, a division by zero and the root of a negative number.
    ///
    /// ```
    /// use derivation::{Env, Schedule, expr::*};
    /// let env = Env::new(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[3.0, 4.0]);
    /// assert_eq!(sum_of_squares(0, Index::T).value(&env), Ok(25.0));
    /// ```
    pub fn value(&self, env: &Env) -> Result<f64, Undefined> {
        Ok(self
            .exact_value(env)?
            .to_f64()
            .expect("a decimal always has a nearest f64"))
    }

    /// The sizes of the terms that it adds up, together: its value is off by a part of this, however little is left of it.
    pub(crate) fn scale(&self, env: &Env) -> Result<BigDecimal, Undefined> {
        match self {
            Expr::Add(terms) => terms.iter().map(|a| a.scale(env)).sum(),
            Expr::Sub(a, b) => Ok(a.scale(env)? + b.scale(env)?),
            Expr::Neg(a) => a.scale(env),
            _ => Ok(self.exact_value(env)?.abs()),
        }
    }

    pub(crate) fn exact_value(&self, env: &Env) -> Result<BigDecimal, Undefined> {
        Ok(Scope {
            env,
            i: None,
            seed: None,
        }
        .eval(self)?
        .value)
    }
}

/// A value and its derivative in the seed: forward-mode differentiation, independent of the algebra that it checks.
#[derive(Clone)]
struct Dual {
    value: BigDecimal,
    slope: BigDecimal,
}

/// The gradient in which we differentiate; `size` if in |gⁱ| rather than gⁱ.
#[derive(Clone, Copy)]
struct Seed {
    i: usize,
    size: bool,
}

#[derive(Clone, Copy)]
struct Scope<'a> {
    env: &'a Env,
    i: Option<usize>,
    seed: Option<Seed>,
}

fn undefined<T>(why: impl Into<String>) -> Result<T, Undefined> {
    Err(Undefined(why.into()))
}

impl Scope<'_> {
    fn eval(&self, expr: &Expr) -> Result<Dual, Undefined> {
        match expr {
            Expr::Number(n) => Ok(constant(n.value().clone())),
            Expr::OneOver(n) => constant(1.into()).div(&constant((*n as u64).into())),
            Expr::Symbol(s) => self.symbol(*s),
            Expr::Dots(a) => self.eval(a),
            Expr::Add(terms) => terms
                .iter()
                .try_fold(constant(BigDecimal::zero()), |sum, a| {
                    Ok(sum.add(self.eval(a)?))
                }),
            Expr::Sub(a, b) => Ok(self.eval(a)?.add(self.eval(b)?.negated())),
            Expr::Neg(a) => Ok(self.eval(a)?.negated()),
            Expr::Mul(factors) => factors.iter().try_fold(constant(1.into()), |product, a| {
                Ok(product.mul(&self.eval(a)?))
            }),
            Expr::Div(a, b) => self.eval(a)?.div(&self.eval(b)?),
            Expr::Square(a) => self.eval(a).map(|a| a.mul(&a)),
            Expr::Sqrt(a) => self.eval(a)?.sqrt(),
            Expr::HalfPower(a, n) => self.eval(a)?.half_power(*n),
            Expr::Abs(a) => Ok(self.eval(a)?.abs()),
            // Term by term, as it is printed.
            Expr::Sum {
                from,
                to,
                body,
                written_out: true,
            } => {
                let to = Index::At(self.step(*to)?);
                self.eval(&Expr::Add(written_out(*from, to, body)))
            }
            Expr::Sum { from, to, body, .. } => self.sum(*from, *to, body),
            Expr::Derivative {
                of,
                with_respect_to,
            } => {
                if self.seed.is_some() {
                    return undefined("a derivative inside a derivative is not supported");
                }
                let (index, size) = match &**with_respect_to {
                    Expr::Symbol(Symbol::G(index)) => (index, false),
                    Expr::Abs(a) => match &**a {
                        Expr::Symbol(Symbol::G(index)) => (index, true),
                        _ => {
                            return undefined("we differentiate in a gradient or in its size only");
                        }
                    },
                    _ => return undefined("we differentiate in a gradient or in its size only"),
                };
                let seed = Some(Seed {
                    i: self.step(*index)?,
                    size,
                });
                Ok(constant(Scope { seed, ..*self }.eval(of)?.slope))
            }
        }
    }

    fn symbol(&self, symbol: Symbol) -> Result<Dual, Undefined> {
        let env = self.env;
        match symbol {
            Symbol::T => Ok(constant((env.t as u64).into())),
            Symbol::Eta => Ok(constant(env.eta())),
            Symbol::EtaAt(index) => Ok(constant(
                eta_at(&env.schedule, self.step(index)?).value().clone(),
            )),
            Symbol::G(index) => self.gradient(self.step(index)?),
            Symbol::S => self.squares(0, env.t as isize - 1),
            Symbol::Sigma(None) => undefined("σ without its step has no value"),
            Symbol::Sigma(Some(index)) => {
                let t = self.step(index)?;
                self.squares(0, t as isize)?
                    .div(&constant((t as u64 + 1).into()))?
                    .sqrt()
            }
            Symbol::W(_) if self.seed.is_some() => undefined("w is not differentiated here"),
            Symbol::W(index) => match env.w(self.step(index)?) {
                Some(w) => Ok(constant(w)),
                None => undefined("w is asked for at a step without gradients"),
            },
        }
    }

    fn step(&self, index: Index) -> Result<usize, Undefined> {
        match index {
            Index::At(i) => Some(i),
            Index::T => Some(self.env.t),
            Index::TPlus1 => Some(self.env.t + 1),
            Index::TMinus1 => self.env.t.checked_sub(1),
            Index::I => self.i,
            Index::K => self.env.k,
        }
        .ok_or_else(|| Undefined("a step index has no value here".into()))
    }

    fn gradient(&self, i: usize) -> Result<Dual, Undefined> {
        let Some(g) = self.env.gradient(i) else {
            return undefined("a gradient is asked for that is not known");
        };
        let slope = match self.seed {
            Some(seed) if seed.i == i && seed.size && g.is_negative() => (-1).into(),
            Some(seed) if seed.i == i => 1.into(),
            _ => BigDecimal::zero(),
        };
        Ok(Dual {
            value: g.clone(),
            slope,
        })
    }

    /// Σ (gⁱ)², of which some may be known as a sum only.
    fn squares(&self, from: usize, to: isize) -> Result<Dual, Undefined> {
        let Some(value) = self.env.sum_of_squares(from, to) else {
            return undefined("a gradient is asked for that is not known");
        };
        let mut sum = constant(value);
        if let Some(seed) = self.seed
            && from <= seed.i
            && seed.i as isize <= to
        {
            let g = self.gradient(seed.i)?;
            sum.slope = g.mul(&g).slope;
        }
        Ok(sum)
    }

    fn sum(&self, from: usize, to: Index, body: &Expr) -> Result<Dual, Undefined> {
        let to = match to {
            Index::TMinus1 => self.env.t as isize - 1,
            other => self.step(other)? as isize,
        };
        if *body == Expr::Square(Box::new(Expr::Symbol(Symbol::G(Index::I)))) {
            return self.squares(from, to);
        }
        let mut sum = constant(BigDecimal::zero());
        for i in from as isize..=to {
            sum = sum.add(
                Scope {
                    i: Some(i as usize),
                    ..*self
                }
                .eval(body)?,
            );
        }
        Ok(sum)
    }
}

fn constant(value: BigDecimal) -> Dual {
    Dual {
        value,
        slope: BigDecimal::zero(),
    }
}

impl Dual {
    fn add(self, other: Dual) -> Dual {
        Dual {
            value: self.value + other.value,
            slope: self.slope + other.slope,
        }
    }

    fn negated(self) -> Dual {
        Dual {
            value: -self.value,
            slope: -self.slope,
        }
    }

    fn mul(&self, other: &Dual) -> Dual {
        Dual {
            value: round(&self.value * &other.value),
            slope: round(&self.slope * &other.value + &self.value * &other.slope),
        }
    }

    /// (a/b)′ = (a′ − (a/b) b′) / b
    fn div(&self, other: &Dual) -> Result<Dual, Undefined> {
        if other.value.is_zero() {
            return undefined(if self.value.is_zero() {
                "0/0 has no value"
            } else {
                "a division by zero has no value"
            });
        }
        let value = divide(&self.value, &other.value);
        let slope = divide(&(&self.slope - &value * &other.slope), &other.value);
        Ok(Dual { value, slope })
    }

    /// (√a)′ = a′ / 2√a
    fn sqrt(&self) -> Result<Dual, Undefined> {
        if self.value.is_negative() {
            return undefined("the root of a negative number has no value");
        }
        let value = root(&self.value);
        if self.slope.is_zero() {
            return Ok(constant(value));
        }
        if value.is_zero() {
            return undefined("a root has no derivative at zero");
        }
        let slope = divide(&self.slope, &(&value * BigDecimal::from(2)));
        Ok(Dual { value, slope })
    }

    /// a^(n/2), as a power of a or of √a, or as 1 over it
    fn half_power(&self, n: i32) -> Result<Dual, Undefined> {
        let (mut base, mut times) = if n % 2 == 0 {
            (self.clone(), n.unsigned_abs() / 2)
        } else {
            (self.sqrt()?, n.unsigned_abs())
        };
        let mut product = constant(1.into());
        while times > 0 {
            if times % 2 == 1 {
                product = product.mul(&base);
            }
            base = base.mul(&base);
            times /= 2;
        }
        if n.is_negative() {
            constant(1.into()).div(&product)
        } else {
            Ok(product)
        }
    }

    fn abs(self) -> Dual {
        if self.value.is_negative() {
            self.negated()
        } else {
            self
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::expr::*;
    use crate::{Env, Schedule};

    fn value(expr: Expr) -> f64 {
        let env = Env::new(Schedule::InverseSqrt { eta: 2.0 }, 1.0, &[3.0, -4.0, 12.0]);
        expr.value(&env).unwrap()
    }

    fn why(expr: Expr) -> String {
        let env = Env::new(Schedule::InverseSqrt { eta: 2.0 }, 1.0, &[3.0, 0.0]);
        expr.value(&env).unwrap_err().to_string()
    }

    #[test]
    fn letters() {
        assert_eq!(
            [
                t(),
                eta(),
                past_squares(),
                g(Index::T),
                g(Index::K),
                g(Index::TMinus1)
            ]
            .map(value),
            [2.0, 2.0, 25.0, 12.0, -4.0, -4.0]
        );
        assert_eq!(value(square(eta_at(Index::T))), 4.0 / 3.0);
        assert_eq!(value(sigma_at(Index::TMinus1)), 12.5f64.sqrt());
        assert_eq!(
            [w(Index::At(0)), w(Index::At(1)), w(Index::At(2))].map(value),
            [1.0, -1.0, 0.6]
        );
    }

    #[test]
    fn sums() {
        assert_eq!(value(sum(0, Index::T, g(Index::I))), 11.0);
        assert_eq!(value(sum(1, Index::TMinus1, g(Index::I) * int(2))), -8.0);
        assert_eq!(value(sum(2, Index::TMinus1, g(Index::I))), 0.0);
        assert_eq!(value(sum_of_squares(1, Index::TMinus1)), 16.0);
        assert_eq!(value(sum(0, Index::T, g(Index::I) - int(1))), 8.0);
    }

    #[test]
    fn sums_written_out() {
        let gradients = [3.0, -4.0, 12.0, 1.0, 2.0, 5.0, 7.0];
        let env = Env::new(Schedule::InverseSqrt { eta: 2.0 }, 1.0, &gradients);
        let value = |to: Index| squares_written_out(to).value(&env).unwrap();
        let sums = [9.0, 25.0, 169.0, 170.0, 174.0, 199.0, 248.0];
        for (t, sum) in sums.into_iter().enumerate() {
            assert_eq!(value(Index::At(t)), sum, "t = {t}");
        }
        assert_eq!(value(Index::T), 248.0);
    }

    #[test]
    fn powers() {
        let two = |n| value(half_power(int(2), n));
        assert_eq!([0, 2, 6, 20, -4].map(two), [1.0, 2.0, 8.0, 1024.0, 0.25]);
        let four = |n| value(half_power(int(4), n));
        assert_eq!([1, 3, 9, -5].map(four), [2.0, 8.0, 512.0, 1.0 / 32.0]);
        // A whole power of a negative number has a value, and one that nobody would multiply out.
        assert_eq!(value(half_power(-int(2), 6)), -8.0);
        assert_eq!(value(half_power(-int(1), 2_000_002)), -1.0);
    }

    #[test]
    fn slopes() {
        let in_first = |of: Expr| value(derivative(of, g(Index::At(0)))); // g⁰ = 3
        let x = || g(Index::At(0));
        assert_eq!(in_first(x() * x() * x()), 27.0);
        assert_eq!(in_first(int(18) / x()), -2.0);
        assert_eq!(in_first(x() / int(2)), 0.5);
        assert_eq!(in_first(sqrt(x() * int(12))), 1.0);
        assert_eq!(in_first(half_power(x() * int(12), 3)), 108.0);
        assert_eq!(in_first(half_power(x() * int(12), -2)), -1.0 / 108.0);
        assert_eq!(in_first(half_power(x(), 6)), 27.0);
        assert_eq!(in_first(half_power(-x(), 6)), -27.0);
        assert_eq!(in_first(int(2) * x() - square(x())), -4.0);
        assert_eq!(in_first(-abs(-x())), -1.0);
        assert_eq!(in_first(sum_of_squares(0, Index::T)), 6.0);
        assert_eq!(in_first(sum_of_squares(1, Index::T)), 0.0);
        assert_eq!(in_first(sum(0, Index::T, g(Index::I) * int(5))), 5.0);
        assert_eq!(in_first(past_squares()), 6.0);
        assert_eq!(in_first(eta() + eta_at(Index::T) + t() + g(Index::T)), 0.0);
        // In gᵗ, which S does not hold, and in the size of a negative gradient.
        assert_eq!(value(derivative(past_squares(), g(Index::T))), 0.0);
        assert_eq!(value(derivative(g(Index::K), abs(g(Index::K)))), -1.0);
        assert_eq!(value(derivative(g(Index::T), abs(g(Index::T)))), 1.0);
        assert_eq!(
            value(derivative(square(g(Index::K)), abs(g(Index::K)))),
            8.0
        );
    }

    #[test]
    fn what_has_no_value() {
        assert_eq!(why(int(0) / int(0)), "0/0 has no value");
        assert_eq!(why(int(1) / g(Index::T)), "a division by zero has no value");
        assert_eq!(
            why(sqrt(-int(1))),
            "the root of a negative number has no value"
        );
        assert_eq!(
            why(Expr::Symbol(Symbol::Sigma(None))),
            "σ without its step has no value"
        );
        assert_eq!(
            why(w(Index::At(3))),
            "w is asked for at a step without gradients"
        );
        assert_eq!(why(g(Index::I)), "a step index has no value here");
        assert_eq!(
            why(sigma_at(Index::TPlus1)),
            "a gradient is asked for that is not known"
        );
        let in_first = |of: Expr| derivative(of, g(Index::At(0)));
        assert_eq!(why(in_first(w(Index::T))), "w is not differentiated here");
        assert_eq!(
            why(in_first(in_first(g(Index::T)))),
            "a derivative inside a derivative is not supported"
        );
        assert_eq!(
            why(derivative(sqrt(g(Index::T)), g(Index::T))),
            "a root has no derivative at zero"
        );
        assert_eq!(
            why(derivative(t(), eta())),
            "we differentiate in a gradient or in its size only"
        );
        assert_eq!(
            why(derivative(t(), abs(eta()))),
            "we differentiate in a gradient or in its size only"
        );
    }
}

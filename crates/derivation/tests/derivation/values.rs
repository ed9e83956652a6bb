//! The values of formulae and their derivatives, and what has none.

use derivation::formula::*;
use derivation::{Env, Schedule};

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
        [t(), eta(), past_squares(), g(Index::T), g(Index::K), g(Index::TMinus1)].map(value),
        [2.0, 2.0, 25.0, 12.0, -4.0, -4.0]
    );
    assert_eq!(value(square(eta_at(Index::T))), 4.0 / 3.0);
    assert_eq!(value(sigma_at(Index::TMinus1)), 12.5f64.sqrt());
    assert_eq!([w(Index::At(0)), w(Index::At(1)), w(Index::At(2))].map(value), [1.0, -1.0, 0.6]);
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
    let first = Env::new(Schedule::InverseSqrt { eta: 2.0 }, 1.0, &[3.0]);
    assert_eq!(squares_written_out(Index::TMinus1).value(&first), Ok(0.0));
    // Σᵢ₌₀ᵗ ∂(gⁱ)²/∂gⁱ, and a sum of sums: Σᵢ₌₀ᵗ Σᵢ₌₀ⁱ gⁱ = 3 − 1 + 11 + 12 + 14 + 19 + 26
    for outer in [sum, sum_written_out] {
        assert_eq!(outer(0, Index::T, derivative(square(g(Index::I)), g(Index::I))).value(&env), Ok(52.0));
        for inner in [sum, sum_written_out] {
            assert_eq!(outer(0, Index::T, inner(0, Index::I, g(Index::I))).value(&env), Ok(84.0));
        }
    }
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
    assert_eq!(value(derivative(square(g(Index::K)), abs(g(Index::K)))), 8.0);
    // Of η |gᵗ|/√Σ: 2 · 25/169^(3/2), and −2 · 12 · 4/169^(3/2).
    let step = || eta() * abs(g(Index::T)) / sqrt(sum_of_squares(0, Index::T));
    assert_eq!(value(derivative(step(), abs(g(Index::T)))), 50.0 / 2197.0);
    assert_eq!([abs(g(Index::K)), g(Index::K)].map(|x| value(derivative(step(), x))), [-96.0 / 2197.0, 96.0 / 2197.0]);
}

#[test]
fn what_has_no_value() {
    assert_eq!(why(int(0) / int(0)), "0/0 has no value");
    assert_eq!(why(int(1) / g(Index::T)), "a division by zero has no value");
    assert_eq!(why(sqrt(-int(1))), "the root of a negative number has no value");
    assert_eq!(why(sigma_without_step()), "σ without its step has no value");
    assert_eq!(why(w(Index::At(3))), "w is asked for at a step without gradients");
    assert_eq!(why(g(Index::I)), "a step index has no value here");
    assert_eq!(why(sigma_at(Index::TPlus1)), "a gradient is asked for that is not known");
    let in_first = |of: Expr| derivative(of, g(Index::At(0)));
    assert_eq!(why(in_first(w(Index::T))), "w is not differentiated here");
    assert_eq!(why(in_first(in_first(g(Index::T)))), "a derivative inside a derivative is not supported");
    assert_eq!(why(derivative(sqrt(g(Index::T)), g(Index::T))), "a root has no derivative at zero");
    assert_eq!(why(derivative(sqrt(square(g(Index::T))), abs(g(Index::T)))), "a root has no derivative at zero");
    let falling = Schedule::InverseTime { eta: 1.0, k: -1.0 };
    let env = Env::new(falling, 0.0, &[1.0, 2.0]);
    assert_eq!(eta_at(Index::T).value(&env).unwrap_err().to_string(), "the schedule divides by zero at t = 1");
    assert!(w(Index::T).value(&env).is_ok() && w(Index::TPlus1).value(&env).is_err());
    for far in [sum_of_squares(0, Index::At(usize::MAX)), sigma_at(Index::At(usize::MAX))] {
        assert_eq!(why(far), "a gradient is asked for that is not known");
    }
    assert_eq!(why(derivative(t(), eta())), "we differentiate in a gradient or in its size only");
    assert_eq!(why(derivative(t(), abs(eta()))), "we differentiate in a gradient or in its size only");
}

/// Where gᵗ = 0: |gᵗ| has no slope in gᵗ, and the slope 1 in |gᵗ|, in which gᵗ itself has none.
#[test]
fn slopes_at_zero() {
    let x = || g(Index::T);
    let at_zero = Env::new(Schedule::InverseSqrt { eta: 2.0 }, 1.0, &[3.0, 0.0]);
    let value = |expr: Expr| expr.value(&at_zero).unwrap();
    assert_eq!(why(derivative(abs(x()), x())), "an absolute value has no derivative at zero");
    assert_eq!(
        why(derivative(abs(g(Index::At(0)) - int(3)), g(Index::At(0)))),
        "an absolute value has no derivative at zero"
    );
    assert_eq!(value(derivative(abs(square(x())), x())), 0.0);
    assert_eq!(value(derivative(abs(eta() - eta()), x())), 0.0);
    assert_eq!(value(derivative(abs(x()), abs(x()))), 1.0);
    assert_eq!(value(derivative(abs(-int(5) * x()) - square(x()), abs(x()))), 5.0);
    assert_eq!(value(derivative(eta() * abs(x()) / sqrt(sum_of_squares(0, Index::T)), abs(x()))), 2.0 / 3.0);
    assert_eq!(why(derivative(x(), abs(x()))), "a gradient of zero has no sign");
    assert_eq!(
        why(derivative(abs(x() + sqrt(int(2)) * sqrt(int(2)) - int(2)), abs(x()))),
        "an absolute value has no derivative at zero"
    );
}

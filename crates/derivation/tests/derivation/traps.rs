//! The wrong formulae that real notes about these slides contain, put in as derivations: the check refuses each.

use derivation::formula::*;
use derivation::{Derivation, Env, Relation, Schedule, current_gradient, past_gradient};

fn squares() -> Expr {
    sum_of_squares(0, Index::T)
}

fn share() -> Expr {
    int(1) / (t() + int(1))
}

fn refused(why: &str, left: Expr, right: Expr) {
    let derivation = Derivation::new(why, left).then(right, why);
    assert!(derivation.verify().is_err(), "{why}: {derivation}");
    // Not merely somewhere: in nearly every environment.
    let refusals = (0..1000).filter(|&seed| derivation.check(&Env::sample(seed)).is_err()).count();
    assert!(refusals >= 990, "{why}: refused {refusals} times of 1000");
}

fn accepted(left: Expr, right: Expr) {
    Derivation::new("right", left).then(right, "right").verify().unwrap();
}

#[test]
fn the_right_formulae_are_accepted() {
    accepted(eta_at(Index::T), eta() / sqrt(t() + int(1)));
    accepted(sigma_at(Index::T), sqrt(share() * squares()));
    accepted(w(Index::TPlus1), w(Index::T) - eta_at(Index::T) / sigma_at(Index::T) * g(Index::T));
    accepted(w(Index::TPlus1), w(Index::T) - eta() / sqrt(squares()) * g(Index::T));
}

#[test]
fn wrong_learning_rates() {
    refused("self-referential", eta_at(Index::T), eta_at(Index::T) / sqrt(t() + int(1)));
    refused("1/(t+1) in place of 1/√(t+1)", eta_at(Index::T), eta() / (t() + int(1)));
    refused("1/√t", eta_at(Index::T), eta() / sqrt(t()));
}

#[test]
fn wrong_updates() {
    let update = |step: Expr| w(Index::T) - step;
    let next = || w(Index::TPlus1);
    refused("the root missing", next(), update(eta() / squares() * g(Index::T)));
    refused("Σ from 1", next(), update(eta() / sqrt(sum_of_squares(1, Index::T)) * g(Index::T)));
    refused("Σ to t−1", next(), update(eta() / sqrt(sum_of_squares(0, Index::TMinus1)) * g(Index::T)));
    refused("η constant over σᵗ: the 2021 lecture", next(), update(eta() / sigma_at(Index::T) * g(Index::T)));
    refused("the root not cancelled on one side", next(), update(eta_at(Index::T) / sqrt(squares()) * g(Index::T)));
    refused("uphill", next(), w(Index::T) + eta() / sqrt(squares()) * g(Index::T));
}

#[test]
fn wrong_sigmas() {
    refused("the root of the sum", sigma_at(Index::T), sqrt(squares()));
    refused("the mean without the root", sigma_at(Index::T), share() * squares());
    refused("Σ from 1", sigma_at(Index::T), sqrt(share() * sum_of_squares(1, Index::T)));
    refused("divided by t", sigma_at(Index::T), sqrt(int(1) / t() * squares()));
    refused("gradients not squared", sigma_at(Index::T), sqrt(share() * sum(0, Index::T, abs(g(Index::I)))));
    let without_step = sigma_without_step();
    refused("σ without its superscript", without_step, sqrt(share() * squares()));
}

#[test]
fn wrong_readings_of_slide_5() {
    let all = || past_squares() + square(g(Index::T));
    let size = || eta() * abs(g(Index::T)) / sqrt(all());
    refused("the past taken for constant 1", derivative(size(), abs(g(Index::T))), eta() / half_power(all(), 3));
    refused(
        "the sign lost",
        derivative(size(), abs(g(Index::K))),
        eta() * abs(g(Index::T)) * abs(g(Index::K)) / half_power(all(), 3),
    );
    let falling = Derivation::new("contradiction", derivative(size(), abs(g(Index::T)))).at_most(int(0), "falls?");
    assert!(falling.verify().is_err());
    let rising = Derivation::new("contradiction", derivative(size(), abs(g(Index::K)))).at_least(int(0), "rises?");
    assert!(rising.verify().is_err());
}

#[test]
fn a_wrong_reason_is_refused() {
    let wrong = Derivation::new("reason", sigma_at(Index::T))
        .then(sqrt(share() * squares()), "definition")
        .because(eta_at(Index::T), eta());
    let refused = wrong.check(&Env::sample(0)).unwrap_err();
    assert_eq!((refused.above.as_str(), refused.below.as_str()), ("ηᵗ", "η"));
    let undefined = Derivation::new("", g(Index::At(9))).then(int(1), "").check(&Env::sample(0)).unwrap_err();
    insta::assert_snapshot!(undefined, @"`g⁹` does not lead to `1`: of g⁹, a gradient is asked for that is not known");
}

/// Every step is checked from its own w: of those before, nothing is known.
#[test]
fn a_step_knows_its_own_w_only() {
    let mut step = derivation::adagrad(Schedule::Constant { eta: 2.0 }, 10.0, &[1.0; 7]).last().update.clone().unwrap();
    step.verify().unwrap();
    (step.subject, step.lines) = (w(Index::At(5)), Vec::new());
    let refused = step.then(w(Index::At(5)), "").verify().unwrap_err();
    assert_eq!(refused.why, "of w⁵, w is asked for at a step without gradients");
}

#[test]
fn rounded_lines_may_differ_by_1e_12_of_the_larger_and_equal_ones_not() {
    let env = Env::sample(0);
    let differ = |a: f64, b: f64, relation: Relation| {
        let mut derivation = Derivation::new("", number(a)).then(number(b), "");
        derivation.lines[0].relation = relation;
        derivation.check(&env).is_err()
    };
    let rounded = |a: f64, b: f64| differ(a, b, Relation::Rounded);
    assert!(!rounded(1.0, 0.999999999999) && !rounded(-2e9, -1.999999999999e9));
    assert!(rounded(1.0, 0.999999999998) && rounded(1.0, -1.0) && rounded(0.0, 1e-300));
    assert!(differ(1.0, 1.00000000000001, Relation::Equal));
    assert!(differ(1e13, 1e13 - 1.0, Relation::Becomes));
    assert!(!differ(0.1, 0.1, Relation::Equal) && !differ(0.1, 0.1, Relation::Becomes));
}

/// What cancels is known but for a rounding, wherever it stands; a difference that is larger is no rounding.
#[test]
fn terms_that_cancel_leave_a_rounding_and_no_more() {
    let long_way = || eta_at(Index::T) / sigma_at(Index::T) * g(Index::T);
    let short_way = || eta() / sqrt(squares()) * g(Index::T);
    let rate = || eta_at(Index::T) * sqrt(t() + int(1)) - eta();
    let in_first = |of: Expr| derivative(of, abs(g(Index::At(0))));
    for zero in [
        sum(0, Index::T, square(g(Index::I)) - square(sigma_at(Index::T))),
        int(2) * (long_way() - short_way()),
        rate() / int(2),
        abs(rate()) * g(Index::T),
        sqrt(squares() - (t() + int(1)) * square(sigma_at(Index::T))),
        in_first(eta() * abs(g(Index::At(0))) / sqrt(int(2) * square(g(Index::At(0))))),
        (w(Index::T) - w(Index::TPlus1)) / eta() - short_way() / eta(),
    ] {
        accepted(zero.clone(), int(0));
        refused("1e-15 is not 0", zero, number(1e-15));
    }
    refused("a product of exact numbers", number(1e-40) * int(1), int(0));
    let epsilon = number(1.0 + f64::EPSILON) - int(1);
    refused("a difference of exact numbers", epsilon, int(0));
}

#[test]
fn a_large_w_does_not_hide_a_step() {
    let env = Env::new(Schedule::InverseSqrt { eta: 1.0 }, 1e13, &[1.0]);
    let stays = Derivation::new("", w(Index::At(1))).then(w(Index::At(0)), "");
    let uphill = Derivation::new("", w(Index::At(1))).then(w(Index::At(0)) + g(Index::T), "");
    assert!(stays.check(&env).is_err() && uphill.check(&env).is_err());
}

/// However small the past is beside the present.
#[test]
fn slide_5_holds_for_gradients_of_every_size() {
    for gradients in [[1e-20, 0.3], [1e-14, -7.0], [1e-200, 1e200], [-1e200, 1e-200]] {
        let env = Env::new(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &gradients);
        assert_eq!(current_gradient().check(&env), Ok(()));
        assert_eq!(past_gradient().check(&env), Ok(()));
    }
}

/// t is not the same in all samples, however late a step is named.
#[test]
fn t_is_not_its_number() {
    let eleven = || Index::At(11);
    for (left, right) in [
        (g(eleven()), g(Index::T)),
        (sigma_at(eleven()), sqrt(one_over(12) * squares())),
        (eta_at(Index::T), eta() / sqrt(int(12)) * g(eleven()) / g(eleven())),
        (t(), int(15) * g(Index::At(15)) / g(Index::At(15))),
    ] {
        let wrong = Derivation::new("", left).then(right, "");
        assert!(wrong.verify().is_err(), "{wrong}");
    }
}

#[test]
fn inequalities_hold_or_are_refused() {
    let env = Env::sample(0);
    let start = |n: usize| Derivation::new("", int(n));
    for (above, at_least, at_most) in [(1, false, true), (2, true, true), (3, true, false)] {
        assert_eq!(start(above).at_least(int(2), "").check(&env).is_ok(), at_least, "{above}");
        assert_eq!(start(above).at_most(int(2), "").check(&env).is_ok(), at_most, "{above}");
    }
    // Equal but for rounding in the last digits.
    let third = || int(1) / int(3) * int(3);
    assert!(Derivation::new("", third()).at_least(int(1), "").check(&env).is_ok());
    assert!(Derivation::new("", int(1)).at_most(third(), "").check(&env).is_ok());
    let refused = start(1).at_least(int(2), "").check(&env).unwrap_err();
    assert_eq!(refused.why, "1 is not ≥ 2");
}

#[test]
fn equals_never_stands_beside_a_rounded_number() {
    use derivation::sigma;
    let mut derivation = sigma(&[1.0, 2.0]).last().sigma.clone();
    derivation.verify().unwrap();
    let last = derivation.lines.last_mut().unwrap();
    assert_eq!(last.relation, Relation::Rounded);
    last.relation = Relation::Equal;
    assert_eq!(derivation.verify().unwrap_err().why, "= stands beside a rounded number");
    // Nor after one.
    derivation.lines.last_mut().unwrap().relation = Relation::Rounded;
    let mut derivation = derivation.then(sqrt(number(2.5)), "");
    derivation.verify().unwrap();
    derivation.lines.last_mut().unwrap().relation = Relation::Equal;
    assert!(derivation.verify().is_err());
}

/// Nor does a number that dots stand for make a line a rounded one: nobody sees it.
#[test]
fn what_dots_stand_for_is_not_shown() {
    let lines = derivation::sigma(&[1.0, 2.0, 1e-9, 1e9, 3.0, 4.0]).last().sigma.lines.clone();
    assert_eq!([2, 3].map(|line| lines[line].relation), [Relation::Equal, Relation::Rounded]);
}

#[test]
fn a_wrong_step_among_right_ones_is_refused() {
    let mut steps = derivation::sigma(&[3.0, 4.0, 12.0]);
    steps.0[1].sigma.lines[3].expr = sqrt(one_over(2) * int(24));
    let refused = steps.verify().unwrap_err();
    assert_eq!(refused.below, "√( ½ · 24 )");
}

#[test]
fn a_rounded_number_in_a_reason_is_marked() {
    let root = derivation::sigma(&[1.0, 2.0]).last().sigma.lines.last().unwrap().expr.clone();
    let derivation = Derivation::new("", int(1)).then(int(1), "for").because(sqrt(number(2.5)), root).because(t(), t());
    assert_eq!(derivation.to_string(), "1 = 1   for: √2.5 ≈ 1.58114, t = t");
    let reason = r"\begin{aligned} &\text{for:} \\ &\sqrt{2.5} \approx 1.58114 \\ &t = t \end{aligned}";
    assert!(derivation.latex().contains(reason), "{}", derivation.latex());
    derivation.verify().unwrap();
}

#[test]
fn environments_are_long_enough_for_every_step_that_is_named() {
    let from = sum(40, Index::T, square(g(Index::I)));
    for far in [int(2) + g(Index::At(40)), sum_of_squares(0, Index::At(40)), from] {
        let same = || Derivation::new("", int(1)).then(int(1), "");
        same().because(far.clone(), far.clone()).verify().unwrap();
        same().then(far.clone() / far.clone(), "").verify().unwrap();
        Derivation::new("", far.clone()).then(far.clone(), "").verify().unwrap();
        same().because(int(1), far).verify().unwrap_err();
    }
}

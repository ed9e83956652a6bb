//! σᵗ = √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² ), step by step (slides S3.1 to S3.4): with numbers, and in symbols.

use super::cancel;
use crate::chain::{Derivation, Mismatch};
use crate::formula::is_elided;
use crate::formula::*;
use crate::value::env::{self, Env, Rate, assert_valid, eta_at as scheduled};
use bigdecimal::{BigDecimal, Zero};
use std::fmt;
use update_rules::Schedule;

/// σ⁰, σ¹, … of these gradients, each from its definition to its value (slide S3).
///
/// # Panics
/// If there is no gradient, or one is NaN or infinite.
///
/// ```
/// assert_eq!(derivation::sigma(&[3.0, 4.0, 12.0]).last().to_string(), "\
/// σ² = √( ⅓ [ (g⁰)² + (g¹)² + (g²)² ] )   the root mean square of the gradients so far
///    = √( ⅓ [ (3)² + (4)² + (12)² ] )     put in the gradients
///    = √( ⅓ (9 + 16 + 144) )              square each
///    = √( ⅓ · 169 )                       add
///    ≈ √56.3333                           divide: the mean
///    ≈ 7.50555                            take the root");
/// ```
pub fn sigma(gradients: &[f64]) -> Steps {
    steps(Running::new(), gradients)
}

/// σ⁰, σ¹, … of these gradients, each followed by its update wᵗ⁺¹ ← wᵗ − (ηᵗ/σᵗ) gᵗ (slide S3).
///
/// # Panics
/// If there is no gradient, or a number is NaN or infinite, or the schedule divides by zero.
///
/// ```
/// use derivation::{Schedule, adagrad};
///
/// let steps = adagrad(Schedule::InverseSqrt { eta: 1.0 }, 0.0, &[3.0, 4.0]);
/// assert_eq!(steps.last().update.as_ref().unwrap().to_string(), "\
/// w² ← w¹ − (η¹/σ¹) g¹               Adagrad's update rule
///    ≈ −1 − (0.707107/3.53553) · 4   put in the numbers: η¹ = 1/√2
///    ≈ −1 − 0.8                      divide and multiply
///    = −1.8                          subtract");
/// ```
pub fn adagrad(schedule: Schedule, w0: f64, gradients: &[f64]) -> Steps {
    steps(Running::with_update(schedule, w0), gradients)
}

/// σᵗ in symbols: for this t (S3.1 to S3.3), or for general t (S3.4).
///
/// ```
/// assert_eq!(derivation::sigma_symbolic(Some(2)).to_string(), "\
/// σ² = √( ⅓ · Σᵢ₌₀² (gⁱ)² )               the root mean square of the gradients so far
///    = √( ⅓ [ (g⁰)² + (g¹)² + (g²)² ] )   write out the sum");
/// ```
pub fn sigma_symbolic(t: Option<usize>) -> Derivation {
    let index = t.map_or(Index::T, Index::At);
    let count = || crate::formula::t() + int(1);
    let share = || t.map_or_else(|| int(1) / count(), |t| one_over(t + 1));
    let mean = sqrt(share() * sum_of_squares(0, index));
    let of = Derivation::new(format!("{} in symbols", sigma_at(index)), sigma_at(index))
        .then(mean, "the root mean square of the gradients so far");
    match t {
        Some(0) => of
            .then(sqrt(squares_written_out(index)), "a sum of one term, and a mean of one")
            .then(abs(g(index)), "the root of a square is the absolute value"),
        Some(_) => of.then(sqrt(share() * squares_written_out(index)), "write out the sum"),
        None => of
            .then(sqrt(share() * squares_written_out(index)), "write out the sum")
            .then(sqrt(squares_written_out(index) / count()), "to multiply by 1/(t+1) is to divide by t+1")
            .then(
                sqrt(squares_written_out(index)) / sqrt(count()),
                "the root of a quotient is the quotient of the roots",
            )
            .then(sqrt(sum_of_squares(0, index)) / sqrt(count()), "write the sum with Σ again"),
    }
}

/// The derivations of one step: σᵗ, and wᵗ⁺¹ if there is an update.
#[derive(Clone, Debug)]
pub struct Step {
    /// σᵗ from its definition to its value.
    pub sigma: Derivation,
    /// wᵗ⁺¹ from its rule to its value.
    pub update: Option<Derivation>,
    sigma_value: Number,
    w_value: Option<Number>,
}

impl Step {
    /// σᵗ as the nearest f64.
    pub fn sigma_value(&self) -> f64 {
        self.sigma_value.to_f64()
    }

    /// wᵗ⁺¹ as the nearest f64, if there is an update.
    pub fn w_value(&self) -> Option<f64> {
        self.w_value.as_ref().map(Number::to_f64)
    }

    /// The derivations of this step, in order.
    pub fn derivations(&self) -> impl Iterator<Item = &Derivation> {
        std::iter::once(&self.sigma).chain(&self.update)
    }
}

/// The derivations of all steps, t = 0, 1, …
///
/// `Display` is plain text; as the last expression of a notebook cell it is shown as Markdown with formulae.
#[derive(Clone, Debug)]
pub struct Steps(pub Vec<Step>);

impl Steps {
    /// The last step alone.
    ///
    /// # Panics
    /// If there is none.
    pub fn last(&self) -> &Step {
        self.0.last().expect("there is at least one step")
    }

    /// Step t, counted from 0.
    ///
    /// # Panics
    /// If there is no such step.
    pub fn at(&self, t: usize) -> &Step {
        &self.0[t]
    }

    /// Checks every line of every step under the numbers it was made from.
    ///
    /// # Errors
    /// The first two neighbouring lines that do not compare as they claim.
    pub fn verify(&self) -> Result<(), Mismatch> {
        self.0.iter().flat_map(Step::derivations).try_for_each(Derivation::verify)
    }
}

/// Steps one gradient at a time, in constant memory.
///
/// ```
/// let mut running = derivation::Running::new();
/// for _ in 0..1000 {
///     running.push(-0.1);
/// }
/// let text = running.step().sigma.to_string();
/// assert!(text.starts_with("σ⁹⁹⁹ = √( 1/1000 · [ (g⁰)² + (g¹)² + … + (g⁹⁹⁹)² ] )"));
/// assert!(text.contains("= √( 1/1000 · [ (−0.1)² + (−0.1)² + … + (−0.1)² ] )"));
/// ```
#[derive(Clone, Debug)]
pub struct Running {
    /// (i, gⁱ): the gradients that are written, the first five at most.
    first: Vec<(usize, BigDecimal)>,
    last: BigDecimal,
    count: usize,
    sum: BigDecimal,
    update: Option<Update>,
}

/// The schedule, wᵗ of the last step and wᵗ⁺¹ after it.
#[derive(Clone, Debug)]
struct Update {
    schedule: Schedule,
    before: Number,
    after: Number,
}

impl Default for Running {
    fn default() -> Self {
        Running::new()
    }
}

impl Running {
    /// σᵗ alone, before its first gradient.
    pub fn new() -> Running {
        Running { first: Vec::new(), last: BigDecimal::zero(), count: 0, sum: BigDecimal::zero(), update: None }
    }

    /// σᵗ and wᵗ⁺¹, before its first gradient.
    ///
    /// # Panics
    /// If a number is NaN or infinite, or a step decay's `every` is 0.
    pub fn with_update(schedule: Schedule, w0: f64) -> Running {
        assert_valid(&schedule);
        let w0 = Number::given(w0);
        Running { update: Some(Update { schedule, before: w0.clone(), after: w0 }), ..Running::new() }
    }

    /// Takes the next gradient.
    ///
    /// # Panics
    /// If it is NaN or infinite, or the schedule divides by zero.
    pub fn push(&mut self, gradient: f64) {
        let g = env::gradient(self.count, gradient);
        self.sum += g.square();
        self.count += 1;
        if !is_elided(self.count) {
            self.first.push((self.count - 1, g.clone()));
        }
        self.last = g;
        if let Some(mut update) = self.update.take() {
            let step = self.step_size(&update.schedule);
            let (w, exact) = (update.after.value() - step.value(), !update.after.is_rounded() && !step.is_rounded());
            update.before = update.after;
            update.after = if exact { Number::exact(w) } else { Number::rounded(w) };
            self.update = Some(update);
        }
    }

    /// The derivations of the last step.
    ///
    /// # Panics
    /// If no gradient was pushed.
    pub fn step(&self) -> Step {
        assert!(self.count > 0, "a step needs a gradient");
        let update = self.update.as_ref().map(|update| self.update_derivation(update));
        Step {
            sigma: self.sigma_derivation(),
            update,
            sigma_value: self.sigma_number(),
            w_value: self.update.as_ref().map(|update| update.after.clone()),
        }
    }

    /// How slide 4's root cancels in the last step, with its numbers; `eta` is η of the slide's schedule ηᵗ = η/√(t+1).
    ///
    /// # Panics
    /// If no gradient was pushed, or `eta` is NaN or infinite.
    pub fn cancelling_root(&self, eta: f64) -> Derivation {
        assert!(self.count > 0, "a step needs a gradient");
        let schedule = Schedule::InverseSqrt { eta };
        let numbers = cancel::Numbers {
            t: self.t(),
            eta: Number::given(eta),
            squares: self.squares(|g| square(number_of(g))),
            sum: self.sum.clone(),
            g: Number::exact(self.last.clone()),
            root: Number::root_of_ratio(&self.sum, &1.into()),
            step: self.step_size(&schedule),
        };
        cancel::with_numbers(numbers, self.env(schedule, BigDecimal::zero()))
    }

    fn t(&self) -> usize {
        self.count - 1
    }

    fn sigma_number(&self) -> Number {
        Number::root_of_ratio(&self.sum, &BigDecimal::from(self.count as u64))
    }

    /// (ηᵗ/σᵗ) gᵗ, or 0 if every gradient so far is zero; an exact decimal is found through its square.
    fn step_size(&self, schedule: &Schedule) -> Number {
        if self.sum.is_zero() {
            return Number::given(0.0);
        }
        let rate =
            Rate::at(schedule, self.t()).unwrap_or_else(|| panic!("the schedule divides by zero at t = {}", self.t()));
        let signed = &rate.numerator * &self.last;
        let numerator = signed.square() * BigDecimal::from(self.count as u64);
        let size = Number::root_of_ratio(&numerator, &(rate.denominator_squared() * &self.sum));
        size.with_sign_of(&signed).with_sign_of(&rate.denominator)
    }

    fn sigma_derivation(&self) -> Derivation {
        let t = Index::At(self.t());
        let one = self.count == 1;
        let mean = |squares: Expr| {
            if one { sqrt(squares) } else { sqrt(one_over(self.count) * squares) }
        };
        let mut of = Derivation::new(format!("{} with its numbers", sigma_at(t)), sigma_at(t))
            .then(mean(squares_written_out(t)), "the root mean square of the gradients so far")
            .then(
                mean(self.squares(|g| square(number_of(g)))),
                if one { "put in the gradient" } else { "put in the gradients" },
            )
            .then(mean(self.squares(|g| number_of(&g.square()))), if one { "square it" } else { "square each" });
        if !one {
            let mean_value = Number::ratio(&self.sum, &BigDecimal::from(self.count as u64));
            of = of.then(mean(number_of(&self.sum)), "add").then(sqrt(Expr::Number(mean_value)), "divide: the mean");
        }
        let mut of = of.then(Expr::Number(self.sigma_number()), "take the root");
        of.env = Some(self.env(Schedule::InverseSqrt { eta: 1.0 }, BigDecimal::zero()));
        of
    }

    fn update_derivation(&self, update: &Update) -> Derivation {
        let (t, next) = (Index::At(self.t()), Index::At(self.count));
        let number = |n: &Number| Expr::Number(n.clone());
        let of = Derivation::new(format!("{} with its numbers", w(next)), w(next));
        let mut of = if self.sum.is_zero() {
            of.becomes(w(t), cancel::ALL_ZERO).then(number(&update.after), "put in the number")
        } else {
            let g_value = number_of(&self.last);
            let eta_value = scheduled(&update.schedule, self.t()).expect("`push` has divided by it");
            let eta_value = number(&eta_value);
            let step = number(&self.step_size(&update.schedule));
            of.becomes(w(t) - eta_at(t) / sigma_at(t) * g(t), "Adagrad's update rule")
                .then(number(&update.before) - eta_value / number(&self.sigma_number()) * g_value, "put in the numbers")
                .because(eta_at(t), rate(&update.schedule, self.t()))
                .then(number(&update.before) - step, "divide and multiply")
                .then(number(&update.after), "subtract")
        };
        of.env = Some(self.env(update.schedule, update.before.value().clone()));
        of
    }

    /// The sum of the squares as it is written, each of its terms as `term` writes it.
    fn squares(&self, term: impl Fn(&BigDecimal) -> Expr) -> Expr {
        let shown = self.shown().iter().map(|(_, g)| term(g)).collect();
        squares(shown, self.hidden().map(|sum| number_of(&sum)))
    }

    /// The gradients that are written: all, or the first two and the last.
    fn shown(&self) -> Vec<(usize, BigDecimal)> {
        if !is_elided(self.count) {
            return self.first.clone();
        }
        let mut shown = self.first[..2].to_vec();
        shown.push((self.t(), self.last.clone()));
        shown
    }

    /// The squares of the gradients that are not written.
    fn hidden(&self) -> Option<BigDecimal> {
        let shown: BigDecimal = self.shown().iter().map(|(_, g)| g.square()).sum();
        is_elided(self.count).then(|| &self.sum - shown)
    }

    fn env(&self, schedule: Schedule, w: BigDecimal) -> Env {
        Env::of_step(schedule, self.shown(), self.hidden(), w)
    }
}

/// The squares of numbers as `written_out` would print them, given those that are printed and the sum of the others.
fn squares(shown: Vec<Expr>, hidden: Option<Expr>) -> Expr {
    let mut terms: Vec<Expr> = shown;
    if let Some(hidden) = hidden {
        terms.insert(terms.len() - 1, Expr::Dots(Box::new(hidden)));
    }
    if terms.len() == 1 { terms.remove(0) } else { Expr::Add(terms) }
}

fn number_of(x: &BigDecimal) -> Expr {
    Expr::Number(Number::exact(x.clone()))
}

/// ηᵗ as its schedule computes it: `1/√3`.
fn rate(schedule: &Schedule, t: usize) -> Expr {
    match *schedule {
        Schedule::Constant { eta } => number(eta),
        Schedule::StepDecay { eta, factor, every } => {
            let times = i32::try_from(t / every).expect("fewer steps than memory could hold");
            number(eta) * half_power(number(factor), 2 * times)
        }
        Schedule::InverseSqrt { eta } => number(eta) / sqrt(int(t + 1)),
        Schedule::InverseTime { eta, k } => number(eta) / (int(1) + number(k) * int(t)),
    }
}

fn steps(mut running: Running, gradients: &[f64]) -> Steps {
    assert!(!gradients.is_empty(), "a derivation needs at least one gradient");
    let push = |&g: &f64| {
        running.push(g);
        running.step()
    };
    Steps(gradients.iter().map(push).collect())
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&join(self.derivations(), Derivation::to_string))
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&join(self.0.iter(), Step::to_string))
    }
}

fn join<'a, T: 'a>(parts: impl Iterator<Item = &'a T>, print: impl Fn(&T) -> String) -> String {
    let parts: Vec<String> = parts.map(print).collect();
    parts.join("\n\n")
}

impl Step {
    /// Each derivation as a display formula, with an empty line between.
    pub fn latex(&self) -> String {
        join(self.derivations(), Derivation::latex)
    }

    /// Each derivation under its title in bold.
    pub fn markdown(&self) -> String {
        join(self.derivations(), Derivation::markdown)
    }
}

impl Steps {
    /// Each derivation as a display formula, with an empty line between.
    pub fn latex(&self) -> String {
        join(self.0.iter(), Step::latex)
    }

    /// Each derivation under its title in bold.
    pub fn markdown(&self) -> String {
        join(self.0.iter(), Step::markdown)
    }
}

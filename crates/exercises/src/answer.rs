//! What an answer may be; each becomes a list of numbers, which is what is compared.

use ndarray::Array1;

/// A student's answer, made from what [`IntoAnswer`] lists.
pub struct Answer(pub(crate) Kind);

type Schedule = dyn Fn(f64, usize) -> f64;
type OfGradients = dyn Fn(&[f64]) -> f64;
type OfRateAndGradients = dyn Fn(f64, &[f64]) -> f64;
type Update = dyn Fn(f64, f64, &[f64]) -> f64;

pub(crate) enum Kind {
    /// No answer yet.
    Nothing,
    Number(f64),
    Numbers(Vec<f64>),
    YesNo(bool),
    /// (η, t)
    Schedule(Box<Schedule>),
    /// (g⁰ … gᵗ)
    OfGradients(Box<OfGradients>),
    /// (η, g⁰ … gᵗ)
    OfRateAndGradients(Box<OfRateAndGradients>),
    /// (w, η, g⁰ … gᵗ)
    Update(Box<Update>),
}

/// The (η, t) that a schedule is tried on.
const RATES: [(f64, usize); 5] = [(1.0, 0), (2.0, 3), (6.0, 8), (0.5, 1), (0.1, 99)];

/// The gradients that a formula is tried on; the last of them is not always positive.
const GRADIENTS: [&[f64]; 4] = [&[3.0], &[3.0, 4.0], &[3.0, -4.0, 12.0], &[-0.02, 0.5, 0.3, 0.7, -1.1]];

/// The (w, η) that go with them.
const STARTS: [(f64, f64); 4] = [(0.0, 1.0), (2.0, 0.5), (-1.0, 0.1), (10.0, 3.0)];

impl Answer {
    /// The numbers to compare.
    pub(crate) fn values(&self) -> Vec<f64> {
        let gradients = GRADIENTS.iter().zip(STARTS);
        match &self.0 {
            Kind::Nothing => Vec::new(),
            Kind::Number(x) => vec![*x],
            Kind::Numbers(xs) => xs.clone(),
            Kind::YesNo(yes) => vec![f64::from(*yes)],
            Kind::Schedule(f) => RATES.iter().map(|&(eta, t)| f(eta, t)).collect(),
            Kind::OfGradients(f) => GRADIENTS.iter().map(|g| f(g)).collect(),
            Kind::OfRateAndGradients(f) => gradients.map(|(g, (_, eta))| f(eta, g)).collect(),
            Kind::Update(f) => gradients.map(|(g, (w, eta))| f(w, eta, g)).collect(),
        }
    }

    /// In words, what number `i` of [`values`](Answer::values) belongs to.
    pub(crate) fn place(&self, i: usize) -> String {
        let ((eta, t), (w, rate)) = (RATES[i % RATES.len()], STARTS[i % STARTS.len()]);
        let g = GRADIENTS[i % GRADIENTS.len()];
        match &self.0 {
            Kind::Nothing | Kind::Number(_) | Kind::YesNo(_) => String::new(),
            Kind::Numbers(_) => format!("number {}", i + 1),
            Kind::Schedule(_) => format!("at η = {eta}, t = {t}"),
            Kind::OfGradients(_) => format!("for the gradients {g:?}"),
            Kind::OfRateAndGradients(_) => {
                format!("for η = {rate} and the gradients {g:?}")
            }
            Kind::Update(_) => format!("for w = {w}, η = {rate} and the gradients {g:?}"),
        }
    }

    /// What kind of answer this is, in words.
    pub(crate) fn kind(&self) -> String {
        match &self.0 {
            Kind::Nothing => "no answer".into(),
            Kind::Number(_) => "one number".into(),
            Kind::Numbers(xs) => format!("{} numbers", xs.len()),
            Kind::YesNo(_) => "true or false".into(),
            Kind::Schedule(_) => "a function of (eta: f64, t: usize)".into(),
            Kind::OfGradients(_) => "a function of (g: &[f64])".into(),
            Kind::OfRateAndGradients(_) => "a function of (eta: f64, g: &[f64])".into(),
            Kind::Update(_) => "a function of (w: f64, eta: f64, g: &[f64])".into(),
        }
    }

    /// Whether a person typed the numbers, and may have rounded them.
    pub(crate) fn is_typed(&self) -> bool {
        matches!(self.0, Kind::Number(_) | Kind::Numbers(_) | Kind::YesNo(_))
    }
}

/// What may be given as an answer; the compiler finds the `Kind` by itself.
///
/// | asked for | given |
/// |---|---|
/// | a number | `f64` |
/// | several | `[f64; N]`, `Vec<f64>`, `Array1<f64>`, or a reference to one |
/// | yes or no | `bool` |
/// | ηᵗ | `fn(eta: f64, t: usize) -> f64` |
/// | a formula of the gradients, such as σᵗ | `fn(g: &[f64]) -> f64`, where `g` holds g⁰ … gᵗ |
/// | one with η, such as a step | `fn(eta: f64, g: &[f64]) -> f64` |
/// | wᵗ⁺¹ | `fn(w: f64, eta: f64, g: &[f64]) -> f64` |
///
/// Each may stand in an `Option`, where `None` is no answer yet; so is NaN.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an answer",
    note = "an answer is a number (5.0, not 5), several in an array, true or false, or a function that the exercise describes"
)]
pub trait IntoAnswer<Kind> {
    /// The answer.
    fn into_answer(self) -> Answer;
}

impl IntoAnswer<f64> for f64 {
    fn into_answer(self) -> Answer {
        Answer(Kind::Number(self))
    }
}

impl IntoAnswer<bool> for bool {
    fn into_answer(self) -> Answer {
        Answer(Kind::YesNo(self))
    }
}

impl IntoAnswer<Vec<f64>> for Vec<f64> {
    fn into_answer(self) -> Answer {
        Answer(Kind::Numbers(self))
    }
}

impl<const N: usize> IntoAnswer<Vec<f64>> for [f64; N] {
    fn into_answer(self) -> Answer {
        self.to_vec().into_answer()
    }
}

impl IntoAnswer<Vec<f64>> for Array1<f64> {
    fn into_answer(self) -> Answer {
        self.to_vec().into_answer()
    }
}

impl<T: Clone + IntoAnswer<Vec<f64>>> IntoAnswer<Vec<f64>> for &T {
    fn into_answer(self) -> Answer {
        self.clone().into_answer()
    }
}

impl<K, T: IntoAnswer<K>> IntoAnswer<Option<K>> for Option<T> {
    fn into_answer(self) -> Answer {
        self.map_or(Answer(Kind::Nothing), T::into_answer)
    }
}

impl<F: Fn(f64, usize) -> f64 + 'static> IntoAnswer<fn(f64, usize) -> f64> for F {
    fn into_answer(self) -> Answer {
        Answer(Kind::Schedule(Box::new(self)))
    }
}

impl<F: Fn(&[f64]) -> f64 + 'static> IntoAnswer<fn(&[f64]) -> f64> for F {
    fn into_answer(self) -> Answer {
        Answer(Kind::OfGradients(Box::new(self)))
    }
}

impl<F: Fn(f64, &[f64]) -> f64 + 'static> IntoAnswer<fn(f64, &[f64]) -> f64> for F {
    fn into_answer(self) -> Answer {
        Answer(Kind::OfRateAndGradients(Box::new(self)))
    }
}

impl<F: Fn(f64, f64, &[f64]) -> f64 + 'static> IntoAnswer<fn(f64, f64, &[f64]) -> f64> for F {
    fn into_answer(self) -> Answer {
        Answer(Kind::Update(Box::new(self)))
    }
}

//! What an answer may be; each becomes a list of numbers, which is what is compared.

use crate::panics::caught;
use crate::rule::Case;
use display::number;
use ndarray::Array1;

/// A student's answer, made from what [`IntoAnswer`] lists.
pub struct Answer {
    pub(crate) kind: Kind,
    /// The numbers to compare; of a function, what it gives for each of [`TRIED`].
    pub(crate) values: Vec<f64>,
    /// The message with which a function panicked; it gave its `values` before.
    pub(crate) panic: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Number,
    Numbers(usize),
    YesNo,
    OfEtaAndT,
    OfGradients,
    OfEtaAndGradients,
    OfWEtaAndGradients,
}

/// What a function is tried on; the last of the gradients is not always positive.
pub(crate) const TRIED: [Case<'static>; 4] = [
    Case::new(0.0, 1.0, &[3.0]),
    Case::new(2.0, 0.5, &[3.0, 4.0]),
    Case::new(-1.0, 0.1, &[3.0, -4.0, 12.0]),
    Case::new(10.0, 3.0, &[-0.02, 0.5, 0.3, 0.7, -1.1]),
];

impl Kind {
    pub fn in_words(self) -> String {
        match self {
            Kind::Number => "one number".into(),
            Kind::Numbers(1) => "a list of one number".into(),
            Kind::Numbers(n) => format!("{n} numbers"),
            Kind::YesNo => "true or false".into(),
            Kind::OfEtaAndT => "a function of (eta: f64, t: usize)".into(),
            Kind::OfGradients => "a function of (g: &[f64])".into(),
            Kind::OfEtaAndGradients => "a function of (eta: f64, g: &[f64])".into(),
            Kind::OfWEtaAndGradients => "a function of (w: f64, eta: f64, g: &[f64])".into(),
        }
    }

    /// What value `i` belongs to; nothing where there is only one.
    pub fn place(self, i: usize) -> Option<String> {
        let Case { w, eta, t, g } = TRIED[i % TRIED.len()];
        match self {
            Kind::Number | Kind::YesNo => None,
            Kind::Numbers(_) => Some(format!("number {}", i + 1)),
            Kind::OfEtaAndT => Some(format!("at η = {eta}, t = {t}")),
            Kind::OfGradients => Some(format!("for the gradients {g:?}")),
            Kind::OfEtaAndGradients => Some(format!("for η = {eta} and the gradients {g:?}")),
            Kind::OfWEtaAndGradients => Some(format!("for w = {w}, η = {eta} and the gradients {g:?}")),
        }
    }

    /// Whether a person typed the numbers, and may have rounded them.
    pub fn is_typed(self) -> bool {
        matches!(self, Kind::Number | Kind::Numbers(_) | Kind::YesNo)
    }
}

impl Answer {
    pub(crate) fn typed(kind: Kind, values: Vec<f64>) -> Answer {
        Answer { kind, values, panic: None }
    }

    /// As a student would type it.
    pub(crate) fn written(&self) -> String {
        match self.kind {
            Kind::YesNo => (self.values == [1.0]).to_string(),
            _ => self.values.iter().map(|&x| number(x)).collect::<Vec<_>>().join(", "),
        }
    }

    fn tried(kind: Kind, f: impl Fn(Case) -> f64) -> Answer {
        let mut answer = Answer::typed(kind, Vec::new());
        for case in TRIED {
            match caught(|| f(case)) {
                Ok(x) => answer.values.push(x),
                Err(message) => return Answer { panic: Some(message), ..answer },
            }
        }
        answer
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
        Answer::typed(Kind::Number, vec![self])
    }
}

impl IntoAnswer<bool> for bool {
    fn into_answer(self) -> Answer {
        Answer::typed(Kind::YesNo, vec![f64::from(self)])
    }
}

impl IntoAnswer<Vec<f64>> for Vec<f64> {
    fn into_answer(self) -> Answer {
        Answer::typed(Kind::Numbers(self.len()), self)
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
        self.map_or(Answer::typed(Kind::Number, Vec::new()), T::into_answer)
    }
}

/// Rows of a kind, and what a function takes of each case that it is tried on.
macro_rules! functions {
    ($($kind:ident: ($($part:ident: $type:ty),*);)*) => {$(
        impl<F: Fn($($type),*) -> f64> IntoAnswer<fn($($type),*) -> f64> for F {
            fn into_answer(self) -> Answer {
                Answer::tried(Kind::$kind, |x| self($(x.$part),*))
            }
        }
    )*};
}
functions! {
    OfEtaAndT: (eta: f64, t: usize);
    OfGradients: (g: &[f64]);
    OfEtaAndGradients: (eta: f64, g: &[f64]);
    OfWEtaAndGradients: (w: f64, eta: f64, g: &[f64]);
}

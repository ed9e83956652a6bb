//! The derivations of one step, and of all steps.

use crate::chain::{Derivation, Mismatch};
use crate::decimal::nearest;
use crate::formula::Form;
use std::fmt;

/// The derivations of one step: σᵗ, and wᵗ⁺¹ if there is an update.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// σᵗ from its definition to its value.
    pub sigma: Derivation,
    /// wᵗ⁺¹ from its rule to its value.
    pub update: Option<Derivation>,
}

/// The derivations of all steps, t = 0, 1, …
///
/// `Display` is plain text; as the last expression of a notebook cell it is shown as Markdown with formulae.
#[must_use]
#[derive(Clone, Debug, PartialEq)]
pub struct Steps(pub Vec<Step>);

impl Step {
    /// σᵗ as the nearest f64.
    pub fn sigma_value(&self) -> f64 {
        result(&self.sigma)
    }

    /// wᵗ⁺¹ as the nearest f64, if there is an update.
    pub fn w_value(&self) -> Option<f64> {
        self.update.as_ref().map(result)
    }

    /// The derivations of this step, in order.
    pub fn derivations(&self) -> impl Iterator<Item = &Derivation> {
        std::iter::once(&self.sigma).chain(&self.update)
    }
}

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

    /// The derivations of all steps, in order.
    pub fn derivations(&self) -> impl Iterator<Item = &Derivation> {
        self.0.iter().flat_map(Step::derivations)
    }

    /// Checks every line of every step under the numbers it was made from.
    ///
    /// # Errors
    /// The first two neighbouring lines that do not compare as they claim.
    pub fn verify(&self) -> Result<(), Mismatch> {
        self.derivations().try_for_each(Derivation::verify)
    }
}

/// The number in a derivation's last line.
fn result(derivation: &Derivation) -> f64 {
    let Form::Number(number) = &derivation.last().form else {
        unreachable!("the derivations of a step end with their numbers");
    };
    nearest(&number.value)
}

/// Prints one derivation after the other, with an empty line between.
macro_rules! print_all {
    ($($type:ty),*) => {$(
        impl $type {
            /// Each derivation under its title in bold.
            pub fn markdown(&self) -> String {
                self.derivations().map(Derivation::markdown).collect::<Vec<_>>().join("\n\n")
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(&self.derivations().map(Derivation::to_string).collect::<Vec<_>>().join("\n\n"))
            }
        }
    )*};
}

print_all!(Step, Steps);

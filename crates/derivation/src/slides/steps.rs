//! The derivations of one step, and of all steps.

use crate::chain::{Derivation, Mismatch};
use crate::formula::Number;
use std::fmt;

/// The derivations of one step: σᵗ, and wᵗ⁺¹ if there is an update.
#[must_use]
#[derive(Clone, Debug)]
pub struct Step {
    /// σᵗ from its definition to its value.
    pub sigma: Derivation,
    /// wᵗ⁺¹ from its rule to its value.
    pub update: Option<Derivation>,
    pub(super) sigma_value: Number,
    pub(super) w_value: Option<Number>,
}

/// The derivations of all steps, t = 0, 1, …
///
/// `Display` is plain text; as the last expression of a notebook cell it is shown as Markdown with formulae.
#[must_use]
#[derive(Clone, Debug)]
pub struct Steps(pub Vec<Step>);

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

    /// Each derivation as a display formula, with an empty line between.
    pub fn latex(&self) -> String {
        join(self.derivations(), Derivation::latex)
    }

    /// Each derivation under its title in bold.
    pub fn markdown(&self) -> String {
        join(self.derivations(), Derivation::markdown)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&join(self.derivations(), Derivation::to_string))
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&join(self.derivations(), Derivation::to_string))
    }
}

fn join<'a>(derivations: impl Iterator<Item = &'a Derivation>, print: impl Fn(&Derivation) -> String) -> String {
    derivations.map(print).collect::<Vec<_>>().join("\n\n")
}

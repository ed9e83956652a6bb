//! What the lists of exercises are written with.

pub(crate) use crate::answer::Kind;
pub(crate) use crate::asked::{Asked, answer, each, function, one};
pub(crate) use crate::exercise::{Exercise, Listed, exercises, wrong};
pub(crate) use crate::rule::{Case, Rule, SLIDES};
pub(crate) use crate::worked::{self, computed, decayed, squares};
pub(crate) use derivation::formula::*;
pub(crate) use derivation::{Derivation, Expr};
pub(crate) use ndarray::{Array1, array};
pub(crate) use update_rules::{Schedule, Vanilla, descend, eigenvalues};

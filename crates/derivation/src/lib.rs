//! Derivations as data: σᵗ step by step.

//! Checks the repository itself.

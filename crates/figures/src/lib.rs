//! Concrete plotting functions that a notebook cell calls in one line.

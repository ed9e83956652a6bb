//! The update rules of the slides over ndarray arrays.

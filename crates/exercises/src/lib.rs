//! Checks a student's answer and recognises the known mistakes.

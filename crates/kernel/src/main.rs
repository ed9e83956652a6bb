//! Gives evcxr a warm, locked build directory per notebook.
fn main() {}

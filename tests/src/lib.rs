//! Runs every notebook in a real kernel and checks what a reader sees.

# Show σᵗ step by step with your gradients: just derive 3 4 12 (just derive --help for more)
[positional-arguments]
derive *arguments:
    @cargo run --quiet --release --package derivation --bin derive -- "$@"

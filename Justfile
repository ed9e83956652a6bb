# Time one Adagrad step from 1 to 5e7 parameters, beside the memory traffic it cannot avoid
bench:
    cargo bench --package update-rules --bench speed

# Set PyTorch and NumPy beside it in one table; installs them (5 GB) into target/peers
bench-peers:
    python3 -m venv target/peers
    target/peers/bin/pip install --quiet --requirement crates/update-rules/benches/requirements.txt
    target/peers/bin/python crates/update-rules/benches/peers.py

# Change each line of update-rules and see a test fail (cargo-mutants)
mutants:
    cargo mutants --version >/dev/null 2>&1 || cargo install --locked cargo-mutants
    cargo mutants --package update-rules

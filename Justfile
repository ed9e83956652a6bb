# Recipes pass their arguments on as they are: `just lab --no-browser`.
set positional-arguments

evcxr_version := "0.22.0"

# One build of the kernel's engine per user and version; the user's own evcxr is never touched.
evcxr_root := cache_directory() / "adagrad-slides" / ("evcxr_jupyter-" + evcxr_version)
evcxr := evcxr_root / "bin" / "evcxr_jupyter"
launcher := "target/debug/kernel --root '" + justfile_directory() + "' --evcxr '" + evcxr + "'"

# List the recipes.
[private]
default:
    @just --list --unsorted

# Open the notebooks in JupyterLab, setting up what is missing; arguments go to JupyterLab.
[group('read')]
[no-exit-message]
lab *arguments: _python kernel
    #!/usr/bin/env bash
    set -euo pipefail
    # Jupyter's data and settings of this project only: your own stay as they are.
    export JUPYTER_DATA_DIR="$PWD/target/jupyter" JUPYTER_CONFIG_DIR="$PWD/target/jupyter/config"
    export JUPYTER_PATH="$PWD/target/jupyter"
    # The committed outputs are what `just verify` proves, so they may be shown before a first run.
    .venv/bin/jupyter trust notebooks/*.ipynb >/dev/null
    # In a container one is often root.
    [ "$(id -u)" -ne 0 ] || set -- --allow-root "$@"
    exec .venv/bin/jupyter lab notebooks "$@"

# Print a derivation with your own gradients: `just derive 3 4 12`, `just derive --help`.
[group('read')]
[no-exit-message]
derive *arguments:
    @cargo run --quiet --locked --release -p derivation --bin derive -- "$@"

# Open the documentation of the crates in a browser.
[group('read')]
docs:
    cargo doc --locked --workspace --no-deps --open

# Check everything that a reader sees, and the code behind it; what CI runs. Needs no Python.
[group('check')]
verify: kernel
    cargo fmt --all --check
    cargo clippy --locked --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps
    cargo test --locked --workspace

# Run the notebooks whose name contains a word (all without one) and check what they show.
[group('check')]
verify-notebooks word='': kernel
    cargo test --locked -p tests --test notebooks -- "$@"

# Run notebooks anew and write their outputs back; then `cargo insta review` accepts the snapshots.
[group('write')]
render *words: kernel
    INSTA_UPDATE=new INSTA_FORCE_PASS=1 cargo run --locked -p tests --bin render -- "$@"

# Build the quick kernel in target/jupyter: JUPYTER_PATH=$PWD/target/jupyter gives it to any client.
[group('kernel')]
kernel: _evcxr
    cargo build --locked -p kernel
    {{ launcher }} build

# Register the quick kernel in your own Jupyter or VS Code, as "Rust (adagrad-slides)".
[group('kernel')]
install-kernel: kernel
    {{ launcher }} install

# Undo `just install-kernel`.
[group('kernel')]
uninstall-kernel:
    cargo build --quiet --locked -p kernel
    target/debug/kernel uninstall

# Time the quick kernel beside the stock one, in one run.
[group('measure')]
bench-kernel *words: kernel
    cargo run --locked -p tests --bin bench-kernel -- '{{ evcxr }}' "$@"

# Time one Adagrad step from 1 to 5e7 parameters, beside the memory traffic that it cannot avoid.
[group('measure')]
bench:
    cargo bench --locked -p update-rules --features threads --bench speed

# Set PyTorch and NumPy beside it in one table.
[group('measure')]
bench-peers: _peers
    target/peers/bin/python crates/update-rules/benches/peers.py

# Walk the recorded trajectories of PyTorch, optax and Keras anew and compare; `just peers --write` records them.
[group('measure')]
peers *arguments: _peers
    target/peers/bin/python tests/fixtures/peers.py "$@"

# Change each line of the rules and the derivations and see a test fail; arguments go to cargo-mutants.
[group('measure')]
mutants *arguments:
    cargo mutants --version >/dev/null 2>&1 || cargo install --locked cargo-mutants
    cargo mutants -p update-rules -p derivation "$@"

[private]
[no-exit-message]
_toolchain:
    #!/usr/bin/env bash
    set -euo pipefail
    command -v cc >/dev/null || { echo "No C compiler (cc): install one, for instance with 'apt install gcc'." >&2; exit 1; }
    command -v rustup >/dev/null || { echo "No rustup: install Rust with rustup, which brings the pinned toolchain." >&2; exit 1; }
    rustc --version >/dev/null 2>&1 || rustup toolchain install
    # The kernel infers types from the standard library's source.
    if [ ! -d "$(rustc --print sysroot)/lib/rustlib/src/rust/library" ]; then
        rustup component add rust-src clippy rustfmt
    fi

[private]
[no-exit-message]
_evcxr: _toolchain
    #!/usr/bin/env bash
    set -euo pipefail
    [ -x '{{ evcxr }}' ] && exit 0
    echo "Building evcxr_jupyter {{ evcxr_version }}, once for this user (about 7 minutes on 2 cores) …" >&2
    cargo install --locked --root '{{ evcxr_root }}' evcxr_jupyter --version '{{ evcxr_version }}'

[private]
[no-exit-message]
_python:
    #!/usr/bin/env bash
    set -euo pipefail
    cmp -s requirements.txt .venv/requirements.txt && exit 0
    command -v python3 >/dev/null || { echo "No python3: install Python 3.10 or newer, for instance with 'apt install python3'." >&2; exit 1; }
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "$(python3 --version) is too old for JupyterLab: install Python 3.10 or newer." >&2; exit 1; }
    python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: install it, for instance with 'apt install python3-venv'." >&2; exit 1; }
    echo "Installing JupyterLab in .venv …" >&2
    rm -rf .venv
    python3 -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
    # No questions about news and updates on the first screen, and no network for them.
    mkdir -p .venv/share/jupyter/lab/settings
    echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}' > .venv/share/jupyter/lab/settings/overrides.json
    # Last of all: an installation that was cut short is made again.
    cp requirements.txt .venv/requirements.txt

# The libraries that the rules are compared with (5 GB).
[private]
_peers:
    python3 -m venv target/peers
    target/peers/bin/pip install --quiet --requirement tests/fixtures/requirements.txt

# Recipes pass their arguments on as they are: `just lab --no-browser`.
set positional-arguments

# The launcher, wherever cargo builds it; it decides whose settings reach what it starts (crates/kernel/src/environment.rs).
launcher := "cargo run --quiet --locked -p kernel --"

# List the recipes.
[private]
default:
    @just --list --unsorted

# Open the notebooks in JupyterLab, setting up what is missing; arguments go to JupyterLab.
[group('read')]
[no-exit-message]
lab *arguments: kernel _python
    #!/usr/bin/env bash
    set -euo pipefail
    # The committed outputs are what `just verify` proves, so they may be shown before a first run.
    {{ launcher }} exec .venv/bin/python -I -m nbformat.sign notebooks/*.ipynb >/dev/null
    # In a container one is often root.
    [ "$(id -u)" -ne 0 ] || set -- --allow-root "$@"
    # A spare kernel as long as the server has the pipe: when no kernel has started for 30 seconds, where 2 GB are free.
    [ "${ADAGRAD_SPARE:-1}" = 0 ] || exec 3> >({{ launcher }} spare 30 2000000000 >/dev/null)
    exec {{ launcher }} exec .venv/bin/python -I -m jupyterlab notebooks "$@"

# Fetch what is new; a page that you changed and that is new stays as a copy in notebooks/mine/.
[group('read')]
[no-exit-message]
update:
    #!/usr/bin/env bash
    set -euo pipefail
    git fetch --quiet
    git merge-base --is-ancestor HEAD '@{u}' || { echo "You have commits of your own: git pull --rebase" >&2; exit 1; }
    git diff -z --name-only HEAD '@{u}' -- 'notebooks/*.ipynb' | while IFS= read -rd '' page; do
        if [ -e "$page" ] && ! git diff --quiet HEAD -- "$page"; then
            copy="notebooks/mine/$(basename "$page" .ipynb)-$(date +%Y%m%d-%H%M%S).ipynb"
            mkdir -p notebooks/mine && cp "$page" "$copy" && git checkout --quiet HEAD -- "$page"
            echo "Your $page is now $copy"
        fi
    done
    git merge --ff-only '@{u}'

# Print a derivation with your own gradients: `just derive 3 4 12`, `just derive --help`.
[group('read')]
[no-exit-message]
derive *arguments:
    @cargo run --quiet --locked --release -p derive -- "$@"

# Make the book, in target/book: open its index.html, or put the folder on any web server.
[group('read')]
book: _toolchain
    cargo run --quiet --locked -p book

# Open the documentation of the crates in a browser.
[group('read')]
docs:
    cargo doc --locked --workspace --no-deps --open

# Check everything that a reader sees, and the code behind it; what CI runs first. Needs no Python.
[group('check')]
verify: _lint test kernel
    cargo test --locked --workspace --all-features --test kernel

# Open the book and JupyterLab in a headless Chromium and check what a reader meets; pictures in target/screenshots.
[group('check')]
[no-exit-message]
verify-browser *words: kernel _python
    #!/usr/bin/env bash
    set -euo pipefail
    command -v chromedriver >/dev/null || { echo "No chromedriver: install Chromium with its driver, on Debian 'apt install chromium-driver'." >&2; exit 1; }
    if [ ! -e target/browser/axe.min.js ]; then
        mkdir -p target/browser
        {{ launcher }} exec .venv/bin/python -I -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target target/browser/pip -r tests/browser/requirements.txt
        cp target/browser/pip/axe_playwright_python/axe.min.js target/browser/
    fi
    cargo test --locked -p tests --test browser -- "$@"

# Run the tests that need no kernel: of all crates, of one, or those of one that match: `just test figures axis`.
[group('check')]
[no-exit-message]
test crate='' *filter: _toolchain
    @[ -z "$1" ] || [ "$1" = tests ] || [ -d "crates/$1" ] || { echo "There is no crate $1; there are tests, $(ls -m crates)." >&2; exit 2; }
    @# No variable of your shell may let a snapshot pass, or write one.
    @shift; unset $(env | grep -o '^INSTA_[A-Z_]*'); cargo test --locked --all-features {{ if crate == '' { '--workspace' } else { '-p ' + quote(crate) } }} -- --skip '[kernel]' "$@"

# Run the pages whose name contains one of the words (all without one) and check what they show.
[group('check')]
[no-exit-message]
verify-notebooks *words: kernel
    cargo run --locked -p verifier --bin verify-notebooks -- "$@"

# Run pages anew and write their outputs back; then `just review` shows what is new in their snapshots.
[group('write')]
[no-exit-message]
render *words: kernel
    cargo run --locked -p verifier --bin render -- "$@"

# Look at each snapshot that waits, and accept or reject it.
[group('write')]
review:
    cargo insta --version >/dev/null 2>&1 || cargo install --locked cargo-insta@1.49.0
    cargo insta review --workspace

# Build the quick kernel in target/jupyter: JUPYTER_PATH=$PWD/target/jupyter gives it to any client.
[group('kernel')]
kernel: _toolchain
    cargo build --locked -p kernel
    {{ launcher }} build

# Register the quick kernel in your own Jupyter or VS Code, as "Rust (adagrad-slides)".
[group('kernel')]
install-kernel: kernel
    {{ launcher }} install

# Undo `just install-kernel`.
[group('kernel')]
uninstall-kernel:
    {{ launcher }} uninstall

# Install the quick kernel for all users of this machine, as root or into a prefix of yours; again to update it.
[group('class')]
install-class prefix='/usr/local': kernel
    {{ launcher }} install-class "$1"

# Check what `just install-class` gives another user of this machine, without a network; as root.
[group('class')]
[no-exit-message]
verify-class *words: kernel
    #!/usr/bin/env bash
    set -euo pipefail
    [ "$(id -u)" -eq 0 ] || { echo "This becomes other users: run it as root." >&2; exit 1; }
    trap 'rm -rf target/class' EXIT
    {{ launcher }} install-class target/class
    cargo test --locked -p tests --test kernel --no-run
    unshare --net sh -c 'ip link set lo up && exec "$@"' sh cargo test --locked --offline -p tests --test kernel -- --ignored "$@"

# Have students of a JupyterHub open page 03 at once, and try to get at each other's things; as root, on the loopback.
[group('class')]
[no-exit-message]
verify-hub students='6': kernel
    #!/usr/bin/env bash
    set -euo pipefail
    [ "$(id -u)" -eq 0 ] || { echo "The students are Unix accounts, made and removed by this: run it as root." >&2; exit 1; }
    nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
    mkdir -p target/hub
    nobody test -x target/hub || { echo "Students cannot look into $PWD: put the clone where all users may read, for instance below /srv." >&2; exit 1; }
    for python in $(which -a python3); do nobody "$python" -I -c 'import venv, ensurepip' 2>/dev/null && break; done
    nobody "$python" -I -c '' 2>/dev/null || { echo "No python3 that all users can run: install one, for instance with 'apt install python3-venv'." >&2; exit 1; }
    command -v npm >/dev/null || { echo "No npm, which brings the hub's proxy: install it, for instance with 'apt install npm'." >&2; exit 1; }
    if ! cmp -s tests/hub/requirements.txt target/hub/venv/requirements.txt; then
        rm -rf target/hub/venv
        {{ launcher }} exec "$python" -I -m venv target/hub/venv
        {{ launcher }} exec target/hub/venv/bin/python -I -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r tests/hub/requirements.txt
        cp tests/hub/requirements.txt target/hub/venv/
    fi
    cp tests/hub/package.json tests/hub/package-lock.json target/hub/
    (cd target/hub && npm ci --silent)
    {{ launcher }} install-class target/hub/prefix
    exec target/hub/venv/bin/python tests/hub/verify.py "$1"

# Undo `just install-class`.
[group('class')]
uninstall-class prefix='/usr/local': _toolchain
    {{ launcher }} uninstall-class "$1"

# Time the quick kernel beside the stock one and a Python page, in one run; with `--spare` also a spare one that waits.
[group('measure')]
bench-kernel *words: kernel (_venv "python" "kernel-requirements")
    cargo run --locked -p verifier --bin bench-kernel -- "$({{ launcher }} engine)" "$PWD/target/python/bin/python" "$@"

# Time a step of Adagrad, beside the memory traffic that it cannot avoid, and of Adam, from 1 to 5e7 parameters.
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
    cargo mutants --all-features -p update-rules -p derivation -p derive "$@"

[private]
_lint: _toolchain
    cargo fmt --all --check
    cargo clippy --locked --workspace --all-features --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --all-features --no-deps

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
_python:
    #!/usr/bin/env bash
    set -euo pipefail
    # The Python behind .venv may have gone since.
    cmp -s requirements.txt .venv/requirements.txt && .venv/bin/python -I -c '' 2>/dev/null && exit 0
    command -v python3 >/dev/null || { echo "No python3: install Python 3.10 or newer, for instance with 'apt install python3'." >&2; exit 1; }
    {{ launcher }} exec python3 -I -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "$(python3 -I --version) is too old for JupyterLab: install Python 3.10 or newer." >&2; exit 1; }
    {{ launcher }} exec python3 -I -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: install it, for instance with 'apt install python3-venv'." >&2; exit 1; }
    echo "Installing JupyterLab in .venv …" >&2
    rm -rf .venv
    {{ launcher }} exec python3 -I -m venv .venv
    {{ launcher }} exec .venv/bin/python -I -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
    # No questions about news and updates on the first screen, and no network for them.
    mkdir -p .venv/share/jupyter/lab/settings
    echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}' > .venv/share/jupyter/lab/settings/overrides.json
    # Last of all: an installation that was cut short is made again.
    cp requirements.txt .venv/requirements.txt

# The libraries that the rules are compared with (5 GB).
[private]
_peers: (_venv "peers" "requirements")

# A Python of its own in target/, with what a list of tests/fixtures names.
[private]
_venv name list:
    python3 -m venv "target/$1"
    "target/$1/bin/pip" install --quiet --disable-pip-version-check --requirement "tests/fixtures/$2.txt"

//! The crate `playground` as a script for a browser.

use anyhow::{Context, Result, ensure};
use data_encoding::BASE64;
use std::path::Path;
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// The module with all that starts it, as one classic script: from a folder a browser loads no other kind.
///
/// The standard library is compiled with it, from the pinned toolchain's source, so that no further target is installed.
///
/// # Errors
/// What cargo or wasm-bindgen has to say.
pub fn script(root: &Path) -> Result<String> {
    let (target, triple) = (root.join("target/wasm"), "wasm32-unknown-unknown");
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--locked", "--package", "playground", "--profile", "playground"])
        .args([
            "--target",
            triple,
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=optimize_for_size",
            "--target-dir",
        ])
        .arg(&target)
        .current_dir(root)
        .env("RUSTC_BOOTSTRAP", "1")
        // Neither your own flags nor the paths of your machine; what is generic once, and no text of panics.
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", "-Zlocation-detail=none -Zshare-generics=no -Zunstable-options -Cpanic=immediate-abort")
        .status()
        .context("cargo")?;
    ensure!(status.success(), "the playground does not compile for a browser");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(target.join(triple).join("playground/playground.wasm"));
    bindgen.no_modules(true)?.typescript(false).remove_name_section(true).remove_producers_section(true);
    let mut output = bindgen.generate_output()?;
    let module = BASE64.encode(&output.wasm_mut().emit_wasm());
    Ok(format!(
        "{}\nwasm_bindgen.started = wasm_bindgen({{ module_or_path: Uint8Array.from(atob(\"{module}\"), c => c.charCodeAt(0)) }});\n",
        output.js()
    ))
}

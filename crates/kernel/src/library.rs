//! A smaller copy of the standard library's sources for rust-analyzer, which reads them in every kernel: what programs
//! name, and else nothing.
//!
//! The processors' own instructions, the compiler's helpers and the library's tests are half of the text. Without them a
//! kernel takes 0.15 GB less, and starts with a fifth less work; only a variable of a type from there, like `__m128`,
//! wants its type written.

use crate::environment;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Kept whole.
pub const READ: [&str; 4] = ["alloc", "core", "std", "std_detect"];

/// Where a toolchain has them.
pub const SOURCE: &str = "lib/rustlib/src/rust/library";

/// What lets cargo read the library's manifest, as rust-analyzer does.
pub const NIGHTLY: [(&str, &str); 1] = [("RUSTC_BOOTSTRAP", "1")];

/// Copies them from the toolchain of the project in `root` into `folder`, if it has any, and fetches the crates that
/// the standard library uses: without them rust-analyzer tells the types of fewer variables.
pub fn copy(root: &Path, folder: &Path, say: &dyn Fn(&str)) -> Result<()> {
    let source = PathBuf::from(environment::rustc(root, &["--print", "sysroot"])?).join(SOURCE);
    let _ = fs::remove_dir_all(folder);
    if !source.join("core").is_dir() {
        return Ok(());
    }
    copy_folder(&source, folder)?;
    let mut fetch = environment::command("cargo");
    fetch.args(["fetch", "--locked", "--manifest-path"]).arg(folder.join("Cargo.toml")).envs(NIGHTLY);
    let fetched = environment::output(&mut fetch)?;
    if !fetched.status.success() {
        say(&format!("no crates of the standard library:\n{}", String::from_utf8_lossy(&fetched.stderr)));
    }
    Ok(())
}

/// Copies manifests and Rust files, these with their text in the folders that are to be read.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let name = entry.path().strip_prefix(from)?;
        let (to, read) = (to.join(name), READ.iter().any(|folder| name.starts_with(folder)));
        match name.extension().and_then(|kind| kind.to_str()) {
            _ if entry.file_type().is_dir() => fs::create_dir_all(to)?,
            Some("rs") if !read => fs::write(to, "")?,
            Some("rs" | "toml" | "lock") => drop(fs::copy(entry.path(), to)?),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_name_is_kept_whole() {
        let folder = tempfile::tempdir().unwrap();
        copy(Path::new("."), folder.path(), &|_| ()).unwrap();
        let text = |file: &str| fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(text("core/src/lib.rs").contains("pub mod iter;"));
        assert!(text("std/src/collections/mod.rs").contains("hash_map"));
        assert_eq!(text("stdarch/crates/core_arch/src/x86/sse.rs"), "");
        assert!(text("Cargo.toml").contains("[workspace]"));
        assert!(!folder.path().join("std_detect/README.md").exists());
    }
}

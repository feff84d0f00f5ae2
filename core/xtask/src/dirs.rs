//! Where things are: the checkout, and what is built outside it.

use std::path::{Path, PathBuf};

/// The root of the checkout. cargo says where it runs this program from; what stood there when it was built may be another checkout, where two share a
/// target folder.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.ancestors().nth(2).map_or_else(|| here.clone(), Path::to_path_buf)
}

/// What is built outside the checkout: `$PARCOURS_CACHE`, by default `~/.cache/parcours`.
///
/// | folder | what |
/// |---|---|
/// | `guests/` | cargo's target folder of the modules |
/// | `modules/` | the finished modules, `<name>.wasm` |
/// | `target/` | the rule for the host's own target folder: `export CARGO_TARGET_DIR=$PARCOURS_CACHE/target` |
pub fn cache() -> PathBuf {
    if let Some(dir) = std::env::var_os("PARCOURS_CACHE") {
        return PathBuf::from(dir);
    }
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_else(std::env::temp_dir);
    home.join(".cache").join("parcours")
}

/// cargo's own folder, where the sources of dependencies lie.
pub fn cargo_home() -> PathBuf {
    if let Some(dir) = std::env::var_os("CARGO_HOME") {
        return PathBuf::from(dir);
    }
    std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default().join(".cargo")
}

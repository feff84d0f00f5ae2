//! Lists the built modules for embedding. They stand in `$PARCOURS_CACHE/modules`, where `cargo xtask modules` puts them.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-env-changed=PARCOURS_CACHE");
    let folder = cache().join("modules");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut found: Vec<PathBuf> = fs::read_dir(&folder)
        .map(|list| list.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|x| x == "wasm")).collect())
        .unwrap_or_default();
    found.sort();
    if found.is_empty() {
        println!(
            "cargo::warning=no modules in {}: run `cargo xtask modules` first, or this program will keep every activity closed",
            folder.display()
        );
    }
    let mut text = String::from("pub const MODULES: &[&[u8]] = &[\n");
    for path in &found {
        println!("cargo::rerun-if-changed={}", path.display());
        text.push_str(&format!("    include_bytes!({:?}),\n", path.display().to_string()));
    }
    text.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("modules.rs");
    if let Err(e) = fs::write(&out, text) {
        println!("cargo::error=cannot write {}: {e}", out.display());
    }
}

fn cache() -> PathBuf {
    match env::var_os("PARCOURS_CACHE") {
        Some(dir) => PathBuf::from(dir),
        None => PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache/parcours"),
    }
}

//! Runs cargo on the modules' workspace and reads from it what was made.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Guest;
use super::toolchain::{TARGET, Toolchain};
use crate::dirs;

pub fn compile(toolchain: &Toolchain, workspace: &Path, names: &[String]) -> Result<Vec<Guest>> {
    let mut cargo = toolchain.cargo();
    cargo.current_dir(workspace).arg("build").args(["--release", "--target", TARGET]);
    cargo.args(["--message-format", "json-render-diagnostics"]);
    // Each toolchain has its own folder: changing from one to the other rebuilds nothing.
    cargo.arg("--target-dir").arg(dirs::cache().join("guests").join(toolchain.name()));
    cargo.args(toolchain.arguments());
    cargo.arg("--config").arg(same_bytes_anywhere(workspace, toolchain));
    for name in names {
        cargo.args(["--package", name]);
    }
    let done = cargo.stdin(Stdio::null()).stderr(Stdio::inherit()).output().context("running cargo for the modules")?;
    if !done.status.success() {
        bail!("the modules in {} did not compile ({}); see above.", workspace.display(), done.status);
    }
    String::from_utf8_lossy(&done.stdout).lines().filter_map(|line| artifact(line, workspace).transpose()).collect()
}

/// The `cdylib` a line of cargo's messages tells of.
fn artifact(line: &str, workspace: &Path) -> Result<Option<Guest>> {
    let Ok(message) = serde_json::from_str::<Value>(line) else { return Ok(None) };
    if message["reason"] != "compiler-artifact" {
        return Ok(None);
    }
    let files = message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let Some(core) = files.map(PathBuf::from).find(|file| file.extension().is_some_and(|e| e == "wasm")) else {
        return Ok(None);
    };
    let manifest = message["manifest_path"].as_str().context("cargo names no manifest")?;
    let dir = Path::new(manifest).parent().unwrap_or(workspace).to_path_buf();
    let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Some(Guest { name, dir, core }))
}

/// Flags that take the builder's folders out of the bytes: the same sources give the same module everywhere.
/// cargo adds them to those of `wasm-plugins/.cargo/config.toml`.
fn same_bytes_anywhere(workspace: &Path, toolchain: &Toolchain) -> String {
    // Where two match, rustc takes the later one.
    let folders = [
        (toolchain.sysroot().join("lib/rustlib/src"), "/rust"),
        (dirs::cargo_home(), "/cargo"),
        (workspace.parent().unwrap_or(workspace).to_path_buf(), "/parcours"),
    ];
    let flags = folders.map(|(from, to)| Value::String(format!("--remap-path-prefix={}={to}", from.display())).to_string());
    format!("target.{TARGET}.rustflags=[{}]", flags.join(","))
}

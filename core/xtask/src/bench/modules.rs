//! A module's call in the sandbox, against the same Rust code run natively.

use crate::{dirs, run};
use anyhow::{Context, Result};
use std::process::Command;

pub fn run() -> Result<()> {
    println!("\nmodule calls: a fresh instance each, the page checked and written out");
    let modules = dirs::cache().join("modules");
    run::cargo(&["build", "--quiet", "--workspace", "--examples"])?;
    let measure = run::sibling("examples/measure")?;
    for (name, route) in [("label", ""), ("page", ""), ("forum", "discussion?d=1")] {
        println!(" {name} {route}");
        run::command(Command::new(&measure).arg(modules.join(format!("{name}.wasm"))).args([route, "2000"]))?;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let native = Command::new(cargo)
        .args(["run", "--quiet", "--release", "--package", "forum", "--example", "native"])
        .current_dir(dirs::root().join("wasm-plugins"))
        .env("CARGO_TARGET_DIR", dirs::cache().join("guests-native"))
        .output()
        .context("running the forum natively")?;
    anyhow::ensure!(native.status.success(), "the native forum failed: {}", String::from_utf8_lossy(&native.stderr));
    println!(" forum discussion?d=1, natively over a store in memory: {} µs", String::from_utf8_lossy(&native.stdout).trim());
    Ok(())
}

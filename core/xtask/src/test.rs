//! `cargo xtask test`: everything CI runs, quick things first.

use crate::{demo, dirs, modules, run};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

pub fn run(args: &[String]) -> Result<()> {
    let quick = args.iter().any(|a| a == "--quick");
    step("formatting", || run::cargo(&["fmt", "--all", "--check"]))?;
    step("modules", || modules::run(&[]))?;
    step("lints", || run::cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]))?;
    step("modules, native tests", guests)?;
    step("tests", || run::cargo(&["test", "--workspace"]))?;
    if !quick {
        step("browser", browser)?;
    }
    Ok(())
}

fn step(name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n== {name}");
    let start = std::time::Instant::now();
    work().with_context(|| format!("step \"{name}\""))?;
    println!("== {name}: {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Module logic, run as ordinary programs: no WebAssembly in the way of a debugger.
fn guests() -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = dirs::cache().join("guests-native");
    run::command(Command::new(cargo).args(["test", "--quiet"]).current_dir(dirs::root().join("wasm-plugins")).env("CARGO_TARGET_DIR", target))
}

/// A walk in a real browser against a server of its own.
fn browser() -> Result<()> {
    let program = demo::build()?;
    let tests = dirs::root().join("tests/e2e");
    let chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].into_iter().find(|p| Path::new(p).exists());
    let chromium = match chromium {
        Some(path) => path,
        None => {
            install("chromium")?;
            "/usr/bin/chromium"
        }
    };
    let work = dirs::cache().join("e2e");
    std::fs::create_dir_all(&work)?;
    for file in ["package.json", "package-lock.json"] {
        std::fs::copy(tests.join(file), work.join(file)).with_context(|| format!("copying {file}"))?;
    }
    run::command(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(&work))?;
    run::command(
        Command::new("node")
            .arg(tests.join("run.mjs"))
            .arg("--parcours")
            .arg(&program)
            .arg("--root")
            .arg(dirs::root())
            .arg("--out")
            .arg(work.join("screens"))
            .env("PARCOURS_E2E_MODULES", work.join("node_modules"))
            .env("PARCOURS_CHROMIUM", chromium),
    )
}

/// Installs a Debian package where that is possible, and says what to do where it is not.
fn install(package: &str) -> Result<()> {
    let can = Path::new("/usr/bin/apt-get").exists() && std::env::var("USER").map_or(true, |u| u == "root");
    anyhow::ensure!(can, "install `{package}` and run this again");
    run::command(Command::new("apt-get").args(["install", "-y", "-q", package]).env("DEBIAN_FRONTEND", "noninteractive"))
}

//! `cargo xtask corpus [fidelity] [releases] [FOLDER]`: tables over a folder of archives (the corpus beside the checkout unless told), one line an archive, made with the program itself and the
//! tools beside the corpus. Nothing here judges them.

mod fidelity;
mod releases;

use crate::{demo, dirs};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn run(args: &[String]) -> Result<()> {
    let tables = ["fidelity", "releases"];
    let wanted = |name: &str| !args.iter().any(|a| tables.contains(&a.as_str())) || args.iter().any(|a| a == name);
    let folder = args.iter().find(|a| !tables.contains(&a.as_str())).map_or_else(|| shared().join("corpus"), PathBuf::from);
    anyhow::ensure!(folder.is_dir(), "there is no folder {}: name one with archives", folder.display());
    let program = demo::build()?;
    let work = dirs::cache().join("corpus");
    if work.exists() {
        std::fs::remove_dir_all(&work)?;
    }
    std::fs::create_dir_all(&work)?;
    if wanted("fidelity") {
        fidelity::run(&program, &folder, &work)?;
    }
    if wanted("releases") {
        releases::run(&program, &folder, &work)?;
    }
    Ok(())
}

/// What lies beside the checkout.
fn shared() -> PathBuf {
    std::env::var_os("PARCOURS_SHARED").map_or_else(|| dirs::root().join("../shared"), PathBuf::from)
}

/// Every archive below a folder: its name within it, and where it is.
fn archives(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).with_context(|| format!("reading {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "mbz") {
                found.push((path.strip_prefix(folder)?.display().to_string(), path));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What a command prints, whatever its exit code: many of these say something by it.
fn said(program: &Path, args: &[&str]) -> Result<String> {
    let output = Command::new(program).args(args).output().with_context(|| format!("running {}", program.display()))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

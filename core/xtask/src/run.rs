//! Running other programs.

use crate::dirs;
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// Runs a command to its end.
///
/// # Errors
/// When it cannot be started or does not succeed; the message shows it.
pub fn command(command: &mut Command) -> Result<()> {
    let shown = format!("{command:?}");
    let status = command.status().with_context(|| format!("starting {shown}"))?;
    anyhow::ensure!(status.success(), "{shown} ended with {status}");
    Ok(())
}

/// Runs cargo at the root of the checkout, with the toolchain this program was built by.
pub fn cargo(args: &[&str]) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    command(Command::new(cargo).args(args).current_dir(dirs::root()))
}

/// A program built beside this one.
pub fn sibling(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.parent().context("this program has no folder")?;
    Ok(folder.join(name).with_extension(std::env::consts::EXE_EXTENSION))
}

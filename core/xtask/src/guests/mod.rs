//! The modules of `wasm-plugins/`: found, compiled by whichever toolchain is there, packed.

mod compile;
pub mod pack;
mod toolchain;

use std::path::{Path, PathBuf};

use anyhow::Result;

/// A module compiled to core wasm, not yet packed.
pub struct Guest {
    /// As the folder is called, which is the name of the activity type: `forum`.
    pub name: String,
    /// The folder with `module.json`, `lang/` and perhaps `style.css`.
    pub dir: PathBuf,
    /// What cargo made of it.
    pub core: PathBuf,
}

/// Compiles the modules of a workspace; all of them where `names` is empty.
pub fn build(workspace: &Path, names: &[String]) -> Result<Vec<Guest>> {
    let toolchain = toolchain::find()?;
    let mut guests = compile::compile(&toolchain, workspace, names)?;
    guests.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(guests)
}

//! `cargo xtask bench [archives] [modules] [pages]`: the figures of DESIGN §7, as ratios taken side by side in one run. Nothing here judges them.

mod archives;
mod modules;
mod pages;
mod watch;

use crate::{demo, dirs};
use anyhow::Result;

pub fn run(args: &[String]) -> Result<()> {
    let program = demo::build()?;
    let wanted = |name: &str| args.is_empty() || args.iter().any(|a| a == name);
    let work = dirs::cache().join("bench");
    std::fs::create_dir_all(&work)?;
    if wanted("archives") {
        archives::run(&program, &work)?;
    }
    if wanted("modules") {
        modules::run()?;
    }
    if wanted("pages") {
        pages::run(&program, &work)?;
    }
    Ok(())
}

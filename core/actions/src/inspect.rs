//! What is in an archive, before anything is done with it.

use crate::{ActionError, Result};
use parcours_mbz::Limits;
use parcours_mbz::inspect::{Inventory, inspect};
use std::fs::File;
use std::path::Path;

/// Reads an archive once and lists what it holds. `runs` says which modules run here: the activities of others would be kept closed.
///
/// # Errors
/// `Archive` when it cannot be read, naming entry, line and column.
pub fn run(archive: &Path, runs: impl Fn(&str) -> bool) -> Result<Inventory> {
    let file = File::open(archive).map_err(ActionError::io(format!("opening {}", archive.display())))?;
    Ok(inspect(file, &Limits::default(), runs)?)
}

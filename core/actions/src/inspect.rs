//! What is in an archive, before anything is done with it.

use crate::{ActionError, Result};
use parcours_mbz::inspect::{self, Inventory};
use std::path::Path;

/// Reads an archive once and lists what it holds.
///
/// # Errors
/// `Archive` when it cannot be read, naming entry, line and column.
pub fn run(archive: &Path) -> Result<Inventory> {
    inspect::inspect(archive, &parcours_mbz::Limits::default()).map_err(ActionError::from)
}

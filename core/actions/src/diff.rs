//! What two archives differ in.

use crate::{ActionError, Result};
use parcours_convert::diff::{Diff, Options, compare};
use parcours_mbz::{Limits, Spool, Unpacked};
use std::fs::File;
use std::path::Path;

/// Compares two archives by meaning. Neither is changed.
///
/// # Errors
/// `Archive` when one of them cannot be read.
pub fn run(a: &Path, b: &Path, options: &Options) -> Result<Diff> {
    Ok(compare(&mut open(a)?, &mut open(b)?, options)?)
}

fn open(path: &Path) -> Result<Unpacked> {
    let file = File::open(path).map_err(ActionError::io(format!("opening {}", path.display())))?;
    Ok(Unpacked::open(file, &Limits::default(), Spool::new()?)?)
}

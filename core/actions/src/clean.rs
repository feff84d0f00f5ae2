//! Cleaning the texts of an archive, or seeing what that would do.

use crate::{ActionError, Result, export};
use parcours_convert::clean::{self, Cleaned, Options};
use parcours_mbz::{Container, Limits, Spool, Unpacked};
use std::fs::File;
use std::path::Path;

/// Cleans `input`; with an `output`, into it, and without one nothing is written: a dry run. What was changed, or would be, is the answer.
///
/// # Errors
/// `Archive` when the input cannot be read; `Io` when the output cannot be written.
pub fn run(input: &Path, output: Option<&Path>, zip: bool, options: &Options) -> Result<Cleaned> {
    let file = File::open(input).map_err(ActionError::io(format!("opening {}", input.display())))?;
    let folder = export::folder(output.unwrap_or(input));
    let spool = if output.is_some() { Spool::new_in(folder)? } else { Spool::new()? };
    let mut course = Unpacked::open(file, &Limits::default(), spool)?;
    let Some(output) = output else {
        return Ok(clean::preview(&mut course, options)?);
    };
    let cleaned = clean::run(&mut course, options)?;
    let container = if zip { Container::Zip } else { Container::Tgz };
    export::whole(output, |file| Ok((course.write(file, container)?, cleaned)))
}

//! An archive to an archive, without a database.

use crate::{ActionError, Result, export};
use parcours_course::Report;
use parcours_mbz::convert::convert;
use parcours_mbz::spool::Spool;
use parcours_mbz::{Container, Limits};
use std::fs::File;
use std::path::Path;

/// Reads `input` and writes it to `output`; a partial output never has its name.
///
/// # Errors
/// `Archive` when the input cannot be read; `Io` when the output cannot be written.
pub fn run(input: &Path, output: &Path, choices: export::Choices) -> Result<Report> {
    let file = File::open(input).map_err(ActionError::io(format!("opening {}", input.display())))?;
    let container = if choices.zip { Container::Zip } else { Container::Tgz };
    let folder = export::folder(output);
    let spool = Spool::new_in(folder)?;
    export::whole(output, |out| {
        let done = convert(file, out, container, &Limits::default(), spool)?;
        Ok((done.out, done.report))
    })
}

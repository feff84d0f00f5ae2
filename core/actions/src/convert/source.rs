//! Reading whatever a course comes as.

use super::{Format, Wishes};
use crate::{ActionError, Result};
use parcours_course::Report;
use parcours_mbz::{Limits, Spool, Unpacked};
use std::fs::File;
use std::path::Path;

/// Opens the input as an archive. `folder` is where the spool lies meanwhile.
pub(super) fn open(input: &Path, wishes: &Wishes, folder: &Path) -> Result<(Unpacked, Report)> {
    match wishes.from.map_or_else(|| guess(input), Ok)? {
        Format::Mbz => {
            let mut course = Unpacked::open(file(input)?, &Limits::default(), Spool::new_in(folder)?)?;
            let report = std::mem::take(&mut course.report);
            Ok((course, report))
        }
    }
}

fn file(path: &Path) -> Result<File> {
    File::open(path).map_err(ActionError::io(format!("opening {}", path.display())))
}

fn guess(_input: &Path) -> Result<Format> {
    Ok(Format::Mbz)
}

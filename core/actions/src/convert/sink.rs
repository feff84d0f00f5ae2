//! Writing whatever a course goes out as.

use super::{Format, Wishes};
use crate::{Result, export};
use parcours_course::Report;
use parcours_mbz::{Container, Unpacked};
use std::path::Path;

/// Writes the output. Answers what had no place in it, where that is another format than an archive.
pub(super) fn write(course: &mut Unpacked, to: Format, container: Container, output: &Path, _wishes: &Wishes) -> Result<Option<Report>> {
    match to {
        Format::Mbz => export::whole(output, |file| Ok((course.write(file, container)?, None))),
    }
}

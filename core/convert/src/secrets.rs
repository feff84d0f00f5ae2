//! Secrets left out: [the leaves that are any](parcours_mbz::secret) are emptied as Moodle would write them.

use parcours_course::{Language, Report};
use parcours_mbz::{Error, Unpacked};

/// Empties every secret. Remarks say where which kind was, and never what; nothing is counted.
///
/// A way into the course that a key guarded would stand open without it: it is closed to newcomers, which the report says too.
///
/// # Errors
/// As [`Unpacked::empty_secrets`].
pub fn empty(course: &mut Unpacked, language: Language) -> Result<Report, Error> {
    let mut report = Report::default();
    course.empty_secrets(language, &mut report)?;
    Ok(report)
}

//! Writing a course back as an archive that a stock Moodle restores.

use crate::{App, Result, Viewer};
use parcours_course::report::Report;
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices {
    pub without_people: bool,
    /// A zip instead of a tar.gz.
    pub zip: bool,
}

/// Writes `course` to `out` (a new file beside which a partial one stands until it is whole).
///
/// # Errors
/// `Denied` unless the viewer manages the course; `None` as viewer is the command line, which may.
pub fn run(app: &App, viewer: Option<&Viewer>, course: i64, choices: Choices, out: &Path) -> Result<Report> {
    let _ = (app, viewer, course, choices, out);
    Err(crate::ActionError::NotFound)
}

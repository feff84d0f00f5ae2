//! What is in an archive, before anything is done with it.

use crate::batch::{Batch, Outcome};
use crate::{ActionError, Result};
use parcours_course::report::Counts;
use parcours_mbz::Limits;
use parcours_mbz::inspect::{Inventory, inspect};
use parcours_mbz::validate::Verdict;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::Path;

/// Reads an archive once and lists what it holds. `runs` says which modules run here: the activities of others would be kept closed.
///
/// # Errors
/// `Archive` when it cannot be read, naming entry, line and column.
pub fn run(archive: &Path, runs: impl Fn(&str) -> bool) -> Result<Inventory> {
    Ok(inspect(open(archive)?, &Limits::default(), runs)?)
}

/// What a stock Moodle of each release would refuse, drop or degrade: 4.1, 4.5, 5.1. Reads the archive once more.
///
/// # Errors
/// As [`run`].
pub fn losses(archive: &Path) -> Result<[Verdict; 3]> {
    Ok(parcours_mbz::inspect::losses(open(archive)?, &Limits::default())?)
}

fn open(archive: &Path) -> Result<File> {
    File::open(archive).map_err(ActionError::io(format!("opening {}", archive.display())))
}

/// One line of the inventory of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    pub course: String,
    /// Moodle's release.
    pub release: String,
    /// `course`, `section` or `activity`.
    pub kind: String,
    pub sections: usize,
    pub activities: usize,
    pub people: u64,
    /// Stored contents, their bytes, and those that are listed and not there.
    pub contents: u64,
    pub bytes: u64,
    pub missing: u64,
    /// What would become of its items here.
    #[serde(flatten)]
    pub counts: Counts,
}

/// Looks at every archive of a folder, `at_a_time` at a time; those that a journal has are not read again.
///
/// # Errors
/// `Io` when the folder cannot be read; what one archive fails with is its own outcome.
pub fn folder(
    from: &Path,
    runs: impl Fn(&str) -> bool + Sync,
    at_a_time: usize,
    journal: Option<&Path>,
    tell: impl Fn(&Outcome<Looked>) + Sync,
) -> Result<Vec<Outcome<Looked>>> {
    let batch = Batch { from, journal, wishes: String::new(), at_a_time };
    batch.run(|_, _| true, |file| run(&file.path, &runs).map(|i| looked(&i)), tell)
}

/// The line of an inventory.
pub(crate) fn looked(i: &Inventory) -> Looked {
    Looked {
        course: i.manifest.information.course_fullname.clone(),
        release: i.manifest.information.backup_release.clone(),
        kind: i.manifest.kind().to_owned(),
        sections: i.manifest.sections.len(),
        activities: i.manifest.activities.len(),
        people: i.people,
        contents: i.files.contents,
        bytes: i.files.bytes,
        missing: i.files.missing,
        counts: i.report.counts(),
    }
}

//! Work that takes a while and ends in files for the one who asked: a course in another format, a look at a file that is not imported.
//!
//! A work runs on a thread of its own and has a folder of its own, which goes when the work does: thrown away, two hours after it ended, or with the program. It is its
//! owner's alone, and what came out of a course only as long as they may export that course.

mod asked;
mod check;
mod course;
mod desk;
mod paper;

pub use asked::{Asked, Who};
pub use check::{Look, check, clean, compare, convert};
pub use course::export;
pub use desk::Works;

use crate::convert::Did;
use crate::{ActionError, App, Result, Viewer};
use parcours_course::report::Counts;
use parcours_mbz::Release;
use std::fmt;
use std::fs::File;
use std::str::FromStr;
use std::sync::Arc;

/// Seconds a work is kept after it ended.
pub const KEPT: i64 = 2 * 3600;

/// A work as its owner sees it.
#[derive(Debug, Clone)]
pub struct Work {
    pub id: String,
    /// What people call what it works on: a course, a file.
    pub name: String,
    pub what: What,
    pub state: State,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A course of the domain goes out, with people or without.
    Export {
        course: i64,
        people: bool,
    },
    /// A file that is not imported is looked at.
    Check,
    /// One that was looked at is made another, cleaned for show, compared; the work that looked at it.
    Convert {
        of: String,
    },
    Clean {
        of: String,
    },
    Compare {
        of: String,
    },
}

#[derive(Debug, Clone)]
pub enum State {
    Running(Progress),
    Done(Arc<Done>),
    Failed(Arc<ActionError>),
    Cancelled,
}

/// How far a work is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// All that will be done.
    pub steps: Vec<Did>,
    /// Of them, the one under way.
    pub at: usize,
    /// Of that one, where it is known.
    pub percent: Option<u64>,
}

/// What came of a work.
#[derive(Debug, Clone, Default)]
pub struct Done {
    /// Of all items, and lines that a person should read; nothing where nothing was converted.
    pub counts: Option<(Counts, usize)>,
    pub papers: Vec<Paper>,
    /// What a look found.
    pub look: Option<Look>,
    /// Texts that cleaning would change; for a comparison whether there is any difference.
    pub changes: Option<u64>,
}

/// A file that a work leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub part: Part,
    /// What a download is called: text of a course is in it, so it is no name for a file here.
    pub name: String,
    /// In bytes.
    pub size: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The course itself.
    Course,
    /// What became of everything, as a page and for programs.
    Report,
    ReportData,
    /// What is in an archive, as a page and for programs.
    Inventory,
    InventoryData,
    /// What a Moodle would make of it.
    Verdict(Release),
    /// Texts before and after.
    Changes,
    /// What two archives differ in, as a page and for programs.
    Difference,
    DifferenceData,
}

const PARTS: [(Part, &str); 11] = [
    (Part::Course, "file"),
    (Part::Report, "report"),
    (Part::ReportData, "report.json"),
    (Part::Inventory, "inventory"),
    (Part::InventoryData, "inventory.json"),
    (Part::Verdict(Release::M41), "verdict-4.1"),
    (Part::Verdict(Release::M45), "verdict-4.5"),
    (Part::Verdict(Release::M51), "verdict-5.1"),
    (Part::Changes, "changes"),
    (Part::Difference, "difference"),
    (Part::DifferenceData, "difference.json"),
];

impl Part {
    /// Whether it is a page to be read in a browser.
    pub fn is_page(self) -> bool {
        matches!(self, Part::Report | Part::Inventory | Part::Verdict(_) | Part::Changes | Part::Difference)
    }
}

/// As in addresses; also its file's name in the work's folder.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PARTS.iter().find(|(part, _)| part == self).map_or("", |(_, word)| word))
    }
}

impl FromStr for Part {
    type Err = ();

    fn from_str(word: &str) -> std::result::Result<Self, ()> {
        PARTS.iter().find(|(_, w)| *w == word).map(|(part, _)| *part).ok_or(())
    }
}

/// A work of this viewer.
///
/// # Errors
/// `NotFound`, also when it is somebody else's; `Denied` when it came out of a course that they may not export any more.
pub fn get(app: &App, viewer: &Viewer, id: &str) -> Result<Work> {
    let work = app.works.get(app.now(), viewer, id)?;
    if let What::Export { course, people } = work.what {
        crate::export::allowed(app, viewer, course, people)?;
    }
    Ok(work)
}

/// The viewer's works, newest first.
pub fn list(app: &App, viewer: &Viewer) -> Vec<Work> {
    app.works.list(app.now(), viewer)
}

/// Opens a file that a work left.
///
/// # Errors
/// As [`get`]; `NotFound` when there is no such file.
pub fn open(app: &App, viewer: &Viewer, id: &str, part: Part) -> Result<(Paper, File)> {
    let State::Done(done) = get(app, viewer, id)?.state else { return Err(ActionError::NotFound) };
    let paper = done.papers.iter().find(|p| p.part == part).cloned().ok_or(ActionError::NotFound)?;
    let file = app.works.open(viewer, id, part)?;
    Ok((paper, file))
}

/// Ends a running work; nothing of it stays.
///
/// # Errors
/// `NotFound`.
pub fn cancel(app: &App, viewer: &Viewer, id: &str) -> Result<()> {
    app.works.cancel(viewer, id)
}

/// Throws a work away with its files.
///
/// # Errors
/// `NotFound`.
pub fn remove(app: &App, viewer: &Viewer, id: &str) -> Result<()> {
    app.works.remove(viewer, id)
}

/// Throws away what was kept long enough; called from time to time.
pub fn sweep(app: &App) {
    app.works.sweep(app.now());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_as_it_is_written() {
        for (part, word) in PARTS {
            assert_eq!((word.parse(), part.to_string().as_str()), (Ok(part), word));
        }
        assert!("../file".parse::<Part>().is_err() && "".parse::<Part>().is_err());
    }
}

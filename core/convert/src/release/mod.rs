//! The shape of another Moodle release.
//!
//! [`to`] takes an archive of any Moodle from 2.0 to 5.x and makes one that a stock Moodle of the [`Release`] asked for restores: its questions, slots, restrictions and
//! sections in that release's shape, all documents and settings that a restore asks for, and the release's numbers in the manifest. What that release cannot hold is in
//! the report. Leaves that it does not know stay where they are, because a restore looks over them; so nothing is lost by going down and up again.
//!
//! | file | changes |
//! |---|---|
//! | `questions` | the three shapes of `questions.xml`, tops, banks (MBZ-FORMAT §10.1, §10.2) |
//! | `quiz` | slots, random slots, attempts (§10.5, §10.6) |
//! | `availability` | restrictions of before 2.7 (§7.2, §7.3) |
//! | `sections` | subsections, sections behind the last (§7.2, §12) |
//! | `links` | links to what an older release has not (§11) |
//! | `course` | options of the course format, the gradebook's remark (§7.1) |
//! | `modules` | completion, activities that the release lacks (§7.3, §7.9) |
//! | `users` | accounts (§5.4) |
//! | `documents`, `inforef`, `leaves` | what must be there (§5.2, §13.4, §13.5) |
//! | `characters`, `files` | what would end a restore: characters that are none, files of no context (§2.4, §13.9) |
//! | `manifest`, `settings` | numbers, contents, settings (§3) |
//!
//! `contents`, `context` and `remake` are what these share: the lists of the manifest, the contexts of the archive, and an activity made into another.

mod availability;
mod characters;
mod contents;
mod context;
mod course;
mod documents;
mod files;
mod inforef;
mod leaves;
mod links;
mod manifest;
mod modules;
mod questions;
mod quiz;
mod remake;
mod sections;
mod settings;
mod target;
mod users;
mod work;

pub use target::Release;

use crate::Error;
use parcours_course::{Language, Report};
use parcours_mbz::Unpacked;
use work::Work;

/// How a conversion is to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The language of the report's details, and of what is added to the course.
    pub language: Language,
    /// Gives accounts whose names every site has (`admin`, `guest`, `student1` …) another name, so that they do not stand in the way of a restore with people (MBZ-FORMAT
    /// §5.4), and the archive another site of origin, so that people are matched by name and address only.
    pub rename_common: bool,
}

/// Gives an archive the shape of a release. What has that shape already is not touched: converting twice is converting once.
///
/// The report counts the course, every section and every activity that the contents list names, and remarks on what was changed, added or left out.
///
/// Documents that grow with people's work are streamed; memory holds one record of them, and a number or two for each question and account.
///
/// # Errors
/// [`Error::Archive`] when a document is broken, or the device fails. The archive is then half changed, and worth nothing.
pub fn to(course: &mut Unpacked, release: Release, options: &Options) -> Result<Report, Error> {
    let mut work = Work::new(course, release, options);
    characters::strip(&mut work)?;
    manifest::complete(&mut work)?;
    inforef::complete(&mut work)?;
    let banks = questions::convert(&mut work)?;
    quiz::convert(&mut work, &banks)?;
    availability::convert(&mut work)?;
    let subsections = sections::convert(&mut work)?;
    links::follow(&mut work, &subsections)?;
    course::convert(&mut work)?;
    modules::convert(&mut work)?;
    users::convert(&mut work)?;
    leaves::complete(&mut work)?;
    settings::complete(&mut work)?;
    documents::complete(&mut work)?;
    files::known(&mut work)?;
    manifest::convert(&mut work)?;
    Ok(work.finish())
}

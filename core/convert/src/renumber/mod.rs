//! Other numbers for everything in an archive, and for all that points at it.
//!
//! Numbers of an archive are keys of the site it was made on. Two archives whose numbers shall not meet (in one database, or in one archive made of both) need others; so does whoever wants to
//! see whether a program depends on them. What is a number of what is said by [`parcours_mbz::numbers`]: records, references in leaves and attributes, links in texts, conditions, filters of
//! random questions, settings of blocks, formulas of the gradebook, what attempts remember, items of file areas, names of folders and of settings.
//!
//! | file | does |
//! |---|---|
//! | `pass` | a document, value by value |
//! | `value` | one value, and what is packed in it |
//! | `text` | links |
//! | `paths` | folders, and what names them |

mod pass;
mod paths;
mod text;
mod value;

use crate::Error;
use parcours_course::Language;
use parcours_course::report::{Fate, Reason, Report};
use parcours_mbz::Unpacked;
use parcours_mbz::container::MANIFEST;
use parcours_mbz::people::ORIGINALS;
use pass::Pass;
use std::cell::Cell;

/// How numbers change.
pub struct Numbers<'a> {
    /// What is added to the numbers of a table ([`parcours_mbz::numbers::Table`]): its records, and all that points at them.
    pub by: &'a dyn Fn(&str) -> i64,
    /// Whether a number got too small or too large.
    out_of_range: Cell<bool>,
    /// Numbers changed.
    changed: Cell<u64>,
}

impl<'a> Numbers<'a> {
    pub fn new(by: &'a dyn Fn(&str) -> i64) -> Self {
        Numbers { by, out_of_range: Cell::new(false), changed: Cell::new(0) }
    }

    /// The new number. 0 and below are no numbers of records, and stay.
    fn of(&self, table: &str, old: i64) -> i64 {
        if old <= 0 {
            return old;
        }
        match old.checked_add((self.by)(table)).filter(|new| *new > 0) {
            Some(new) => {
                self.changed.set(self.changed.get() + u64::from(new != old));
                new
            }
            None => {
                self.out_of_range.set(true);
                old
            }
        }
    }
}

/// Gives everything other numbers. The inverse (what was added taken away again) gives the archive back, byte for byte, as far as what is serialised in it was written as PHP does.
///
/// Counted is the archive (one item). Remarks: numbers that may point at something, by their names, in modules that nobody knows: they stay as they are; and what was kept of the documents as
/// they were before a conversion, which is left out.
///
/// # Errors
/// [`Error::Number`] when a number would become 0, negative or too large: nothing should be written then. Else as [`Unpacked::rewrite`].
pub fn run(course: &mut Unpacked, numbers: &Numbers<'_>, language: Language) -> Result<Report, Error> {
    let mut report = Report::default();
    for path in course.paths().into_iter().filter(|p| p.starts_with(ORIGINALS)) {
        course.remove(&path);
        let words = language
            .of("what the archive was before: its numbers would no longer fit", "ce qu’était l’archive avant : ses numéros ne conviendraient plus");
        report.remark(Fate::Refused, Reason::Renumbered, "entry", path, words);
    }
    let archive = parcours_mbz::numbers::survey(course)?;
    for path in course.documents() {
        let records = parcours_mbz::numbers::records(course, &path)?;
        let mut pass = Pass::new(&archive, &path, records, numbers);
        course.rewrite(&path, &mut pass)?;
        pass.unclear
            .into_iter()
            .for_each(|(place, n)| report.remark(Fate::Kept, Reason::UnclearNumber, "number", format!("{path} ({place})"), format!("×{n}")));
    }
    paths::rename(course, numbers)?;
    if numbers.out_of_range.get() {
        return Err(Error::Number);
    }
    report.item(Fate::Imported, Reason::Renumbered, "course", MANIFEST, course.manifest().information.course_fullname.as_str());
    let words = language.of("numbers", "numéros");
    report.findings.last_mut().into_iter().for_each(|f| f.detail = format!("{} {words}", numbers.changed.get()));
    Ok(report)
}

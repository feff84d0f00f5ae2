//! What the archive was, kept inside it.
//!
//! A restore reads what `contents` lists and the documents it knows by name; a folder of another name is left alone. The originals have a name of their own ending, so that
//! nobody takes them for documents of the course.

use parcours_course::{Fate, Reason, Report};
use parcours_mbz::unpacked::State;
use parcours_mbz::{Error, Unpacked};
use std::io::Read;

/// The folder of ours in an archive.
pub const FOLDER: &str = "parcours";
const ORIGINALS: &str = "parcours/original/";
const ENDING: &str = ".kept";
/// The paths that were not there before, one a line.
const ADDED: &str = "parcours/original.txt";

/// Keeps what has changed since `then`. Does nothing where nothing has.
pub(super) fn keep(course: &mut Unpacked, then: &State) -> Result<(), Error> {
    let before = course.paths().len();
    let added = course.keep(then, |path| format!("{ORIGINALS}{path}{ENDING}"))?;
    if !added.is_empty() || course.paths().len() != before {
        course.put_bytes(ADDED, added.join("\n").as_bytes())?;
    }
    Ok(())
}

/// Puts everything back that was kept.
pub(super) fn restore(course: &mut Unpacked) -> Result<Report, Error> {
    let mut report = Report::default();
    let Some(mut list) = course.bytes(ADDED)? else {
        report.remark(Fate::Refused, Reason::MissingDocument, "course", ADDED, "");
        return Ok(report);
    };
    let mut added = String::new();
    list.read_to_string(&mut added)?;
    for path in added.lines() {
        course.remove(path);
    }
    for path in course.paths() {
        let Some(to) = path.strip_prefix(ORIGINALS).and_then(|p| p.strip_suffix(ENDING)) else { continue };
        report.item(Fate::Imported, Reason::AsItCame, "document", to, "");
        course.rename(&path, to)?;
    }
    course.remove_folder(FOLDER);
    Ok(report)
}

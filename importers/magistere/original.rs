//! What the archive was, kept inside it.
//!
//! A restore reads what `contents` lists and the documents it knows by name; a folder of another name is left alone. The originals have a name of their own ending, so that
//! nobody takes them for documents of the course.

use parcours_course::{Fate, Reason, Report};
use parcours_mbz::unpacked::State;
use parcours_mbz::xml::{Reader, echo};
use parcours_mbz::{Error, Unpacked};
use std::collections::HashSet;
use std::io::Read;

/// The folder of ours in an archive.
pub const FOLDER: &str = "parcours";
const ORIGINALS: &str = "parcours/original/";
const ENDING: &str = ".kept";
/// The paths that were not there before, one a line.
const ADDED: &str = "parcours/original.txt";

/// Keeps what has changed since `then`. What an earlier conversion kept stays: that is the original.
pub(super) fn keep(course: &mut Unpacked, then: &State) -> Result<(), Error> {
    let mut added = added(course)?;
    let (known, kept): (HashSet<String>, HashSet<String>) = (added.iter().cloned().collect(), course.paths().into_iter().collect());
    let name = |path: &str| {
        let name = format!("{ORIGINALS}{path}{ENDING}");
        (!known.contains(path) && !path.starts_with(FOLDER) && !kept.contains(&name)).then_some(name)
    };
    added.extend(course.keep(then, name)?);
    // Nothing to take out and nothing kept: nothing was changed.
    if !added.is_empty() || course.paths().len() != kept.len() {
        course.put_bytes(ADDED, added.join("\n").as_bytes())?;
    }
    Ok(())
}

fn added(course: &mut Unpacked) -> Result<Vec<String>, Error> {
    let mut list = String::new();
    if let Some(mut entry) = course.bytes(ADDED)? {
        entry.read_to_string(&mut list)?;
    }
    Ok(list.lines().map(str::to_owned).collect())
}

/// Puts everything back that was kept.
pub(super) fn restore(course: &mut Unpacked) -> Result<Report, Error> {
    let mut report = Report::default();
    if !course.has(ADDED) {
        report.remark(Fate::Refused, Reason::MissingDocument, "course", ADDED, "");
        return Ok(report);
    }
    for path in added(course)? {
        course.remove(&path);
    }
    for path in course.paths() {
        let Some(to) = path.strip_prefix(ORIGINALS).and_then(|p| p.strip_suffix(ENDING)) else { continue };
        report.item(Fate::Imported, Reason::AsItCame, "document", to, "");
        // Nobody has looked at it since it came in, under a name that is no document's.
        if to.ends_with(".xml")
            && let Some(bytes) = course.bytes(&path)?.filter(|_| course.size(&path) > Some(0))
        {
            echo(Reader::new(bytes, to, course.limits()), std::io::sink(), |_, _| {})?;
        }
        course.rename(&path, to)?;
    }
    course.remove_folder(FOLDER);
    Ok(report)
}

//! What must be known of an archive before its numbers can be told.

use super::Archive;
use crate::people::areas::is_moodles;
use crate::xml::Step;
use crate::{Error, Unpacked};
use std::collections::HashSet;

/// Looks through an archive for what its numbers cannot be told without.
///
/// # Errors
/// What is wrong with a document.
pub fn survey(course: &mut Unpacked) -> Result<Archive, Error> {
    let mut archive = Archive { modules: course.manifest().activities.iter().map(|a| a.modulename.clone()).collect(), ..Archive::default() };
    ids(course, "users.xml", "user", |id, _| {
        archive.people.insert(id);
    })?;
    ids(course, "questions.xml", "question", |id, kind| {
        if kind == "randomsamatch" {
            archive.random_matches.insert(id);
        }
    })?;
    let documents: Vec<(String, String)> = course.manifest().activities.iter().map(|a| (a.directory.clone(), a.modulename.clone())).collect();
    for (folder, module) in documents.iter().filter(|(_, module)| !is_moodles(module)) {
        let names = records(course, &format!("{folder}/{module}.xml"))?;
        archive.records.extend(names.into_iter().map(|name| format!("{module}/{name}")));
    }
    Ok(archive)
}

/// Names of the elements of a document that have a number; none where there is no document or an empty one.
///
/// # Errors
/// What is wrong with the document.
pub fn records(course: &mut Unpacked, path: &str) -> Result<HashSet<String>, Error> {
    let mut names = HashSet::new();
    let Some(mut xml) = course.reader(path)? else { return Ok(names) };
    loop {
        match xml.step()? {
            Step::Open if xml.attributes().any(|(name, _)| name == "id") && !names.contains(xml.name()) => {
                names.insert(xml.name().to_owned());
            }
            Step::End => return Ok(names),
            _ => {}
        }
    }
}

/// Shows the number of every record of a name, with the `qtype` it has.
fn ids(course: &mut Unpacked, path: &str, record: &str, mut see: impl FnMut(i64, &str)) -> Result<(), Error> {
    let Some(mut xml) = course.reader(path)? else { return Ok(()) };
    let mut id = None;
    loop {
        match xml.step()? {
            Step::Open if xml.name() == record => {
                id = xml.attributes().find(|(name, _)| *name == "id").and_then(|(_, v)| v.trim().parse().ok());
                id.into_iter().for_each(|id| see(id, ""));
            }
            Step::Close if xml.name() == "qtype" => id.into_iter().for_each(|id| see(id, xml.text())),
            Step::End => return Ok(()),
            _ => {}
        }
    }
}

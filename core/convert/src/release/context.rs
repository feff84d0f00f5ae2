//! The contexts of an archive: what has which number, and what number is free (MBZ-FORMAT §5.1).

use super::contents;
use crate::Error;
use parcours_mbz::Unpacked;
use parcours_mbz::manifest::Activity;
use parcours_mbz::xml::{Reader, Step};
use std::collections::{HashMap, HashSet};
use std::io::Read;

/// The numbers in the root tag of an activity's own document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Root {
    pub instance: i64,
    pub context: i64,
}

/// Contexts of the activities that contents lists.
pub(super) fn activities(course: &mut Unpacked) -> Result<HashMap<i64, Activity>, Error> {
    let mut contexts = HashMap::new();
    for activity in course.manifest().activities.clone() {
        if let Some(root) = root(course, &activity)? {
            contexts.insert(root.context, activity);
        }
    }
    Ok(contexts)
}

/// The root tag of an activity's own document; nothing where it has none.
pub(super) fn root(course: &mut Unpacked, activity: &Activity) -> Result<Option<Root>, Error> {
    let Some(mut xml) = course.reader(&contents::own(activity))? else { return Ok(None) };
    Ok(first(&mut xml)?.map(|(instance, context)| Root { instance, context }))
}

/// Numbers `id` and `contextid` of the root.
fn first<R: Read>(xml: &mut Reader<R>) -> Result<Option<(i64, i64)>, Error> {
    while !matches!(xml.step()?, Step::Open) {}
    Ok(attribute(xml, "contextid").map(|context| (attribute(xml, "id").unwrap_or(0), context)))
}

/// Every context that something in the archive has: what has a document with it in its root tag, people, question categories, the course and the site.
pub(super) fn all(course: &mut Unpacked) -> Result<HashSet<i64>, Error> {
    let i = &course.manifest().information;
    let mut contexts = HashSet::from([i.course_contextid, i.system_contextid]);
    for path in course.documents() {
        let Some(mut xml) = course.reader(&path)? else { continue };
        let whole = ["questions.xml", "users.xml"].contains(&path.as_str());
        loop {
            let context = match xml.step()? {
                Step::End => break,
                Step::Open => attribute(&xml, "contextid"),
                Step::Close if xml.name() == "contextid" && xml.depth() == 2 => xml.text().trim().parse().ok(),
                Step::Close | Step::Comment => None,
            };
            contexts.extend(context);
            if !whole && xml.depth() > 0 {
                break;
            }
        }
    }
    Ok(contexts)
}

/// The highest number that any context of the archive has.
pub(super) fn highest(course: &mut Unpacked) -> Result<i64, Error> {
    let i = &course.manifest().information;
    let mut highest = i.course_contextid.max(i.system_contextid);
    for path in course.documents() {
        let Some(mut xml) = course.reader(&path)? else { continue };
        let whole = ["files.xml", "questions.xml", "users.xml"].contains(&path.as_str());
        loop {
            let number = match xml.step()? {
                Step::End => break,
                Step::Open => attribute(&xml, "contextid"),
                Step::Close if xml.name() == "contextid" => xml.text().trim().parse().ok(),
                Step::Close | Step::Comment => None,
            };
            highest = highest.max(number.unwrap_or(0));
            // Of other documents the root says what they belong to.
            if !whole && xml.depth() > 0 {
                break;
            }
        }
    }
    Ok(highest)
}

fn attribute<R: Read>(xml: &Reader<R>, name: &str) -> Option<i64> {
    xml.attributes().find(|(n, _)| *n == name).and_then(|(_, v)| v.trim().parse().ok())
}

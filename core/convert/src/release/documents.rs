//! Documents that a restore reads without asking whether they are there (MBZ-FORMAT §13.4), made empty where they are missing.

use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::container::block;
use parcours_mbz::xml::{Element, NULL};
use std::collections::{BTreeMap, BTreeSet};

/// Documents at the root of every archive, with their root element.
const ROOT: &[(&str, &str)] = &[
    ("files.xml", "files"),
    ("groups.xml", "groups"),
    ("outcomes.xml", "outcomes_definition"),
    ("questions.xml", "question_categories"),
    ("roles.xml", "roles_definition"),
    ("scales.xml", "scales_definition"),
];
/// Documents of a task: root element, and what is in it.
const TASK: &[(&str, &str, &[&str])] = &[
    ("calendar.xml", "events", &[]),
    ("comments.xml", "comments", &[]),
    ("competencies.xml", "course_module_competencies", &["competencies"]),
    ("completion.xml", "completions", &["completionviews"]),
    ("filters.xml", "filters", &["filter_actives", "filter_configs"]),
    ("grade_history.xml", "grade_history", &["grade_grades"]),
    ("grades.xml", "activity_gradebook", &["grade_items", "grade_letters"]),
    ("inforef.xml", "inforef", &[]),
    ("roles.xml", "roles", &["role_overrides", "role_assignments"]),
    ("xapistate.xml", "states", &[]),
];
/// Settings, and the document of every task that is read when the setting is 1.
const OF_SETTINGS: &[(&str, &str)] = &[("calendarevents", "calendar.xml"), ("comments", "comments.xml"), ("filters", "filters.xml")];

/// A document of a task without anything in it.
pub(super) fn empty(name: &str) -> Option<Element> {
    let (_, root, inside) = TASK.iter().find(|(n, ..)| *n == name)?;
    Some(Element::group(root, inside.iter().map(|i| Element::group(i, []))))
}

/// The names of all documents that a task of today may have.
pub(super) fn of_a_task() -> impl Iterator<Item = &'static str> {
    TASK.iter().map(|(name, ..)| *name)
}

pub(super) fn complete(work: &mut Work) -> Result<(), Error> {
    let m = work.course.manifest().clone();
    let on = |setting: &str| m.root_setting(setting) == Some("1");
    for (path, root) in ROOT {
        let inside = (*path == "groups.xml").then(|| Element::group("groupings", []));
        add(work, path, Some(Element::group(root, inside)))?;
    }
    if on("users") {
        add(work, "users.xml", Some(Element::group("users", [])))?;
    }
    let states = work.release.filters() && on("xapistate");
    let asked: Vec<&str> = OF_SETTINGS.iter().filter(|(setting, _)| on(setting)).map(|(_, document)| *document).collect();
    if m.kind() == "course" {
        course(work)?;
        let enrolments = on("users").then_some("enrolments.xml");
        let content = on("contentbankcontent").then_some("contentbank.xml");
        for name in ["roles.xml", "inforef.xml"].into_iter().chain(asked.iter().copied()).chain(enrolments).chain(content) {
            let document = match name {
                "enrolments.xml" => Some(Element::group("enrolments", [Element::group("enrols", [])])),
                "contentbank.xml" => Some(Element::group("contents", [])),
                _ => empty(name),
            };
            add(work, &format!("course/{name}"), document)?;
        }
    }
    for section in &m.sections {
        self::section(work, section.sectionid, &section.title, &section.directory)?;
    }
    for activity in &m.activities {
        let always = ["roles.xml", "grades.xml", "inforef.xml"].into_iter();
        for name in always.chain(asked.iter().copied()).chain(states.then_some("xapistate.xml")) {
            add(work, &format!("{}/{name}", activity.directory), empty(name))?;
        }
        for path in [super::contents::own(activity), format!("{}/module.xml", activity.directory)] {
            if !work.course.has(&path) {
                work.fate(&activity.directory, Fate::Refused, Reason::MissingDocument);
            }
        }
    }
    blocks(work, on("comments"))?;
    tell(work);
    Ok(())
}

/// Documents of blocks, wherever they are.
fn blocks(work: &mut Work, comments: bool) -> Result<(), Error> {
    let folders: BTreeSet<String> = work.course.paths().iter().filter_map(|p| block(p).map(str::to_owned)).collect();
    for folder in folders {
        for name in ["roles.xml"].into_iter().chain(comments.then_some("comments.xml")) {
            add(work, &format!("{folder}/{name}"), empty(name))?;
        }
    }
    Ok(())
}

/// `course/course.xml`, from what the manifest says of the course.
fn course(work: &mut Work) -> Result<(), Error> {
    let i = work.course.manifest().information.clone();
    let leaf = Element::new;
    let leaves = [
        leaf("shortname", &i.course_shortname),
        leaf("fullname", &i.course_fullname),
        leaf("idnumber", &String::new()),
        leaf("summary", &String::new()),
        leaf("summaryformat", &"1".to_owned()),
        leaf("format", &if i.course_format.is_empty() { "topics".to_owned() } else { i.course_format.clone() }),
        leaf("startdate", &i.course_startdate.to_string()),
        leaf("enddate", &i.course_enddate.to_string()),
        leaf("visible", &"1".to_owned()),
        Element::group("tags", []),
    ];
    let root = Element::record("course", i.course_id, leaves).with("contextid", i.course_contextid);
    add(work, "course/course.xml", Some(root))
}

fn section(work: &mut Work, id: i64, title: &str, directory: &str) -> Result<(), Error> {
    let path = format!("{directory}/section.xml");
    if work.course.has(&path) {
        return Ok(());
    }
    let mut taken = BTreeSet::new();
    for other in work.course.manifest().sections.clone() {
        if let Some(section) = work.course.document(&format!("{}/section.xml", other.directory))? {
            taken.extend(section.number("number"));
        }
    }
    let above = taken.last().map_or(0, |n| n.saturating_add(1));
    let number = title.trim().parse().ok().filter(|n| !taken.contains(n)).unwrap_or(above);
    let name = if title.trim().parse::<i64>().is_ok() { NULL } else { title };
    let modules = work.course.manifest().activities.iter().filter(|a| a.sectionid == id).map(|a| a.moduleid.to_string());
    let leaves = [
        Element::new("number", number),
        Element::new("name", name),
        Element::new("summary", ""),
        Element::new("summaryformat", 1),
        Element::new("sequence", modules.collect::<Vec<_>>().join(",")),
        Element::new("visible", 1),
        Element::new("availabilityjson", NULL),
    ];
    let root = Element::record("section", id, leaves);
    add(work, &path, Some(root))
}

/// Puts a document where none is, or an empty file.
fn add(work: &mut Work, path: &str, document: Option<Element>) -> Result<(), Error> {
    let Some(document) = document.filter(|_| work.course.size(path).is_none_or(|size| size == 0)) else { return Ok(()) };
    work.course.put(path, &document)?;
    work.added.push(path.to_owned());
    Ok(())
}

/// One remark for all documents of a name.
fn tell(work: &mut Work) {
    let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in std::mem::take(&mut work.added) {
        by_name.entry(path.rsplit('/').next().unwrap_or_default().to_owned()).or_default().push(path);
    }
    for (name, paths) in by_name {
        let place = match paths.as_slice() {
            [only] => only,
            _ => &name,
        };
        let (english, french) =
            (format!("asked for by a restore: {}", paths.join(", ")), format!("demandé par une restauration : {}", paths.join(", ")));
        work.remark(Fate::Approximated, Reason::Invented, "document", place, english, french);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_document_has_the_containers_of_moodles() {
        assert_eq!(empty("roles.xml").map(|e| e.children.len()), Some(2));
        assert!(empty("forum.xml").is_none() && of_a_task().count() == TASK.len());
    }
}

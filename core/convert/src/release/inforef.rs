//! Lists of what a part uses, where a part had none: without them its files, and its people, are left out in silence (MBZ-FORMAT §5.2, §13.4).

use super::contents;
use super::context;
use super::work::Work;
use crate::Error;
use parcours_mbz::xml::Element;
use std::collections::HashMap;

/// Components whose files no list has.
const FREE: &[&str] = &["badges", "grade", "group", "grouping", "question", "user"];
/// Records that the course's list names: document, record, container in the list.
const SHARED: &[(&str, &str, &str)] = &[
    ("users.xml", "user", "userref"),
    ("groups.xml", "grouping", "groupingref"),
    ("groups.xml", "group", "groupref"),
    ("roles.xml", "role", "roleref"),
    ("scales.xml", "scale", "scaleref"),
    ("outcomes.xml", "outcome", "outcomeref"),
];

/// Writes the lists that are missing: files by the context they belong to; in the course's also everybody, and all groups, roles, scales and outcomes.
pub(super) fn complete(work: &mut Work) -> Result<(), Error> {
    let m = work.course.manifest().clone();
    let mut missing: HashMap<i64, (String, Vec<i64>)> = HashMap::new();
    for activity in &m.activities {
        let path = format!("{}/inforef.xml", activity.directory);
        if work.course.size(&path).is_none_or(|size| size == 0)
            && let Some(root) = context::root(work.course, activity)?
        {
            missing.insert(root.context, (path, Vec::new()));
        }
    }
    let course = "course/inforef.xml";
    let shared = m.kind() == "course" && work.course.size(course).is_none_or(|size| size == 0);
    if shared {
        missing.insert(m.information.course_contextid, (course.to_owned(), Vec::new()));
    }
    if missing.is_empty() {
        return Ok(());
    }
    work.course.each("files.xml", "file", |_, file| {
        let component = file.leaf("component");
        let listed = !FREE.contains(&component) && !component.starts_with("qtype");
        if let Some((_, files)) = file.number("contextid").filter(|_| listed).and_then(|c| missing.get_mut(&c)) {
            files.extend(file.id());
        }
        Ok(())
    })?;
    let mut missing: Vec<(String, Vec<i64>)> = missing.into_values().collect();
    missing.sort();
    for (path, files) in missing {
        let mut document = Element::group("inforef", []);
        if path == course {
            for (from, record, list) in SHARED {
                let mut ids = Vec::new();
                work.course.each(from, record, |path, e| {
                    // A grouping lists the numbers of groups, and is no group.
                    if path.len() == 2 || *record == "grouping" {
                        ids.extend(e.id());
                    }
                    Ok(())
                })?;
                add(&mut document, list, record, &ids);
            }
        }
        add(&mut document, "fileref", "file", &files);
        work.course.put(&path, &document)?;
        work.added.push(path);
    }
    Ok(())
}

fn add(document: &mut Element, list: &str, record: &str, ids: &[i64]) {
    if !ids.is_empty() {
        contents::child(document, list).children.extend(ids.iter().map(|id| Element::group(record, [Element::new("id", id)])));
    }
}

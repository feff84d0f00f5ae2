//! `activities/KIND_CM/`: what every activity has, around the one file that is its own.

use super::files::{Area, Owner};
use super::{Columns, Made, Refs, VERSION, columns, forum, gradebook, has, kinds, module_context, no_filters, no_roles};
use crate::source::{Activity, Course, Section};
use crate::xml::{Element, group, leaf, record};
use anyhow::{Context, Result};

const COLUMNS: Columns = &[
    ("idnumber", ""),
    ("added", "0"),
    ("score", "0"),
    ("indent", "0"),
    ("visible", "1"),
    ("visibleoncoursepage", "1"),
    ("visibleold", "1"),
    ("groupmode", "0"),
    ("groupingid", "0"),
    ("completion", "0"),
    ("completiongradeitemnumber", "null"),
    ("completionpassgrade", "0"),
    ("completionview", "0"),
    ("completionexpected", "0"),
    ("availability", "null"),
    ("showdescription", "0"),
    ("downloadcontent", "1"),
    ("lang", "null"),
];

/// Keys of an activity's first block that are no columns: files, people's progress, and what its availability rule points at.
const KEYS: &[&str] = &["cm", "id", "name", "file", "main", "viewed", "done", "groupref", "groupingref"];

/// Where an activity stands.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub course: &'a Course,
    pub section: &'a Section,
    /// Of the section on the page.
    pub number: usize,
}

/// Writes an activity and everything around it.
pub fn write(place: &Place<'_>, activity: &Activity, made: &mut Made) -> Result<()> {
    let (sheet, kind) = (&activity.sheet, activity.kind.as_str());
    let own = if kind == "forum" { forum::COLUMNS } else { kinds::columns(kind).with_context(|| format!("nothing writes a {kind}"))? };
    sheet.only(|key| KEYS.contains(&key) || has(COLUMNS, key) || has(own, key) || (kind == "forum" && forum::KEYS.contains(&key)))?;
    let folder = format!("activities/{kind}_{}", activity.cm);
    let mut refs = Refs::default();
    files(place, activity, made, &mut refs)?;

    let mut instance = record(kind, activity.instance, intro(activity, own));
    if kind == "forum" {
        forum::people(place.course, activity, &mut instance, made, &mut refs)?;
        made.document(&format!("{folder}/grading.xml"), &group("areas", []));
    }
    let wrapped = record("activity", activity.instance, [instance])
        .with("moduleid", activity.cm)
        .with("modulename", kind)
        .with("contextid", module_context(activity.cm));
    made.document(&format!("{folder}/{kind}.xml"), &wrapped);

    let mut module =
        record("module", activity.cm, [leaf("modulename", kind), leaf("sectionid", place.section.id), leaf("sectionnumber", place.number)])
            .with("version", VERSION);
    columns(sheet, COLUMNS).into_iter().for_each(|column| module.push(column));
    module.push(group("tags", []));
    made.document(&format!("{folder}/module.xml"), &module);

    for (key, ids) in [("groupref", &mut refs.groups), ("groupingref", &mut refs.groupings)] {
        ids.extend(sheet.list(key).map(|id| id.parse::<i64>()).collect::<Result<Vec<_>, _>>()?);
    }
    let completion = completion(place, activity, made, &mut refs)?;
    made.document(&format!("{folder}/completion.xml"), &completion);
    let grades = gradebook::activity(activity, made, &mut refs)?;
    made.document(&format!("{folder}/grades.xml"), &grades);
    for (name, root) in [
        ("calendar", group("events", [])),
        ("comments", group("comments", [])),
        ("competencies", group("course_module_competencies", [group("competencies", [])])),
        ("filters", no_filters()),
        ("grade_history", group("grade_history", [group("grade_grades", [])])),
        ("roles", no_roles()),
        ("xapistate", group("states", [])),
    ] {
        made.document(&format!("{folder}/{name}.xml"), &root);
    }
    made.inforef(&folder, &refs);
    Ok(())
}

/// The activity's own columns.
fn intro(activity: &Activity, own: Columns) -> Vec<Element> {
    let sheet = &activity.sheet;
    let mut leaves = vec![leaf("name", sheet.leaf("name", "")), leaf("intro", &sheet.body), leaf("introformat", 1)];
    if activity.kind == "forum" {
        leaves.insert(0, leaf("type", sheet.leaf("type", "general")));
    }
    for column in own.iter().filter(|(name, _)| *name != "type") {
        match (column.0, &activity.content) {
            ("content", Some(content)) => leaves.push(leaf("content", &content.body)),
            (name, _) => leaves.push(leaf(name, sheet.leaf(name, column.1))),
        }
    }
    leaves
}

/// `file: AREA PATH`, one a line; `main: PATH` is the file that a resource opens.
fn files(place: &Place<'_>, activity: &Activity, made: &mut Made, refs: &mut Refs) -> Result<()> {
    let component = format!("mod_{}", activity.kind);
    let owner = Owner { user: place.course.people.owner(), name: None, time: place.course.sheet.time("timecreated")? };
    let mut add = |area: &str, path: &str, main: bool| {
        let area = Area { context: module_context(activity.cm), component: &component, area, item: 0 };
        made.files.add(area, path, main, owner, refs)
    };
    for path in activity.sheet.all("main") {
        add("content", path, true)?;
    }
    for file in activity.sheet.all("file") {
        let (area, path) = file.split_once(' ').context("a file is `AREA PATH`")?;
        add(area, path, false)?;
    }
    Ok(())
}

/// `viewed: USERNAME MOMENT` and `done: USERNAME MOMENT`, one a line.
fn completion(place: &Place<'_>, activity: &Activity, made: &mut Made, refs: &mut Refs) -> Result<Element> {
    let mut root = group("completions", []);
    let mut views = group("completionviews", []);
    for line in activity.sheet.all("done") {
        let (user, time) = person_at(place.course, line)?;
        refs.users.insert(user);
        let leaves = [leaf("userid", user), leaf("completionstate", 1), leaf("timemodified", time)];
        root.push(record("completion", made.number("completion"), leaves));
    }
    for line in activity.sheet.all("viewed") {
        let (user, time) = person_at(place.course, line)?;
        refs.users.insert(user);
        views.push(record("completionview", made.number("completionview"), [leaf("userid", user), leaf("timecreated", time)]));
    }
    root.push(views);
    Ok(root)
}

/// `USERNAME 2025-10-06 09:12`
pub fn person_at(course: &Course, line: &str) -> Result<(i64, i64)> {
    let (name, time) = line.split_once(' ').with_context(|| format!("`{line}` is no `USERNAME MOMENT`"))?;
    let time = crate::source::sheet::moment(time).with_context(|| format!("`{time}` is no moment"))?;
    Ok((course.people.id(name)?, time))
}

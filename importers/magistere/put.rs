//! What an activity has become, in its place: documents, folder, contents list and settings.

use super::activity::{Activity, Made};
use super::cx::Cx;
use super::{grades, inforef, stream};
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::container::MANIFEST;
use parcours_mbz::xml::{Element, NULL};
use std::collections::HashMap;

/// Modules whose activities have grades, and those that a view completes.
const GRADED: &[&str] = &["assign", "h5pactivity"];
const VIEWED_NEVER: &[&str] = &["label"];

/// Writes what it became and takes out what it was. Answers its folder.
pub(super) fn put(cx: &mut Cx<'_>, activity: Activity, made: Made) -> Result<String, Error> {
    let Made { module, record, heavy, rule, hidden, people, files, .. } = made;
    let folder = format!("activities/{module}_{}", activity.cm);
    let root = Element::group("activity", [record])
        .with("id", activity.id)
        .with("moduleid", activity.cm)
        .with("modulename", module)
        .with("contextid", activity.context);
    let own = format!("mod_{}", activity.module);
    cx.files.send(activity.context, (&own, "intro"), (&format!("mod_{module}"), "intro"), super::files::Item::Same);
    for (area, count) in cx.files.unsent(activity.context, &own) {
        cx.remark(Fate::Kept, Reason::NotRead, "file", &activity.folder, format!("{own}/{area}: {count}"));
    }
    let path = format!("{folder}/{module}.xml");
    stream::put(cx.course, &activity.path, &path, &root, heavy)?;
    if path != activity.path {
        cx.course.remove(&activity.path);
    }
    let inside = format!("{}/", activity.folder);
    for path in cx.course.paths() {
        if let Some(rest) = path.strip_prefix(&inside) {
            cx.course.rename(&path, &format!("{folder}/{rest}"))?;
        }
    }
    if let Some(known) = cx.known.activities.iter_mut().find(|a| a.id == activity.cm) {
        module.clone_into(&mut known.now);
        known.folder.clone_from(&folder);
        known.visible &= !hidden;
        known.open &= !hidden;
        known.shown &= !hidden;
    }
    let graded = GRADED.contains(&module);
    module_xml(cx, &folder, &activity, module, rule, graded, hidden)?;
    grades::convert(cx, &folder, module, activity.id, graded)?;
    inforef::add(cx.course, &folder, &people, &files)?;
    calendar(cx, &folder, module, activity.id)?;
    overrides(cx, &folder, &activity.module)?;
    Ok(folder)
}

/// `module.xml`: the name, and completion by rules that the new module has.
fn module_xml(cx: &mut Cx<'_>, folder: &str, activity: &Activity, module: &str, rule: bool, graded: bool, hidden: bool) -> Result<(), Error> {
    let path = format!("{folder}/module.xml");
    let Some(mut doc) = cx.course.document(&path)? else { return Ok(()) };
    doc.set("modulename", module);
    if cx.known.version.parse::<u64>().is_ok() {
        doc.set_attribute("version", &cx.known.version);
    }
    if hidden {
        doc.set("visible", 0);
        doc.set("visibleold", 0);
    }
    if doc.leaf("completion") == "2" {
        let by_grade = doc.value("completiongradeitemnumber").is_some();
        if by_grade && !graded {
            doc.set("completiongradeitemnumber", NULL);
            doc.set("completionpassgrade", 0);
        }
        let viewed = doc.leaf("completionview") == "1";
        if VIEWED_NEVER.contains(&module) {
            doc.set("completion", 1);
            doc.set("completionview", 0);
            cx.remark(
                Fate::Approximated,
                Reason::Converted,
                "activity",
                &activity.folder,
                cx.of("completion is marked by hand", "l’achèvement se coche à la main"),
            );
        } else if !(viewed || rule || by_grade && graded) {
            doc.set("completionview", 1);
            cx.remark(
                Fate::Approximated,
                Reason::Converted,
                "activity",
                &activity.folder,
                cx.of("a view completes it", "l’affichage vaut achèvement"),
            );
        }
    }
    cx.course.put(&path, &doc)
}

/// Events name the module and its record.
fn calendar(cx: &mut Cx<'_>, folder: &str, module: &str, id: i64) -> Result<(), Error> {
    let path = format!("{folder}/calendar.xml");
    let Some(mut doc) = cx.course.document(&path)? else { return Ok(()) };
    let mut any = false;
    for event in doc.children.iter_mut().filter(|e| e.name == "event") {
        event.set("modulename", module);
        event.set("instance", id);
        any = true;
    }
    if any { cx.course.put(&path, &doc) } else { Ok(()) }
}

/// Rights of a module that is no more here mean nothing.
fn overrides(cx: &mut Cx<'_>, folder: &str, module: &str) -> Result<(), Error> {
    let path = format!("{folder}/roles.xml");
    let Some(mut doc) = cx.course.document(&path)? else { return Ok(()) };
    let Some(list) = doc.child_mut("role_overrides") else { return Ok(()) };
    let before = list.children.len();
    let own = format!("mod/{module}:");
    list.children.retain(|o| !o.leaf("capability").starts_with(&own));
    let gone = before - list.children.len();
    if gone == 0 {
        return Ok(());
    }
    cx.remark(Fate::Kept, Reason::OtherFormat, "role", &path, format!("{own}… × {gone}"));
    cx.course.put(&path, &doc)
}

/// The contents list and the settings.
pub(super) fn contents(cx: &mut Cx<'_>, renamed: &HashMap<String, String>) -> Result<(), Error> {
    let Some(mut doc) = cx.course.document(MANIFEST)? else { return Ok(()) };
    let owner = |folder: &str| folder.rsplit('/').next().unwrap_or(folder).to_owned();
    let owners: HashMap<String, String> = renamed.iter().map(|(from, to)| (owner(from), owner(to))).collect();
    doc.walk_mut(&mut |e| match e.name.as_str() {
        "activity" if e.child("directory").is_some() => {
            let Some(to) = renamed.get(e.leaf("directory")) else { return };
            let module = owner(to);
            e.set("modulename", module.rsplit_once('_').map_or("", |(m, _)| m));
            e.set("directory", to);
        }
        "setting" if e.leaf("level") == "activity" => {
            let from = e.leaf("activity").to_owned();
            let Some(to) = owners.get(&from) else { return };
            let name = e.leaf("name").strip_prefix(&from).map(|rest| format!("{to}{rest}"));
            e.set("activity", to);
            if let Some(name) = name {
                e.set("name", name);
            }
        }
        _ => {}
    });
    cx.course.put(MANIFEST, &doc)
}

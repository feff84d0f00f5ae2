//! A label in the place of a subsection.

use super::super::contents;
use super::super::context;
use super::super::work::Work;
use crate::Error;
use parcours_mbz::manifest::Activity;
use parcours_mbz::xml::Element;

/// A link to a section of the course, by its number; only the name where there is none.
pub(super) fn link(work: &Work, name: &str, section: Option<i64>) -> String {
    let name = escape(name);
    match section {
        Some(number) => format!("<p><a href=\"$@COURSEVIEWBYID*{}@$#section-{number}\">{name}</a></p>", work.course.manifest().information.course_id),
        None => format!("<p>{name}</p>"),
    }
}

/// The name as a heading.
pub(super) fn heading(name: &str) -> String {
    format!("<h4>{}</h4>", escape(name))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Makes a label of an activity: its documents but its own stay. Answers the label's folder.
pub(super) fn make(work: &mut Work, activity: &Activity, text: &str) -> Result<String, Error> {
    let folder = format!("activities/label_{}", activity.moduleid);
    let mut instance = 0;
    for label in contents::of_module(work.course.manifest(), "label") {
        instance = instance.max(context::root(work.course, &label)?.map_or(0, |r| r.instance));
    }
    instance = instance.saturating_add(1);
    let own = contents::own(activity);
    let context = context::root(work.course, activity)?.map_or(0, |r| r.context);
    let before = work.course.document(&own)?;
    let time = before.as_ref().and_then(|d| d.child("subsection")?.number("timemodified")).unwrap_or(0);
    work.course.remove(&own);
    for path in work.course.paths() {
        if let Some(rest) = path.strip_prefix(&activity.directory).filter(|rest| rest.starts_with('/')) {
            work.course.rename(&path, &format!("{folder}{rest}"))?;
        }
    }
    let leaves =
        [Element::new("name", &activity.title), Element::new("intro", text), Element::new("introformat", 1), Element::new("timemodified", time)];
    let root = Element::record("activity", instance, [Element::record("label", instance, leaves)])
        .with("moduleid", activity.moduleid)
        .with("modulename", "label")
        .with("contextid", context);
    work.course.put(&format!("{folder}/label.xml"), &root)?;
    let module = format!("{folder}/module.xml");
    if let Some(mut document) = work.course.document(&module)? {
        document.set("modulename", "label");
        document.set_attribute("version", work.release.numbers().moodle_version);
        work.course.put(&module, &document)?;
    }
    contents::edit(work.course, |information| contents::rename(information, &activity.directory, "label", &folder))?;
    Ok(folder)
}

//! An activity made into one of another module: all its documents but its own stay.

use super::contents;
use super::context;
use super::work::Work;
use crate::Error;
use parcours_mbz::manifest::Activity;
use parcours_mbz::xml::Element;

/// Gives an activity another module, with what is in the module's own record. Number and context of the activity stay. Answers its folder.
pub(super) fn remake(work: &mut Work, activity: &Activity, module: &str, record: Vec<Element>) -> Result<String, Error> {
    let folder = format!("activities/{module}_{}", activity.moduleid);
    let mut instance = 0;
    for other in contents::of_module(work.course.manifest(), module) {
        instance = instance.max(context::root(work.course, &other)?.map_or(0, |r| r.instance));
    }
    instance = instance.saturating_add(1);
    let own = contents::own(activity);
    let context = context::root(work.course, activity)?.map_or(0, |r| r.context);
    work.course.remove(&own);
    for path in work.course.paths() {
        if let Some(rest) = path.strip_prefix(&activity.directory).filter(|rest| rest.starts_with('/')) {
            work.course.rename(&path, &format!("{folder}{rest}"))?;
        }
    }
    let root = Element::record("activity", instance, [Element::record(module, instance, record)])
        .with("moduleid", activity.moduleid)
        .with("modulename", module)
        .with("contextid", context);
    work.course.put(&format!("{folder}/{module}.xml"), &root)?;
    let path = format!("{folder}/module.xml");
    if let Some(mut document) = work.course.document(&path)? {
        document.set("modulename", module);
        document.set_attribute("version", work.release.numbers().moodle_version);
        work.course.put(&path, &document)?;
    }
    contents::edit(work.course, |information| contents::rename(information, &activity.directory, module, &folder))?;
    Ok(folder)
}

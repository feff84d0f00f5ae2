//! The contents list and the settings of the manifest, as they are changed (MBZ-FORMAT §3.4, §3.5).

use crate::Error;
use parcours_mbz::manifest::Activity;
use parcours_mbz::xml::Element;
use parcours_mbz::{Manifest, Unpacked};

pub(super) const MANIFEST: &str = "moodle_backup.xml";

/// Changes what stands in `information`, and puts the manifest back if anything changed.
pub(super) fn edit(course: &mut Unpacked, change: impl FnOnce(&mut Element)) -> Result<(), Error> {
    let Some(mut document) = course.document(MANIFEST)? else { return Ok(()) };
    let before = document.clone();
    if let Some(information) = document.child_mut("information") {
        change(information);
    }
    if document != before {
        course.put(MANIFEST, &document)?;
    }
    Ok(())
}

/// The last part of a folder, as settings call a section or an activity: `forum_630`.
pub(super) fn owner(directory: &str) -> &str {
    directory.rsplit('/').next().unwrap_or(directory)
}

/// The document of an activity's module.
pub(super) fn own(activity: &Activity) -> String {
    format!("{}/{}.xml", activity.directory, activity.modulename)
}

/// The activities that contents lists, of one module.
pub(super) fn of_module(m: &Manifest, name: &str) -> Vec<Activity> {
    m.activities.iter().filter(|a| a.modulename == name).cloned().collect()
}

/// The highest number that any activity has, listed or in a section's sequence.
pub(super) fn highest_module(course: &mut Unpacked) -> Result<i64, Error> {
    let m = course.manifest().clone();
    let mut highest = m.activities.iter().map(|a| a.moduleid).max().unwrap_or(0);
    for section in &m.sections {
        if let Some(section) = course.document(&format!("{}/section.xml", section.directory))? {
            let sequence = section.leaf("sequence").split(',').filter_map(|n| n.trim().parse::<i64>().ok()).max();
            highest = highest.max(sequence.unwrap_or(0));
        }
    }
    Ok(highest)
}

/// A list of contents (`activities`, `sections`), made where there is none.
pub(super) fn list<'a>(information: &'a mut Element, name: &str) -> &'a mut Element {
    child(child(information, "contents"), name)
}

pub(super) fn settings(information: &mut Element) -> &mut Element {
    child(information, "settings")
}

/// A container in a record, made where there is none. An empty leaf becomes one.
pub(super) fn child<'a>(parent: &'a mut Element, name: &str) -> &'a mut Element {
    let at = parent.children.iter().position(|c| c.name == name).unwrap_or_else(|| {
        parent.push(Element::group(name, []));
        parent.children.len() - 1
    });
    // It was found there, or has just been put there.
    let child = &mut parent.children[at];
    if child.children.is_empty() {
        "\n".clone_into(&mut child.text);
    }
    child
}

/// A setting of a section or an activity.
pub(super) fn setting(level: &str, owner: &str, what: &str, value: impl ToString) -> Element {
    let leaves =
        [Element::new("level", level), Element::new(level, owner), Element::new("name", format!("{owner}_{what}")), Element::new("value", value)];
    Element::group("setting", leaves)
}

/// Takes an activity out of contents and settings.
pub(super) fn forget(information: &mut Element, directory: &str) {
    list(information, "activities").children.retain(|a| a.leaf("directory") != directory);
    let owner = owner(directory);
    settings(information).children.retain(|s| s.leaf("activity") != owner);
}

/// Gives an activity another module: folder, name and settings.
pub(super) fn rename(information: &mut Element, directory: &str, module: &str, to: &str) {
    for activity in list(information, "activities").children.iter_mut().filter(|a| a.leaf("directory") == directory) {
        activity.set("modulename", module);
        activity.set("directory", to);
    }
    let (before, after) = (owner(directory), owner(to));
    for setting in settings(information).children.iter_mut().filter(|s| s.leaf("activity") == before) {
        let what = setting.leaf("name").rsplit('_').next().unwrap_or_default().to_owned();
        setting.set("activity", after);
        setting.set("name", format!("{after}_{what}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn information() -> Element {
        let activity = Element::group("activity", [Element::new("modulename", "qbank"), Element::new("directory", "activities/qbank_7")]);
        let contents = Element::group("contents", [Element::group("activities", [activity])]);
        Element::group("information", [contents, Element::group("settings", [setting("activity", "qbank_7", "included", 1)])])
    }

    #[test]
    fn an_activity_goes_with_its_settings() {
        let mut i = information();
        forget(&mut i, "activities/qbank_7");
        assert!(list(&mut i, "activities").children.is_empty() && settings(&mut i).children.is_empty());
    }

    #[test]
    fn an_activity_gets_another_module_with_its_settings() {
        let mut i = information();
        rename(&mut i, "activities/qbank_7", "label", "activities/label_7");
        assert_eq!(list(&mut i, "activities").children[0].leaf("modulename"), "label");
        assert_eq!(settings(&mut i).children[0].leaf("name"), "label_7_included");
    }

    #[test]
    fn lists_are_made_where_there_are_none() {
        let mut i = Element::group("information", []);
        list(&mut i, "sections").push(Element::group("section", []));
        assert_eq!(i.at(&["contents", "sections"]).map(|s| s.children.len()), Some(1));
    }
}

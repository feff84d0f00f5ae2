//! The settings of the manifest: a restore leaves out what they do not mention (MBZ-FORMAT §3.5, §13).

use super::contents::{self, MANIFEST};
use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::Element;
use std::collections::HashSet;

/// Settings of a whole backup that every release has. Of the others a restore asks whether there are any.
const ROOT: &[&str] = &[
    "users",
    "anonymize",
    "role_assignments",
    "activities",
    "blocks",
    "files",
    "filters",
    "comments",
    "badges",
    "calendarevents",
    "userscompletion",
    "logs",
    "grade_histories",
    "groups",
    "competencies",
    "customfield",
    "contentbankcontent",
    "legacyfiles",
];

pub(super) fn complete(work: &mut Work) -> Result<(), Error> {
    let m = work.course.manifest().clone();
    let names: HashSet<String> = work.course.paths().iter().map(|p| p.rsplit('/').next().unwrap_or(p).to_owned()).collect();
    let has = |document: &str| names.contains(document);
    let users = m.root_setting("users").map_or(has("users.xml"), |v| v == "1");
    let stored = work.course.counts.contents > 0;
    let value = |name: &str| match name {
        "users" | "role_assignments" | "userscompletion" => users,
        "anonymize" => false,
        // Contents that are there were meant to come.
        "files" => m.information.include_files.unwrap_or(true) || stored,
        "filters" => has("filters.xml"),
        "comments" => has("comments.xml"),
        "badges" => has("badges.xml"),
        "calendarevents" => has("calendar.xml"),
        "logs" => has("logstores.xml"),
        // A document without anything in it is in most archives.
        "grade_histories" => false,
        "contentbankcontent" => has("contentbank.xml"),
        "xapistate" => has("xapistate.xml"),
        _ => true,
    };
    let questions = (!work.release.banks() && m.kind() == "course").then_some("questionbank");
    let states = work.release.filters().then_some("xapistate");
    let wanted = ROOT.iter().copied().chain(questions).chain(states);
    let missing: Vec<Element> = wanted.filter(|name| m.root_setting(name).is_none()).map(|name| root(name, value(name))).collect();
    let set: HashSet<(&str, &str)> = m.settings.iter().map(|s| (s.owner.as_str(), s.name.as_str())).collect();
    let mut parts = Vec::new();
    let sections = m.sections.iter().map(|s| ("section", s.directory.as_str()));
    for (level, directory) in sections.chain(m.activities.iter().map(|a| ("activity", a.directory.as_str()))) {
        let owner = contents::owner(directory);
        for (what, value) in [("included", true), ("userinfo", users)] {
            if !set.contains(&(owner, format!("{owner}_{what}").as_str())) {
                parts.push(contents::setting(level, owner, what, u8::from(value)));
            }
        }
    }
    let (root, part) = (missing.len(), parts.len());
    if root + part == 0 {
        return Ok(());
    }
    contents::edit(work.course, |information| {
        let settings = contents::settings(information);
        let behind = settings.children.iter().rposition(|s| s.leaf("level") == "root").map_or(0, |at| at + 1);
        settings.children.splice(behind..behind, missing);
        settings.children.extend(parts);
    })?;
    work.remark(
        Fate::Approximated,
        Reason::Invented,
        "setting",
        MANIFEST,
        format!("{root} settings of the whole backup, {part} of its parts"),
        format!("{root} réglages de toute la sauvegarde, {part} de ses parties"),
    );
    Ok(())
}

fn root(name: &str, value: bool) -> Element {
    let leaves = [Element::new("level", "root"), Element::new("name", name), Element::new("value", u8::from(value))];
    Element::group("setting", leaves)
}

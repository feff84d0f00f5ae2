//! Documents that must be there, and folders that the contents list must name (MBZ-FORMAT §3.4, §13.4).

use super::facts::Facts;
use super::finding::Findings;
use super::judge::Restored;
use super::rule::Rule;
use crate::Release;
use crate::manifest::Manifest;
use std::collections::HashSet;

const ROOT: &[&str] = &["files.xml", "groups.xml", "outcomes.xml", "questions.xml", "roles.xml", "scales.xml"];
/// Settings, and the document of every task that is read when the setting is 1.
const OF_SETTINGS: &[(&str, &str)] = &[("calendarevents", "calendar.xml"), ("comments", "comments.xml"), ("filters", "filters.xml")];
const XAPI: &[(&str, &str)] = &[("xapistate", "xapistate.xml")];

pub(super) fn judge(facts: &Facts, m: &Manifest, target: Release, restored: &Restored<'_>, out: &mut Findings) {
    let on = |setting: &str| m.root_setting(setting) == Some("1");
    let course = m.kind() == "course";
    let has = |path: &str| facts.present.contains(path);
    let mut need = |path: String, setting: &str, name: &str| match (has(&path), setting) {
        (true, _) => {}
        (false, "") => out.add(Rule::MissingDocument, &path, name, ""),
        (false, setting) if on(setting) => out.add(Rule::MissingForSetting, &path, name, format!("{setting}=1")),
        (false, _) => {}
    };
    for path in ROOT {
        need((*path).to_owned(), "", "");
    }
    need("users.xml".to_owned(), "users", "");
    if course {
        need("course/course.xml".to_owned(), "", "");
        need("course/roles.xml".to_owned(), "", "");
        need("course/contentbank.xml".to_owned(), "contentbankcontent", "");
        OF_SETTINGS.iter().for_each(|(setting, file)| need(format!("course/{file}"), setting, ""));
    }
    for s in m.sections.iter().filter(|s| restored.part(&s.directory)) {
        need(format!("{}/section.xml", s.directory), "", &s.title);
    }
    for a in m.activities.iter().filter(|a| restored.part(&a.directory)) {
        for file in ["module.xml", "roles.xml", "grades.xml"] {
            need(format!("{}/{file}", a.directory), "", &a.title);
        }
        need(format!("{}/{}.xml", a.directory, a.modulename), "", &a.title);
        OF_SETTINGS
            .iter()
            // Since 4.3.
            .chain(XAPI.iter().filter(|_| target >= Release::M45))
            .for_each(|(setting, file)| need(format!("{}/{file}", a.directory), setting, &a.title));
    }
    let blocks = || facts.blocks.iter().filter(|b| restored.reads(b) && m.root_setting("blocks") != Some("0"));
    for block in blocks() {
        need(format!("{block}/roles.xml"), "", "");
        need(format!("{block}/comments.xml"), "comments", "");
    }
    for block in blocks().filter(|b| !has(&format!("{b}/block.xml"))) {
        out.add(Rule::NoBlockDocument, block, "", "");
    }
    if course && !has("course/inforef.xml") {
        out.add(Rule::NoInforef, "course", "", "");
    }
    for a in m.activities.iter().filter(|a| restored.part(&a.directory) && !has(&format!("{}/inforef.xml", a.directory))) {
        out.add(Rule::NoInforef, &a.directory, &a.title, "");
    }
    if course && m.has_people() && !has("course/enrolments.xml") {
        out.add(Rule::NoEnrolments, "course", "", "");
    }
    let listed: HashSet<&str> = m.activities.iter().map(|a| a.directory.as_str()).chain(m.sections.iter().map(|s| s.directory.as_str())).collect();
    // Without any list of sections, that is the fault.
    let expected = |part: &str| part.starts_with("activities/") || facts.head.sections;
    for part in facts.parts.iter().filter(|p| expected(p) && !listed.contains(p.as_str())) {
        out.add(Rule::NotInContents, part, "", "");
    }
}

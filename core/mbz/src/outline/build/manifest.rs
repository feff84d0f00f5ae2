//! `moodle_backup.xml` of a new archive (MBZ-FORMAT §3).

use super::tree::leaves;
use super::{Build, CONTEXT, COURSE, SYSTEM, words};
use crate::pool::hex;
use crate::xml::Element;
use sha1::{Digest, Sha1};

/// What every setting but the first is called, and whether it is on. As Moodle 4.1 writes them.
const ROOT: &[(&str, bool)] = &[
    ("imscc11", false),
    ("users", false),
    ("anonymize", false),
    ("role_assignments", false),
    ("activities", true),
    ("blocks", true),
    ("files", true),
    ("filters", true),
    ("comments", false),
    ("badges", false),
    ("calendarevents", true),
    ("userscompletion", false),
    ("logs", false),
    ("grade_histories", false),
    ("questionbank", true),
    ("groups", true),
    ("competencies", true),
    ("customfield", true),
    ("contentbankcontent", true),
    ("legacyfiles", true),
];
const NAME: &str = "backup.mbz";

impl Build {
    pub(super) fn manifest(&self) -> Element {
        let info = &self.info;
        let mut all = leaves(&[
            ("name", NAME),
            ("moodle_version", "2022112810"),
            ("moodle_release", "4.1.10 (Build: 20240422)"),
            ("backup_version", "2022112800"),
            ("backup_release", "4.1"),
        ]);
        all.push(Element::new("backup_date", info.now));
        all.extend(leaves(&[("mnet_remoteusers", "0"), ("include_files", "1"), ("include_file_references_to_external_content", "0")]));
        all.extend([
            Element::new("original_wwwroot", info.site.trim_end_matches('/')),
            // Equal to no real site's, or it would take this for a backup of its own (MBZ-FORMAT §3.2).
            Element::new("original_site_identifier_hash", digits(&["parcours", &info.site])),
            Element::new("original_course_id", COURSE),
            Element::new("original_course_format", self.format()),
            Element::new("original_course_fullname", self.fullname()),
            Element::new("original_course_shortname", self.shortname()),
            Element::new("original_course_startdate", info.start),
            Element::new("original_course_enddate", info.end),
            Element::new("original_course_contextid", CONTEXT),
            Element::new("original_system_contextid", SYSTEM),
        ]);
        let detail =
            leaves(&[("type", "course"), ("format", "moodle2"), ("interactive", "1"), ("mode", "10"), ("execution", "1"), ("executiontime", "0")]);
        let backup = digits(&[&info.fullname, &info.shortname, &info.now.to_string()]);
        all.push(Element::group("details", [Element::group("detail", detail).with("backup_id", backup)]));
        all.extend([self.contents(), self.settings()]);
        Element::group("moodle_backup", [Element::group("information", all)])
    }

    fn contents(&self) -> Element {
        let by_section = self.sections.iter().flat_map(|s| self.activities.iter().filter(move |a| a.section == s.id));
        let activity = |a: &super::Listed| {
            let folder = format!("activities/{}_{}", a.module, a.cm);
            let (cm, section) = (a.cm.to_string(), a.section.to_string());
            Element::group(
                "activity",
                leaves(&[("moduleid", &cm), ("sectionid", &section), ("modulename", a.module), ("title", &a.title), ("directory", &folder)]),
            )
        };
        let section = |s: &super::Section| {
            let (id, folder) = (s.id.to_string(), format!("sections/section_{}", s.id));
            let title = words::plain(words::clip(&s.new.name, words::NAME));
            let title = if title.is_empty() { s.number.to_string() } else { title };
            Element::group("section", leaves(&[("sectionid", &id), ("title", &title), ("directory", &folder)]))
        };
        let course = leaves(&[("courseid", &COURSE.to_string()), ("title", &self.shortname()), ("directory", "course")]);
        let activities: Vec<Element> = by_section.map(activity).collect();
        Element::group(
            "contents",
            [
                Element::group("activities", activities),
                Element::group("sections", self.sections.iter().map(section)),
                Element::group("course", course),
            ],
        )
    }

    fn settings(&self) -> Element {
        let mut all = vec![Element::group("setting", leaves(&[("level", "root"), ("name", "filename"), ("value", NAME)]))];
        let root = |(name, on): &(&str, bool)| {
            let on = *on || (*name == "users" && self.work);
            Element::group("setting", leaves(&[("level", "root"), ("name", name), ("value", digit(on))]))
        };
        all.extend(ROOT.iter().map(root));
        for s in &self.sections {
            let of = self.activities.iter().filter(|a| a.section == s.id);
            all.extend(pair("section", &format!("section_{}", s.id), of.clone().any(|a| a.work)));
            all.extend(of.flat_map(|a| pair("activity", &format!("{}_{}", a.module, a.cm), a.work)));
        }
        Element::group("settings", all)
    }
}

/// Included, and with people's work or without.
fn pair(level: &str, owner: &str, work: bool) -> [Element; 2] {
    [("included", "1"), ("userinfo", digit(work))].map(|(name, value)| {
        let name = format!("{owner}_{name}");
        Element::group("setting", leaves(&[("level", level), (level, owner), ("name", &name), ("value", value)]))
    })
}

fn digit(on: bool) -> &'static str {
    if on { "1" } else { "0" }
}

/// 32 hexadecimal digits that follow from the words.
fn digits(of: &[&str]) -> String {
    let hash = hex(&Sha1::digest(of.join("\0").as_bytes()).into());
    hash.get(..32).unwrap_or_default().to_owned()
}

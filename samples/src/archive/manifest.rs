//! `moodle_backup.xml`: what the archive holds, and the settings without which a restore drops it (MBZ-FORMAT §3).

use super::{Made, VERSION};
use crate::source::{Activity, Course};
use crate::xml::{self, Element, group, leaf};
use anyhow::Result;

pub fn write(course: &Course, made: &mut Made) -> Result<()> {
    let sheet = &course.sheet;
    let name = format!("{}.mbz", sheet.need("shortname")?.to_lowercase());
    let mut information = group(
        "information",
        [
            leaf("name", &name),
            leaf("moodle_version", VERSION),
            leaf("moodle_release", "4.5 (Build: 20241007)"),
            leaf("backup_version", VERSION),
            leaf("backup_release", "4.5"),
            leaf("backup_date", sheet.time("backup")?),
            leaf("mnet_remoteusers", 0),
            leaf("include_files", 1),
            leaf("include_file_references_to_external_content", 0),
            leaf("original_wwwroot", sheet.need("wwwroot")?),
            // Any 32 hexadecimal digits that no real site has (MBZ-FORMAT §3.2).
            leaf("original_site_identifier_hash", "70617263 6f757273 5f73616d 706c6573".replace(' ', "")),
            leaf("original_course_id", sheet.number("id")?),
            leaf("original_course_format", sheet.leaf("format", "topics")),
            leaf("original_course_fullname", sheet.need("fullname")?),
            leaf("original_course_shortname", sheet.need("shortname")?),
            leaf("original_course_startdate", sheet.leaf("startdate", "0")),
            leaf("original_course_enddate", sheet.leaf("enddate", "0")),
            leaf("original_course_contextid", sheet.number("context")?),
            leaf("original_system_contextid", 1),
        ],
    );
    let detail = [("type", "course"), ("format", "moodle2"), ("interactive", "1"), ("mode", "10"), ("execution", "1"), ("executiontime", "0")];
    let detail = group("detail", detail.map(|(name, value)| leaf(name, value)));
    information.push(group("details", [detail.with("backup_id", format!("{:032x}", sheet.time("backup")?))]));
    information.push(contents(course)?);
    information.push(settings(course, &name));
    made.document("moodle_backup.xml", &group("moodle_backup", [information]));
    Ok(())
}

fn contents(course: &Course) -> Result<Element> {
    let mut activities = group("activities", []);
    let mut sections = group("sections", []);
    for (number, section) in course.sections.iter().enumerate() {
        for activity in &section.activities {
            activities.push(group(
                "activity",
                [
                    leaf("moduleid", activity.cm),
                    leaf("sectionid", section.id),
                    leaf("modulename", &activity.kind),
                    leaf("title", activity.sheet.need("name")?),
                    leaf("directory", format!("activities/{}", task(activity))),
                    leaf("insubsection", ""),
                ],
            ));
        }
        let title = section.sheet.get("name").map_or_else(|| number.to_string(), str::to_owned);
        sections.push(group(
            "section",
            [
                leaf("sectionid", section.id),
                leaf("title", title),
                leaf("directory", format!("sections/section_{}", section.id)),
                leaf("parentcmid", ""),
                leaf("modname", ""),
            ],
        ));
    }
    let title = course.sheet.need("shortname")?;
    let course = group("course", [leaf("courseid", course.sheet.number("id")?), leaf("title", title), leaf("directory", "course")]);
    Ok(group("contents", [activities, sections, course]))
}

fn settings(course: &Course, name: &str) -> Element {
    let users = i64::from(!course.people.is_empty());
    let root = [
        ("imscc11", 0),
        ("users", users),
        ("anonymize", 0),
        ("role_assignments", users),
        ("activities", 1),
        ("blocks", 1),
        ("files", 1),
        ("filters", 1),
        ("comments", users),
        ("badges", users),
        ("calendarevents", 1),
        ("userscompletion", users),
        ("logs", 0),
        ("grade_histories", 0),
        ("questionbank", 1),
        ("groups", 1),
        ("competencies", 1),
        ("customfield", 1),
        ("contentbankcontent", 1),
        ("xapistate", users),
        ("legacyfiles", 1),
    ];
    let mut all = group("settings", [setting("root", None, "filename", name)]);
    root.iter().for_each(|(name, value)| all.push(setting("root", None, name, value)));
    let mut both = |level: &'static str, owner: String| {
        all.push(setting(level, Some(&owner), &format!("{owner}_included"), 1));
        all.push(setting(level, Some(&owner), &format!("{owner}_userinfo"), users));
    };
    for section in &course.sections {
        both("section", format!("section_{}", section.id));
        section.activities.iter().for_each(|activity| both("activity", task(activity)));
    }
    all
}

fn setting(level: &str, owner: Option<&str>, name: &str, value: impl ToString) -> Element {
    let owner = owner.map(|owner| leaf(level, owner));
    let leaves = [Some(leaf("level", level)), owner, Some(leaf("name", name)), Some(xml::leaf("value", value))];
    group("setting", leaves.into_iter().flatten())
}

/// The name of an activity's folder and settings.
fn task(activity: &Activity) -> String {
    format!("{}_{}", activity.kind, activity.cm)
}

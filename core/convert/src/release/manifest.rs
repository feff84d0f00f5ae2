//! The numbers and the contents list of the manifest (MBZ-FORMAT §3.2 to §3.4, §13.2, §13.3).

use super::contents::{self, MANIFEST};
use super::context;
use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::Element;

const COURSE: &str = "course/course.xml";

/// Numbers without which a restore ends in an error, and a format that no course has. Comes first: the other parts go by them.
pub(super) fn complete(work: &mut Work) -> Result<(), Error> {
    let course = work.course.document(COURSE)?;
    let attribute = |name: &str| course.as_ref().and_then(|c| c.attribute(name)?.trim().parse::<i64>().ok());
    let context = match attribute("contextid") {
        Some(context) => context,
        None => context::highest(work.course)?.saturating_add(1),
    };
    let wanted = [("original_course_id", attribute("id").unwrap_or(1)), ("original_course_contextid", context), ("original_system_contextid", 1)];
    let mut invented: Vec<&str> = Vec::new();
    contents::edit(work.course, |information| {
        for (leaf, value) in wanted.into_iter() {
            if information.number(leaf).is_none() {
                invented.push(leaf);
                information.set(leaf, value);
            }
        }
    })?;
    if !invented.is_empty() {
        let names = invented.join(", ");
        work.remark(Fate::Approximated, Reason::Invented, "leaf", MANIFEST, names.clone(), names);
    }
    if work.course.manifest().information.course_format == "site" {
        contents::edit(work.course, |information| information.set("original_course_format", "topics"))?;
        if let Some(mut course) = course {
            course.set("format", "topics");
            work.course.put(COURSE, &course)?;
        }
        let (english, french) = ("the front page of a site becomes a course of topics", "la page d'accueil d'un site devient un cours par thèmes");
        work.remark(Fate::Approximated, Reason::Converted, "course", COURSE, english, french);
    }
    Ok(())
}

pub(super) fn convert(work: &mut Work) -> Result<(), Error> {
    let m = work.course.manifest().clone();
    let release = work.release;
    let mut stripped = false;
    let mut invented: Vec<&str> = Vec::new();
    contents::edit(work.course, |information| {
        let numbers = release.numbers();
        let version = m.information.backup_version.trim().parse::<i64>().unwrap_or(0);
        // Its own numbers stay with what was made by the release, in whichever build.
        if m.information.backup_release != numbers.backup_release || version != numbers.backup_version || m.information.moodle_version.is_empty() {
            first(information, "backup_release", numbers.backup_release);
            first(information, "backup_version", &numbers.backup_version.to_string());
            first(information, "moodle_release", numbers.moodle_release);
            first(information, "moodle_version", &numbers.moodle_version.to_string());
        }
        for leaf in ["original_course_fullname", "original_course_shortname"] {
            let plain = strip(information.leaf(leaf));
            if plain != information.leaf(leaf) {
                stripped = true;
                information.set(leaf, plain);
            }
        }
        if details(information, &m) {
            invented.push("details");
        }
        for activity in contents::child(contents::child(information, "contents"), "activities").children.iter_mut() {
            leaves(activity, release.subsections(), &["insubsection"]);
        }
        if m.kind() == "course" || !m.sections.is_empty() {
            for section in contents::list(information, "sections").children.iter_mut() {
                leaves(section, release.subsections(), &["parentcmid", "modname"]);
            }
        }
    })?;
    if stripped {
        let (english, french) =
            ("tags in the name of the course, which Moodle does not restore", "balises dans le nom du cours, que Moodle ne restaure pas");
        work.remark(Fate::Approximated, Reason::OtherRelease, "course", MANIFEST, english, french);
    }
    if !invented.is_empty() {
        let names = invented.join(", ");
        work.remark(Fate::Approximated, Reason::Invented, "leaf", MANIFEST, names.clone(), names);
    }
    Ok(())
}

/// Sets a leaf; one that is missing stands behind the name.
fn first(information: &mut Element, leaf: &str, value: &str) {
    if information.child(leaf).is_some() {
        information.set(leaf, value);
    } else {
        let at = information.children.iter().position(|c| c.name == "name").map_or(0, |at| at + 1);
        information.children.insert(at, Element::new(leaf, value));
    }
}

/// How the backup was made: a restore wants to know of what kind it is. Answers whether that had to be said.
fn details(information: &mut Element, m: &parcours_mbz::Manifest) -> bool {
    if ["course", "section", "activity"].contains(&m.kind()) {
        return false;
    }
    let kind = if m.course.is_some() || m.sections.len() > 1 {
        "course"
    } else if m.sections.is_empty() {
        "activity"
    } else {
        "section"
    };
    let list = contents::child(information, "details");
    if list.children.is_empty() {
        let leaves = [("type", kind), ("format", "moodle2"), ("interactive", "1"), ("mode", "10"), ("execution", "1"), ("executiontime", "0")];
        list.push(Element::group("detail", leaves.map(|(n, v)| Element::new(n, v))).with("backup_id", "0".repeat(32)));
    } else {
        list.children.iter_mut().for_each(|d| d.set("type", kind));
    }
    true
}

/// Leaves that came with subsections: empty where they are missing, or gone.
fn leaves(record: &mut Element, known: bool, names: &[&str]) {
    for name in names {
        if !known {
            record.remove(name);
        } else if record.child(name).is_none() {
            record.set(name, "");
        }
    }
}

/// A text without what a browser would take for tags.
fn strip(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        let name = after.trim_start();
        if name.strip_prefix('/').unwrap_or(name).starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = after.split_once('>').map_or("", |(_, rest)| rest);
        } else {
            plain.push('<');
            rest = after;
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_signs_stay() {
        for (text, plain) in [("a <b>c</b> d", "a c d"), ("3 < 4", "3 < 4"), ("x </p", "x "), ("é & ü", "é & ü"), ("a<1>b", "a<1>b")] {
            assert_eq!(strip(text), plain);
        }
    }

    #[test]
    fn leaves_of_subsections_come_and_go() {
        let mut activity = Element::group("activity", [Element::new("moduleid", 7)]);
        leaves(&mut activity, true, &["insubsection"]);
        assert_eq!(activity.value("insubsection"), Some(""));
        leaves(&mut activity, false, &["insubsection"]);
        assert!(activity.child("insubsection").is_none());
    }
}

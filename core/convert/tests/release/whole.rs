//! What must hold for every archive: nothing that people made is lost, the shape is the release's, and twice is once.

use crate::corpus::{convert, documents, each, open};
use parcours_convert::release::Release;
use parcours_mbz::Unpacked;
use parcours_mbz::xml::{Element, Step};
use std::collections::BTreeMap;

/// Records that no release may lose.
const RECORDS: &[&str] = &[
    "answer",
    "attempt",
    "chapter",
    "comment",
    "completed",
    "content",
    "criterion",
    "discussion",
    "entry",
    "field",
    "file",
    "grade",
    "grade_grade",
    "grade_item",
    "group",
    "group_member",
    "hint",
    "item",
    "match",
    "message",
    "option",
    "override",
    "post",
    "question_attempt",
    "question_hint",
    "question_usage",
    "rating",
    "record",
    "response",
    "sco",
    "step",
    "subwiki",
    "submission",
    "tag",
    "user",
    "variable",
    "version",
    "word",
];

/// How many of each there are, and of questions with a type, random ones not counted.
fn counts(course: &mut Unpacked) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for path in course.documents() {
        let list = path.ends_with("inforef.xml");
        let mut xml = course.reader(&path).unwrap().unwrap();
        let mut kinds = Vec::new();
        loop {
            match xml.step().unwrap() {
                // Tags of random slots become names in their condition: `made` looks at those.
                Step::Open if xml.name() == "tag" && path.ends_with("/quiz.xml") => {}
                Step::Open if !list && xml.attributes().any(|(n, _)| n == "id") && RECORDS.contains(&xml.name()) => {
                    *counts.entry(xml.name().to_owned()).or_default() += 1;
                }
                Step::Close if path == "questions.xml" && xml.name() == "qtype" => kinds.push(xml.text().to_owned()),
                Step::End => break,
                _ => {}
            }
        }
        for kind in kinds.iter().filter(|k| *k != "random") {
            *counts.entry(format!("question {kind}")).or_default() += 1;
        }
    }
    counts
}

#[test]
fn nothing_that_people_made_is_lost() {
    let rows = each(|path| {
        let before = counts(&mut open(path));
        let mut lost = Vec::new();
        for release in Release::ALL {
            let mut course = open(path);
            convert(&mut course, release);
            let after = counts(&mut course);
            for (name, n) in &before {
                let now = after.get(name).copied().unwrap_or(0);
                if now < *n {
                    lost.push(format!("to {release}: {n} {name}, now {now}"));
                }
            }
        }
        lost
    });
    let lost: Vec<String> = rows.into_iter().flat_map(|(path, lost)| lost.into_iter().map(move |l| format!("{} {l}", path.display()))).collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// What a release would not read, or not understand.
fn misshapen(course: &mut Unpacked, release: Release) -> Vec<String> {
    let mut wrong = Vec::new();
    let m = course.manifest().clone();
    if m.information.backup_release != release.to_string() {
        wrong.push(format!("release {}", m.information.backup_release));
    }
    for activity in &m.activities {
        let newer = (activity.modulename == "qbank" && release < Release::M51) || (activity.modulename == "subsection" && release < Release::M45);
        if newer {
            wrong.push(activity.directory.clone());
        }
        for document in ["module.xml", "roles.xml", "grades.xml", "inforef.xml"] {
            if !course.has(&format!("{}/{document}", activity.directory)) && course.has(&format!("{}/module.xml", activity.directory)) {
                wrong.push(format!("{} has no {document}", activity.directory));
            }
        }
    }
    let manifest = course.document("moodle_backup.xml").unwrap().unwrap();
    let leaf = |list: &str, record: &str, leaf: &str| {
        manifest.at(&["information", "contents"]).into_iter().flat_map(|c| c.records(list, record)).filter(|r| r.child(leaf).is_some()).count()
    };
    let has = release >= Release::M45;
    if leaf("activities", "activity", "insubsection") != if has { m.activities.len() } else { 0 } {
        wrong.push("insubsection".to_owned());
    }
    if leaf("sections", "section", "parentcmid") != if has { m.sections.len() } else { 0 } {
        wrong.push("parentcmid".to_owned());
    }
    for path in course.documents() {
        if path == "questions.xml" {
            questions(&course.document(&path).unwrap().unwrap(), release, &mut wrong);
        } else if path.ends_with("/quiz.xml") && path.starts_with("activities/") {
            quiz(&course.document(&path).unwrap().unwrap(), release, &mut wrong);
        } else if path.ends_with("/section.xml") || path.ends_with("/module.xml") {
            let document = course.document(&path).unwrap().unwrap();
            let leaf = if path.starts_with("sections/") { "availabilityjson" } else { "availability" };
            if document.child(leaf).is_none() || document.child("availablefrom").is_some() || document.child("availability_info").is_some() {
                wrong.push(format!("{path} is restricted as before 2.7"));
            }
            if release < Release::M45 && document.value("component").is_some_and(|c| c == "mod_subsection") {
                wrong.push(format!("{path} is delegated"));
            }
        }
    }
    wrong
}

fn questions(document: &Element, release: Release, wrong: &mut Vec<String>) {
    let mut roots: BTreeMap<i64, usize> = BTreeMap::new();
    for category in document.all("question_category").filter(|c| c.id().is_some()) {
        if category.child("questions").is_some() {
            wrong.push(format!("category {:?} is flat", category.id()));
        }
        *roots.entry(category.number("contextid").unwrap_or(0)).or_default() += usize::from(category.number("parent") == Some(0));
        if release == Release::M51 && category.number("contextlevel") != Some(70) {
            wrong.push(format!("category {:?} is of level {}", category.id(), category.leaf("contextlevel")));
        }
    }
    wrong.extend(roots.iter().filter(|(_, n)| **n != 1).map(|(context, n)| format!("{n} tops in context {context}")));
}

fn quiz(document: &Element, release: Release, wrong: &mut Vec<String>) {
    let Some(quiz) = document.child("quiz") else { return };
    for slot in quiz.records("question_instances", "question_instance") {
        if slot.child("questionid").is_some() || slot.child("question").is_some() || slot.child("slot").is_none() {
            wrong.push(format!("slot {:?} is old", slot.id()));
        }
        if let Some(set) = slot.child("question_set_reference") {
            let condition = set.leaf("filtercondition");
            let old = condition.contains("questioncategoryid");
            if old != (release < Release::M45 || condition.contains("\"tags\"")) {
                wrong.push(format!("{condition} in {release}"));
            }
        }
    }
    if quiz.records("sections", "section").count() == 0 {
        wrong.push("a quiz without section".to_owned());
    }
}

#[test]
fn the_shape_is_the_releases() {
    let rows = each(|path| {
        let shape = |release: &Release| {
            let mut course = open(path);
            convert(&mut course, *release);
            misshapen(&mut course, *release).into_iter().map(|w| format!("{} to {release}: {w}", path.display())).collect::<Vec<_>>()
        };
        Release::ALL.iter().flat_map(shape).collect::<Vec<_>>()
    });
    let wrong: Vec<String> = rows.into_iter().flat_map(|(_, w)| w).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn twice_is_once() {
    let rows = each(|path| {
        let mut changed = Vec::new();
        for release in Release::ALL {
            let mut course = open(path);
            convert(&mut course, release);
            let once = documents(&mut course);
            convert(&mut course, release);
            let twice = documents(&mut course);
            changed.extend(once.iter().filter(|(p, text)| twice.get(*p) != Some(text)).map(|(p, _)| format!("{} to {release}: {p}", path.display())));
            changed.extend(twice.keys().filter(|p| !once.contains_key(*p)).map(|p| format!("{} to {release}: {p} is new", path.display())));
        }
        changed
    });
    let changed: Vec<String> = rows.into_iter().flat_map(|(_, w)| w).collect();
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// What a Moodle wrote is what that Moodle wants.
#[test]
fn an_archive_of_the_release_is_not_touched() {
    let rows = each(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let release = match name.get(..4) {
            Some("m41-") => Release::M41,
            Some("m51-") => Release::M51,
            _ => return Vec::new(),
        };
        let mut course = open(path);
        let before = documents(&mut course);
        convert(&mut course, release);
        let after = documents(&mut course);
        let changed = before.iter().filter(|(p, text)| after.get(*p) != Some(text)).map(|(p, _)| p);
        changed.chain(after.keys().filter(|p| !before.contains_key(*p))).map(|p| format!("{name} {p}")).collect::<Vec<_>>()
    });
    let changed: Vec<String> = rows.into_iter().flat_map(|(_, w)| w).collect();
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// Files of questions that are in no category's context.
fn astray(course: &mut Unpacked) -> usize {
    let mut contexts = std::collections::HashSet::new();
    let categories = course.document("questions.xml").unwrap().unwrap_or_default();
    contexts.extend(categories.all("question_category").map(|c| c.leaf("contextid").to_owned()));
    let mut astray = 0;
    course
        .each("files.xml", "file", |_, f| {
            let of_questions =
                f.leaf("component") == "question" && !f.leaf("filearea").starts_with("response_") || f.leaf("component").starts_with("qtype");
            astray += usize::from(of_questions && !contexts.contains(f.leaf("contextid")));
            Ok(())
        })
        .unwrap();
    astray
}

#[test]
fn files_of_questions_go_with_their_categories() {
    let rows = each(|path| {
        let before = astray(&mut open(path));
        let after = |release: &Release| {
            let mut course = open(path);
            convert(&mut course, *release);
            astray(&mut course)
        };
        Release::ALL.iter().filter(|r| after(r) > before).map(|r| format!("{} to {r}", path.display())).collect::<Vec<_>>()
    });
    let wrong: Vec<String> = rows.into_iter().flat_map(|(_, w)| w).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

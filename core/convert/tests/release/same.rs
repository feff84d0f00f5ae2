//! One course made in 4.1 and in 5.1: what is converted has the shape of what the other Moodle wrote.

use crate::corpus::{convert, corpus, names};
use parcours_convert::release::Release;
use parcours_mbz::Unpacked;
use parcours_mbz::xml::Element;
use std::collections::BTreeSet;

/// Columns that came between the two, and question types and records that one of the two courses only has.
const NEWER: &[&str] = &[
    "/quiz_grade_items",
    "/displaynumber",
    "/quizgradeitemid",
    "/precreateattempts",
    "/reviewmaxmarks",
    "/dropzonevisibility",
    "/numerical_units/",
    "/plugin_qtype_ordering_question",
    "/plugin_qtype_calculatedmulti_question",
    "/calculated_option/shownumcorrect",
];

fn document(course: &mut Unpacked, path: &str) -> Element {
    course.document(path).unwrap().unwrap()
}

fn of_quizzes(course: &mut Unpacked) -> BTreeSet<String> {
    let quizzes = course.manifest().activities.clone();
    quizzes.iter().filter(|a| a.modulename == "quiz").flat_map(|a| names(&document(course, &format!("{}/quiz.xml", a.directory)))).collect()
}

fn difference(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Vec<String> {
    a.symmetric_difference(b).filter(|path| !NEWER.iter().any(|n| path.contains(n))).cloned().collect()
}

fn pair() -> Option<(Unpacked, Unpacked)> {
    Some((corpus("m41-richA-users-full.mbz")?, corpus("m51-richA-users-full.mbz")?))
}

#[test]
fn questions_and_slots_are_of_the_shape_that_the_other_moodle_writes() {
    for release in [Release::M41, Release::M51] {
        let Some((mut older, mut newer)) = pair() else { return };
        let (made, like) = if release == Release::M51 { (&mut older, &mut newer) } else { (&mut newer, &mut older) };
        convert(made, release);
        assert_eq!(difference(&names(&document(made, "questions.xml")), &names(&document(like, "questions.xml"))), Vec::<String>::new());
        assert_eq!(difference(&of_quizzes(made), &of_quizzes(like)), Vec::<String>::new());
    }
}

/// Names of categories with their depth, level, and how many questions they hold.
fn tree(questions: &Element) -> BTreeSet<(String, String, usize)> {
    let holds = |c: &Element| {
        let mut n = 0;
        c.walk(&mut |e| n += usize::from(e.name == "question" && e.child("qtype").is_some()));
        n
    };
    questions
        .all("question_category")
        .filter(|c| holds(c) > 0)
        .map(|c| (c.leaf("name").to_owned(), c.leaf("contextlevel").to_owned(), holds(c)))
        .collect()
}

#[test]
fn marks_show_as_they_did() {
    let Some((mut older, _)) = pair() else { return };
    convert(&mut older, Release::M51);
    let quizzes = older.manifest().activities.clone();
    for quiz in quizzes.iter().filter(|a| a.modulename == "quiz") {
        assert_eq!(document(&mut older, &format!("{}/quiz.xml", quiz.directory)).child("quiz").unwrap().leaf("reviewmaxmarks"), "69904");
    }
}

#[test]
fn categories_are_where_the_other_moodle_has_them() {
    let Some((mut older, mut newer)) = pair() else { return };
    convert(&mut older, Release::M51);
    let up = tree(&document(&mut older, "questions.xml"));
    let levels: BTreeSet<&str> = up.iter().map(|(_, level, _)| level.as_str()).collect();
    assert_eq!(levels, BTreeSet::from(["70"]));
    assert!(older.manifest().activities.iter().any(|a| a.modulename == "qbank"));
    convert(&mut newer, Release::M41);
    let down = tree(&document(&mut newer, "questions.xml"));
    let of = |name: &str| down.iter().find(|(n, ..)| n == name).map(|(_, level, n)| (level.as_str(), *n));
    assert_eq!((of("Catégorie é"), of("Sous-catégorie"), of("Catégorie du quiz")), (Some(("50", 27)), Some(("50", 3)), Some(("70", 1))));
}

#[test]
fn a_subsection_is_a_section_behind_its_own_and_a_label_leads_there() {
    let Some((_, mut course)) = pair() else { return };
    let section = course.manifest().sections.iter().find(|s| s.modname == "subsection").cloned().unwrap();
    let parent = course.manifest().activities.iter().find(|a| a.modulename == "subsection").cloned().unwrap();
    convert(&mut course, Release::M41);
    let number = |course: &mut Unpacked, folder: &str| document(course, &format!("{folder}/section.xml")).number("number").unwrap();
    let around = number(&mut course, &format!("sections/section_{}", parent.sectionid));
    let now = number(&mut course, &section.directory);
    assert_eq!(now, around + 1);
    let sections = course.manifest().sections.clone();
    let mut numbers: Vec<i64> = sections.iter().map(|s| number(&mut course, &s.directory)).collect();
    assert!(numbers.is_sorted());
    numbers.dedup();
    assert_eq!(numbers.len(), sections.len());
    let label = document(&mut course, &format!("activities/label_{0}/label.xml", parent.moduleid));
    assert!(label.at(&["label"]).unwrap().leaf("intro").contains(&format!("#section-{now}")));
    assert!(crate::corpus::documents(&mut course).values().all(|d| !d.contains("$@QBANK") && !d.contains("$@SUBSECTION")));
    for activity in course.manifest().activities.clone() {
        let module = document(&mut course, &format!("{}/module.xml", activity.directory));
        let section = sections.iter().find(|s| s.sectionid == activity.sectionid).unwrap();
        assert_eq!(module.number("sectionnumber"), Some(number(&mut course, &section.directory)), "{}", activity.directory);
    }
}

#[test]
fn a_section_with_a_subsection_is_one_section() {
    let Some(mut course) = corpus("m51-richA-section1.mbz") else { return };
    let before = course.manifest().activities.len();
    convert(&mut course, Release::M41);
    let m = course.manifest().clone();
    assert_eq!((m.sections.len(), m.activities.len()), (1, before));
    assert!(m.activities.iter().all(|a| a.sectionid == m.sections[0].sectionid));
    let sequence = document(&mut course, &format!("{}/section.xml", m.sections[0].directory)).leaf("sequence").to_owned();
    assert!(m.activities.iter().all(|a| sequence.split(',').any(|n| n == a.moduleid.to_string())), "{sequence}");
    let label = m.activities.iter().find(|a| a.modulename == "label").unwrap();
    let mut files = 0;
    course
        .each("files.xml", "file", |_, f| {
            files += usize::from(f.leaf("component") == "mod_label" && f.leaf("filename") == "ss.png");
            Ok(())
        })
        .unwrap();
    assert_eq!(files, 1, "{}", label.directory);
}

#[test]
fn a_subsection_alone_becomes_the_backup_of_a_section() {
    let Some(mut course) = corpus("m51-richA-activity-subsection.mbz") else { return };
    convert(&mut course, Release::M41);
    let m = course.manifest();
    assert_eq!((m.kind(), m.sections.len(), m.activities.len(), m.activities[0].modulename.as_str()), ("section", 1, 1, "page"));
}

#[test]
fn down_and_up_again_keeps_every_question_in_a_category_of_its_name() {
    let Some((_, mut course)) = pair() else { return };
    let before = tree(&document(&mut course, "questions.xml"));
    convert(&mut course, Release::M41);
    convert(&mut course, Release::M51);
    assert_eq!(tree(&document(&mut course, "questions.xml")), before);
}

#[test]
fn the_backup_of_a_bank_becomes_that_of_a_hidden_quiz_with_the_questions() {
    for release in [Release::M41, Release::M45] {
        let Some(mut course) = corpus("m51-richA-activity-qbank.mbz") else { return };
        let before = tree(&document(&mut course, "questions.xml"));
        convert(&mut course, release);
        assert_eq!(tree(&document(&mut course, "questions.xml")), before);
        let m = course.manifest().clone();
        assert_eq!((m.kind(), m.activities.len(), m.activities[0].modulename.as_str()), ("activity", 1, "quiz"));
        assert_eq!(document(&mut course, &format!("{}/module.xml", m.activities[0].directory)).leaf("visible"), "0");
        // Its columns are those that the other Moodle writes.
        let Some(mut like) = corpus("m41-richA-users-full.mbz") else { return };
        let quiz = names(&document(&mut course, &format!("{}/quiz.xml", m.activities[0].directory)));
        let missing: Vec<String> = names(&document(&mut like, "activities/quiz_152/quiz.xml")).difference(&quiz).cloned().collect();
        let missing: Vec<&String> = missing.iter().filter(|n| !n.contains("/feedbacks/") && !n.contains("subplugin")).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}

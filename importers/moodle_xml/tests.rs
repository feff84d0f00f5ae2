//! Files that others make, with their liberties.

use super::read;
use crate::bank::Bank;
use parcours_course::question::{Body, Question};
use parcours_course::report::Fate;
use parcours_course::{Format, Language};
use parcours_mbz::Limits;

fn bank(inside: &str) -> Bank {
    let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n<!-- question: 0  -->\n{inside}\n</quiz>");
    read(xml.as_bytes(), &Limits::default(), "Import", Language::English, &mut ()).unwrap()
}

fn one(kind: &str, inside: &str) -> Question {
    let bank = bank(&format!(
        "<question type=\"{kind}\"><name><text>Q</text></name><questiontext format=\"html\"><text><![CDATA[<p>Why?</p>]]></text></questiontext>{inside}</question>"
    ));
    let [q]: [Question; 1] = bank.questions().cloned().collect::<Vec<_>>().try_into().unwrap();
    q
}

#[test]
fn what_a_file_does_not_say_is_as_moodle_has_it() {
    let q = one(
        "multichoice",
        "<answer fraction=\"100\"><text>A</text><feedback><text>Yes</text></feedback></answer><answer fraction=\"-33.33333\"><text>B</text></answer>",
    );
    let Body::Choice(c) = &q.body else { panic!() };
    assert_eq!((q.mark, q.penalty, c.single, c.shuffle, c.numbering.as_str()), (1.0, 0.3333333, true, true, "abc"));
    assert_eq!((q.text.text.as_str(), c.answers[0].feedback.text.as_str(), c.answers[0].text.format), ("<p>Why?</p>", "Yes", Format::Html));
    assert!((c.answers[1].fraction + 0.3333333).abs() < 1e-9);
}

#[test]
fn categories_are_entered_and_made() {
    let q = "<question type=\"description\"><name><text>D</text></name><questiontext><text>x</text></questiontext></question>";
    let category = |path: &str| {
        format!(
            "<question type=\"category\"><category><text>{path}</text></category><info format=\"html\"><text>I</text></info><idnumber>7</idnumber></question>"
        )
    };
    let bank = bank(&format!("{q}{}{q}{}{q}", category("$course$/top/A//B/C"), category("$system$/D")));
    let all: Vec<_> = bank.categories.iter().map(|(c, q)| (c.name.as_str(), c.parent, c.idnumber.as_str(), q.len())).collect();
    assert_eq!(all, [("top", 0, "", 0), ("Import", 1, "", 1), ("A/B", 1, "", 0), ("C", 3, "7", 1), ("D", 1, "7", 1)]);
}

#[test]
fn words_in_any_case_say_what_is_true() {
    let q = one(
        "truefalse",
        "<answer fraction=\"0\"><text>False</text><feedback><text>no</text></feedback></answer><answer fraction=\"100\"><text>TRUE</text><feedback><text>yes</text></feedback></answer>",
    );
    let Body::TrueFalse(t) = &q.body else { panic!() };
    assert_eq!((t.yes.fraction, t.yes.feedback.text.as_str(), t.no.fraction, t.no.feedback.text.as_str()), (1.0, "yes", 0.0, "no"));
}

#[test]
fn marks_of_drags_are_elements_that_are_there_or_not() {
    let inside = "<shuffleanswers>0</shuffleanswers><showmisplaced/><file name=\"map.svg\" encoding=\"base64\">eHh4\neHh4</file>\
                  <drag><no>1</no><text>Here</text><infinite/><noofdrags>2</noofdrags></drag><drop><no>1</no><shape>circle</shape><coords>205,226;20</coords><choice>1</choice></drop>";
    let q = one("ddmarker", inside);
    let Body::Markers(m) = &q.body else { panic!() };
    assert_eq!(
        (m.shuffle, m.show_misplaced, m.markers[0].infinite, m.markers[0].uses, m.zones[0].coords.as_str()),
        (false, true, true, 2, "205,226;20")
    );
    assert_eq!(
        q.files.iter().map(|f| (f.component.as_str(), f.area.as_str(), f.path.as_str(), f.size)).collect::<Vec<_>>(),
        [("qtype_ddmarker", "bgimage", "/map.svg", 6)]
    );
}

#[test]
fn places_of_an_order_are_numbers() {
    let answers =
        "<answer fraction=\"2\"><text>b</text></answer><answer fraction=\"1\"><text>a</text></answer><gradingtype>RELATIVE_TO_CORRECT</gradingtype>";
    let q = one("ordering", answers);
    let Body::Ordering(o) = &q.body else { panic!() };
    assert_eq!((o.grading, o.items.iter().map(|i| i.text.text.as_str()).collect::<Vec<_>>()), (7, vec!["a", "b"]));
}

#[test]
fn what_cannot_be_read_is_said() {
    let named = |kind: &str, inside: &str| format!("<question type=\"{kind}\"><name><text>Q</text></name>{inside}</question>");
    let broken = "<questiontext><text>x</text><file name=\"a.png\" encoding=\"base64\">%%%</file></questiontext>";
    let bank = bank(&[named("stack", ""), named("", ""), named("description", broken)].concat());
    let said: Vec<_> = bank.report.findings.iter().map(|f| (f.fate, f.detail.as_str())).collect();
    assert_eq!(said[0], (Fate::Refused, "type stack: not known here"));
    assert_eq!(said[1], (Fate::Refused, "it says no type"));
    assert_eq!(said[2], (Fate::Approximated, "Not taken over: unreadable file a.png"));
    for xml in ["<html></html>", "<quiz>", "x", "<!DOCTYPE quiz><quiz/>"] {
        assert!(read(xml.as_bytes(), &Limits::default(), "Import", Language::English, &mut ()).is_err(), "{xml}");
    }
}

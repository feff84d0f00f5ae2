//! Quizzes, and the four shapes their slots have had (MBZ-FORMAT §10.5).

use super::super::modules::{decimal, flag, text};
use crate::xml::Element;
use parcours_course::outline::{Band, Heading, Quiz, Slot, Slotted};
use serde_json::Value;
use std::collections::HashMap;

pub(super) fn read(record: &Element) -> Quiz {
    let number = |name| record.number(name).unwrap_or(0);
    Quiz {
        open: number("timeopen"),
        close: number("timeclose"),
        limit: number("timelimit"),
        attempts: number("attempts_number"),
        method: record.number("grademethod").unwrap_or(1),
        grade: decimal(record, "grade"),
        behaviour: record.leaf("preferredbehaviour").to_owned(),
        shuffle: flag(record, "shuffleanswers").unwrap_or(false),
        free: record.leaf("navmethod") != "sequential",
        slots: slots(record),
        headings: headings(record),
        feedbacks: feedbacks(record),
    }
}

fn headings(record: &Element) -> Vec<Heading> {
    let heading = |s: &Element| Heading {
        slot: s.number("firstslot").unwrap_or(1),
        text: s.leaf("heading").to_owned(),
        shuffle: flag(s, "shufflequestions").unwrap_or(false),
    };
    let mut all: Vec<Heading> = record.records("sections", "section").map(heading).collect();
    all.sort_by_key(|h| h.slot);
    // Before 3.1 it was one for all.
    if all.is_empty() && flag(record, "shufflequestions") == Some(true) {
        all.push(Heading { slot: 1, shuffle: true, ..Heading::default() });
    }
    all
}

fn feedbacks(record: &Element) -> Vec<Band> {
    let band =
        |f: &Element| Band { id: f.id().unwrap_or(0), text: text(f, "feedbacktext"), from: decimal(f, "mingrade"), to: decimal(f, "maxgrade") };
    let mut all: Vec<Band> = record.records("feedbacks", "feedback").map(band).collect();
    all.sort_by(|a, b| b.from.total_cmp(&a.from));
    all
}

fn slots(record: &Element) -> Vec<Slot> {
    match record.value("questions") {
        Some(list) => listed(record, list),
        None => placed(record),
    }
}

/// Up to 2.6: numbers of questions in a leaf, 0 at the end of each page; marks beside it.
fn listed(record: &Element, list: &str) -> Vec<Slot> {
    let marks: HashMap<i64, f64> =
        record.records("question_instances", "question_instance").filter_map(|i| Some((i.number("question")?, decimal(i, "grade")))).collect();
    let (mut page, mut slots) = (1, Vec::new());
    for question in list.split(',').filter_map(|q| q.trim().parse::<i64>().ok()) {
        match question {
            0 => page += 1,
            _ => slots.push(Slot { page, mark: marks.get(&question).copied().unwrap_or(0.0), what: Slotted::Entry(question) }),
        }
    }
    slots
}

fn placed(record: &Element) -> Vec<Slot> {
    let mut all: Vec<(i64, Slot)> = record
        .records("question_instances", "question_instance")
        .map(|i| (i.number("slot").unwrap_or(0), Slot { page: i.number("page").unwrap_or(1), mark: decimal(i, "maxmark"), what: what(i) }))
        .collect();
    all.sort_by_key(|(slot, _)| *slot);
    all.into_iter().map(|(_, slot)| slot).collect()
}

fn what(instance: &Element) -> Slotted {
    if let Some(reference) = instance.child("question_reference") {
        return reference.number("questionbankentryid").map_or(Slotted::Nothing, Slotted::Entry);
    }
    if let Some(set) = instance.child("question_set_reference") {
        return random(set.leaf("filtercondition")).unwrap_or_default();
    }
    match (instance.number("questioncategoryid"), instance.number("questionid")) {
        // From 3.5 to 3.11.
        (Some(category), _) if category != 0 => {
            Slotted::Random { category, subcategories: flag(instance, "includingsubcategories").unwrap_or(false) }
        }
        (_, Some(question)) => Slotted::Entry(question),
        _ => Slotted::Nothing,
    }
}

/// The condition of a random slot: one shape up to 4.2, another from 4.3 on.
fn random(condition: &str) -> Option<Slotted> {
    let condition: Value = serde_json::from_str(condition).ok()?;
    let (category, subcategories) = match condition.pointer("/filter/category") {
        Some(filter) => (filter.pointer("/values/0")?, filter.pointer("/filteroptions/includesubcategories")),
        None => (condition.get("questioncategoryid")?, condition.get("includingsubcategories")),
    };
    Some(Slotted::Random { category: number(category)?, subcategories: subcategories.is_some_and(yes) })
}

/// Numbers come as texts too.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn yes(value: &Value) -> bool {
    value.as_bool().or_else(|| number(value).map(|n| n != 0)).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, xml::Reader};

    fn slots_of(inside: &str) -> Vec<(i64, f64, Slotted)> {
        let xml = format!("<quiz id=\"1\">{inside}</quiz>");
        let record = Element::document(Reader::new(xml.as_bytes(), "quiz.xml", &Limits::default())).unwrap();
        read(&record).slots.into_iter().map(|s| (s.page, s.mark, s.what)).collect()
    }

    #[test]
    fn slots_are_read_in_all_four_shapes() {
        let old = "<questions>7,0,8,9,0</questions><question_instances><question_instance id=\"1\"><question>8</question><grade>2.5</grade></question_instance></question_instances>";
        assert_eq!(slots_of(old), [(1, 0.0, Slotted::Entry(7)), (2, 2.5, Slotted::Entry(8)), (2, 0.0, Slotted::Entry(9))]);
        let numbered = "<question_instances><question_instance id=\"1\"><slot>2</slot><page>1</page><questionid>8</questionid><maxmark>1</maxmark></question_instance>\
                        <question_instance id=\"2\"><slot>1</slot><page>1</page><questionid>9</questionid><questioncategoryid>4</questioncategoryid><includingsubcategories>1</includingsubcategories><maxmark>3</maxmark></question_instance></question_instances>";
        assert_eq!(slots_of(numbered), [(1, 3.0, Slotted::Random { category: 4, subcategories: true }), (1, 1.0, Slotted::Entry(8))]);
        let bank = "<question_instances><question_instance id=\"1\"><slot>1</slot><page>1</page><question_reference id=\"1\"><questionbankentryid>82</questionbankentryid><version>$@NULL@$</version></question_reference></question_instance>\
                    <question_instance id=\"2\"><slot>2</slot><page>1</page><question_set_reference id=\"1\"><filtercondition>{\"questioncategoryid\":\"21\",\"includingsubcategories\":\"0\"}</filtercondition></question_set_reference></question_instance>\
                    <question_instance id=\"3\"><slot>3</slot><page>1</page></question_instance></question_instances>";
        let expected = [(1, 0.0, Slotted::Entry(82)), (1, 0.0, Slotted::Random { category: 21, subcategories: false }), (1, 0.0, Slotted::Nothing)];
        assert_eq!(slots_of(bank), expected);
    }

    #[test]
    fn conditions_of_random_slots_are_read_in_both_shapes() {
        let new = "{\"filter\":{\"category\":{\"jointype\":1,\"values\":[153],\"filteroptions\":{\"includesubcategories\":true}}}}";
        assert_eq!(random(new), Some(Slotted::Random { category: 153, subcategories: true }));
        assert_eq!(random("{\"questioncategoryid\":21,\"includingsubcategories\":1}"), Some(Slotted::Random { category: 21, subcategories: true }));
        assert_eq!((random("{}"), random("[[[")), (None, None));
    }
}

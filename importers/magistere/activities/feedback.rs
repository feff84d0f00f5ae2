//! Feedbacks, as a stock Moodle has them.

use crate::magistere::activity::Activity;
use crate::magistere::cx::{record, with};
use crate::magistere::words::{escape, short};
use parcours_mbz::xml::Element;

/// What a feedback is made with.
pub(super) struct Rules {
    pub intro: String,
    pub anonymous: bool,
    pub notify: bool,
    pub again: bool,
    pub numbered: bool,
    pub after: String,
    /// Whether those who answered see the results.
    pub open_results: bool,
    pub opens: i64,
    pub closes: i64,
    pub by_submission: bool,
}

pub(super) fn feedback(a: &Activity, rules: &Rules, items: Vec<Element>, completeds: Vec<Element>) -> Element {
    let flag = i64::from;
    let head = record!("feedback", a.id;
        name: a.name(), intro: rules.intro, introformat: 1, anonymous: if rules.anonymous { 1 } else { 2 }, email_notification: flag(rules.notify),
        multiple_submit: flag(rules.again), autonumbering: flag(rules.numbered), site_after_submit: "", page_after_submit: rules.after,
        page_after_submitformat: 1, publish_stats: flag(rules.open_results), timeopen: rules.opens, timeclose: rules.closes,
        timemodified: a.modified(), completionsubmit: flag(rules.by_submission));
    with(head, [Element::group("items", items), Element::group("completeds", completeds)])
}

/// An item: a question, a text between them, or the end of a page.
pub(super) struct Entry<'a> {
    pub id: i64,
    pub kind: &'a str,
    pub name: &'a str,
    pub label: &'a str,
    pub presentation: String,
    pub required: bool,
    pub position: usize,
    /// Another item, and the answer to it that this one waits for.
    pub depends: Option<(i64, String)>,
}

pub(super) fn item(e: Entry<'_>) -> Element {
    let value = i64::from(!["label", "pagebreak"].contains(&e.kind));
    let options = if e.kind == "multichoice" { "h" } else { "" };
    let (depends, answer) = e.depends.unwrap_or_default();
    record!("item", e.id;
        template: 0, name: short(e.name, 255), label: short(e.label, 255), presentation: e.presentation, typ: e.kind, hasvalue: value,
        position: e.position, required: i64::from(e.required), dependitem: depends, dependvalue: answer, options: options)
}

pub(super) fn completed(id: i64, user: i64, time: i64, number: usize, anonymous: bool, values: Vec<Element>) -> Element {
    let (number, anonymous) = if anonymous { (number, 1) } else { (0, 2) };
    let head = record!("completed", id; userid: user, timemodified: time, random_response: number, anonymous_response: anonymous, courseid: 0);
    with(head, [Element::group("values", values)])
}

/// A text that somebody typed, as a feedback stores it: made safe when it is written, and shown as it is.
pub(super) fn typed(text: &str) -> String {
    escape(text)
}

pub(super) fn value(id: i64, item: i64, completed: i64, value: &str) -> Element {
    record!("value", id; item: item, completed: completed, value: value, course_id: 0)
}

//! What later releases write, and earlier ones do not understand (MBZ-FORMAT §14).

use super::depends::since;
use super::doc::{Doc, Kind};
use super::element::Element;
use super::facts::Facts;
use super::rule::Rule;
use crate::Release;

/// States of an attempt since 5.0.
const STATES: &[&str] = &["notstarted", "submitted"];

pub(super) fn record(facts: &mut Facts, doc: &Doc<'_>, e: Element<'_>) {
    match (doc.kind, e.name()) {
        // Since 4.4.
        (Kind::Own, "quiz_grade_item") if is_quiz(doc) => since(facts, doc, Release::M45, Rule::NewerPart, "quiz_grade_items"),
        // Since 4.3.
        (Kind::Other, "state") if doc.path.ends_with("/xapistate.xml") => since(facts, doc, Release::M45, Rule::NewerPart, "states"),
        (Kind::Groups, "groupcustomfield" | "groupingcustomfield") => since(facts, doc, Release::M45, Rule::NewerPart, e.name()),
        // Since 4.2.
        (Kind::Groups, "group") if !matches!(e.leaf("visibility"), "" | "0") => {
            since(facts, doc, Release::M45, Rule::GroupVisibility, e.leaf("name"))
        }
        // Since 4.3.
        (Kind::Own, "question_set_reference") if is_filter(e.leaf("filtercondition")) => {
            since(facts, doc, Release::M45, Rule::RandomFilter, &format!("question_set_reference {}", e.attribute("id").unwrap_or_default()));
        }
        _ => {}
    }
}

pub(super) fn leaf(facts: &mut Facts, doc: &Doc<'_>, parent: Element<'_>, name: &str, text: &str) {
    if doc.kind == Kind::Own && name == "state" && parent.name() == "attempt" && STATES.contains(&text) && is_quiz(doc) {
        since(facts, doc, Release::M51, Rule::AttemptState, text);
    }
}

fn is_quiz(doc: &Doc<'_>) -> bool {
    doc.path.ends_with("/quiz.xml")
}

/// The form of a random slot's source since 4.3.
fn is_filter(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok_and(|v| v.get("filter").is_some())
}

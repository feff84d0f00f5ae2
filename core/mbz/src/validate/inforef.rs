//! `inforef.xml`: what of the shared records is loaded at all (MBZ-FORMAT §5.2).

use super::doc::Doc;
use super::element::{Element, number};
use super::facts::{Facts, Space};
use super::rule::Rule;

pub(super) fn leaf(facts: &mut Facts, doc: &Doc<'_>, parent: Element<'_>, name: &str, text: &str) {
    let space = match parent.name() {
        "user" => Space::Person,
        "grouping" => Space::Grouping,
        "group" => Space::Group,
        "role" => Space::Role,
        "file" => Space::File,
        "scale" => Space::Scale,
        "outcome" => Space::Outcome,
        "grade_item" => Space::GradeItem,
        "question_category" => Space::Category,
        _ => return,
    };
    if let Some(id) = number(text).filter(|_| name == "id" && parent.depth() == 3) {
        facts.list(space, id);
        facts.want(Rule::InforefDangling, doc, space, id, "");
    }
}

//! Grade items: where they belong, what they count with (MBZ-FORMAT §5.3, §8, §13.5).

use super::doc::{Doc, Kind, module, part};
use super::element::{Element, number};
use super::facts::{Facts, Space};
use super::finding::Findings;
use super::rule::Rule;
use super::stock::{self, Plugin};
use crate::Release;
use std::collections::{HashMap, HashSet};

/// Columns of an activity that hold points when positive and minus a scale when negative.
const SCALED: &[&str] = &["grade", "grade_forum", "scale"];

/// Grade items of each module; those of the gradebook stand under no name.
#[derive(Default)]
pub(super) struct Items(HashMap<String, HashSet<i64>>);

impl Items {
    /// Whether the restored course has this item: what a Moodle leaves out brings none.
    pub(super) fn has(&self, target: Release, id: i64) -> bool {
        self.0.iter().any(|(module, ids)| ids.contains(&id) && (module.is_empty() || stock::has(target, Plugin::Module, module)))
    }
}

/// A leaf of the module's own row.
pub(super) fn leaf(facts: &mut Facts, doc: &Doc<'_>, parent: Element<'_>, name: &str, text: &str) {
    if parent.depth() == 2
        && SCALED.contains(&name)
        && let Some(scale) = number(text).filter(|n| *n < 0)
    {
        facts.want(Rule::ScaleTarget, doc, Space::Scale, scale.saturating_neg(), name);
    }
}

pub(super) fn record(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    let Some(id) = e.id() else { return };
    match e.name() {
        "grade_category" if doc.kind == Kind::Gradebook => {
            facts.know(Space::GradeCategory, id);
            if let Some(parent) = e.number("parent").filter(|n| *n > 0) {
                facts.want(Rule::GradeCategory, doc, Space::GradeCategory, parent, "");
            }
        }
        "grade_item" => {
            facts.items.0.entry(part(doc.path).and_then(module).unwrap_or_default().to_owned()).or_default().insert(id);
            item(facts, out, doc, e, id);
        }
        _ => {}
    }
}

fn item(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>, id: i64) {
    if !e.has("sortorder") {
        out.add(Rule::MissingLeaf, doc.path, "", format!("sortorder of grade item {id}"));
    }
    for (rule, space, leaf) in [
        (Rule::GradeCategory, Space::GradeCategory, "categoryid"),
        (Rule::ScaleTarget, Space::Scale, "scaleid"),
        (Rule::ScaleTarget, Space::Outcome, "outcomeid"),
    ] {
        if let Some(target) = e.number(leaf).filter(|n| *n > 0) {
            facts.want(rule, doc, space, target, "");
        }
    }
    for target in operands(e.leaf("calculation")) {
        facts.want(Rule::CalculationTarget, doc, Space::GradeItem, target, "");
    }
}

/// The items in `=##gi12##*2+max(##gi13##,2)`.
fn operands(calculation: &str) -> impl Iterator<Item = i64> {
    calculation.split("##").filter_map(|part| number(part.strip_prefix("gi")?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn operands_of_a_calculation_are_found() {
        assert_eq!(super::operands("=##gi12##*2+max(##gi13##,2)").collect::<Vec<_>>(), [12, 13]);
        assert_eq!(super::operands("=gi12").count(), 0);
    }
}

//! Restrictions: those that cannot be read, and those that can never be met (MBZ-FORMAT §7.2 to §7.4).

use super::depends;
use super::doc::{Doc, Kind};
use super::element::Element;
use super::facts::{Facts, Space};
use super::finding::Findings;
use super::rule::Rule;
use super::stock;
use serde_json::Value;

/// `cm` of a condition that means the activity before this one.
const PREVIOUS: i64 = -1;

pub(super) fn record(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    let mut found = Found::default();
    match (doc.kind, e.name(), e.depth()) {
        (Kind::Module, "module", 1) => tree_text(e.leaf("availability"), &mut found),
        (Kind::Section, "section", 1) => tree_text(e.leaf("availabilityjson"), &mut found),
        // Before 2.7 a condition is a record.
        (_, "availability", _) => {
            found.targets.extend(e.number("sourcecmid").map(|id| (Space::Module, id)));
            found.targets.extend(e.number("gradeitemid").map(|id| (Space::GradeItem, id)));
            found.targets.retain(|(_, id)| *id > 0);
        }
        _ => return,
    }
    if let Some(what) = found.broken {
        out.add(Rule::BrokenCondition, doc.path, "", what);
    }
    for kind in found.kinds {
        depends::uses(facts, doc, stock::Plugin::Condition, &kind, &kind, "");
    }
    for (space, id) in found.targets {
        facts.want(Rule::ConditionTarget, doc, space, id, "");
    }
}

/// Types of conditions in a restriction that not every stock Moodle has.
pub(crate) fn kinds(text: &str) -> Vec<String> {
    let mut found = Found::default();
    tree_text(text, &mut found);
    found.kinds
}

/// Bytes of a restriction beyond which it is not looked into: read, it takes ten times its room, and no form writes one of this length.
const LONGEST: usize = 256 * 1024;

#[derive(Default)]
struct Found {
    broken: Option<String>,
    /// Types that not every Moodle has.
    kinds: Vec<String>,
    targets: Vec<(Space, i64)>,
}

fn tree_text(text: &str, found: &mut Found) {
    if text.trim().is_empty() {
        return;
    }
    if text.len() > LONGEST {
        found.broken = Some(format!("{} bytes long, more than {LONGEST}", text.len()));
        return;
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) => tree(&value, true, found),
        Err(e) => found.broken = Some(e.to_string()),
    }
}

/// Moodle builds the tree before it asks it anything, and throws at the first thing that does not fit.
fn tree(value: &Value, root: bool, found: &mut Found) {
    let op = value.get("op").and_then(Value::as_str).unwrap_or_default();
    let Some(children) = value.get("c").and_then(Value::as_array) else {
        found.broken.get_or_insert_with(|| "no list of conditions `c`".to_owned());
        return;
    };
    if !["&", "|", "!&", "!|"].contains(&op) {
        found.broken.get_or_insert_with(|| format!("operator `{op}`"));
    }
    if root {
        let shown = match op {
            "&" | "!|" => value.get("showc").and_then(Value::as_array).is_some_and(|s| s.len() == children.len() && s.iter().all(Value::is_boolean)),
            _ => value.get("show").is_some_and(Value::is_boolean),
        };
        if !shown {
            found.broken.get_or_insert_with(|| "`show` or `showc` does not fit the conditions".to_owned());
        }
    }
    for child in children {
        match child.get("type").and_then(Value::as_str) {
            Some(kind) => condition(kind, child, found),
            None => tree(child, false, found),
        }
    }
}

fn condition(kind: &str, value: &Value, found: &mut Found) {
    // Moodle reads numbers from texts too.
    let id = |key: &str| value.get(key).and_then(|v| v.as_i64().or_else(|| v.as_str()?.trim().parse().ok()));
    let target = match kind {
        "completion" => id("cm").filter(|cm| *cm != PREVIOUS).map(|cm| (Space::Module, cm)),
        "grade" => id("id").map(|id| (Space::GradeItem, id)),
        "group" => id("id").map(|id| (Space::Group, id)),
        "grouping" => id("id").map(|id| (Space::Grouping, id)),
        _ => None,
    };
    found.targets.extend(target);
    if !stock::everywhere(stock::Plugin::Condition, kind) {
        found.kinds.push(kind.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Found {
        let mut found = Found::default();
        tree_text(text, &mut found);
        found
    }

    #[test]
    fn what_a_tree_points_at_is_found_at_any_depth() {
        let f = of(
            r#"{"op":"&","c":[{"op":"|","c":[{"type":"completion","cm":7,"e":1},{"type":"grade","id":"3"}]},{"type":"group"},{"type":"completion","cm":-1}],"showc":[true,false,true]}"#,
        );
        assert_eq!((f.broken, f.targets), (None, vec![(Space::Module, 7), (Space::GradeItem, 3)]));
    }

    #[test]
    fn a_tree_that_moodle_cannot_build_is_broken() {
        for text in ["{", "[]", r#"{"op":"&","c":[],"showc":[true]}"#, r#"{"op":"x","c":[],"show":true}"#, r#"{"op":"|","c":[]}"#, r#"{"op":"&"}"#] {
            assert!(of(text).broken.is_some(), "{text}");
        }
        assert!(of(&format!("[{}]", "0,".repeat(LONGEST))).broken.is_some_and(|what| what.contains("bytes long")));
        assert!(of("").broken.is_none() && of(r#"{"op":"!&","c":[],"show":false}"#).broken.is_none());
        assert_eq!(of(r#"{"op":"|","c":[{"type":"mobileapp"}],"show":true}"#).kinds, ["mobileapp"]);
    }
}

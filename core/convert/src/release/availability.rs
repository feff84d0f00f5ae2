//! Restrictions of before 2.7, lifted to the tree of today (MBZ-FORMAT §7.2 to §7.4); and conditions that a stock Moodle does not have.

use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::manifest::Activity;
use parcours_mbz::xml::{Element, NULL};
use parcours_rules::availability::{Legacy, LegacyField, LegacyRule};
use serde_json::Value;
use std::collections::BTreeSet;

/// Columns that the tree takes the place of.
const COLUMNS: &[&str] = &["availablefrom", "availableuntil", "showavailability", "groupmembersonly"];
/// Conditions of a stock Moodle.
const CONDITIONS: &[&str] = &["completion", "date", "grade", "group", "grouping", "profile"];

pub(super) fn convert(work: &mut Work) -> Result<(), Error> {
    let m = work.course.manifest().clone();
    for section in &m.sections {
        one(work, &section.directory, "section.xml", "availabilityjson")?;
    }
    for activity in &m.activities {
        one(work, &activity.directory, "module.xml", "availability")?;
    }
    Ok(())
}

fn one(work: &mut Work, folder: &str, name: &str, leaf: &str) -> Result<(), Error> {
    let path = format!("{folder}/{name}");
    let Some(mut document) = work.course.document(&path)? else { return Ok(()) };
    let before = document.clone();
    let json = lift(&mut document, leaf);
    if document != before {
        work.course.put(&path, &document)?;
    }
    if json.is_some() {
        work.remark(
            Fate::Approximated,
            Reason::Converted,
            "restriction",
            &path,
            "the columns of a restriction became conditions",
            "les colonnes d'une restriction sont devenues des conditions",
        );
    }
    let mut asked = Asked::default();
    if let Ok(tree) = serde_json::from_str::<Value>(document.leaf(leaf)) {
        asked.look(&tree, 0);
    }
    let release = work.release;
    let m = work.course.manifest();
    // A subsection becomes something that has its number.
    let absent =
        |a: &&Activity| asked.modules.contains(&a.moduleid) && a.modulename != "subsection" && super::target::lacks_module(release, &a.modulename);
    let absent: Vec<String> = m.activities.iter().filter(absent).map(|a| a.title.clone()).collect();
    for title in absent {
        work.remark(
            Fate::Kept,
            Reason::OtherRelease,
            "restriction",
            &path,
            format!("asks for `{title}`, which Moodle {release} does not restore: what it restricts stays closed until the condition is removed"),
            format!("demande « {title} », que Moodle {release} ne restaure pas : l'accès reste fermé tant que la condition n'est pas retirée"),
        );
    }
    for kind in asked.unknown {
        work.remark(
            Fate::Kept,
            Reason::UnknownCondition,
            "restriction",
            &path,
            format!("a stock Moodle has no condition `{kind}`: it needs the plug-in"),
            format!("un Moodle standard n'a pas la condition `{kind}` : il faut le plugin"),
        );
    }
    Ok(())
}

/// Takes columns and rows out and sets the tree. Answers it, where there is one to set.
fn lift(document: &mut Element, leaf: &str) -> Option<String> {
    let is_module = leaf == "availability";
    // A section's rows have the name of a module's leaf.
    if document.child(leaf).is_some_and(Element::is_leaf) {
        return None;
    }
    let number = |name: &str| document.number(name).unwrap_or(0);
    let (rules, fields): (Vec<LegacyRule>, Vec<LegacyField>) = match is_module {
        true => (
            document.records("availability_info", "availability").filter_map(rule).collect(),
            document.records("availability_info", "availability_field").map(field).collect(),
        ),
        false => (document.all("availability").filter_map(rule).collect(), document.all("availability_field").map(field).collect()),
    };
    let legacy = Legacy {
        from: number("availablefrom"),
        until: number("availableuntil"),
        show: number("showavailability") == 1,
        groupmembersonly: if is_module { number("groupmembersonly") == 1 } else { number("groupingid") != 0 },
        groupingid: number("groupingid"),
        rules,
        fields,
    };
    let json = legacy.lift().map(|tree| tree.to_json());
    // Moodle would add what rows say to the tree once more.
    for gone in COLUMNS.iter().chain(&["availability_info", "availability_field"]) {
        document.remove(gone);
    }
    if !is_module {
        document.remove("availability");
        document.remove("groupingid");
    }
    document.set(leaf, json.as_deref().unwrap_or(NULL));
    json
}

/// A row that asks for nothing never restricted anything.
fn rule(row: &Element) -> Option<LegacyRule> {
    let decimal = |name: &str| row.value(name).and_then(|v| v.trim().parse().ok());
    let rule = LegacyRule {
        sourcecmid: row.number("sourcecmid").filter(|n| *n != 0),
        requiredcompletion: row.number("requiredcompletion"),
        gradeitemid: row.number("gradeitemid").filter(|n| *n != 0),
        grademin: decimal("grademin"),
        grademax: decimal("grademax"),
    };
    (rule.sourcecmid.is_some() || rule.gradeitemid.is_some()).then_some(rule)
}

fn field(row: &Element) -> LegacyField {
    let text = |name: &str| row.value(name).filter(|v| !v.is_empty()).map(str::to_owned);
    LegacyField {
        userfield: text("userfield"),
        customfield: text("customfield"),
        operator: row.leaf("operator").to_owned(),
        value: row.leaf("value").to_owned(),
    }
}

/// What a tree asks for.
#[derive(Default)]
struct Asked {
    /// Conditions that a stock Moodle does not have.
    unknown: BTreeSet<String>,
    /// Activities to be completed.
    modules: BTreeSet<i64>,
}

impl Asked {
    fn look(&mut self, tree: &Value, depth: usize) {
        for child in tree.get("c").and_then(Value::as_array).into_iter().flatten() {
            match child.get("type").and_then(Value::as_str) {
                Some("completion") => self.modules.extend(child.get("cm").and_then(|v| v.as_i64().or_else(|| v.as_str()?.trim().parse().ok()))),
                Some(kind) if !CONDITIONS.contains(&kind) => {
                    self.unknown.insert(kind.to_owned());
                }
                Some(_) => {}
                None if depth < 32 => self.look(child, depth + 1),
                None => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_rows_of_an_activity_become_a_tree() {
        let row = [("sourcecmid", NULL), ("requiredcompletion", NULL), ("gradeitemid", "3"), ("grademin", "75.00000"), ("grademax", NULL)];
        let rows = Element::group("availability_info", [Element::record("availability", 1, row.map(|(n, v)| Element::new(n, v)))]);
        let leaves = [Element::new("groupingid", 0), Element::new("availablefrom", 100), Element::new("showavailability", 1), rows];
        let mut module = Element::record("module", 7, leaves);
        let json = lift(&mut module, "availability").unwrap();
        assert_eq!(json, r#"{"op":"&","c":[{"type":"date","d":">=","t":100},{"type":"grade","id":3,"min":75}],"showc":[true,true]}"#);
        let names: Vec<_> = module.children.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["groupingid", "availability"]);
        assert_eq!(lift(&mut module, "availability"), None);
    }

    #[test]
    fn a_section_asks_for_its_grouping() {
        let mut section = Element::record("section", 7, [Element::new("groupingid", 9), Element::new("showavailability", 0)]);
        assert_eq!(lift(&mut section, "availabilityjson").as_deref(), Some(r#"{"op":"&","c":[{"type":"grouping","id":9}],"showc":[false]}"#));
        assert!(section.child("groupingid").is_none());
    }

    #[test]
    fn what_a_tree_asks_for_is_found_at_any_depth() {
        let tree =
            r#"{"op":"&","c":[{"op":"|","c":[{"type":"completion","cm":"7","e":1},{"type":"mobileapp"}]},{"type":"date"}],"showc":[true,true]}"#;
        let mut asked = Asked::default();
        asked.look(&serde_json::from_str(tree).unwrap(), 0);
        assert_eq!((asked.modules, asked.unknown), (BTreeSet::from([7]), BTreeSet::from(["mobileapp".to_owned()])));
    }

    #[test]
    fn what_restricts_nothing_is_null() {
        let mut module = Element::record("module", 7, [Element::group("availability_info", [Element::record("availability", 1, [])])]);
        assert_eq!(lift(&mut module, "availability"), None);
        assert_eq!((module.child("availability").map(|a| a.text.as_str()), module.children.len()), (Some(NULL), 1));
    }
}

//! Conditions and criteria that point at nothing would keep things locked for ever: they go, with a line each.

use super::cx::Cx;
use super::known::Known;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::xml::{Element, NULL, Rewrite};
use serde_json::Value;
use std::collections::HashSet;

pub(super) fn convert(cx: &mut Cx<'_>) -> Result<(), Error> {
    let folders: Vec<String> = cx.known.activities.iter().map(|a| a.folder.clone()).collect();
    for folder in folders {
        availability(cx, &format!("{folder}/module.xml"), "availability", "activity")?;
    }
    let sections: Vec<String> = cx.course.manifest().sections.iter().map(|s| s.directory.clone()).collect();
    for folder in sections {
        availability(cx, &format!("{folder}/section.xml"), "availabilityjson", "section")?;
    }
    // The backup of one activity or section is restored without the course's criteria.
    if cx.course.manifest().kind() == "course" {
        criteria(cx)?;
    }
    Ok(())
}

fn availability(cx: &mut Cx<'_>, path: &str, leaf: &str, item: &str) -> Result<(), Error> {
    let Some(mut doc) = cx.course.document(path)? else { return Ok(()) };
    let Some(Ok(mut tree)) = doc.value(leaf).filter(|t| !t.is_empty()).map(serde_json::from_str::<Value>) else { return Ok(()) };
    let mut gone = Gone::default();
    let empty = prune(&mut tree, &cx.known, &mut gone);
    if gone.what.is_empty() {
        return Ok(());
    }
    doc.set(leaf, if empty { NULL.to_owned() } else { tree.to_string() });
    let what = gone.what.join(", ");
    // Who is in a group decides who may see something: without the group, nobody else may.
    if gone.private {
        doc.set("visible", 0);
        let words = cx.of(
            "restriction to a group that is not in the archive: taken out, and hidden",
            "restriction à un groupe absent de l’archive : retirée, et l’élément est caché",
        );
        cx.remark(Fate::Approximated, Reason::Converted, item, path, format!("{words} ({what})"));
    } else {
        let words =
            cx.of("condition on something that is not in the archive: taken out", "condition portant sur un élément absent de l’archive : retirée");
        cx.remark(Fate::Approximated, Reason::Converted, item, path, format!("{words} ({what})"));
    }
    cx.course.put(path, &doc)
}

#[derive(Default)]
struct Gone {
    what: Vec<String>,
    private: bool,
}

/// Takes out of a tree what points at nothing; answers whether nothing is left (MBZ-FORMAT §7.4).
fn prune(tree: &mut Value, known: &Known, gone: &mut Gone) -> bool {
    let Some(Value::Array(children)) = tree.get_mut("c") else { return false };
    let old = std::mem::take(children);
    let had = old.len();
    let mut stays = Vec::with_capacity(had);
    for mut child in old {
        let keep = if child.get("c").is_some() { !prune(&mut child, known, gone) } else { points(&child, known, gone) };
        stays.push(keep);
        if keep {
            children.push(child);
        }
    }
    let left = children.len();
    if let Some(Value::Array(show)) = tree.get_mut("showc").filter(|_| left < had) {
        let mut at = stays.iter();
        show.retain(|_| at.next().copied().unwrap_or(false));
    }
    left == 0 && had > 0
}

fn points(condition: &Value, known: &Known, gone: &mut Gone) -> bool {
    let number = |key: &str| condition.get(key).and_then(|v| v.as_i64().or_else(|| v.as_str()?.parse().ok()));
    let kind = condition.get("type").and_then(Value::as_str).unwrap_or_default();
    let (there, id) = match kind {
        "completion" => (number("cm").is_none_or(|cm| cm < 0 || known.activity(cm).is_some()), number("cm")),
        "grade" => (number("id").is_none_or(|id| known.grade_items.contains(&id)), number("id")),
        "group" => (number("id").is_none_or(|id| known.groups.contains_key(&id)), number("id")),
        "grouping" => (number("id").is_none_or(|id| known.groupings.contains(&id)), number("id")),
        _ => (true, None),
    };
    if !there {
        gone.what.push(format!("{kind} {}", id.unwrap_or(0)));
        gone.private |= kind.starts_with("group");
    }
    there
}

struct Criteria<'a> {
    known: &'a Known,
    gone: Vec<i64>,
}

impl Rewrite for Criteria<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        path.last().is_some_and(|n| n == "course_completion_criteria" || n == "criterion")
    }

    fn element(&mut self, _: &[String], mut e: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        if e.name == "course_completion_criteria" {
            if let Some(cm) = e.number("moduleinstance").filter(|cm| *cm > 0) {
                let Some(a) = self.known.activity(cm) else {
                    self.gone.push(cm);
                    return Ok(());
                };
                if e.leaf("module") == a.module && a.module != a.now {
                    e.set("module", &a.now);
                }
            }
        } else if let Some(parameters) = e.child_mut("parameters") {
            let target =
                |p: &Element| p.leaf("name").strip_prefix("module_").and_then(|n| n.parse().ok()).filter(|cm| self.known.activity(*cm).is_none());
            let missing: HashSet<i64> = parameters.children.iter().filter_map(target).collect();
            if !missing.is_empty() {
                let suffix = |p: &Element| p.leaf("name").rsplit_once('_').and_then(|(_, n)| n.parse().ok());
                parameters.children.retain(|p| !suffix(p).is_some_and(|cm: i64| missing.contains(&cm)));
                self.gone.extend(&missing);
                if parameters.children.is_empty() {
                    return Ok(());
                }
            }
        }
        out.push(e);
        Ok(())
    }
}

fn criteria(cx: &mut Cx<'_>) -> Result<(), Error> {
    for path in ["completion.xml", "badges.xml"] {
        let mut by = Criteria { known: &cx.known, gone: Vec::new() };
        cx.course.rewrite(path, &mut by)?;
        for cm in by.gone {
            let words = cx.of(
                "a criterion asked for an activity that is not in the archive, and was taken out",
                "un critère demandait une activité absente de l’archive ; il a été retiré",
            );
            cx.remark(Fate::Approximated, Reason::Converted, "criterion", path, format!("{words} ({cm})"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_points_at_nothing_goes_and_the_rest_stays_in_step() {
        let known = Known { grade_items: HashSet::from([7]), ..Known::default() };
        let mut tree = json!({"op": "&", "c": [
            {"type": "completion", "cm": 5, "e": 1}, {"type": "grade", "id": 7, "min": 50},
            {"op": "|", "c": [{"type": "group", "id": 3}]}, {"type": "date", "d": ">=", "t": 1}, {"type": "completion", "cm": -1, "e": 1},
        ], "showc": [true, false, true, false, true]});
        let mut gone = Gone::default();
        assert!(!prune(&mut tree, &known, &mut gone));
        assert_eq!((gone.what, gone.private), (vec!["completion 5".to_owned(), "group 3".to_owned()], true));
        assert_eq!(tree["c"].as_array().unwrap().len(), 3);
        assert_eq!(tree["showc"], json!([false, false, true]));
        let mut tree = json!({"op": "|", "c": [{"type": "completion", "cm": 5, "e": 1}], "show": true});
        assert!(prune(&mut tree, &known, &mut Gone::default()));
    }
}

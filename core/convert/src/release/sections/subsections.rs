//! Subsections as ordinary sections, for releases before 4.5 (MBZ-FORMAT §12, §15.19).

use super::super::contents;
use super::super::context;
use super::super::work::Work;
use super::{Section, fold, label};
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::manifest::Activity;
use parcours_mbz::xml::{Element, NULL};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A subsection: its activity, with the numbers of its root tag, and the section that holds what is in it, if it is in the archive.
pub(super) struct Subsection {
    pub activity: Activity,
    pub context: i64,
    pub delegated: Option<usize>,
}

pub(super) fn convert(work: &mut Work) -> Result<HashMap<i64, i64>, Error> {
    let mut sections = super::all(work)?;
    let mut subsections = Vec::new();
    for activity in contents::of_module(work.course.manifest(), "subsection") {
        let Some(root) = context::root(work.course, &activity)? else { continue };
        let delegated = sections.iter().position(|s| s.delegate() == Some(root.instance));
        subsections.push(Subsection { activity, context: root.context, delegated });
    }
    if subsections.is_empty() && sections.iter().all(|s| s.delegate().is_none()) {
        return Ok(HashMap::new());
    }
    let kind = work.course.manifest().kind().to_owned();
    // In the backup of a section what was in a subsection is in the section around it.
    let section = |s: &Subsection| match kind.as_str() {
        "section" => Some(s.activity.sectionid),
        _ => s.delegated.and_then(|at| sections.get(at)).map(|s| s.id),
    };
    let held = subsections.iter().filter_map(|s| Some((s.activity.moduleid, section(s)?))).collect();
    match kind.as_str() {
        // An older Moodle restores the first section of such a backup only.
        "section" => fold::into_parent(work, &sections, &subsections)?,
        "activity" => fold::alone(work, &mut sections, &subsections)?,
        _ => {
            inherit(work, &mut sections, &subsections)?;
            renumber(work, &mut sections, &subsections)?;
            for subsection in &subsections {
                let section = subsection.delegated.and_then(|at| sections.get(at));
                let target = section.and_then(|s| s.document.number("number"));
                let text = label::link(work, &subsection.activity.title, target);
                label::make(work, &subsection.activity, &text)?;
                tell(work, &subsection.activity, section.map(|s| s.directory.clone()));
            }
        }
    }
    Ok(held)
}

fn tell(work: &mut Work, activity: &Activity, section: Option<String>) {
    let release = work.release;
    for folder in section.iter().chain([&activity.directory]) {
        work.fate(folder, Fate::Approximated, Reason::OtherRelease);
    }
    work.remark(
        Fate::Approximated,
        Reason::OtherRelease,
        "activity",
        &activity.directory,
        format!("Moodle {release} has no subsections: `{}` is a section of its own, and a label leads to it", activity.title),
        format!("Moodle {release} n'a pas de sous-sections : « {} » est une section à part, et une étiquette y mène", activity.title),
    );
}

/// What restricts or hides a subsection restricts or hides its section.
fn inherit(work: &mut Work, sections: &mut [Section], subsections: &[Subsection]) -> Result<(), Error> {
    for subsection in subsections {
        let Some(section) = subsection.delegated.and_then(|at| sections.get_mut(at)) else { continue };
        let Some(module) = work.course.document(&format!("{}/module.xml", subsection.activity.directory))? else { continue };
        if module.leaf("visible") == "0" {
            section.document.set("visible", 0);
        }
        if let Some(tree) = both(section.document.leaf("availabilityjson"), module.leaf("availability")) {
            section.document.set("availabilityjson", tree);
        }
        if section.document.value("name").is_none_or(str::is_empty) {
            section.document.set("name", &subsection.activity.title);
        }
    }
    Ok(())
}

/// A restriction for which both must hold; nothing where the second is none.
fn both(one: &str, other: &str) -> Option<String> {
    let second: Value = serde_json::from_str(other).ok()?;
    let Ok(first) = serde_json::from_str::<Value>(one) else { return Some(other.to_owned()) };
    let inner = |mut tree: Value| {
        let shown = tree.get("show").and_then(Value::as_bool).unwrap_or(true);
        if let Some(map) = tree.as_object_mut() {
            map.remove("show");
            map.remove("showc");
        }
        (tree, shown)
    };
    let ((first, a), (second, b)) = (inner(first), inner(second));
    Some(json!({"op": "&", "c": [first, second], "showc": [a, b]}).to_string())
}

/// Puts every delegated section right behind the section its subsection is in, and numbers all of them and their activities anew.
fn renumber(work: &mut Work, sections: &mut [Section], subsections: &[Subsection]) -> Result<(), Error> {
    let order = order(work, sections, subsections);
    let mut numbers: HashMap<i64, i64> = HashMap::new();
    let (mut before, mut shift) = (-1_i64, 0_i64);
    for at in &order {
        let Some(section) = sections.get_mut(*at) else { continue };
        let old = section.document.number("number").unwrap_or(0);
        let new = if section.delegate().is_some() {
            shift = shift.saturating_add(1);
            before.saturating_add(1)
        } else {
            old.saturating_add(shift).max(before.saturating_add(1))
        };
        before = new;
        numbers.insert(section.id, new);
        let delegated = section.delegate().is_some();
        if new != old || delegated {
            section.document.set("number", new);
            for leaf in ["component", "itemid"].into_iter().filter(|_| delegated) {
                section.document.set(leaf, NULL);
            }
            if section.title.trim() == old.to_string() {
                section.title = new.to_string();
            }
            work.course.put(&section.path(), &section.document)?;
        }
    }
    for activity in work.course.manifest().activities.clone() {
        let path = format!("{}/module.xml", activity.directory);
        let (Some(number), Some(mut module)) = (numbers.get(&activity.sectionid), work.course.document(&path)?) else { continue };
        if module.number("sectionnumber") != Some(*number) {
            module.set("sectionnumber", number);
            work.course.put(&path, &module)?;
        }
    }
    let titles: HashMap<i64, &str> = sections.iter().map(|s| (s.id, s.title.as_str())).collect();
    contents::edit(work.course, |information| {
        let number = |e: &Element| e.number("sectionid").and_then(|id| numbers.get(&id)).copied().unwrap_or(i64::MAX);
        let listed = contents::list(information, "sections");
        for section in &mut listed.children {
            if let Some(title) = section.number("sectionid").and_then(|id| titles.get(&id)).filter(|t| section.leaf("title") != **t) {
                section.set("title", title);
            }
        }
        listed.children.sort_by_key(number);
        contents::list(information, "activities").children.sort_by_key(number);
    })
}

/// Positions of the sections in their new order.
fn order(work: &Work, sections: &[Section], subsections: &[Subsection]) -> Vec<usize> {
    let mut ordinary: Vec<usize> = (0..sections.len()).filter(|at| sections.get(*at).is_some_and(|s| s.delegate().is_none())).collect();
    ordinary.sort_by_key(|at| sections.get(*at).and_then(|s| s.document.number("number")));
    // Contents lists activities by place: so come the subsections of one section.
    let place = |s: &&Subsection| work.course.manifest().activities.iter().position(|a| a.moduleid == s.activity.moduleid);
    let mut order = Vec::new();
    for at in ordinary {
        order.push(at);
        let id = sections.get(at).map(|s| s.id);
        let mut inside: Vec<&Subsection> = subsections.iter().filter(|s| Some(s.activity.sectionid) == id).collect();
        inside.sort_by_key(place);
        order.extend(inside.iter().filter_map(|s| s.delegated));
    }
    let rest: Vec<usize> = (0..sections.len()).filter(|at| !order.contains(at)).collect();
    order.extend(rest);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restrictions_of_both_must_hold() {
        let one = r#"{"op":"&","c":[{"type":"group"}],"showc":[true]}"#;
        let other = r#"{"op":"|","c":[{"type":"group","id":2}],"show":false}"#;
        assert_eq!(both("", other).as_deref(), Some(other));
        assert_eq!(both(one, ""), None);
        let tree: Value = serde_json::from_str(&both(one, other).unwrap()).unwrap();
        let want =
            json!({"op": "&", "c": [{"op": "&", "c": [{"type": "group"}]}, {"op": "|", "c": [{"type": "group", "id": 2}]}], "showc": [true, false]});
        assert_eq!(tree, want);
    }
}

//! What people answer or hand in: choice, feedback, assign, lti.

use super::Making;
use crate::outline::build::tree::{empty, flag, leaves, nulls, text};
use crate::outline::build::words::{NAME, clip};
use crate::xml::Element;
use parcours_course::Text;
use parcours_course::outline::{Assign, Choice, Item, Lti};
use std::collections::HashMap;

/// Completion by rules.
const BY_RULES: i64 = 2;

pub(super) fn choice(m: &mut Making<'_>, choice: &Choice, completion: i64) -> Vec<Element> {
    let now = m.now;
    let mut all = leaves(&[("publish", "0"), ("showresults", "0"), ("display", "0"), ("allowupdate", "0")]);
    all.push(flag("allowmultiple", choice.multiple));
    all.extend(leaves(&[("showunanswered", "0"), ("limitanswers", "0"), ("timeopen", "0"), ("timeclose", "0")]));
    all.extend([Element::new("timemodified", now), flag("completionsubmit", completion == BY_RULES)]);
    all.extend(leaves(&[("showpreview", "0"), ("includeinactive", "1"), ("showavailable", "0")]));
    let option = |text: &String| {
        let leaves = [Element::new("text", text), Element::new("maxanswers", 0), Element::new("timemodified", now)];
        Element::record("option", m.numbers.next("option"), leaves)
    };
    let options: Vec<Element> = choice.options.iter().map(option).collect();
    all.extend([Element::group("options", options), Element::group("answers", [])]);
    all
}

pub(super) fn feedback(m: &mut Making<'_>, items: &[Item], completion: i64) -> Vec<Element> {
    let mut all =
        leaves(&[("anonymous", "1"), ("email_notification", "0"), ("multiple_submit", "0"), ("autonumbering", "0"), ("site_after_submit", "")]);
    all.extend(text("page_after_submit", &Text::default()));
    all.extend(leaves(&[("publish_stats", "0"), ("timeopen", "0"), ("timeclose", "0")]));
    all.extend([Element::new("timemodified", m.now), flag("completionsubmit", completion == BY_RULES)]);
    let numbers: Vec<i64> = items.iter().map(|i| m.number("item", &["item"], i.id)).collect();
    let places: HashMap<i64, i64> = items.iter().zip(&numbers).filter(|(i, _)| i.id != 0).map(|(i, n)| (i.id, *n)).collect();
    let records: Vec<Element> = items.iter().zip(&numbers).enumerate().map(|(at, (i, n))| item(at, i, *n, &places)).collect();
    all.extend([Element::group("items", records), Element::group("completeds", [])]);
    all
}

/// Kinds of items that nobody answers.
const SILENT: &[&str] = &["label", "pagebreak"];

fn item(at: usize, i: &Item, number: i64, places: &HashMap<i64, i64>) -> Element {
    let leaves = [
        Element::new("template", 0),
        Element::new("name", clip(&i.name, NAME)),
        Element::new("label", clip(&i.label, NAME)),
        Element::new("presentation", &i.presentation),
        Element::new("typ", &i.kind),
        flag("hasvalue", !SILENT.contains(&i.kind.as_str())),
        Element::new("position", at + 1),
        flag("required", i.required),
        Element::new("dependitem", places.get(&i.depends).copied().unwrap_or(0)),
        Element::new("dependvalue", clip(&i.answer, NAME)),
        Element::new("options", clip(&i.options, NAME)),
    ];
    Element::record("item", number, leaves)
}

pub(super) fn assign(m: &mut Making<'_>, assign: &Assign) -> Vec<Element> {
    let mut all = leaves(&[
        ("alwaysshowdescription", "1"),
        ("submissiondrafts", "0"),
        ("sendnotifications", "0"),
        ("sendlatenotifications", "0"),
        ("sendstudentnotifications", "1"),
    ]);
    all.extend([Element::new("duedate", assign.due), Element::new("cutoffdate", assign.cutoff), Element::new("gradingduedate", 0)]);
    all.extend([Element::new("allowsubmissionsfromdate", assign.open), Element::new("grade", assign.grade.max(0))]);
    all.extend([Element::new("timemodified", m.now), Element::new("completionsubmit", 0)]);
    all.extend(leaves(&[
        ("requiresubmissionstatement", "0"),
        ("teamsubmission", "0"),
        ("requireallteammemberssubmit", "0"),
        ("teamsubmissiongroupingid", "0"),
        ("blindmarking", "0"),
        ("hidegrader", "0"),
        ("revealidentities", "0"),
        ("attemptreopenmethod", "none"),
        ("maxattempts", "-1"),
        ("markingworkflow", "0"),
        ("markingallocation", "0"),
        ("preventsubmissionnotingroup", "0"),
    ]));
    all.extend(text("activity", &assign.activity));
    all.extend(leaves(&[("timelimit", "0"), ("submissionattachments", "0")]));
    all.extend(empty(&["userflags", "submissions", "grades"]));
    all.extend([Element::group("plugin_configs", configs(m, assign)), Element::group("overrides", [])]);
    all
}

/// Which ways of handing in and of giving feedback are on.
fn configs(m: &mut Making<'_>, assign: &Assign) -> Vec<Element> {
    let (text, files) = (u8::from(assign.text).to_string(), u8::from(assign.files > 0).to_string());
    let most = assign.files.max(1).to_string();
    let all: &[(&str, &str, &str, &str)] = &[
        ("onlinetext", "assignsubmission", "enabled", &text),
        ("onlinetext", "assignsubmission", "wordlimit", "0"),
        ("onlinetext", "assignsubmission", "wordlimitenabled", "0"),
        ("file", "assignsubmission", "enabled", &files),
        ("file", "assignsubmission", "maxfilesubmissions", &most),
        ("file", "assignsubmission", "maxsubmissionsizebytes", "0"),
        ("file", "assignsubmission", "filetypeslist", ""),
        ("comments", "assignsubmission", "enabled", "1"),
        ("comments", "assignfeedback", "enabled", "1"),
        ("comments", "assignfeedback", "commentinline", "0"),
        ("editpdf", "assignfeedback", "enabled", "0"),
        ("offline", "assignfeedback", "enabled", "0"),
        ("file", "assignfeedback", "enabled", "0"),
    ];
    all.iter()
        .map(|(plugin, subtype, name, value)| {
            let leaves = leaves(&[("plugin", plugin), ("subtype", subtype), ("name", name), ("value", value)]);
            Element::record("plugin_config", m.numbers.next("plugin_config"), leaves)
        })
        .collect()
}

pub(super) fn lti(m: &Making<'_>, lti: &Lti) -> Vec<Element> {
    let mut all = vec![Element::new("timecreated", m.now), Element::new("timemodified", m.now)];
    all.extend(nulls(&["typeid"]));
    all.push(Element::new("toolurl", &lti.url));
    all.extend(nulls(&["securetoolurl"]));
    all.push(Element::new("launchcontainer", if lti.window > 0 { lti.window } else { 1 }));
    all.extend(leaves(&[("instructorchoicesendname", "0"), ("instructorchoicesendemailaddr", "0")]));
    all.push(flag("instructorchoiceacceptgrades", lti.grade > 0));
    all.extend(nulls(&["instructorchoiceallowroster", "instructorchoiceallowsetting"]));
    all.extend([Element::new("grade", lti.grade.max(0)), Element::new("instructorcustomparameters", &lti.parameters)]);
    all.extend(leaves(&[("debuglaunch", "0"), ("showtitlelaunch", "0"), ("showdescriptionlaunch", "0")]));
    all.push(Element::nullable("icon", Some(lti.icon.as_str()).filter(|i| !i.is_empty())));
    all.extend(nulls(&["secureicon"]));
    // Keys are secrets of a site, and there are none here (MBZ-FORMAT §2.9).
    all.extend(leaves(&[("resourcekey", ""), ("password", "")]));
    all.push(Element::group("ltisubmissions", []));
    all.push(Element::group("subplugin_ltiservice_gradebookservices_lti", [Element::group("lineitems", [])]));
    all
}

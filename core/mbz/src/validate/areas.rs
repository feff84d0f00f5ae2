//! Files that belong to a record, and come with it or not at all (MBZ-FORMAT §6.3, §6.4).

use super::doc::{Doc, Kind, module, part};
use super::element::{Element, number};
use super::facts::Facts;
use super::finding::Findings;
use super::rule::Rule;
use crate::pool::FILES;
use std::collections::{HashMap, HashSet};

/// Component, file area, and the records whose number is a file's `itemid`.
const AREAS: &[(&str, &str, &str)] = &[
    ("assignfeedback_comments", "feedback", "grade"),
    ("assignfeedback_file", "feedback_files", "grade"),
    ("assignsubmission_file", "submission_files", "submission"),
    ("assignsubmission_onlinetext", "submissions_onlinetext", "submission"),
    ("mod_book", "chapter", "chapter"),
    ("mod_data", "content", "content"),
    ("mod_feedback", "item", "item"),
    ("mod_forum", "attachment", "post"),
    ("mod_forum", "post", "post"),
    ("mod_glossary", "attachment", "entry"),
    ("mod_glossary", "entry", "entry"),
    ("mod_lesson", "page_answers", "answer"),
    ("mod_lesson", "page_contents", "page"),
    ("mod_lesson", "page_responses", "answer"),
    ("mod_quiz", "feedback", "feedback"),
    ("mod_wiki", "attachments", "subwiki"),
    ("mod_workshop", "overallfeedback_attachment", "assessment"),
    ("mod_workshop", "overallfeedback_content", "assessment"),
    ("mod_workshop", "submission_attachment", "submission"),
    ("mod_workshop", "submission_content", "submission"),
    ("question", "answer", "answer"),
    ("question", "answerfeedback", "answer"),
    ("question", "generalfeedback", "question"),
    ("question", "hint", "question_hint"),
    ("question", "questiontext", "question"),
];
/// Context of records that are told apart by their number alone.
const ANYWHERE: i64 = 0;

#[derive(Default)]
pub(super) struct Areas {
    /// Context, record and number of what files could belong to.
    known: HashSet<(i64, &'static str, i64)>,
    /// What files do belong to, with the name of one.
    wanted: HashMap<(i64, &'static str, i64), String>,
    /// Contexts of activities that were read: files of others are not judged.
    contexts: HashSet<i64>,
}

impl Areas {
    pub(super) fn file(&mut self, context: i64, component: &str, area: &str, item: i64, name: impl FnOnce() -> String) {
        let Some((_, _, record)) = AREAS.iter().find(|(c, a, _)| *c == component && *a == area) else { return };
        let context = if component == "question" { ANYWHERE } else { context };
        self.wanted.entry((context, record, item)).or_insert_with(name);
    }
}

pub(super) fn record(facts: &mut Facts, doc: &Doc<'_>, e: Element<'_>) {
    let questions = doc.kind == Kind::Questions;
    let (Kind::Questions | Kind::Own, Some(id)) = (doc.kind, e.id()) else { return };
    let owner = if questions { "question" } else { part(doc.path).and_then(module).unwrap_or_default() };
    let Some((_, _, record)) = AREAS.iter().find(|(component, _, record)| *record == e.name() && module_of(component) == owner) else { return };
    let context = if questions { Some(ANYWHERE) } else { e.root().attribute("contextid").and_then(number) };
    if let Some(context) = context {
        facts.areas.known.insert((context, record, id));
        facts.areas.contexts.insert(context);
    }
}

/// `assign` of `assignfeedback_file`, `forum` of `mod_forum`.
fn module_of(component: &str) -> &str {
    match component.strip_prefix("mod_") {
        Some(module) => module,
        None if component.starts_with("assign") => "assign",
        None => component,
    }
}

pub(super) fn judge(facts: &Facts, out: &mut Findings) {
    let areas = &facts.areas;
    for ((context, record, item), name) in areas.wanted.iter().filter(|(wanted, _)| !areas.known.contains(*wanted)) {
        // Where there is no such record at all, something else is amiss: the document, or its module.
        if areas.contexts.contains(context) {
            out.add(Rule::FileItem, FILES, name, format!("{record} {item}"));
        }
    }
}

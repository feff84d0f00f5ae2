//! Records of an activity that point at each other (MBZ-FORMAT §12).

use super::doc::{module, part};
use super::element::{Element, number};
use super::facts::Facts;
use super::finding::Findings;
use super::rule::Rule;
use std::collections::HashSet;

/// Module, record, leaf, and the record it points at. Numbers below 1 mean something else, or nothing.
const POINTERS: &[(&str, &str, &str, &str)] = &[
    ("choice", "answer", "optionid", "option"),
    ("data", "content", "fieldid", "field"),
    ("feedback", "item", "dependitem", "item"),
    ("feedback", "value", "item", "item"),
    ("forum", "post", "parent", "post"),
    ("glossary", "category_entry", "entryid", "entry"),
    ("lesson", "answer", "jumpto", "page"),
    ("lesson", "page", "nextpageid", "page"),
    ("lesson", "page", "prevpageid", "page"),
    ("scorm", "scorm", "launch", "sco"),
    ("wiki", "link", "frompageid", "page"),
    ("wiki", "link", "topageid", "page"),
];

/// What the document being read has, and what it points at.
#[derive(Default)]
pub(super) struct Inner {
    /// The module, if any of its records point.
    module: Option<&'static str>,
    known: HashSet<(&'static str, i64)>,
    wanted: HashSet<(&'static str, &'static str, i64)>,
}

impl Inner {
    /// A document begins.
    pub(super) fn begin(&mut self, path: &str) {
        let module = part(path).and_then(module);
        self.module = POINTERS.iter().map(|(m, ..)| *m).find(|m| Some(*m) == module);
        self.known.clear();
        self.wanted.clear();
    }
}

pub(super) fn leaf(facts: &mut Facts, parent: Element<'_>, name: &str, text: &str) {
    let Some(module) = facts.inner.module else { return };
    let found = POINTERS.iter().find(|(m, record, leaf, _)| *m == module && *leaf == name && *record == parent.name());
    if let (Some((_, _, leaf, target)), Some(id)) = (found, number(text).filter(|id| *id > 0)) {
        facts.inner.wanted.insert((leaf, target, id));
    }
}

pub(super) fn record(facts: &mut Facts, e: Element<'_>) {
    let Some(module) = facts.inner.module else { return };
    let found = POINTERS.iter().find(|(m, .., target)| *m == module && *target == e.name());
    if let (Some((.., target)), Some(id)) = (found, e.id()) {
        facts.inner.known.insert((target, id));
    }
}

/// At the end of a document.
pub(super) fn judge(facts: &Facts, path: &str, out: &mut Findings) {
    let inner = &facts.inner;
    for (leaf, target, id) in inner.wanted.iter().filter(|(_, target, id)| !inner.known.contains(&(*target, *id))) {
        out.add(Rule::InnerTarget, path, *leaf, format!("{target} {id}"));
    }
}

//! What is a fault for some releases only: it is taken down once, and asked at the end for each.

use super::doc::Doc;
use super::facts::Facts;
use super::finding::{Findings, HELD};
use super::judge::Restored;
use super::rule::Rule;
use super::stock::{self, Plugin};
use crate::Release;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// When it is a fault.
enum When {
    /// Where there is no such plug-in.
    Lacks(Plugin, String),
    /// Before this release.
    Before(Release),
}

struct Doubt {
    when: When,
    rule: Rule,
    /// Number of the document.
    doc: u32,
    line: u64,
    name: String,
    detail: String,
}

#[derive(Default)]
pub(super) struct Doubts {
    held: Vec<Doubt>,
    /// How often each plug-in was met that not all releases have.
    uses: HashMap<(Plugin, String), u64>,
}

/// A plug-in is needed for what `name` and `detail` say.
pub(super) fn uses(facts: &mut Facts, doc: &Doc<'_>, kind: Plugin, plugin: &str, name: &str, detail: impl Into<String>) {
    if plugin.is_empty() || stock::everywhere(kind, plugin) {
        return;
    }
    let count = facts.doubts.uses.entry((kind, plugin.to_owned())).or_default();
    *count += 1;
    if *count <= HELD {
        let when = When::Lacks(kind, plugin.to_owned());
        facts.doubts.held.push(Doubt { when, rule: rule(kind), doc: doc.at, line: 0, name: name.to_owned(), detail: detail.into() });
    }
}

/// Something that releases before `first` do not understand; once for each rule, document and `detail`.
pub(super) fn since(facts: &mut Facts, doc: &Doc<'_>, first: Release, rule: Rule, detail: &str) {
    let key = key(detail);
    if facts.first(rule, doc, key) {
        facts.doubts.held.push(Doubt { when: When::Before(first), rule, doc: doc.at, line: 0, name: String::new(), detail: detail.to_owned() });
    }
}

fn rule(kind: Plugin) -> Rule {
    match kind {
        Plugin::Module => Rule::UnknownModule,
        Plugin::Block => Rule::UnknownBlock,
        Plugin::QuestionType => Rule::UnknownQuestionType,
        Plugin::Format => Rule::UnknownFormat,
        Plugin::Enrolment => Rule::UnknownEnrolment,
        Plugin::Filter => Rule::UnknownFilter,
        Plugin::Condition => Rule::UnknownCondition,
        Plugin::Grading => Rule::UnknownGrading,
        Plugin::Other => Rule::UnknownPlugin,
    }
}

impl Doubts {
    pub(super) fn len(&self) -> usize {
        self.held.len()
    }

    pub(super) fn stand_at(&mut self, doc: u32, line: u64) {
        for doubt in self.held.iter_mut().rev().take_while(|d| d.doc == doc && d.line == 0) {
            doubt.line = line;
        }
    }
}

pub(super) fn judge(facts: &Facts, target: Release, restored: &Restored<'_>, out: &mut Findings) {
    for doubt in &facts.doubts.held {
        let fault = match &doubt.when {
            When::Lacks(kind, plugin) => !stock::has(target, *kind, plugin),
            When::Before(first) => target < *first,
        };
        let path = facts.path(doubt.doc);
        if fault && restored.reads(path) {
            out.add_at(doubt.rule, path, doubt.line, &doubt.name, &doubt.detail);
        }
    }
    for ((kind, plugin), n) in facts.doubts.uses.iter().filter(|(_, n)| **n > HELD) {
        if !stock::has(target, *kind, plugin) {
            out.count(rule(*kind), n - HELD);
        }
    }
}

/// A number for a text, to tell what has been said.
fn key(text: &str) -> i64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    i64::from_ne_bytes(hasher.finish().to_ne_bytes())
}

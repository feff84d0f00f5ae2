//! Question categories, questions, and the slots that ask for them (MBZ-FORMAT §10).

use super::depends;
use super::doc::{Doc, Kind};
use super::element::{Element, number};
use super::facts::{Facts, Space};
use super::finding::Findings;
use super::rule::Rule;
use super::stock;
use crate::Release;
use crate::manifest::Manifest;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

const QUESTIONS: &str = "questions.xml";
/// `contextlevel` of an activity: the only place for categories since 5.0.
const MODULE: i64 = 70;
/// Depth of a question in the shape of before 4.0: root, category, list, question.
const SHALLOW: usize = 4;
/// The first day whose backups have bank entries and versions: which shape Moodle reads is decided by `backup_version` alone.
const ENTRIES: i64 = 20_220_202;

#[derive(Default)]
pub(super) struct Bank {
    /// Categories without parent in each context.
    tops: BTreeMap<i64, u64>,
    /// Contexts of categories that hold questions: level, and a category's name.
    contexts: HashMap<i64, (i64, String)>,
    /// Categories with questions outside of activities.
    moving: u64,
    /// Whether the category being read has questions.
    full: bool,
    /// Whether the slot being read has a question of today's form.
    referred: bool,
    /// Questions in the shape of before 4.0, and in that of today.
    shapes: [u64; 2],
}

pub(super) fn record(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    let Some(id) = e.id() else {
        // No inforef can list what has no number.
        if e.name() == "question_category" && e.depth() == 2 && std::mem::take(&mut facts.bank.full) {
            out.add(Rule::CategoryNotInInforef, doc.path, e.leaf("name"), e.attribute("id").unwrap_or_default());
        }
        return;
    };
    match e.name() {
        "question_category" if e.depth() == 2 => category(facts, doc, e, id),
        "question_bank_entry" => {
            facts.know(Space::Entry, id);
        }
        "question" if e.has("qtype") => {
            facts.know(Space::Question, id);
            facts.bank.full = true;
            let today = usize::from(e.depth() > SHALLOW);
            if let Some(n) = facts.bank.shapes.get_mut(today) {
                *n += 1;
            }
            depends::uses(facts, doc, stock::Plugin::QuestionType, e.leaf("qtype"), e.leaf("name"), e.leaf("qtype"));
        }
        "multianswer" => {
            for part in e.leaf("sequence").split(',').filter_map(number).filter(|id| *id > 0) {
                facts.want(Rule::ClozePart, doc, Space::Question, part, e.parent().parent().leaf("name"));
            }
        }
        _ => {}
    }
}

fn category(facts: &mut Facts, doc: &Doc<'_>, e: Element<'_>, id: i64) {
    let full = std::mem::take(&mut facts.bank.full);
    let name = e.leaf("name");
    facts.know(Space::Category, id);
    if full {
        facts.share(Rule::CategoryNotInInforef, Space::Category, id, QUESTIONS, || name.to_owned());
    }
    match e.number("parent") {
        Some(parent) if parent > 0 => facts.want(Rule::CategoryParent, doc, Space::Category, parent, name),
        _ => *facts.bank.tops.entry(e.number("contextid").unwrap_or(0)).or_default() += 1,
    }
    if let Some(context) = e.number("contextid") {
        facts.know(Space::Bank, context);
        let level = e.number("contextlevel").unwrap_or(0);
        facts.bank.moving += u64::from(full && level != MODULE);
        if full {
            facts.bank.contexts.entry(context).or_insert_with(|| (level, name.to_owned()));
        }
    }
}

impl Bank {
    /// Whether a context is that of an activity that the archive does not hold.
    pub(super) fn is_elsewhere(&self, context: i64, facts: &Facts) -> bool {
        self.contexts.get(&context).is_some_and(|(level, _)| *level == MODULE) && !facts.knows(Space::Context, context)
    }
}

/// What an attempt was asked.
pub(super) fn leaf(facts: &mut Facts, doc: &Doc<'_>, parent: Element<'_>, name: &str, text: &str) {
    if name == "questionid"
        && parent.name() == "question_attempt"
        && let Some(question) = number(text).filter(|id| *id > 0)
    {
        facts.want(Rule::AttemptQuestion, doc, Space::Question, question, "");
    }
}

/// A slot of a quiz, and what it asks for.
pub(super) fn slot(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    if doc.kind != Kind::Own || !doc.path.ends_with("/quiz.xml") {
        return;
    }
    match e.name() {
        "question_reference" => {
            facts.bank.referred = true;
            if let Some(entry) = e.number("questionbankentryid") {
                facts.want(Rule::SlotQuestion, doc, Space::Entry, entry, "");
            }
        }
        "question_set_reference" => {
            facts.bank.referred = true;
            if let Some(context) = e.number("questionscontextid") {
                facts.want(Rule::RandomSource, doc, Space::Bank, context, "");
            }
            for category in sources(e.leaf("filtercondition")) {
                facts.want(Rule::RandomSource, doc, Space::Category, category, "");
            }
        }
        "question_instance" => {
            let referred = std::mem::take(&mut facts.bank.referred);
            // Before 4.0 a slot names the question itself.
            match number(e.leaf("questionid")).or_else(|| number(e.leaf("question"))).filter(|id| *id > 0) {
                Some(question) => facts.want(Rule::SlotQuestion, doc, Space::Question, question, ""),
                None if !referred => out.add(Rule::SlotEmpty, doc.path, "", e.attribute("id").unwrap_or_default()),
                None => {}
            }
        }
        _ => {}
    }
}

/// Categories that a random slot draws from, in both of its forms (MBZ-FORMAT §10.5).
fn sources(filter: &str) -> Vec<i64> {
    let Ok(filter) = serde_json::from_str::<Value>(filter) else { return Vec::new() };
    let number = |v: &Value| v.as_i64().or_else(|| v.as_str()?.trim().parse().ok());
    let new = filter.pointer("/filter/category/values").and_then(Value::as_array).into_iter().flatten();
    new.chain(filter.get("questioncategoryid")).filter_map(number).collect()
}

pub(super) fn judge(facts: &Facts, m: &Manifest, target: Release, out: &mut Findings) {
    if has_tops(&m.information.backup_release) {
        for (context, n) in facts.bank.tops.iter().filter(|(_, n)| **n > 1) {
            out.add(Rule::SeveralTops, QUESTIONS, "", format!("{n} in context {context}"));
        }
    }
    let [old, today] = facts.bank.shapes;
    let (stated, found) = if day(&m.information.backup_version) < ENTRIES { ("before 4.0", today) } else { ("4.0 or later", old) };
    if found > 0 {
        out.add(Rule::ReleaseShape, QUESTIONS, "", format!("{found} questions, and backup_version says {stated}"));
    }
    if facts.bank.moving > 0 && target >= Release::M51 {
        out.add(Rule::CategoriesMove, QUESTIONS, "", format!("{} categories", facts.bank.moving));
    }
    for (context, (_, name)) in facts.bank.contexts.iter().filter(|(c, _)| facts.bank.is_elsewhere(**c, facts)) {
        out.add(Rule::CategoryContext, QUESTIONS, name, format!("context {context}"));
    }
}

/// `20220419` of `2022041900`.
fn day(version: &str) -> i64 {
    version.get(..8).and_then(number).unwrap_or(0)
}

/// Whether a backup of this release hangs its categories below one top for each context: since 3.5.
fn has_tops(release: &str) -> bool {
    let mut parts = release.split(|c: char| !c.is_ascii_digit()).map(|p| p.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= (3, 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_of_a_random_slot_are_read_in_both_forms() {
        assert_eq!(sources(r#"{"questioncategoryid":"21","includingsubcategories":0}"#), [21]);
        assert_eq!(sources(r#"{"filter":{"category":{"jointype":1,"values":[153,"154"]}}}"#), [153, 154]);
        assert!(sources("x").is_empty());
    }

    #[test]
    fn releases_are_compared_by_their_numbers() {
        for (release, tops) in [("3.4", false), ("3.5", true), ("3.11", true), ("4.1+", true), ("2.9", false), ("", false)] {
            assert_eq!(has_tops(release), tops, "{release}");
        }
    }
}

//! From questions to a document, in the shape of 4.0 and later.

use super::{kind, leaf};
use crate::xml::{Element, NULL};
use parcours_course::question::{Body, Category, Hint, Question, Status};
use std::collections::HashMap;

/// Gives numbers, each table its own, above those that were [seen](Numbers::see).
#[derive(Debug, Clone, Default)]
pub struct Numbers(HashMap<&'static str, i64>);

impl Numbers {
    /// A number that is taken.
    pub fn see(&mut self, table: &'static str, id: i64) {
        let last = self.0.entry(table).or_default();
        *last = id.max(*last);
    }

    pub fn next(&mut self, table: &'static str) -> i64 {
        let last = self.0.entry(table).or_default();
        *last += 1;
        *last
    }

    /// The number itself where there is one, else a new one.
    pub fn or_next(&mut self, table: &'static str, id: i64) -> i64 {
        if id > 0 { id } else { self.next(table) }
    }
}

/// `questions.xml` of these categories with their questions. Numbers that are 0 (of entries, questions, answers, hints …) are given; others are kept, and have to be
/// unlike each other and seen by `numbers`. Versions of one entry stand behind each other.
///
/// The files of the questions' texts are not written: they belong into `files.xml`, in the category's context, under the numbers given here.
pub fn bank(categories: &[(Category, Vec<Question>)], numbers: &mut Numbers) -> Element {
    categories.iter().flat_map(|(_, questions)| questions).for_each(|q| see(q, numbers));
    Element::group("question_categories", categories.iter().map(|(c, questions)| category(c, questions, numbers)).collect::<Vec<_>>())
}

fn see(q: &Question, numbers: &mut Numbers) {
    numbers.see("question", q.id);
    numbers.see("entry", q.entry);
    q.hints.iter().for_each(|h| numbers.see("hint", h.id));
    kind::answers(&q.body).for_each(|a| numbers.see("answer", a.id));
    if let Body::Cloze(c) = &q.body {
        c.questions.iter().for_each(|part| see(part, numbers));
    }
}

fn category(c: &Category, questions: &[Question], numbers: &mut Numbers) -> Element {
    let mut entries = Vec::new();
    for versions in questions.chunk_by(|a, b| a.entry != 0 && a.entry == b.entry) {
        entry(c, versions, numbers, &mut entries);
    }
    let mut leaves = vec![
        Element::new("name", &c.name),
        Element::new("contextid", c.context),
        Element::new("contextlevel", c.level.number()),
        Element::new("contextinstanceid", c.instance),
    ];
    leaves.extend(leaf::text_out("info", &c.info));
    leaves.extend([
        Element::new("stamp", &c.stamp),
        Element::new("parent", c.parent),
        Element::new("sortorder", if c.name == "top" && c.parent == 0 { 0 } else { 999 }),
        Element::nullable("idnumber", Some(&c.idnumber).filter(|i| !i.is_empty())),
        Element::group("question_bank_entries", entries),
    ]);
    Element::record("question_category", c.id, leaves)
}

/// An entry with its versions, and before it those of the questions that are parts of it.
fn entry(c: &Category, versions: &[Question], numbers: &mut Numbers, out: &mut Vec<Element>) {
    let Some(first) = versions.first() else { return };
    let id = numbers.or_next("entry", first.entry);
    let mut records = Vec::new();
    for q in versions {
        let number = numbers.or_next("question", q.id);
        let mut parts = Vec::new();
        if let Body::Cloze(cloze) = &q.body {
            for part in &cloze.questions {
                // Not in the archive: its number holds the place.
                if part.body == Body::Description && part.text.is_empty() {
                    parts.push(part.id);
                    continue;
                }
                let (entry, question) = (numbers.or_next("entry", part.entry), numbers.or_next("question", part.id));
                let record = version(part, question, number, &[], numbers);
                out.push(entry_out(c, entry, &part.idnumber, vec![record]));
                parts.push(question);
            }
        }
        records.push(version(q, number, 0, &parts, numbers));
    }
    out.push(entry_out(c, id, &first.idnumber, records));
}

fn entry_out(c: &Category, id: i64, idnumber: &str, versions: Vec<Element>) -> Element {
    Element::record(
        "question_bank_entry",
        id,
        [
            Element::new("questioncategoryid", c.id),
            Element::nullable("idnumber", Some(idnumber).filter(|i| !i.is_empty())),
            Element::new("ownerid", NULL),
            Element::group("question_version", versions),
        ],
    )
}

fn version(q: &Question, id: i64, parent: i64, parts: &[i64], numbers: &mut Numbers) -> Element {
    let status = match q.status {
        Status::Ready => "ready",
        Status::Draft => "draft",
        Status::Hidden => "hidden",
    };
    let leaves = [
        Element::new("version", q.version.max(1)),
        Element::new("status", status),
        Element::group("questions", [question(q, id, parent, parts, numbers)]),
    ];
    Element::record("question_versions", numbers.next("version"), leaves)
}

fn question(q: &Question, id: i64, parent: i64, parts: &[i64], numbers: &mut Numbers) -> Element {
    let mut children = vec![Element::new("parent", parent), Element::new("name", &q.name)];
    children.extend(leaf::text_out("questiontext", &q.text));
    children.extend(leaf::text_out("generalfeedback", &q.general_feedback));
    children.extend([
        Element::new("defaultmark", leaf::seven(q.mark)),
        Element::new("penalty", leaf::seven(q.penalty)),
        Element::new("qtype", q.kind()),
        Element::new("length", i64::from(q.body != Body::Description)),
        Element::new("stamp", format!("parcours+{id}")),
        Element::new("timecreated", q.created),
        Element::new("timemodified", q.modified),
        Element::new("createdby", NULL),
        Element::new("modifiedby", NULL),
    ]);
    children.extend(kind::write(&q.body, id, parts, numbers));
    children.push(Element::group("question_hints", q.hints.iter().map(|h| hint(h, numbers)).collect::<Vec<_>>()));
    let tags = q.tags.iter().map(|t| {
        let leaves = [Element::new("name", t.to_lowercase()), Element::new("rawname", t)];
        Element::record("tag", numbers.next("tag"), leaves)
    });
    children.push(Element::group("tags", tags.collect::<Vec<_>>()));
    Element::record("question", id, children)
}

fn hint(h: &Hint, numbers: &mut Numbers) -> Element {
    let mut leaves: Vec<Element> = leaf::text_out("hint", &h.text).into();
    leaves.extend([
        Element::new("shownumcorrect", i64::from(h.show_number_right)),
        Element::new("clearwrong", i64::from(h.clear_wrong)),
        Element::nullable("options", Some(&h.options).filter(|o| !o.is_empty())),
    ]);
    Element::record("question_hint", numbers.or_next("hint", h.id), leaves)
}

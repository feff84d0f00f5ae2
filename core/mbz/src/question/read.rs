//! From a document to questions.

use super::{QUESTIONS, files, kind, leaf};
use crate::error::Error;
use crate::unpacked::Unpacked;
use crate::xml::{Element, Rewrite, Tag, rewrite};
use parcours_course::question::{Body, Category, Hint, Level, Question, Status};
use std::collections::HashMap;
use std::io;

pub(super) fn categories(course: &mut Unpacked) -> Result<Vec<Category>, Error> {
    let mut all = Vec::new();
    walk(course, false, |category, entry| {
        if entry.is_none() {
            all.push(category.clone());
        }
        Ok(())
    })?;
    Ok(all)
}

pub(super) fn each(course: &mut Unpacked, mut see: impl FnMut(&Category, Question) -> Result<(), Error>) -> Result<(), Error> {
    let files = files::all(course)?;
    let mut parts: HashMap<i64, Question> = HashMap::new();
    walk(course, true, |_, entry| {
        entry.into_iter().flat_map(questions).filter(|(question, parent)| *parent != 0 && *parent != question.id).for_each(|(question, _)| {
            parts.insert(question.id, question);
        });
        Ok(())
    })?;
    walk(course, true, |category, entry| {
        for (mut question, parent) in entry.into_iter().flat_map(questions) {
            if parent != 0 && parent != question.id {
                continue;
            }
            if let Body::Cloze(cloze) = &mut question.body {
                for part in &mut cloze.questions {
                    if let Some(whole) = parts.get(&part.id) {
                        *part = whole.clone();
                        part.files = files::of(&files, category.context, part);
                    }
                }
            }
            question.files = files::of(&files, category.context, &question);
            see(category, question)?;
        }
        Ok(())
    })
}

/// Shows each category without an entry when it has been read as far as its first one, and, if asked, each entry (or, before 4.0, each question).
fn walk(course: &mut Unpacked, entries: bool, see: impl FnMut(&Category, Option<Element>) -> Result<(), Error>) -> Result<(), Error> {
    let Some(reader) = course.reader(QUESTIONS)? else { return Ok(()) };
    rewrite(reader, io::sink(), &mut Walk { category: Element::default(), current: None, entries, see })?;
    Ok(())
}

struct Walk<F> {
    /// Leaves of the category being read.
    category: Element,
    current: Option<Category>,
    entries: bool,
    see: F,
}

impl<F: FnMut(&Category, Option<Element>) -> Result<(), Error>> Walk<F> {
    /// The leaves of a category stand before its questions; one without questions is complete at its end.
    fn settle(&mut self) -> Result<(), Error> {
        if self.current.is_none() {
            let category = category(&std::mem::take(&mut self.category));
            (self.see)(&category, None)?;
            self.current = Some(category);
        }
        Ok(())
    }
}

impl<F: FnMut(&Category, Option<Element>) -> Result<(), Error>> Rewrite for Walk<F> {
    fn takes(&mut self, path: &[String]) -> bool {
        match path.last().map(String::as_str) {
            Some("question_category") => {
                self.category = Element::default();
                self.current = None;
                false
            }
            Some("question_bank_entry") => true,
            Some("question") => path.len() == 4,
            _ => false,
        }
    }

    fn element(&mut self, _: &[String], element: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        self.settle()?;
        match (&self.current, self.entries) {
            (Some(category), true) => (self.see)(category, Some(element)),
            _ => Ok(()),
        }
    }

    fn start(&mut self, path: &[String], tag: &mut Tag, _: &mut Vec<Element>) -> Result<(), Error> {
        if path.last().is_some_and(|n| n == "question_category") {
            self.category.attributes = tag.attributes.clone();
        }
        Ok(())
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
        if let [_, _, name] = path {
            self.category.push(Element::new(name, text));
        }
        Ok(())
    }

    fn end(&mut self, path: &[String], _: &mut Vec<Element>) -> Result<(), Error> {
        if path.last().is_some_and(|n| n == "question_category") { self.settle() } else { Ok(()) }
    }
}

fn category(e: &Element) -> Category {
    Category {
        id: e.id().unwrap_or(0),
        parent: e.number("parent").unwrap_or(0),
        name: e.leaf("name").to_owned(),
        info: leaf::text(e, "info"),
        idnumber: e.leaf("idnumber").to_owned(),
        stamp: e.leaf("stamp").to_owned(),
        level: e.number("contextlevel").and_then(Level::of).unwrap_or_default(),
        context: e.number("contextid").unwrap_or(0),
        instance: e.number("contextinstanceid").unwrap_or(0),
    }
}

/// Every version in a bank entry, or the one question of before 4.0, with the number of the question it is a part of. An entry in the shape of the betas of 4.0 has a question with `version` and
/// `hidden` of its own (MBZ-FORMAT §10.2).
fn questions(entry: Element) -> Vec<(Question, i64)> {
    if entry.name == "question" {
        return vec![question(&entry)];
    }
    let mut all: Vec<(Question, i64)> = Vec::new();
    for version in entry.records("question_version", "question_versions") {
        for e in version.records("questions", "question") {
            let (mut question, parent) = question(e);
            question.entry = entry.id().unwrap_or(question.id);
            question.version = version.number("version").unwrap_or(question.version);
            question.status = match version.leaf("status") {
                "draft" => Status::Draft,
                "hidden" => Status::Hidden,
                "" => question.status,
                _ => Status::Ready,
            };
            if let Some(idnumber) = entry.value("idnumber") {
                idnumber.clone_into(&mut question.idnumber);
            }
            all.push((question, parent));
        }
    }
    let last = all.iter().map(|(q, _)| q.version).max();
    all.iter_mut().for_each(|(q, _)| q.latest = Some(q.version) == last);
    all
}

fn question(e: &Element) -> (Question, i64) {
    let id = e.id().unwrap_or(0);
    let mark = if e.child("defaultmark").is_some() { "defaultmark" } else { "defaultgrade" };
    let question = Question {
        id,
        entry: id,
        version: 1,
        latest: true,
        status: if leaf::flag(e, "hidden") { Status::Hidden } else { Status::Ready },
        name: e.leaf("name").to_owned(),
        text: leaf::text(e, "questiontext"),
        general_feedback: leaf::text(e, "generalfeedback"),
        mark: leaf::decimal(e, mark),
        penalty: leaf::decimal(e, "penalty"),
        idnumber: e.leaf("idnumber").to_owned(),
        tags: e.records("tags", "tag").map(|t| t.value("rawname").unwrap_or(t.leaf("name")).to_owned()).collect(),
        hints: e.records("question_hints", "question_hint").map(hint).collect(),
        created: e.number("timecreated").unwrap_or(0),
        modified: e.number("timemodified").unwrap_or(0),
        files: Vec::new(),
        body: kind::read(e),
    };
    (question, e.number("parent").unwrap_or(0))
}

fn hint(e: &Element) -> Hint {
    Hint {
        id: e.id().unwrap_or(0),
        text: leaf::text(e, "hint"),
        show_number_right: leaf::flag(e, "shownumcorrect"),
        clear_wrong: leaf::flag(e, "clearwrong"),
        options: e.leaf("options").to_owned(),
    }
}

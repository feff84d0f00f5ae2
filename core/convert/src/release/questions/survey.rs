//! What there is in `questions.xml`: numbers, taken down in one pass.

use super::QUESTIONS;
use crate::Error;
use parcours_mbz::Unpacked;
use parcours_mbz::xml::{Element, NULL, Rewrite, Tag, rewrite};
use std::collections::{BTreeMap, HashMap};
use std::io;

/// A category, without its questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::release) struct Category {
    /// Nothing where the number is none, as in archives made by hand.
    pub id: Option<i64>,
    pub name: String,
    /// Both are unique in a context.
    pub stamp: String,
    pub idnumber: String,
    pub context: i64,
    pub level: i64,
    pub instance: i64,
    pub parent: i64,
    /// Whether it says anything about itself.
    pub info: bool,
    pub questions: u64,
}

impl Category {
    /// Whether it says what it is: those made by hand need not.
    pub(super) fn is_real(&self) -> bool {
        self.id.is_some() && self.context != 0
    }

    /// The category that only holds the others of its context (MBZ-FORMAT §10.1).
    pub(super) fn is_top(&self) -> bool {
        self.parent == 0 && self.name == "top" && self.questions == 0
    }
}

/// What a random question of before 4.0 draws from (§10.3, §10.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::release) struct Random {
    pub category: i64,
    pub subcategories: bool,
}

#[derive(Debug, Default)]
pub(in crate::release) struct Survey {
    /// In the order of the document.
    pub categories: Vec<Category>,
    /// Highest number of a bank entry.
    pub entries: i64,
    /// Entry of each question that has one.
    pub entry_of: HashMap<i64, i64>,
    /// Whether some category is in the shape of before 4.0.
    pub old: bool,
    /// Questions in that shape, random ones not counted.
    pub flat: u64,
    /// Highest number of a question.
    pub highest: i64,
    pub random: HashMap<i64, Random>,
    /// Marks of questions in the shape of before 4.0.
    pub marks: HashMap<i64, String>,
    /// Names of tags by number.
    pub tags: HashMap<i64, String>,
    pub kinds: BTreeMap<String, u64>,
    /// The entry that is being read.
    pub(super) entry: i64,
}

impl Survey {
    pub(super) fn of(course: &mut Unpacked) -> Result<Self, Error> {
        let mut survey = Survey::default();
        if let Some(reader) = course.reader(QUESTIONS)? {
            rewrite(reader, io::sink(), &mut survey)?;
        }
        Ok(survey)
    }

    /// The entry that a question has, or will have: questions of before 4.0 get the number of the question, above those that are taken.
    pub(in crate::release) fn entry(&self, question: i64) -> i64 {
        self.entry_of.get(&question).copied().unwrap_or_else(|| self.entries.saturating_add(question))
    }

    /// The highest number of a category.
    pub(super) fn highest_category(&self) -> i64 {
        self.categories.iter().filter_map(|c| c.id).max().unwrap_or(0)
    }

    fn question(&mut self, question: &Element, flat: bool) {
        let kind = question.leaf("qtype");
        let id = question.id().unwrap_or(0);
        self.highest = self.highest.max(id);
        *self.kinds.entry(kind.to_owned()).or_default() += 1;
        question.walk(&mut |e| {
            if e.name == "tag"
                && let Some(id) = e.id()
            {
                self.tags.insert(id, e.leaf("rawname").to_owned());
            }
        });
        let Some(category) = self.categories.last_mut() else { return };
        if flat && kind == "random" {
            let subcategories = question.leaf("questiontext").trim() == "1";
            self.random.insert(id, Random { category: category.id.unwrap_or(0), subcategories });
            return;
        }
        category.questions += 1;
        if flat {
            self.flat += 1;
            self.marks.insert(id, question.value("defaultmark").or(question.value("defaultgrade")).unwrap_or("1.0000000").to_owned());
        } else {
            self.entry_of.insert(id, self.entry);
        }
    }
}

impl Rewrite for Survey {
    fn takes(&mut self, path: &[String]) -> bool {
        matches!(path, [.., questions, question] if question == "question" && questions == "questions")
    }

    fn element(&mut self, path: &[String], element: Element, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        self.question(&element, is_flat(path));
        Ok(())
    }

    fn start(&mut self, path: &[String], tag: &mut Tag, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        match path {
            [_, category] if category == "question_category" => self.categories.push(Category { id: tag.id(), ..Category::default() }),
            [_, _, questions] if questions == "questions" => self.old = true,
            [.., entry] if entry == "question_bank_entry" => {
                self.entry = tag.id().unwrap_or(0);
                self.entries = self.entries.max(self.entry);
            }
            _ => {}
        }
        Ok(())
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), parcours_mbz::Error> {
        let ([_, _, leaf], Some(category)) = (path, self.categories.last_mut()) else { return Ok(()) };
        let number = text.trim().parse().unwrap_or(0);
        match leaf.as_str() {
            "name" => category.name.clone_from(text),
            "stamp" => category.stamp.clone_from(text),
            "idnumber" if text != NULL => category.idnumber.clone_from(text),
            "contextid" => category.context = number,
            "contextlevel" => category.level = number,
            "contextinstanceid" => category.instance = number,
            "parent" => category.parent = number,
            "info" => category.info = !text.is_empty() && text != NULL,
            _ => {}
        }
        Ok(())
    }
}

/// Whether a question at this path stands in its category itself: the shape of before 4.0 (§10.2).
pub(super) fn is_flat(path: &[String]) -> bool {
    matches!(path, [_, category, _, _] if category == "question_category")
}

//! What a quiz has, taken down in one pass.

use crate::Error;
use parcours_mbz::Unpacked;
use parcours_mbz::xml::{Element, NULL, Rewrite, Tag, rewrite};
use std::io;

#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Up to 2.6: the questions in their order, 0 where a page ends.
    pub order: Option<Vec<i64>>,
    /// Up to 2.9 the quiz shuffled its questions, and not a section of it.
    pub shuffle: bool,
    pub completionpass: bool,
    /// Whether what a slot may show of marks is said (4.3).
    pub maxmarks: bool,
    pub sections: usize,
    /// Whether the container of sections is there at all.
    pub has_sections: bool,
    /// Slots, and those of them that refer to the question bank.
    pub slots: usize,
    pub references: usize,
    pub grade_items: usize,
    /// Attempts, and those of them that hold what was answered as it has been since 2.1.
    pub attempts: usize,
    pub usages: usize,
    /// Attempts in states of 5.0.
    pub submitted: usize,
    pub unbegun: usize,
    /// Conditions of random slots.
    pub filters: Vec<(i64, String)>,
    context: i64,
}

impl Facts {
    pub(super) fn of(course: &mut Unpacked, path: &str) -> Result<Self, Error> {
        let mut facts = Facts::default();
        if let Some(reader) = course.reader(path)? {
            rewrite(reader, io::sink(), &mut facts)?;
        }
        Ok(facts)
    }
}

impl Rewrite for Facts {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        Ok(())
    }

    fn start(&mut self, path: &[String], _: &mut Tag, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        let names: Vec<&str> = path.iter().skip(2).map(String::as_str).collect();
        match names.as_slice() {
            ["sections"] => self.has_sections = true,
            ["sections", "section"] => self.sections += 1,
            ["question_instances", "question_instance"] => self.slots += 1,
            ["question_instances", _, "question_reference" | "question_set_reference"] => self.references += 1,
            ["attempts", "attempt"] => self.attempts += 1,
            ["attempts", "attempt", "question_usage"] => self.usages += 1,
            ["quiz_grade_items", "quiz_grade_item"] => self.grade_items += 1,
            _ => {}
        }
        Ok(())
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), parcours_mbz::Error> {
        let names: Vec<&str> = path.iter().skip(2).map(String::as_str).collect();
        match names.as_slice() {
            ["questions"] if text != NULL => self.order = Some(text.split(',').filter_map(|n| n.trim().parse().ok()).collect()),
            ["shufflequestions"] => self.shuffle = text == "1",
            ["completionpass"] => self.completionpass = text == "1",
            ["reviewmaxmarks"] => self.maxmarks = true,
            ["attempts", "attempt", "state"] => {
                self.submitted += usize::from(text == "submitted");
                self.unbegun += usize::from(text == "notstarted");
            }
            ["question_instances", _, "question_set_reference", "questionscontextid"] => self.context = text.trim().parse().unwrap_or(0),
            ["question_instances", _, "question_set_reference", "filtercondition"] => self.filters.push((self.context, text.clone())),
            _ => {}
        }
        Ok(())
    }
}

//! The record of a module, leaf by leaf as Moodle 4.1 writes it (MBZ-FORMAT Annex A).

mod collaborative;
mod readings;
mod tasks;

use super::numbers::Numbers;
use super::tree::text;
use super::{NewActivity, quiz};
use crate::xml::Element;
use parcours_course::outline::Content;
use std::collections::HashMap;

/// The module that holds such content; nothing for those that are not made.
pub(super) fn module(content: &Content) -> Option<&'static str> {
    Some(match content {
        Content::Label => "label",
        Content::Page(_) => "page",
        Content::Url(_) => "url",
        Content::Resource => "resource",
        Content::Folder => "folder",
        Content::Book(_) => "book",
        Content::Forum(_) => "forum",
        Content::Quiz(_) => "quiz",
        Content::Assign(_) => "assign",
        Content::Glossary(_) => "glossary",
        Content::Choice(_) => "choice",
        Content::Feedback(_) => "feedback",
        Content::Lti(_) => "lti",
        Content::Wiki(_)
        | Content::Lesson(_)
        | Content::Data
        | Content::H5p
        | Content::Scorm
        | Content::Imscp
        | Content::Workshop
        | Content::Subsection
        | Content::Other => return None,
    })
}

/// What a record is made with.
pub(super) struct Making<'a> {
    pub now: i64,
    pub instance: i64,
    pub context: i64,
    pub numbers: &'a mut Numbers,
    /// Records whose number is another than the one asked for, by area of files: where it was, where it is.
    pub moved: HashMap<(&'static str, i64), i64>,
}

impl Making<'_> {
    /// The number of a record of the content; files of these areas follow it.
    pub fn number(&mut self, kind: &'static str, areas: &[&'static str], wanted: i64) -> i64 {
        let number = self.numbers.take(kind, wanted);
        // One without a number had no files.
        areas.iter().filter(|_| wanted != 0).for_each(|area| {
            self.moved.insert((area, wanted), number);
        });
        number
    }

    /// The leaves and containers, in their order.
    pub fn record(&mut self, new: &NewActivity) -> Vec<Element> {
        let mut all = Vec::new();
        if let Content::Forum(forum) = &new.content {
            all.push(collaborative::kind(forum));
        }
        all.push(Element::new("name", &new.name));
        all.extend(text("intro", &new.intro));
        all.extend(match &new.content {
            Content::Label => vec![Element::new("timemodified", self.now)],
            Content::Page(page) => readings::page(self, page),
            Content::Url(address) => readings::url(self, address),
            Content::Resource => readings::resource(self),
            Content::Folder => readings::folder(self),
            Content::Book(chapters) => readings::book(self, chapters),
            Content::Forum(_) => collaborative::forum(self),
            Content::Glossary(entries) => collaborative::glossary(self, entries),
            Content::Choice(choice) => tasks::choice(self, choice, new.completion),
            Content::Feedback(items) => tasks::feedback(self, items, new.completion),
            Content::Assign(assign) => tasks::assign(self, assign),
            Content::Lti(lti) => tasks::lti(self, lti),
            Content::Quiz(q) => quiz::record(self, q),
            _ => Vec::new(),
        });
        all
    }
}

//! Files that texts show: each must be listed in the context of its text (MBZ-FORMAT §2.6, §6.4).

use super::doc::{Doc, Kind};
use super::element::{Element, number};
use super::facts::Facts;
use super::finding::Findings;
use super::judge::Restored;
use super::rule::Rule;
use crate::links::{self, PLUGINFILE};
use crate::manifest::Manifest;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

#[derive(Default)]
pub(super) struct Links {
    /// Context and path of every file of `files.xml`.
    files: HashSet<u64>,
    wanted: Vec<Wanted>,
    asked: HashSet<(u32, u64)>,
}

struct Wanted {
    doc: u32,
    line: u64,
    /// The course's, which only the manifest knows for sure, where there is none.
    context: Option<i64>,
    path: String,
}

impl Links {
    pub(super) fn file(&mut self, context: i64, path: &str, name: &str) {
        self.files.insert(key(Some(context), &format!("{path}{name}")));
    }

    pub(super) fn len(&self) -> usize {
        self.wanted.len()
    }

    pub(super) fn stand_at(&mut self, doc: u32, line: u64) {
        for wanted in self.wanted.iter_mut().rev().take_while(|w| w.doc == doc && w.line == 0) {
            wanted.line = line;
        }
    }
}

pub(super) fn leaf(facts: &mut Facts, doc: &Doc<'_>, parent: Element<'_>, text: &str) {
    if !text.contains(PLUGINFILE) {
        return;
    }
    let context = match doc.kind {
        Kind::Own | Kind::Course => parent.root().attribute("contextid").and_then(number),
        // A question's files are those of its category.
        Kind::Questions => parent.above(2).number("contextid"),
        Kind::Section => None,
        _ => return,
    };
    if context.is_none() && doc.kind != Kind::Section {
        return;
    }
    for link in links::files(text) {
        let path = format!("/{}", link.path.trim_start_matches('/'));
        if !path.ends_with('/') && facts.links.asked.insert((doc.at, key(context, &path))) {
            facts.links.wanted.push(Wanted { doc: doc.at, line: 0, context, path });
        }
    }
}

pub(super) fn judge(facts: &Facts, m: &Manifest, restored: &Restored<'_>, out: &mut Findings) {
    for wanted in &facts.links.wanted {
        let context = wanted.context.unwrap_or(m.information.course_contextid);
        let doc = facts.path(wanted.doc);
        if !facts.links.files.contains(&key(Some(context), &wanted.path)) && restored.reads(doc) {
            out.add_at(Rule::FileOfText, doc, wanted.line, &wanted.path, "");
        }
    }
}

fn key(context: Option<i64>, path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (context, path).hash(&mut hasher);
    hasher.finish()
}

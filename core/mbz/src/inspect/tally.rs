//! What the documents name, counted as they pass: one look at each leaf, and nothing is kept but numbers.

use super::parts::Parts;
use crate::pool::{Hash, unhex};
use crate::validate::conditions;
use crate::validate::doc::{self, Kind};
use crate::validate::plugins;
use crate::validate::stock;
use std::collections::{BTreeMap, HashMap, HashSet};

#[derive(Default)]
pub(super) struct Tally {
    pub(super) parts: Parts,
    /// How often each plug-in was met that not every stock Moodle has.
    pub(super) uses: BTreeMap<(stock::Plugin, String), u64>,
    /// Numbers of sections, by folder.
    pub(super) numbers: HashMap<String, i64>,
    kind: Option<Kind>,
    path: String,
    /// The content of the file whose record is being read.
    content: Option<Hash>,
    packages: HashSet<Hash>,
    /// The plug-in whose element is open, the element's depth, and whether it has been counted.
    inside: Option<(String, u64, bool)>,
}

impl Tally {
    /// A document begins.
    pub(super) fn begin(&mut self, path: &str) {
        self.kind = Some(doc::kind(path));
        path.clone_into(&mut self.path);
        (self.content, self.inside) = (None, None);
    }

    pub(super) fn open(&mut self, name: &str, depth: u64) {
        match self.kind {
            Some(Kind::Gradebook | Kind::Grades) => self.parts.grade_items += u64::from(name == "grade_item"),
            Some(Kind::Badges) => self.parts.badges += u64::from(name == "badge" && depth == 2),
            Some(Kind::Past) => return,
            _ => {}
        }
        if self.inside.is_none()
            && let Some(component) = plugins::component(name)
        {
            self.inside = Some((component.to_owned(), depth, false));
        }
    }

    /// An element closes; `text` is that of a leaf.
    pub(super) fn close(&mut self, name: &str, depth: u64, text: Option<&str>) {
        let Some(kind) = self.kind else { return };
        if let Some(text) = text {
            self.leaf(kind, name, depth, text);
        }
        if let Some((component, at, counted)) = self.inside.take() {
            let full = !counted && text.is_some_and(|t| !t.trim().is_empty());
            if full {
                self.uses(stock::Plugin::Other, &component);
            }
            self.inside = (depth > at).then_some((component, at, counted || full));
        }
    }

    fn leaf(&mut self, kind: Kind, name: &str, depth: u64, text: &str) {
        match (kind, name) {
            (Kind::Questions, "qtype") => {
                *self.parts.questions.entry(text.to_owned()).or_default() += 1;
                self.uses(stock::Plugin::QuestionType, text);
            }
            (Kind::Block, "blockname") => {
                *self.parts.blocks.entry(text.to_owned()).or_default() += 1;
                self.uses(stock::Plugin::Block, text);
            }
            (Kind::Course, "format") if depth == 2 => self.uses(stock::Plugin::Format, text),
            (Kind::Enrolments, "enrol") => self.uses(stock::Plugin::Enrolment, text),
            (Kind::Filters, "filter") => self.uses(stock::Plugin::Filter, text),
            (Kind::Module, "availability") | (Kind::Section, "availabilityjson") if text.contains("\"type\"") => {
                conditions::kinds(text).iter().for_each(|kind| self.uses(stock::Plugin::Condition, kind));
            }
            (Kind::Section, "number") if depth == 2 => {
                if let (Some(part), Ok(number)) = (doc::part(&self.path), text.trim().parse()) {
                    self.numbers.insert(part.to_owned(), number);
                }
            }
            (Kind::Files, "contenthash") => self.content = unhex(text),
            (Kind::Files, "filename") if is_package(text) => {
                self.packages.extend(self.content);
                self.parts.h5p_packages = self.packages.len() as u64;
            }
            (Kind::Other, "method") if self.path.ends_with("/grading.xml") => self.uses(stock::Plugin::Grading, text),
            _ => {}
        }
    }

    pub(super) fn uses(&mut self, kind: stock::Plugin, plugin: &str) {
        if !plugin.is_empty() && !stock::everywhere(kind, plugin) {
            *self.uses.entry((kind, plugin.to_owned())).or_default() += 1;
        }
    }
}

fn is_package(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("h5p"))
}

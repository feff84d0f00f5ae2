//! What was seen, as small as the questions at the end allow: numbers, and names only of what may have to be named.

use super::depends::Doubts;
use super::doc::Doc;
use super::rule::Rule;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A table whose numbers others point at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Space {
    Module,
    Subsection,
    Context,
    Person,
    Role,
    Group,
    Grouping,
    Scale,
    Outcome,
    File,
    GradeItem,
    GradeCategory,
    Category,
    /// Contexts that question categories belong to.
    Bank,
    Entry,
    Question,
}

impl Space {
    /// In Moodle's words, for a finding.
    pub(super) fn word(self) -> &'static str {
        match self {
            Space::Module => "course module",
            Space::Subsection => "subsection",
            Space::Context | Space::Bank => "context",
            Space::Person => "user",
            Space::Role => "role",
            Space::Group => "group",
            Space::Grouping => "grouping",
            Space::Scale => "scale",
            Space::Outcome => "outcome",
            Space::File => "file",
            Space::GradeItem => "grade item",
            Space::GradeCategory => "grade category",
            Space::Category => "question category",
            Space::Entry => "question bank entry",
            Space::Question => "question",
        }
    }
}

/// A number that something points at, to be looked for when everything has been seen.
pub(super) struct Want {
    pub(super) rule: Rule,
    /// Number of the document.
    pub(super) doc: u32,
    pub(super) line: u64,
    pub(super) space: Space,
    pub(super) id: i64,
    pub(super) name: String,
}

/// A record of a table that inforef.xml has to list.
pub(super) struct Shared {
    pub(super) rule: Rule,
    pub(super) entry: &'static str,
    pub(super) name: String,
}

/// What the leaves of the manifest say beyond its values: that they are there.
#[derive(Default)]
pub(super) struct Head {
    pub(super) leaves: HashSet<&'static str>,
    pub(super) sections: bool,
}

#[derive(Default)]
pub(super) struct Facts {
    /// Every XML document, in the order of reading.
    pub(super) docs: Vec<String>,
    /// The same, to be asked.
    pub(super) present: HashSet<String>,
    /// Folders of activities and sections, and of blocks.
    pub(super) parts: BTreeSet<String>,
    pub(super) blocks: BTreeSet<String>,
    pub(super) head: Head,
    /// Numbers that there are, and numbers that an inforef lists.
    known: HashMap<Space, HashSet<i64>>,
    listed: HashMap<Space, HashSet<i64>>,
    pub(super) wants: Vec<Want>,
    pub(super) doubts: Doubts,
    asked: HashSet<(Rule, u32, Space, i64)>,
    /// What an inforef must list and none has so far.
    pub(super) shared: BTreeMap<(Space, i64), Shared>,
    /// Records of the document being read, by table.
    pub(super) ids: HashMap<u64, HashSet<i64>>,
    pub(super) people: super::people::People,
    pub(super) pool: super::files::Pool,
    pub(super) bank: super::questions::Bank,
    pub(super) course: super::course::Course,
    pub(super) items: super::grades::Items,
    pub(super) links: super::shown::Links,
    pub(super) inner: super::inner::Inner,
    pub(super) areas: super::areas::Areas,
}

impl Facts {
    /// There is a record of this number. Whether it is the first.
    pub(super) fn know(&mut self, space: Space, id: i64) -> bool {
        self.known.entry(space).or_default().insert(id)
    }

    pub(super) fn knows(&self, space: Space, id: i64) -> bool {
        self.known.get(&space).is_some_and(|ids| ids.contains(&id))
    }

    pub(super) fn any(&self, space: Space) -> bool {
        self.known.get(&space).is_some_and(|ids| !ids.is_empty())
    }

    /// An inforef lists it.
    pub(super) fn list(&mut self, space: Space, id: i64) {
        self.listed.entry(space).or_default().insert(id);
        self.shared.remove(&(space, id));
    }

    pub(super) fn lists(&self, space: Space, id: i64) -> bool {
        self.listed.get(&space).is_some_and(|ids| ids.contains(&id))
    }

    /// A record that an inforef must list, if it is to be restored.
    pub(super) fn share(&mut self, rule: Rule, space: Space, id: i64, entry: &'static str, name: impl FnOnce() -> String) {
        self.know(space, id);
        if !self.lists(space, id) {
            self.shared.insert((space, id), Shared { rule, entry, name: name() });
        }
    }

    /// Something in `doc` points at `id`; once for each rule, document and number.
    pub(super) fn want(&mut self, rule: Rule, doc: &Doc<'_>, space: Space, id: i64, name: &str) {
        if self.asked.insert((rule, doc.at, space, id)) {
            self.wants.push(Want { rule, doc: doc.at, line: 0, space, id, name: name.to_owned() });
        }
    }

    /// Whether this has not been said about the document yet.
    pub(super) fn first(&mut self, rule: Rule, doc: &Doc<'_>, key: i64) -> bool {
        self.asked.insert((rule, doc.at, Space::Context, key))
    }

    pub(super) fn path(&self, doc: u32) -> &str {
        usize::try_from(doc).ok().and_then(|at| self.docs.get(at)).map_or("", String::as_str)
    }
}

//! What a comparison found: plain data, for a text, a page or a program.

use serde::Serialize;

/// What two archives differ in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Diff {
    pub a: Summary,
    pub b: Summary,
    /// The course, then sections, activities and questions that differ, each once.
    pub items: Vec<Item>,
    /// What people did, counted only ([`Options::work`](super::Options::work) compares it).
    pub work: Vec<Work>,
    /// Leaves that records of one release have and those of the other have not. Not counted as differences: a release that does not know a setting says nothing of it.
    pub only: Vec<Only>,
}

/// One of the two archives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    pub fullname: String,
    pub shortname: String,
    /// `4.1`.
    pub release: String,
    /// `course`, `section` or `activity`.
    pub kind: String,
    pub sections: usize,
    pub activities: usize,
    pub questions: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// How the backup was made: its settings.
    Backup,
    /// A document of the course, by its path in the archive: `course/course.xml`, `groups.xml`.
    Document,
    Section,
    Activity,
    Question,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    Added,
    Removed,
    Changed,
}

/// Something that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    pub what: What,
    /// Title, as in the first archive that has it; path of a document.
    pub name: String,
    /// Module of an activity, type of a question; empty for others.
    pub kind: String,
    /// Section of an activity, category of a question; empty for others.
    pub place: String,
    pub fate: Fate,
    pub moved: Option<Moved>,
    pub details: Vec<Detail>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Sections or categories; equal where only the order changed.
    pub from: String,
    pub to: String,
}

/// One difference inside an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// Records from the outside in, and the leaf last where the difference is one of a leaf.
    pub place: Vec<Step>,
    pub change: Change,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Moodle's name of the record or leaf.
    pub name: String,
    /// What tells a record from others of its name; empty for a leaf.
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// A value, each empty where it is null, absent or empty.
    Value { from: String, to: String },
    /// A text, word by word.
    Text { pieces: Vec<Piece> },
    /// A record that only the second has, with its leaves in short.
    Added { holds: String },
    /// A record that only the first has.
    Removed { holds: String },
    /// A record that stands elsewhere among its like.
    Moved,
}

/// A run of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "piece", content = "text", rename_all = "kebab-case")]
pub enum Piece {
    Same(String),
    /// In the first only.
    Removed(String),
    /// In the second only.
    Added(String),
    /// So many words and tags that are the same, left out here.
    Gap(usize),
}

/// Number of records that are people's work, where it differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Work {
    /// Activity, or document of the course.
    pub name: String,
    /// Module of the activity; empty for a document.
    pub kind: String,
    /// `records` of documents, or `files`.
    pub of: String,
    pub a: u64,
    pub b: u64,
}

/// Leaves of one name that the records of one side have and those of the other have not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Only {
    /// Whether the second archive has it; else the first.
    pub second: bool,
    /// `assign/gradepenalty`: the names of the record and the leaf.
    pub leaf: String,
    /// Number of records that have it with a value.
    pub records: usize,
    /// The different values, shortened, at most five.
    pub values: Vec<String>,
}

impl Diff {
    /// Whether nothing differs, people's work included.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.work.is_empty()
    }

    /// Number of single differences: what was added, removed or moved, and every detail of what changed. People's work is not in it.
    pub fn findings(&self) -> usize {
        self.items.iter().map(Item::findings).sum()
    }

    /// The whole as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

impl Item {
    pub fn findings(&self) -> usize {
        usize::from(self.fate != Fate::Changed) + usize::from(self.moved.is_some()) + self.details.len()
    }
}

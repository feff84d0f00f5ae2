//! What the numbers of an archive are numbers of (MBZ-FORMAT §5).
//!
//! Numbers are keys of the first site's database, one space a table. An archive does not say which: the number of a record is told from the element it stands at, that of a
//! reference from the name of its leaf, its neighbours, and the document. Where Moodle or a module known here says so, it is in the tables of this folder; else names decide:
//! `elementid` is the number of an `element` of the same document, `forumid` that of a forum, and what names people does so here too ([`crate::people::names`]).
//!
//! | file | says |
//! |---|---|
//! | `leaves` | leaves that are numbers by their name |
//! | `beside` | leaves that are numbers by what stands beside them (`itemid`, `instance`) |
//! | `areas` | items of file areas |
//! | `tables` | the table of a record |
//! | `fields` | fields of what is packed in a leaf: JSON and serialised PHP |
//! | `formula` | grade items in formulas |
//! | `steps` | what questions remember of an attempt |
//! | `survey` | what must be known of an archive before |

mod areas;
mod beside;
mod fields;
mod formula;
mod leaves;
mod steps;
mod survey;
mod tables;

pub use areas::item as of_area;
pub use fields::{Around, Field, activity, field, key};
pub use formula::formula;
pub use steps::step;
pub use survey::{records, survey};

use std::borrow::Cow;
use std::collections::HashSet;

/// A table of the first site, by the name its records have in archives: `user`, `cm`, `forum` (the activities of a module), `forum/post` (a module's own records).
pub type Table = Cow<'static, str>;

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// One number, or several with commas or slashes between them. 0 and below are none.
    Of(Table),
    /// A scale's number where it is negative, points where it is not.
    Scale,
    /// A value that may hold numbers: a text with links, JSON, serialised PHP.
    Content,
    /// A number that may point at something, by its name; nobody says at what.
    Unclear,
}

/// An open element, and what was seen in it so far.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    pub name: String,
    /// Its leaves and attributes so far, as far as they are short.
    pub seen: Vec<(String, String)>,
}

/// Leaves up to this many bytes are remembered: names of components and areas, numbers.
const SHORT: usize = 64;

impl Frame {
    pub fn new(name: &str) -> Self {
        Frame { name: name.to_owned(), seen: Vec::new() }
    }

    /// A leaf or an attribute went by.
    pub fn see(&mut self, name: &str, value: &str) {
        if value.len() <= SHORT {
            self.seen.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The value of a leaf that stood before; empty when none did.
    pub fn leaf(&self, name: &str) -> &str {
        self.seen.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }
}

/// What must be known of an archive before its numbers can be told.
#[derive(Debug, Clone, Default)]
pub struct Archive {
    /// Modules that it has activities of.
    pub modules: HashSet<String>,
    /// Names of the records of modules that are not Moodle's: `tracker/issue`.
    pub records: HashSet<String>,
    /// Numbers of people.
    pub people: HashSet<i64>,
    /// Questions that choose their parts at random among short answers: what an attempt remembers of them is unlike what others do.
    pub random_matches: HashSet<i64>,
}

/// A document of an archive, for which numbers are told.
pub struct Document<'a> {
    archive: &'a Archive,
    /// `forum.xml`.
    file: &'a str,
    /// `forum`.
    stem: &'a str,
    /// The module in whose folder it stands.
    module: Option<&'a str>,
    /// Whether it is that module's own document.
    own: bool,
    /// Names of the records in it.
    records: HashSet<String>,
}

impl<'a> Document<'a> {
    /// `records`: the names of its elements that have a number.
    pub fn new(archive: &'a Archive, path: &'a str, records: HashSet<String>) -> Self {
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.strip_suffix(".xml").unwrap_or(file);
        let folder = path.strip_prefix("activities/").and_then(|rest| rest.split_once('/'));
        let module = folder.and_then(|(folder, _)| folder.rsplit_once('_')).map(|(module, _)| module);
        Document { archive, file, stem, module, own: module == Some(stem), records }
    }

    /// The table of the record whose element was opened last.
    pub fn record(&self, open: &[Frame]) -> Table {
        let name = open.last().map_or("", |f| f.name.as_str());
        tables::table(self, name, open)
    }

    /// What a leaf or an attribute of the record opened last is. `name` is the leaf's.
    pub fn value(&self, open: &[Frame], name: &str, value: &str) -> Meaning {
        let record = open.last().map_or("", |f| f.name.as_str());
        if let Some(meaning) = beside::meaning(self, open, name, value) {
            return meaning;
        }
        if leaves::is_grade(self.stem, record, name) {
            return Meaning::Scale;
        }
        if let Some(table) = leaves::table(self.stem, record, name) {
            return Meaning::Of(self.table(table));
        }
        if !is_numbers(value) || leaves::is_foreign(self.stem, name) {
            return Meaning::Content;
        }
        self.by_name(name, value)
    }

    /// What a number is by the name it stands under, in modules that nobody knows too.
    fn by_name(&self, name: &str, value: &str) -> Meaning {
        if let Some(table) = leaves::table(self.stem, "", name) {
            return Meaning::Of(self.table(table));
        }
        let known = |id: &str| id.trim().parse().is_ok_and(|id| self.archive.people.contains(&id));
        if crate::people::names::claim_in(self.file, name).is_some_and(|claim| claim.certain || value.split(',').all(known)) {
            return Meaning::Of("user".into());
        }
        let Some(what) = name.strip_suffix("_id").or_else(|| name.strip_suffix("id")).filter(|w| !w.is_empty()) else {
            // `message` of a module that has messages may be one of them, or a text that is a number.
            let bare = self.own && self.records.contains(name) && !crate::people::areas::is_moodles(self.stem);
            return if bare { Meaning::Unclear } else { Meaning::Content };
        };
        if what == self.stem || self.archive.modules.contains(what) {
            return Meaning::Of(what.to_owned().into());
        }
        if self.records.contains(what) {
            return Meaning::Of(tables::named(self, what));
        }
        Meaning::Unclear
    }

    /// The table a row of this folder names, `./post` in full.
    fn table(&self, row: &str) -> Table {
        match row.strip_prefix("./") {
            Some(name) => tables::named(self, name),
            None => row.to_owned().into(),
        }
    }
}

/// Whether a value is a number or several, with nothing else.
fn is_numbers(value: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.len() < 19 && part.strip_prefix('-').unwrap_or(part).bytes().all(|b| b.is_ascii_digit());
    value.trim().split(',').all(|part| digits(part.trim()))
}

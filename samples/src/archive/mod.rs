//! From the sources to the files of a backup, in the shape of Moodle 4.5.

mod course;
mod files;
mod forum;
mod gradebook;
mod kinds;
mod manifest;
mod module;
mod people;
mod refs;
mod section;

use crate::source::{Block, Course};
use crate::xml::{self, Element};
use anyhow::{Context, Result};
use files::Pool;
use refs::Refs;
use std::collections::BTreeMap;

/// Every file of an archive, by path.
pub type Entries = BTreeMap<String, Vec<u8>>;

/// `backup_version` of the release whose shape is written (MBZ-FORMAT §3.2); its core plugins carry the same number.
const VERSION: i64 = 2_024_100_700;

/// Column names with the value they have where the source says nothing.
type Columns = &'static [(&'static str, &'static str)];

/// Builds the archive of a course.
pub fn build(course: &Course) -> Result<Entries> {
    let mut made = Made::default();
    made.files.folder.clone_from(&course.files);
    course::write(course, &mut made)?;
    for (number, section) in course.sections.iter().enumerate() {
        section::write(course, section, number, &mut made)?;
        for activity in &section.activities {
            let place = module::Place { course, section, number };
            module::write(&place, activity, &mut made).with_context(|| format!("{}_{}", activity.kind, activity.cm))?;
        }
    }
    people::write(course, &mut made)?;
    gradebook::write(course, &mut made)?;
    manifest::write(course, &mut made)?;
    made.files.write(&mut made.entries);
    for (path, root) in [("outcomes.xml", "outcomes_definition"), ("questions.xml", "question_categories"), ("badges.xml", "badges")] {
        made.document(path, &xml::group(root, []));
    }
    made.entries.insert("moodle_backup.log".into(), Vec::new());
    Ok(made.entries)
}

/// What has been made so far.
#[derive(Default)]
struct Made {
    entries: Entries,
    files: Pool,
    grades: gradebook::Grades,
    /// The last number given per table.
    numbers: BTreeMap<&'static str, i64>,
}

impl Made {
    fn document(&mut self, path: &str, root: &Element) {
        self.entries.insert(path.to_owned(), root.document());
    }

    /// The next number of a table, for records that nothing in the sources points at.
    fn number(&mut self, table: &'static str) -> i64 {
        let last = self.numbers.entry(table).or_insert(0);
        *last += 1;
        *last
    }

    fn inforef(&mut self, folder: &str, refs: &Refs) {
        self.document(&format!("{folder}/inforef.xml"), &refs.element());
    }
}

/// The columns of a record, in their order.
fn columns(sheet: &Block, columns: Columns) -> Vec<Element> {
    columns.iter().map(|(name, default)| xml::leaf(name, sheet.leaf(name, default))).collect()
}

fn has(columns: Columns, key: &str) -> bool {
    columns.iter().any(|(name, _)| *name == key)
}

/// The context of a course module: contexts are a space of their own (MBZ-FORMAT §5.1).
fn module_context(cm: i64) -> i64 {
    1000 + cm
}

fn user_context(user: i64) -> i64 {
    500 + user
}

/// `roles.xml` of a task where nobody has a role of his own.
fn no_roles() -> Element {
    xml::group("roles", [xml::group("role_overrides", []), xml::group("role_assignments", [])])
}

fn no_filters() -> Element {
    xml::group("filters", [xml::group("filter_actives", []), xml::group("filter_configs", [])])
}

//! One declared table, with what the store needs to know of it at hand.

use super::CORE;
use crate::StoreError;
use crate::error::Result;
use parcours_declare::{self as declare, Kind, Tree};

/// A declared table.
#[derive(Debug)]
pub struct Table {
    /// `core`, or the module's name.
    pub owner: String,
    pub name: String,
    /// Its name in the database, which is also the name of its numbers' space in a course.
    pub(crate) sql: String,
    pub(crate) columns: Vec<Column>,
    /// Positions in `columns`.
    pub(crate) indexes: Vec<Vec<usize>>,
    pub(crate) place: Option<Place>,
    /// Hidden columns, then the declared, then the folded copies.
    pub(crate) insert: String,
    /// The declared columns, quoted and separated by commas; empty when there are none.
    pub(crate) list: String,
}

/// A declared column.
#[derive(Debug)]
pub(crate) struct Column {
    pub name: String,
    pub def: declare::Column,
    /// Space of the numbers it may hold, so that a number an archive mentions is never given to something new.
    pub mentions: Option<String>,
}

/// Where in a document the table's records stand.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// Column that holds the number of the enclosing record.
    pub parent: Option<usize>,
    /// Table of the enclosing record; `None` right below a root that is a mere frame.
    pub above: Option<String>,
    /// Tables of the records inside.
    pub below: Vec<String>,
}

impl Table {
    pub(super) fn new(owner: &str, name: &str, def: &declare::Table, trees: &[&Tree]) -> Table {
        let sql = if owner == CORE { format!("c_{name}") } else { format!("m_{owner}_{name}") };
        let columns: Vec<Column> =
            def.columns.iter().map(|(c, d)| Column { name: c.clone(), def: d.clone(), mentions: space(owner, &d.kind) }).collect();
        let position = |c: &String| def.columns.get_index_of(c);
        let indexes = def.indexes.iter().map(|i| i.iter().filter_map(position).collect()).collect();
        let place = trees.iter().find_map(|tree| place(tree, name, def));
        let quoted: Vec<String> = columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
        let folded = columns.iter().filter(|c| c.def.search).map(|c| format!("\"_fold_{}\"", c.name));
        let all: Vec<String> = HIDDEN.iter().map(|h| (*h).to_owned()).chain(quoted.iter().cloned()).chain(folded).collect();
        let marks: Vec<String> = (1..=all.len()).map(|n| format!("?{n}")).collect();
        let insert = format!("INSERT INTO \"{sql}\"({}) VALUES({})", all.join(","), marks.join(","));
        Table { owner: owner.into(), name: name.into(), sql, columns, indexes, place, insert, list: quoted.join(",") }
    }

    pub(crate) fn position(&self, column: &str) -> Result<usize> {
        self.columns.iter().position(|c| c.name == column).ok_or_else(|| StoreError::NoColumn { table: self.name.clone(), column: column.to_owned() })
    }

    /// Names of the declared columns, in their own order.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|c| c.name.as_str())
    }
}

/// What the store adds to each record, in the order of [`Table::insert`].
pub(crate) const HIDDEN: [&str; 9] = ["_course", "_doc", "_cm", "id", "_parent", "_seq", "_version", "_shape", "_unknown"];

fn place(tree: &Tree, name: &str, def: &declare::Table) -> Option<Place> {
    let node = tree.nodes.iter().find(|n| n.table.as_deref() == Some(name))?;
    let below = node.below.iter().filter_map(|b| tree.nodes.get(*b)?.table.clone()).collect();
    let above = node.above.and_then(|a| tree.nodes.get(a)).and_then(|n| n.table.clone());
    Some(Place { parent: node.parent.as_ref().and_then(|c| def.columns.get_index_of(c)), above, below })
}

fn space(owner: &str, kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::UserRef { .. } => "c_user".into(),
        Kind::GroupRef => "c_group".into(),
        Kind::ScaleRef => "c_scale".into(),
        Kind::RecordRef { table } if owner == CORE => format!("c_{table}"),
        Kind::RecordRef { table } => format!("m_{owner}_{table}"),
        Kind::CoreRef { of } => match of.as_str() {
            "cm" => "c_module".into(),
            "section" => "c_section".into(),
            "role" => "c_role".into(),
            "file" => "c_file".into(),
            "grouping" => "c_grouping".into(),
            "context" => crate::numbers::CONTEXT.into(),
            _ => return None,
        },
        _ => return None,
    })
}

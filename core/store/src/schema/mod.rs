//! The tables of a domain: its own, and those that declarations name.

mod ddl;
mod grow;
mod own;
mod table;

pub(crate) use table::Column;
pub use table::Table;

use crate::StoreError;
use crate::db::Conn;
use crate::error::Result;
use parcours_declare::{Declaration, Tree, core};
use rusqlite::Connection;
use std::collections::HashMap;
use std::sync::Arc;

/// Owner of the tables of `core.json`.
pub(crate) const CORE: &str = "core";

/// Every declared table, by owner (`core` or a module's name) and name.
#[derive(Debug, Default, Clone)]
pub struct Schema {
    owners: HashMap<String, HashMap<String, Arc<Table>>>,
    areas: HashMap<String, Vec<(String, String)>>,
}

impl Schema {
    /// The table `name` of `owner`.
    ///
    /// # Errors
    /// [`StoreError::NoTable`].
    pub fn table(&self, owner: &str, name: &str) -> Result<&Arc<Table>> {
        self.owners
            .get(owner)
            .and_then(|tables| tables.get(name))
            .ok_or_else(|| StoreError::NoTable { owner: owner.to_owned(), table: name.to_owned() })
    }

    /// Every table, in no particular order.
    pub fn tables(&self) -> impl Iterator<Item = &Arc<Table>> {
        self.owners.values().flat_map(HashMap::values)
    }

    /// File areas of a module whose item numbers are records of `table`.
    pub(crate) fn areas<'a>(&'a self, owner: &str, table: &'a str) -> impl Iterator<Item = &'a str> {
        let areas = self.areas.get(owner).map_or(&[][..], Vec::as_slice);
        areas.iter().filter(move |(_, t)| t == table).map(|(area, _)| area.as_str())
    }

    fn add(&mut self, table: Table) {
        self.owners.entry(table.owner.clone()).or_default().insert(table.name.clone(), Arc::new(table));
    }

    fn with_core(mut self) -> Schema {
        let trees: Vec<&Tree> = core().trees.iter().collect();
        for (name, def) in &core().tables {
            self.add(Table::new(CORE, name, def, &trees));
        }
        self
    }

    fn with_module(mut self, d: &Declaration) -> Schema {
        let tree = d.tree();
        let trees: Vec<&Tree> = tree.iter().collect();
        for (name, def) in &d.tables {
            self.add(Table::new(&d.name, name, def, &trees));
        }
        let areas = d.areas.iter().filter_map(|(name, a)| a.item.clone().map(|t| (name.clone(), t))).collect();
        self.areas.insert(d.name.clone(), areas);
        self
    }
}

/// Creates or extends what is not there yet, in one transaction.
pub(crate) fn prepare(sql: &Connection, modules: &[&Declaration]) -> Result<Schema> {
    sql.execute_batch("BEGIN IMMEDIATE")?;
    let made = (|| {
        own::create(sql)?;
        let mut schema = Schema::default().with_core();
        grow::all(sql, CORE, &core().tables, &schema)?;
        for d in modules {
            schema = schema.with_module(d);
            grow::all(sql, &d.name, &d.tables, &schema)?;
        }
        Ok(schema)
    })();
    sql.execute_batch(if made.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    made
}

/// Adds modules to an open domain, inside a job of the writer.
pub(crate) fn declare(conn: &Conn, mut schema: Schema, modules: &[Declaration]) -> Result<Schema> {
    for d in modules {
        schema = schema.with_module(d);
        grow::all(&conn.sql, &d.name, &d.tables, &schema)?;
    }
    Ok(schema)
}

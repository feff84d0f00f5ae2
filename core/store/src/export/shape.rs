//! How a record is written that was made or changed here.

use super::Export;
use crate::error::Result;
use crate::row::absent;
use crate::schema::{Column, Table};
use parcours_course::{Shape, Value};
use std::sync::Arc;

impl Export<'_> {
    pub(super) fn shape(&self, shape: i64) -> Result<Arc<Shape>> {
        self.shapes.borrow_mut().get(self.conn, self.course, shape)
    }

    /// How records of this table are written in this document, else anywhere in the course, for one that was made here. What was unknown about
    /// the sibling is not its own, so those places are left out. Empty when there is no sibling: then the declared order holds.
    pub(super) fn sibling(&self, table: &Table, doc: i64) -> Result<Arc<Shape>> {
        let key = (table.sql.clone(), doc);
        if let Some(s) = self.borrowed.borrow().get(&key) {
            return Ok(s.clone());
        }
        let mut found: Option<i64> = None;
        for place in ["_course = ?1 AND _doc = ?2", "_course = ?1 AND ?2 = ?2"] {
            let text = format!("SELECT _shape FROM \"{}\" WHERE {place} AND _shape IS NOT NULL LIMIT 1", table.sql);
            found = self.conn.one(&text, [self.course, doc], |r| r.get(0))?;
            if found.is_some() {
                break;
            }
        }
        let shape = match found {
            Some(id) => Arc::new(without_unknown(&*self.shape(id)?)),
            None => Arc::default(),
        };
        self.borrowed.borrow_mut().insert(key, shape.clone());
        Ok(shape)
    }
}

fn without_unknown(shape: &Shape) -> Shape {
    let known: Vec<&str> = shape.0.split(' ').filter(|t| !t.starts_with(['?', '!'])).collect();
    Shape(known.join(" "))
}

/// The shape with a place for every value that says something: an archive of an older release has no leaf for what was set here. It stands behind
/// the leaf that is declared before it.
pub(super) fn complete(table: &Table, shape: &Shape, values: &[Value]) -> Shape {
    if shape.0.is_empty() {
        return shape.clone();
    }
    let mut tokens: Vec<String> = shape.0.split(' ').map(str::to_owned).collect();
    let mut before: Option<usize> = tokens.iter().rposition(|t| t.starts_with(['@']) || t.starts_with("?@"));
    for (column, value) in table.columns.iter().zip(values) {
        let Some(token) = token(column) else { continue };
        match tokens.iter().position(|t| *t == token) {
            Some(at) => before = if column.def.attr { before } else { Some(at) },
            None if *value != absent(column) => {
                let at = before.map_or(0, |b| b + 1);
                tokens.insert(at, token);
                before = Some(at);
            }
            None => {}
        }
    }
    Shape(tokens.join(" "))
}

fn token(column: &Column) -> Option<String> {
    let leaf = column.def.leaf(&column.name)?;
    Some(if column.def.attr { format!("@{leaf}") } else { leaf.to_owned() })
}

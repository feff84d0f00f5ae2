//! Where a record stands: inside which other, and after which.

use super::Scope;
use crate::error::Result;
use crate::row::{self, Stored};
use crate::schema::Table;
use crate::{Conn, StoreError, Write};
use parcours_course::Value;
use rusqlite::params_from_iter;

pub(super) fn exists(conn: &Conn, scope: &Scope, table: &Table, id: i64) -> Result<bool> {
    let text = format!("SELECT 1 FROM \"{}\" WHERE _course = ?1 AND _cm = ?2 AND id = ?3", table.sql);
    Ok(conn.one(&text, [scope.course, scope.cm, id], |_| Ok(()))?.is_some())
}

/// The record a new or moved one stands in.
pub(super) fn parent(w: &Conn, scope: &Scope, table: &Table, set: impl Fn(usize) -> Option<i64>) -> Result<Option<i64>> {
    let Some(place) = &table.place else { return Ok(None) };
    let Some(above) = &place.above else { return Ok(None) };
    let above = scope.table(w, above)?;
    match place.parent {
        Some(column) => {
            let id = set(column).unwrap_or(0);
            if exists(w, scope, &above, id)? {
                return Ok(Some(id));
            }
            Err(StoreError::invalid(format!("`{}` has no record {id} for a record of `{}` to stand in", above.name, table.name)))
        }
        None => {
            let text = format!("SELECT id FROM \"{}\" WHERE _course = ?1 AND _cm = ?2 ORDER BY id LIMIT 1", above.sql);
            w.one(&text, [scope.course, scope.cm], |r| r.get(0))?
                .map(Some)
                .ok_or_else(|| StoreError::invalid(format!("there is no record of `{}` for a record of `{}` to stand in", above.name, table.name)))
        }
    }
}

/// Writes a new record after the last of its siblings. Its shape is left open: it is written as its siblings are.
#[allow(clippy::too_many_arguments)]
pub(crate) fn put(w: &mut Write, course: i64, table: &Table, doc: i64, cm: i64, id: i64, parent: Option<i64>, values: Vec<Value>) -> Result<()> {
    let seq = next_seq(w, course, table, doc, parent)?;
    row::insert(w, table, course, &Stored { doc, cm, id, parent, seq, shape: None, unknown: None, values })
}

pub(super) fn next_seq(w: &Conn, course: i64, table: &Table, doc: i64, parent: Option<i64>) -> Result<i64> {
    let own = if parent.is_some() { "= ?3" } else { "IS NULL" };
    let text = format!("SELECT coalesce(max(_seq),-1)+1 FROM \"{}\" WHERE _course = ?1 AND _doc = ?2 AND _parent {own}", table.sql);
    let ids: Vec<i64> = [course, doc].into_iter().chain(parent).collect();
    Ok(w.one(&text, params_from_iter(ids), |r| r.get(0))?.unwrap_or(0))
}

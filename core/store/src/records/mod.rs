//! What a module may read and write one record at a time: the records of its own tables, in one activity.

mod change;
mod place;

pub(crate) use change::{laid_out, owned};
pub(crate) use place::put;

use crate::error::Result;
use crate::query::{Filter, Pick, matching};
use crate::row;
use crate::schema::Table;
use crate::{Conn, StoreError, Write, numbers};
use change::{add, change, checked, remove};
use parcours_course::Value;
use place::exists;

/// The values of one record, in the order of the columns asked for.
pub type Row = Vec<Value>;

/// Column values by name.
pub type Fields = Vec<(String, Value)>;

/// Table of the activity itself: one record each, made and removed with the activity.
pub(crate) const INSTANCE: &str = "instance";

/// One activity of one course: all that a module's records are looked for in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    pub course: i64,
    pub cm: i64,
    pub module: String,
    /// The activity's document; `None` when it is kept whole, so that nothing can be added to it.
    pub(crate) doc: Option<i64>,
}

impl Scope {
    /// The scope of an activity of a course that is live.
    ///
    /// # Errors
    /// [`StoreError::NoActivity`].
    pub fn open(conn: &Conn, course: i64, cm: i64) -> Result<Scope> {
        const FIND: &str =
            "SELECT m.modulename, (SELECT min(d.doc) FROM document d WHERE d.course = m._course AND d.cm = m.id AND d.owner = m.modulename
            AND d.kind = 'records') FROM c_module m JOIN course c ON c.id = m._course AND c.state = 'live' WHERE m._course = ?1 AND m.id = ?2";
        let found = conn.one(FIND, [course, cm], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let (module, doc) = found.ok_or(StoreError::NoActivity { course, cm })?;
        Ok(Scope { course, cm, module, doc })
    }

    pub(crate) fn table(&self, conn: &Conn, name: &str) -> Result<std::sync::Arc<Table>> {
        conn.table(&self.module, name)
    }
}

/// The activity a record of a module stands in.
///
/// # Errors
/// [`StoreError::NoTable`].
pub fn home(conn: &Conn, course: i64, module: &str, table: &str, id: i64) -> Result<Option<i64>> {
    let table = conn.table(module, table)?;
    conn.one(&format!("SELECT _cm FROM \"{}\" WHERE _course = ?1 AND id = ?2", table.sql), [course, id], |r| r.get(0))
}

/// One record, or `None`. No columns: the number, then all declared. `id` and `_version` may be asked for by name.
///
/// # Errors
/// [`StoreError::NoTable`], [`StoreError::NoColumn`].
pub fn get(conn: &Conn, scope: &Scope, table: &str, id: i64, columns: &[&str]) -> Result<Option<Row>> {
    let table = scope.table(conn, table)?;
    let pick = Pick::new(&table, columns)?;
    conn.one(&pick.by_id(&table), [scope.course, scope.cm, id], |r| row::values(r, 0, pick.len()))
}

/// Many records, in the order of `ids`; those that are not there are left out.
///
/// # Errors
/// As [`get`]; [`StoreError::Invalid`] for more than 1,000.
pub fn get_many(conn: &Conn, scope: &Scope, table: &str, ids: &[i64], columns: &[&str]) -> Result<Vec<Row>> {
    if ids.len() > 1000 {
        return Err(StoreError::invalid("at most 1,000 records at a time"));
    }
    let table = scope.table(conn, table)?;
    let pick = Pick::new(&table, columns)?;
    let text = pick.by_id(&table);
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(conn.one(&text, [scope.course, scope.cm, *id], |r| row::values(r, 0, pick.len()))?);
    }
    Ok(rows)
}

/// Adds a record and gives its number. Columns that are not named get what an absent leaf means; where its declaration names a parent column, that
/// record must be there.
///
/// # Errors
/// [`StoreError::NotOfKind`], [`StoreError::NoColumn`], [`StoreError::Invalid`] when there is no such parent.
pub fn insert(w: &mut Write, scope: &Scope, table: &str, fields: Fields) -> Result<i64> {
    let table = scope.table(w, table)?;
    let id = numbers::take(w, scope.course, &table.sql, 1)?;
    let values = laid_out(&table, id, fields)?;
    add(w, scope, &table, id, values)?;
    Ok(id)
}

/// Adds many records that set the same columns.
///
/// # Errors
/// As [`insert`]; then none is added.
pub fn insert_many(w: &mut Write, scope: &Scope, table: &str, columns: &[String], rows: Vec<Row>) -> Result<Vec<i64>> {
    let table = scope.table(w, table)?;
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(Vec::new());
    }
    w.whole(|w| {
        let first = numbers::take(w, scope.course, &table.sql, count)?;
        for (id, row) in (first..).zip(rows) {
            if row.len() != columns.len() {
                return Err(StoreError::invalid("each row has a value for each column named"));
            }
            let values = laid_out(&table, id, columns.iter().cloned().zip(row).collect())?;
            add(w, scope, &table, id, values)?;
        }
        Ok((first..first + count).collect())
    })
}

/// Changes columns of a record; false when it is gone.
///
/// # Errors
/// [`StoreError::Conflict`] when `expect` is not its version any more; as [`insert`].
pub fn update(w: &mut Write, scope: &Scope, table: &str, id: i64, fields: Fields, expect: Option<i64>) -> Result<bool> {
    let table = scope.table(w, table)?;
    let fields = checked(&table, id, fields)?;
    let done = change(w, scope, &table, id, &fields, expect)?;
    if !done && expect.is_some() && exists(w, scope, &table, id)? {
        return Err(StoreError::Conflict { table: table.name.clone(), id });
    }
    Ok(done)
}

/// Changes columns of every record that matches, and says how many.
///
/// # Errors
/// As [`insert`] and [`crate::query::select`].
pub fn update_where(w: &mut Write, scope: &Scope, table: &str, filter: &Filter, fields: Fields) -> Result<u64> {
    let table = scope.table(w, table)?;
    let fields = checked(&table, 0, fields)?;
    w.whole(|w| {
        let mut changed = 0;
        for id in matching(w, scope, &table, filter)? {
            changed += u64::from(change(w, scope, &table, id, &fields, None)?);
        }
        Ok(changed)
    })
}

/// Removes a record with everything inside it and its files; false when it was gone.
///
/// # Errors
/// [`StoreError::Invalid`] for the activity's own record.
pub fn delete(w: &mut Write, scope: &Scope, table: &str, id: i64) -> Result<bool> {
    let table = scope.table(w, table)?;
    if table.name == INSTANCE {
        return Err(StoreError::invalid("the record of the activity itself goes with the activity"));
    }
    w.whole(|w| remove(w, scope, &table, id))
}

/// Removes every record that matches, and says how many (not counting what was inside them).
///
/// # Errors
/// As [`delete`] and [`crate::query::select`].
pub fn delete_where(w: &mut Write, scope: &Scope, table: &str, filter: &Filter) -> Result<u64> {
    let t = scope.table(w, table)?;
    w.whole(|w| {
        let mut gone = 0;
        for id in matching(w, scope, &t, filter)? {
            gone += u64::from(delete(w, scope, table, id)?);
        }
        Ok(gone)
    })
}

impl Pick {
    fn by_id(&self, table: &Table) -> String {
        format!("SELECT {} FROM \"{}\" WHERE _course = ?1 AND _cm = ?2 AND id = ?3", self.list(), table.sql)
    }
}

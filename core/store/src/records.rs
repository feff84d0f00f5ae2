//! What a module may read and write one record at a time: the records of its own tables, in one activity.

use crate::error::Result;
use crate::query::{Filter, Pick, matching};
use crate::row::{self, Stored, absent, typed};
use crate::schema::Table;
use crate::{Conn, StoreError, Write, numbers};
use parcours_course::Value;
use rusqlite::{ToSql, params_from_iter};

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
/// As [`insert`]; then none is added if the caller goes back to before.
pub fn insert_many(w: &mut Write, scope: &Scope, table: &str, columns: &[String], rows: Vec<Row>) -> Result<Vec<i64>> {
    let table = scope.table(w, table)?;
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(Vec::new());
    }
    let first = numbers::take(w, scope.course, &table.sql, count)?;
    for (id, row) in (first..).zip(rows) {
        if row.len() != columns.len() {
            return Err(StoreError::invalid("each row has a value for each column named"));
        }
        let values = laid_out(&table, id, columns.iter().cloned().zip(row).collect())?;
        add(w, scope, &table, id, values)?;
    }
    Ok((first..first + count).collect())
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
    let mut changed = 0;
    for id in matching(w, scope, &table, filter)? {
        changed += u64::from(change(w, scope, &table, id, &fields, None)?);
    }
    Ok(changed)
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
    remove(w, scope, &table, id)
}

/// Removes every record that matches, and says how many (not counting what was inside them).
///
/// # Errors
/// As [`delete`] and [`crate::query::select`].
pub fn delete_where(w: &mut Write, scope: &Scope, table: &str, filter: &Filter) -> Result<u64> {
    let t = scope.table(w, table)?;
    let mut gone = 0;
    for id in matching(w, scope, &t, filter)? {
        gone += u64::from(delete(w, scope, table, id)?);
    }
    Ok(gone)
}

fn exists(conn: &Conn, scope: &Scope, table: &Table, id: i64) -> Result<bool> {
    let text = format!("SELECT 1 FROM \"{}\" WHERE _course = ?1 AND _cm = ?2 AND id = ?3", table.sql);
    Ok(conn.one(&text, [scope.course, scope.cm, id], |_| Ok(()))?.is_some())
}

fn checked(table: &Table, id: i64, fields: Fields) -> Result<Vec<(usize, Value)>> {
    let mut out: Vec<(usize, Value)> = Vec::with_capacity(fields.len());
    for (name, v) in fields {
        let at = table.position(&name)?;
        if out.iter().any(|(other, _)| *other == at) {
            return Err(StoreError::invalid(format!("column `{name}` is set twice")));
        }
        let column = table.columns.get(at).ok_or_else(|| StoreError::NoColumn { table: table.name.clone(), column: name })?;
        out.push((at, typed(table, column, id, v)?));
    }
    Ok(out)
}

/// All declared columns of a new record.
pub(crate) fn laid_out(table: &Table, id: i64, fields: Fields) -> Result<Vec<Value>> {
    let mut values: Vec<Value> = table.columns.iter().map(absent).collect();
    for (at, v) in checked(table, id, fields)? {
        if let Some(place) = values.get_mut(at) {
            *place = v;
        }
    }
    Ok(values)
}

fn add(w: &mut Write, scope: &Scope, table: &Table, id: i64, values: Vec<Value>) -> Result<()> {
    let doc = scope.doc.ok_or_else(|| StoreError::Missing { course: scope.course, what: format!("records of activity {} to add to", scope.cm) })?;
    if table.name == INSTANCE {
        return Err(StoreError::invalid("an activity has one record of its own"));
    }
    let set = |at: usize| values.get(at).and_then(Value::int);
    let parent = parent(w, scope, table, set)?;
    put(w, scope.course, table, doc, scope.cm, id, parent, values)
}

/// The record a new or moved one stands in.
fn parent(w: &Conn, scope: &Scope, table: &Table, set: impl Fn(usize) -> Option<i64>) -> Result<Option<i64>> {
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

fn next_seq(w: &Conn, course: i64, table: &Table, doc: i64, parent: Option<i64>) -> Result<i64> {
    let own = if parent.is_some() { "= ?3" } else { "IS NULL" };
    let text = format!("SELECT coalesce(max(_seq),-1)+1 FROM \"{}\" WHERE _course = ?1 AND _doc = ?2 AND _parent {own}", table.sql);
    let ids: Vec<i64> = [course, doc].into_iter().chain(parent).collect();
    Ok(w.one(&text, params_from_iter(ids), |r| r.get(0))?.unwrap_or(0))
}

fn change(w: &mut Write, scope: &Scope, table: &Table, id: i64, fields: &[(usize, Value)], expect: Option<i64>) -> Result<bool> {
    let mut set = String::from("_version = _version + 1");
    let mut bound: Vec<Box<dyn ToSql>> = vec![Box::new(scope.course), Box::new(scope.cm), Box::new(id)];
    let mut assign = |name: String, v: Box<dyn ToSql>| {
        bound.push(v);
        set.push_str(&format!(", \"{name}\" = ?{}", bound.len()));
    };
    for (at, v) in fields {
        let Some(column) = table.columns.get(*at) else { continue };
        if column.def.search {
            let folded = v.text().map(|t| crate::fold::fold(&column.def.kind, t));
            assign(format!("_fold_{}", column.name), Box::new(folded));
        }
        assign(column.name.clone(), owned(v));
    }
    let moved = table.place.as_ref().and_then(|p| p.parent).and_then(|p| fields.iter().find(|(at, _)| *at == p));
    if let Some((_, to)) = moved {
        let to = parent(w, scope, table, |_| to.int())?;
        let was = format!("SELECT _parent, _doc FROM \"{}\" WHERE _course = ?1 AND _cm = ?2 AND id = ?3", table.sql);
        let was: Option<(Option<i64>, i64)> = w.one(&was, [scope.course, scope.cm, id], |r| Ok((r.get(0)?, r.get(1)?)))?;
        if let Some((from, doc)) = was
            && from != to
        {
            assign("_seq".into(), Box::new(next_seq(w, scope.course, table, doc, to)?));
            assign("_parent".into(), Box::new(to));
        }
    }
    let mut text = format!("UPDATE \"{}\" SET {set} WHERE _course = ?1 AND _cm = ?2 AND id = ?3", table.sql);
    if let Some(version) = expect {
        bound.push(Box::new(version));
        text.push_str(&format!(" AND _version = ?{}", bound.len()));
    }
    Ok(w.run(&text, params_from_iter(bound))? > 0)
}

pub(crate) fn owned(v: &Value) -> Box<dyn ToSql> {
    match v {
        Value::Null => Box::new(None::<i64>),
        Value::Int(n) => Box::new(*n),
        Value::Real(r) => Box::new(*r),
        Value::Text(t) => Box::new(t.clone()),
        Value::Bytes(b) => Box::new(b.clone()),
    }
}

/// Removes a record, what stands inside it, and the files of the areas its number is the item of.
fn remove(w: &mut Write, scope: &Scope, table: &Table, id: i64) -> Result<bool> {
    let gone = format!("DELETE FROM \"{}\" WHERE _course = ?1 AND _cm = ?2 AND id = ?3", table.sql);
    if w.run(&gone, [scope.course, scope.cm, id])? == 0 {
        return Ok(false);
    }
    for below in table.place.iter().flat_map(|p| &p.below) {
        let below = scope.table(w, below)?;
        let inside = format!("SELECT id FROM \"{}\" WHERE _course = ?1 AND _doc = ?2 AND _parent = ?3", below.sql);
        let ids: Vec<i64> = w.all(&inside, (scope.course, scope.doc, id), |r| r.get(0))?;
        for child in ids {
            remove(w, scope, &below, child)?;
        }
    }
    let schema = w.schema.clone();
    for area in schema.areas(&scope.module, &table.name) {
        crate::files::remove_item(w, scope, area, id)?;
    }
    Ok(true)
}

impl Pick {
    fn by_id(&self, table: &Table) -> String {
        format!("SELECT {} FROM \"{}\" WHERE _course = ?1 AND _cm = ?2 AND id = ?3", self.list(), table.sql)
    }
}

//! One record added, changed or removed.

use super::place::{next_seq, parent, put};
use super::{Fields, INSTANCE, Scope};
use crate::error::Result;
use crate::row::{absent, typed};
use crate::schema::Table;
use crate::{StoreError, Write};
use parcours_course::Value;
use rusqlite::{ToSql, params_from_iter};

pub(super) fn checked(table: &Table, id: i64, fields: Fields) -> Result<Vec<(usize, Value)>> {
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

pub(super) fn add(w: &mut Write, scope: &Scope, table: &Table, id: i64, values: Vec<Value>) -> Result<()> {
    let doc = scope.doc.ok_or_else(|| StoreError::Missing { course: scope.course, what: format!("records of activity {} to add to", scope.cm) })?;
    if table.name == INSTANCE {
        return Err(StoreError::invalid("an activity has one record of its own"));
    }
    let set = |at: usize| values.get(at).and_then(Value::int);
    let parent = parent(w, scope, table, set)?;
    put(w, scope.course, table, doc, scope.cm, id, parent, values)
}

pub(super) fn change(w: &mut Write, scope: &Scope, table: &Table, id: i64, fields: &[(usize, Value)], expect: Option<i64>) -> Result<bool> {
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
pub(super) fn remove(w: &mut Write, scope: &Scope, table: &Table, id: i64) -> Result<bool> {
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

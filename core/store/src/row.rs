//! Values between records and the database, checked by kind.

use crate::StoreError;
use crate::error::Result;
use crate::schema::{Column, Table};
use parcours_course::{Shape, Unknown, Value};
use parcours_declare::Kind;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};
use std::collections::HashMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A value on its way into a statement.
pub(crate) struct Sql<'a>(pub &'a Value);

impl ToSql for Sql<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Real(r) => ValueRef::Real(*r),
            Value::Text(t) => ValueRef::Text(t.as_bytes()),
            Value::Bytes(b) => ValueRef::Blob(b),
        }))
    }
}

/// A value out of a row.
pub(crate) fn value(row: &Row<'_>, at: usize) -> rusqlite::Result<Value> {
    Ok(match row.get_ref(at)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(r) => Value::Real(r),
        ValueRef::Text(t) => match std::str::from_utf8(t) {
            Ok(t) => Value::Text(t.to_owned()),
            Err(e) => return Err(rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(e))),
        },
        ValueRef::Blob(b) => Value::Bytes(b.to_vec()),
    })
}

/// `count` values from position `from` on.
pub(crate) fn values(row: &Row<'_>, from: usize, count: usize) -> rusqlite::Result<Vec<Value>> {
    (from..from + count).map(|at| value(row, at)).collect()
}

/// Whether an archive's value fits the column: numbers in numbers, texts in texts. Null is let through everywhere, for archives have it everywhere.
pub(crate) fn fits(table: &Table, column: &Column, id: i64, v: &Value) -> Result<()> {
    let ok = match v {
        Value::Null => true,
        Value::Int(_) => column.def.kind.is_number(),
        Value::Text(_) => !column.def.kind.is_number(),
        Value::Real(_) | Value::Bytes(_) => false,
    };
    if ok { Ok(()) } else { Err(not_of_kind(table, column, id, format!("{} does not fit here", told(v)))) }
}

/// A value a module or a page gives: checked more strictly, and texts brought into their composed form.
pub(crate) fn typed(table: &Table, column: &Column, id: i64, v: Value) -> Result<Value> {
    let wrong = |what: &str| Err(not_of_kind(table, column, id, what.to_owned()));
    match (&column.def.kind, v) {
        (_, Value::Null) if column.def.null => Ok(Value::Null),
        (_, Value::Null) => wrong("must not be null"),
        (Kind::Bool, Value::Int(n)) if !(0..=1).contains(&n) => wrong("must be 0 or 1"),
        (Kind::Decimal, Value::Int(n)) => Ok(Value::Text(n.to_string())),
        (Kind::Decimal, Value::Text(t)) if !is_decimal(&t) => wrong("must be a decimal number such as 12.50000"),
        (k, Value::Int(n)) if k.is_number() => Ok(Value::Int(n)),
        (k, Value::Text(t)) if !k.is_number() => {
            let t = if t.is_ascii() { t } else { t.nfc().collect() };
            match column.def.max {
                Some(max) if t.chars().count() > max as usize => wrong(&format!("must have at most {max} characters")),
                _ if t.contains('\0') => wrong("must not contain the character 0"),
                _ => Ok(Value::Text(t)),
            }
        }
        (_, v) => wrong(&format!("{} does not fit here", told(&v))),
    }
}

/// What a record holds in a column nobody set.
pub(crate) fn absent(column: &Column) -> Value {
    match column.def.absent() {
        None => Value::Null,
        Some(text) if column.def.kind.is_number() => Value::Int(text.parse().unwrap_or(0)),
        Some(text) => Value::Text(text.to_owned()),
    }
}

fn is_decimal(t: &str) -> bool {
    let digits = t.strip_prefix('-').unwrap_or(t);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part)
}

fn told(v: &Value) -> String {
    match v {
        Value::Null => "null".into(),
        Value::Int(n) => format!("the number {n}"),
        Value::Real(r) => format!("the number {r}"),
        Value::Text(t) => format!("the text `{}`", t.chars().take(40).collect::<String>()),
        Value::Bytes(_) => "a run of bytes".into(),
    }
}

fn not_of_kind(table: &Table, column: &Column, id: i64, what: String) -> StoreError {
    StoreError::NotOfKind { table: table.name.clone(), column: column.name.clone(), id, what }
}

/// One record with what the store knows of it, ready to be inserted.
#[derive(Debug)]
pub(crate) struct Stored {
    pub doc: i64,
    pub cm: i64,
    pub id: i64,
    pub parent: Option<i64>,
    pub seq: i64,
    pub shape: Option<i64>,
    pub unknown: Option<String>,
    pub values: Vec<Value>,
}

/// Inserts a record; numbers that exist already are the database's own error.
pub(crate) fn insert(conn: &crate::Conn, table: &Table, course: i64, r: &Stored) -> Result<()> {
    let mut statement = conn.prepare(&table.insert)?;
    let failed = |e: rusqlite::Error| match e.sqlite_error() {
        Some(f) if f.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE => StoreError::Duplicate { table: table.name.clone(), id: r.id },
        _ => StoreError::Database { doing: format!("inserting record {} into `{}`", r.id, table.name), source: e },
    };
    (|| {
        let hidden: [&dyn ToSql; 9] = [&course, &r.doc, &r.cm, &r.id, &r.parent, &r.seq, &1i64, &r.shape, &r.unknown];
        for (at, h) in hidden.iter().enumerate() {
            statement.raw_bind_parameter(at + 1, h)?;
        }
        let mut at = hidden.len();
        for v in &r.values {
            at += 1;
            statement.raw_bind_parameter(at, Sql(v))?;
        }
        for (column, v) in table.columns.iter().zip(&r.values).filter(|(c, _)| c.def.search) {
            at += 1;
            statement.raw_bind_parameter(at, v.text().map(|t| crate::fold::fold(&column.def.kind, t)))?;
        }
        statement.raw_execute().map(drop)
    })()
    .map_err(failed)
}

/// The `_unknown` column as it is kept.
pub(crate) fn pack(unknown: Option<&Unknown>) -> Result<Option<String>> {
    let Some(u) = unknown.filter(|u| !u.is_empty()) else { return Ok(None) };
    serde_json::to_string(u).map(Some).map_err(|e| StoreError::invalid(e.to_string()))
}

/// … and back.
pub(crate) fn unpack(table: &str, id: i64, text: Option<String>) -> Result<Option<Unknown>> {
    text.map(|t| serde_json::from_str(&t).map_err(|e| bad(table, "_unknown", id, e.to_string()))).transpose()
}

pub(crate) fn bad(table: &str, column: &str, id: i64, what: impl Into<String>) -> StoreError {
    StoreError::BadRow { table: table.to_owned(), column: column.to_owned(), id, what: what.into() }
}

/// The shapes of a course as they are met. The few an archive has stay; past the bound they are looked up again.
#[derive(Default)]
pub(crate) struct Shapes(HashMap<i64, Arc<Shape>>);

impl Shapes {
    pub(crate) fn get(&mut self, conn: &crate::Conn, course: i64, shape: i64) -> Result<Arc<Shape>> {
        if let Some(s) = self.0.get(&shape) {
            return Ok(s.clone());
        }
        let text: Option<String> = conn.one("SELECT text FROM shape WHERE course = ?1 AND shape = ?2", [course, shape], |r| r.get(0))?;
        let found = Arc::new(Shape(text.ok_or_else(|| bad("shape", "text", shape, "it is not there"))?));
        if self.0.len() < 4096 {
            self.0.insert(shape, found.clone());
        }
        Ok(found)
    }
}

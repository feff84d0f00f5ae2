//! Tables and files in memory.

use super::{File, fold::fold, plan};
use crate::{Cmp, Cond, Error, Filter, Query, Result, Row, Rows, Value};
use parcours_declare::Declaration;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

#[derive(Debug, Clone)]
pub struct Data {
    tables: BTreeMap<String, Table>,
    pub files: BTreeMap<(String, i64), Vec<File>>,
}

#[derive(Debug, Clone)]
pub struct Table {
    name: String,
    indexes: Vec<Vec<String>>,
    columns: Vec<String>,
    searchable: Vec<bool>,
    defaults: Vec<Value>,
    pub rows: BTreeMap<i64, Stored>,
    highest: i64,
}

#[derive(Debug, Clone)]
pub struct Stored {
    values: Vec<Value>,
    version: i64,
}

/// Where a column stands in a stored row.
#[derive(Clone, Copy)]
pub enum At {
    Id,
    Version,
    Column(usize),
}

impl Stored {
    pub fn get(&self, id: i64, at: At) -> Value {
        match at {
            At::Id => Value::Int(id),
            At::Version => Value::Int(self.version),
            At::Column(i) => self.values[i].clone(),
        }
    }
}

impl Data {
    pub fn new(d: &Declaration) -> Data {
        let table = |name: &String, t: &parcours_declare::Table| Table {
            name: name.clone(),
            indexes: t.indexes.clone(),
            columns: t.columns.keys().cloned().collect(),
            searchable: t.columns.values().map(|c| c.search).collect(),
            defaults: t.columns.values().map(default).collect(),
            rows: BTreeMap::new(),
            highest: 0,
        };
        Data { tables: d.tables.iter().map(|(n, t)| (n.clone(), table(n, t))).collect(), files: BTreeMap::new() }
    }

    pub fn table(&self, name: &str) -> Result<&Table> {
        self.tables.get(name).ok_or_else(|| Error::invalid(format!("no table `{name}` is declared")))
    }

    pub fn table_mut(&mut self, name: &str) -> Result<&mut Table> {
        self.tables.get_mut(name).ok_or_else(|| Error::invalid(format!("no table `{name}` is declared")))
    }

    pub fn put(&mut self, table: &str, id: i64, fields: &[(&str, Value)]) -> Result<()> {
        let t = self.table_mut(table)?;
        if !t.rows.contains_key(&id) {
            let values = t.defaults.clone();
            t.rows.insert(id, Stored { values, version: 1 });
            t.highest = t.highest.max(id);
        }
        t.write(id, fields)
    }

    pub fn insert(&mut self, table: &str, fields: &[(&str, Value)]) -> Result<i64> {
        if table == "instance" {
            return Err(Error::denied("the activity's own record is made by the host"));
        }
        let id = self.table(table)?.highest + 1;
        self.put(table, id, fields)?;
        Ok(id)
    }
}

fn default(c: &parcours_declare::Column) -> Value {
    match c.absent() {
        None => Value::Null,
        Some(s) if c.kind.is_number() => Value::Int(s.parse().unwrap_or(0)),
        Some(s) => Value::Text(s.to_owned()),
    }
}

impl Table {
    pub fn column(&self, name: &str) -> Result<At> {
        match name {
            "id" => Ok(At::Id),
            "_version" => Ok(At::Version),
            _ => self.columns.iter().position(|c| c == name).map(At::Column).ok_or_else(|| Error::invalid(format!("no column `{name}` is declared"))),
        }
    }

    pub fn columns(&self, names: &[&str]) -> Result<Vec<At>> {
        if names.is_empty() {
            return Ok(std::iter::once(At::Id).chain((0..self.columns.len()).map(At::Column)).collect());
        }
        names.iter().map(|n| self.column(n)).collect()
    }

    pub fn write(&mut self, id: i64, fields: &[(&str, Value)]) -> Result<()> {
        for (name, value) in fields {
            let At::Column(i) = self.column(name)? else { return Err(Error::invalid(format!("`{name}` is the host's"))) };
            // What the store gives back is what a column of its kind holds: truth is a number there.
            let value = match value {
                Value::Bool(b) => Value::Int((*b).into()),
                other => other.clone(),
            };
            let Some(row) = self.rows.get_mut(&id) else { continue };
            row.values[i] = value;
        }
        if let Some(row) = self.rows.get_mut(&id) {
            row.version += 1;
        }
        Ok(())
    }

    /// Numbers of the rows a filter means, when the store would answer in that order.
    pub fn matching(&self, filter: &Filter, order: &[(&str, bool)]) -> Result<Vec<i64>> {
        plan::check(&self.name, &self.indexes, self.rows.len(), filter, order)?;
        let mut alternatives = Vec::new();
        for all in filter {
            alternatives.push(all.iter().map(|c| Ok((self.checked(c)?, c))).collect::<Result<Vec<_>>>()?);
        }
        let meant =
            |id: i64, row: &Stored| alternatives.is_empty() || alternatives.iter().any(|all| all.iter().all(|(at, c)| holds(&row.get(id, *at), c)));
        Ok(self.rows.iter().filter(|(id, row)| meant(**id, row)).map(|(id, _)| *id).collect())
    }

    fn checked(&self, c: &Cond) -> Result<At> {
        let at = self.column(c.column)?;
        if matches!(c.op, Cmp::Prefix | Cmp::Contains) && !matches!(at, At::Column(i) if self.searchable[i]) {
            return Err(Error::unsupported(format!("`{}` is not declared with search", c.column)));
        }
        Ok(at)
    }

    pub fn select(&self, q: &Query) -> Result<Rows> {
        let columns = self.columns(&q.columns)?;
        let mut keys = q.order.iter().map(|(c, d)| Ok((self.column(c)?, *d))).collect::<Result<Vec<_>>>()?;
        keys.push((At::Id, keys.last().is_some_and(|(_, d)| *d)));
        let key = |id: i64| keys.iter().map(|(at, _)| self.rows[&id].get(id, *at)).collect::<Vec<_>>();
        let order = |a: &[Value], b: &[Value]| {
            keys.iter()
                .zip(a.iter().zip(b))
                .map(|((_, d), (a, b))| if *d { compare(b, a) } else { compare(a, b) })
                .find(|o| o.is_ne())
                .unwrap_or(Ordering::Equal)
        };
        let mut found: Vec<_> = self.matching(&q.filter, &q.order)?.into_iter().map(|id| (key(id), id)).collect();
        found.sort_by(|a, b| order(&a.0, &b.0));
        if let Some(cursor) = &q.after {
            let from =
                read_cursor(q, cursor).filter(|k| k.len() == keys.len()).ok_or_else(|| Error::invalid("this cursor belongs to another query"))?;
            found.retain(|(k, _)| order(k, &from).is_gt());
        }
        let limit = q.limit.clamp(1, 1000) as usize;
        let next = found.get(limit - 1).filter(|_| found.len() > limit).map(|(k, _)| write_cursor(q, k));
        let row = |id: &i64| columns.iter().map(|at| self.rows[id].get(*id, *at)).collect::<Row>();
        Ok(Rows { rows: found.iter().take(limit).map(|(_, id)| row(id)).collect(), next })
    }
}

fn holds(v: &Value, c: &Cond) -> bool {
    let first = || c.values.first().map(unbool).unwrap_or_default();
    let against = |test: fn(Ordering) -> bool| !matches!(v, Value::Null) && !matches!(first(), Value::Null) && test(compare(v, &first()));
    let texts = |test: fn(&str, &str) -> bool| match (v, first()) {
        (Value::Text(a), Value::Text(b)) => test(&fold(a), &fold(&b)),
        _ => false,
    };
    let listed = || c.values.iter().any(|x| compare(v, &unbool(x)).is_eq());
    match c.op {
        Cmp::Eq => against(Ordering::is_eq),
        Cmp::Ne => against(Ordering::is_ne),
        Cmp::Lt => against(Ordering::is_lt),
        Cmp::Le => against(Ordering::is_le),
        Cmp::Gt => against(Ordering::is_gt),
        Cmp::Ge => against(Ordering::is_ge),
        Cmp::AnyOf => listed(),
        Cmp::NoneOf => !matches!(v, Value::Null) && !listed(),
        Cmp::IsNull => matches!(v, Value::Null),
        Cmp::NotNull => !matches!(v, Value::Null),
        Cmp::Prefix => texts(|a, b| a.starts_with(b)),
        Cmp::Contains => texts(|a, b| a.contains(b)),
    }
}

fn unbool(v: &Value) -> Value {
    match v {
        Value::Bool(b) => Value::Int((*b).into()),
        other => other.clone(),
    }
}

/// Null first, then numbers, then texts bytewise: one meaning on every back end.
pub fn compare(a: &Value, b: &Value) -> Ordering {
    let rank = |v: &Value| match v {
        Value::Null => 0,
        Value::Bool(_) | Value::Int(_) | Value::Real(_) => 1,
        Value::Text(_) => 2,
        Value::Bytes(_) => 3,
    };
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Bytes(a), Value::Bytes(b)) => a.cmp(b),
        (Value::Real(a), Value::Real(b)) => a.total_cmp(b),
        (Value::Int(a), Value::Real(b)) => (*a as f64).total_cmp(b),
        (Value::Real(a), Value::Int(b)) => a.total_cmp(&(*b as f64)),
        _ => rank(a).cmp(&rank(b)),
    }
}

fn mark(q: &Query) -> String {
    let mut h = DefaultHasher::new();
    format!("{}{:?}{:?}", q.table, q.filter, q.order).hash(&mut h);
    format!("{:x}", h.finish())
}

fn write_cursor(q: &Query, key: &[Value]) -> String {
    let parts: Vec<serde_json::Value> = key
        .iter()
        .map(|v| match v {
            Value::Int(n) => (*n).into(),
            Value::Text(s) => s.as_str().into(),
            _ => serde_json::Value::Null,
        })
        .collect();
    format!("{}.{}", mark(q), serde_json::Value::Array(parts))
}

fn read_cursor(q: &Query, cursor: &str) -> Option<Vec<Value>> {
    let (hash, key) = cursor.split_once('.')?;
    let parts: Vec<serde_json::Value> = serde_json::from_str(key).ok()?;
    (hash == mark(q)).then(|| {
        let value = |v: serde_json::Value| match v {
            serde_json::Value::Number(n) => n.as_i64().map_or(Value::Null, Value::Int),
            serde_json::Value::String(s) => Value::Text(s),
            _ => Value::Null,
        };
        parts.into_iter().map(value).collect()
    })
}

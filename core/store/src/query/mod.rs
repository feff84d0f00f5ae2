//! Questions over many records: filters, order, pages, groups. Every one stays inside its [`Scope`].

mod cursor;
mod filter;
mod plan;
mod summarise;

pub use summarise::{Agg, Aggregate, summarise};

use crate::error::Result;
use crate::records::{Row, Scope, owned};
use crate::row;
use crate::schema::Table;
use crate::{Conn, StoreError};
use parcours_course::Value;
use parcours_declare::Kind;
use rusqlite::{ToSql, params_from_iter};
use serde::Serialize;

/// Most rows of one page, and how many it has when nothing is said.
pub const MOST: u32 = 1000;
pub const USUAL: u32 = 50;

/// How a column is compared. Null matches only [`Op::IsNull`]; comparisons of texts are bytewise, of decimals numeric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Op {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    AnyOf,
    NoneOf,
    IsNull,
    NotNull,
    /// On the folded copy of a `search` column: without case and accents.
    Prefix,
    Contains,
}

/// One condition. `AnyOf` and `NoneOf` take any number of values, the null tests none, the others one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cond {
    pub column: String,
    pub op: Op,
    pub values: Vec<Value>,
}

impl Cond {
    pub fn new(column: &str, op: Op, value: impl Into<Value>) -> Cond {
        Cond { column: column.to_owned(), op, values: vec![value.into()] }
    }
}

/// Any of these, in each of which all conditions hold. Empty: everything.
pub type Filter = Vec<Vec<Cond>>;

/// One key of the order. The record's number is always the last.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Order {
    pub column: String,
    pub descending: bool,
}

/// What to select.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub table: String,
    /// Empty: the number, then all declared columns.
    pub columns: Vec<String>,
    pub filter: Filter,
    pub order: Vec<Order>,
    /// At most [`MOST`]; [`USUAL`] when `None` or 0.
    pub limit: Option<u32>,
    /// [`Page::next`] of the page before.
    pub after: Option<String>,
}

/// One page, and where the next begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub rows: Vec<Row>,
    pub next: Option<String>,
}

/// One page of the records that match.
///
/// # Errors
/// [`StoreError::Unsupported`] when no declared index serves the filter and the order and the activity has 1,000 records or more in the table;
/// [`StoreError::Invalid`] for a cursor of another query, and for values that do not fit.
pub fn select(conn: &Conn, scope: &Scope, q: &Query) -> Result<Page> {
    let table = scope.table(conn, &q.table)?;
    let pick = Pick::new(&table, &q.columns.iter().map(String::as_str).collect::<Vec<_>>())?;
    let limit = q.limit.filter(|n| *n > 0).unwrap_or(USUAL).min(MOST) as usize;
    plan::check(conn, scope, &table, &q.filter, &q.order)?;
    let keys = keys(&table, &q.order)?;
    let mut bound = Bound::new(scope);
    let mut text = filter::clause(&table, &q.filter, &mut bound)?;
    if let Some(after) = &q.after {
        let (values, id) = cursor::read(after, scope, q)?;
        text.push_str(&cursor::clause(&keys, &values, id, &mut bound)?);
    }
    let list: Vec<String> = keys.iter().map(|k| k.expr.clone()).collect();
    let by: Vec<String> = keys.iter().map(Key::by).collect();
    let text =
        format!("SELECT {}, {} FROM \"{}\" WHERE {text} ORDER BY {} LIMIT {}", pick.list(), list.join(","), table.sql, by.join(","), limit + 1);
    let width = pick.len();
    let mut last = Vec::new();
    let mut rows = Vec::new();
    let mut more = false;
    let mut statement = conn.prepare(&text)?;
    let mut found = statement.query(params_from_iter(bound.0))?;
    while let Some(r) = found.next()? {
        if rows.len() == limit {
            more = true;
            break;
        }
        rows.push(row::values(r, 0, width)?);
        if rows.len() == limit {
            last = row::values(r, width, keys.len())?;
        }
    }
    let next = if more { Some(cursor::write(scope, q, last)?) } else { None };
    Ok(Page { rows, next })
}

/// The numbers of the records that match, for changes by filter.
pub(crate) fn matching(conn: &Conn, scope: &Scope, table: &Table, filter: &Filter) -> Result<Vec<i64>> {
    plan::check(conn, scope, table, filter, &[])?;
    let mut bound = Bound::new(scope);
    let text = format!("SELECT id FROM \"{}\" WHERE {} ORDER BY id", table.sql, filter::clause(table, filter, &mut bound)?);
    conn.all(&text, params_from_iter(bound.0), |r| r.get(0))
}

/// Values of a statement in the order of their numbers; the scope comes first.
pub(crate) struct Bound(Vec<Box<dyn ToSql>>);

impl Bound {
    fn new(scope: &Scope) -> Bound {
        Bound(vec![Box::new(scope.course), Box::new(scope.cm)])
    }

    /// Binds a value and gives its place in the text.
    fn add(&mut self, v: &Value) -> String {
        self.0.push(owned(v));
        format!("?{}", self.0.len())
    }
}

/// One key of the order as SQL.
struct Key {
    expr: String,
    descending: bool,
}

impl Key {
    /// Null is smaller than everything, on every database.
    fn by(&self) -> String {
        format!("{} {}", self.expr, if self.descending { "DESC NULLS LAST" } else { "ASC NULLS FIRST" })
    }
}

/// The keys asked for, then the number in the direction of the last of them.
fn keys(table: &Table, order: &[Order]) -> Result<Vec<Key>> {
    let mut keys = Vec::new();
    for o in order {
        keys.push(Key { expr: expression(table, &o.column)?, descending: o.descending });
        if o.column == "id" {
            return Ok(keys);
        }
    }
    let descending = order.last().is_some_and(|o| o.descending);
    keys.push(Key { expr: "id".into(), descending });
    Ok(keys)
}

/// A column in comparisons: decimals by their size.
fn expression(table: &Table, column: &str) -> Result<String> {
    if column == "id" {
        return Ok("id".into());
    }
    let at = table.position(column)?;
    let decimal = table.columns.get(at).is_some_and(|c| c.def.kind == Kind::Decimal);
    Ok(if decimal { format!("CAST(NULLIF(\"{column}\",'') AS NUMERIC)") } else { format!("\"{column}\"") })
}

/// The columns an answer has.
pub(crate) struct Pick(Vec<String>);

impl Pick {
    pub(crate) fn new(table: &Table, columns: &[&str]) -> Result<Pick> {
        if columns.is_empty() {
            return Ok(Pick(std::iter::once("id").chain(table.columns()).map(|c| format!("\"{c}\"")).collect()));
        }
        let own = |c: &str| match c {
            "id" | "_version" => Ok(format!("\"{c}\"")),
            _ => table.position(c).map(|_| format!("\"{c}\"")),
        };
        columns.iter().map(|c| own(c)).collect::<Result<_>>().map(Pick)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn list(&self) -> String {
        self.0.join(",")
    }
}

pub(crate) fn wrong(column: &str, what: &str) -> StoreError {
    StoreError::Invalid(format!("column `{column}`: {what}"))
}

//! Questions to the record store.

use crate::{Row, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cmp {
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
    /// Folds case and accents; only for columns declared with `search`.
    Prefix,
    /// Folds case and accents; only for columns declared with `search`.
    Contains,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cond {
    pub column: &'static str,
    pub op: Cmp,
    pub values: Vec<Value>,
}

/// OR of ANDs. Empty: everything.
pub type Filter = Vec<Vec<Cond>>;

/// Conditions that must all hold. Turn several of them into a [`Filter`] with [`any`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct All(pub Vec<Cond>);

/// Starts a list of conditions: `all().eq("discussion", 7).gt("created", 0)`.
pub fn all() -> All {
    All::default()
}

/// At least one of the alternatives holds.
pub fn any(alternatives: impl IntoIterator<Item = All>) -> Filter {
    alternatives.into_iter().map(|a| a.0).collect()
}

impl All {
    #[inline(never)]
    pub fn cond(mut self, column: &'static str, op: Cmp, values: Vec<Value>) -> All {
        self.0.push(Cond { column, op, values });
        self
    }
    pub fn eq(self, column: &'static str, v: impl Into<Value>) -> All {
        self.cond(column, Cmp::Eq, vec![v.into()])
    }
    pub fn ne(self, column: &'static str, v: impl Into<Value>) -> All {
        self.cond(column, Cmp::Ne, vec![v.into()])
    }
    pub fn lt(self, column: &'static str, v: impl Into<Value>) -> All {
        self.cond(column, Cmp::Lt, vec![v.into()])
    }
    pub fn le(self, column: &'static str, v: impl Into<Value>) -> All {
        self.cond(column, Cmp::Le, vec![v.into()])
    }
    pub fn gt(self, column: &'static str, v: impl Into<Value>) -> All {
        self.cond(column, Cmp::Gt, vec![v.into()])
    }
    pub fn ge(self, column: &'static str, v: impl Into<Value>) -> All {
        self.cond(column, Cmp::Ge, vec![v.into()])
    }
    pub fn any_of(self, column: &'static str, values: impl IntoIterator<Item = i64>) -> All {
        self.cond(column, Cmp::AnyOf, values.into_iter().map(Value::Int).collect())
    }
    pub fn contains(self, column: &'static str, text: &str) -> All {
        self.cond(column, Cmp::Contains, vec![text.into()])
    }
}

impl From<All> for Filter {
    fn from(a: All) -> Filter {
        if a.0.is_empty() { Vec::new() } else { vec![a.0] }
    }
}

/// One page of rows, by keyset: there is no offset to skip to, only a cursor to go on from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    pub table: &'static str,
    /// Empty: every declared column, `id` first.
    pub columns: Vec<&'static str>,
    pub filter: Filter,
    /// Column and whether it descends. The store appends `id` as the last key, in the direction of the key before it.
    pub order: Vec<(&'static str, bool)>,
    pub limit: u32,
    /// Where the page before ended, from [`Rows::next`].
    pub after: Option<String>,
}

impl Query {
    #[inline(never)]
    pub fn new(table: &'static str, columns: &[&'static str]) -> Query {
        Query { table, columns: columns.to_vec(), limit: 50, ..Query::default() }
    }
    pub fn filter(mut self, f: impl Into<Filter>) -> Query {
        self.filter = f.into();
        self
    }
    #[inline(never)]
    pub fn order(mut self, column: &'static str, descending: bool) -> Query {
        self.order.push((column, descending));
        self
    }
    /// Most rows to give; the store caps it at 1000.
    pub fn limit(mut self, n: u32) -> Query {
        self.limit = n;
        self
    }
    pub fn after(mut self, cursor: Option<String>) -> Query {
        self.after = cursor.filter(|c| !c.is_empty());
        self
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    pub rows: Vec<Row>,
    /// Cursor of the next page; `None` when this was the last.
    pub next: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agg {
    Count,
    CountDistinct,
    Sum,
    Min,
    Max,
    Avg,
}

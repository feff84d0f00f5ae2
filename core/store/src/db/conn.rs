//! What a read and a write have in common.

use crate::StoreError;
use crate::error::Result;
use crate::pool::Pool;
use crate::schema::{Schema, Table};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Params, Row};
use std::sync::Arc;

#[cfg(test)]
thread_local! {
    /// Every statement this thread prepared.
    pub(crate) static SEEN: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// A connection inside a transaction. Everything that only asks takes a `&Conn`.
pub struct Conn {
    pub(crate) sql: Box<Connection>,
    pub(crate) schema: Arc<Schema>,
    pub(crate) pool: Arc<Pool>,
}

impl Conn {
    /// The contents named by this domain's rows.
    pub fn pool(&self) -> &Arc<Pool> {
        &self.pool
    }

    /// The declared tables, as they stood when the transaction began.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    pub(crate) fn table(&self, owner: &str, table: &str) -> Result<Arc<Table>> {
        self.schema.table(owner, table).cloned()
    }

    pub(crate) fn prepare(&self, text: &str) -> Result<CachedStatement<'_>> {
        #[cfg(test)]
        SEEN.with_borrow_mut(|seen| seen.push(text.to_owned()));
        self.sql.prepare_cached(text).map_err(|e| StoreError::Database { doing: format!("preparing `{text}`"), source: e })
    }

    pub(crate) fn one<T>(&self, text: &str, params: impl Params, map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>) -> Result<Option<T>> {
        self.prepare(text)?.query_row(params, map).optional().map_err(named(text))
    }

    pub(crate) fn all<T>(&self, text: &str, params: impl Params, mut map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        let mut statement = self.prepare(text)?;
        let mut rows = statement.query(params).map_err(named(text))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(named(text))? {
            out.push(map(row).map_err(named(text))?);
        }
        Ok(out)
    }
}

fn named(text: &str) -> impl FnOnce(rusqlite::Error) -> StoreError + '_ {
    move |source| StoreError::Database { doing: format!("running `{text}`"), source }
}

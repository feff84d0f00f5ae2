//! Records of the tables a module declares.

use wasmtime::Result;
use wasmtime::component::Resource;

use super::{Fault, Refused};
use crate::ErrorCode;
use crate::bindings::parcours::activity::store;
use crate::state::State;

pub use crate::bindings::parcours::activity::types::Value;
pub use store::{Agg, Aggregate, Cmp, Cond, Field, Order, Page as Rows, Query};

/// OR of ANDs; empty means every row.
pub type Filter = Vec<Vec<Cond>>;
/// Values in the order of the columns that were asked for.
pub type Row = Vec<Value>;

/// Records of the tables the module declares, seen through the current activity: a row of another activity does not exist.
///
/// An unknown table or column, a value of the wrong kind or a filter without an index is told as [`ErrorCode::Invalid`] or
/// [`ErrorCode::Unsupported`] with a message that names it. Empty `columns` mean all declared ones, `id` first.
///
/// The host has refused writing in a `view` before these are called, and has lowered every `limit` to its own.
pub trait Records {
    fn get(&mut self, table: &str, id: i64, columns: &[String]) -> Result<Option<Row>, Refused>;
    /// Rows that are not there are left out; the order is the store's.
    fn get_many(&mut self, table: &str, ids: &[i64], columns: &[String]) -> Result<Vec<Row>, Refused>;
    fn select(&mut self, query: &Query) -> Result<Rows, Refused>;
    /// One row a group: the group columns, then the aggregates in order.
    fn summarise(&mut self, table: &str, filter: &Filter, group_by: &[String], aggregates: &[Aggregate], limit: u32) -> Result<Vec<Row>, Refused>;
    /// The number of the new record.
    fn insert(&mut self, table: &str, fields: Vec<Field>) -> Result<i64, Refused>;
    fn insert_many(&mut self, table: &str, columns: &[String], rows: Vec<Row>) -> Result<Vec<i64>, Refused>;
    /// `false` when the row is gone; [`ErrorCode::Conflict`] when it is not at `expect_version` any more.
    fn update(&mut self, table: &str, id: i64, fields: Vec<Field>, expect_version: Option<i64>) -> Result<bool, Refused>;
    /// How many rows were changed.
    fn update_where(&mut self, table: &str, filter: &Filter, fields: Vec<Field>) -> Result<u64, Refused>;
    fn delete(&mut self, table: &str, id: i64) -> Result<bool, Refused>;
    fn delete_where(&mut self, table: &str, filter: &Filter) -> Result<u64, Refused>;

    /// Opens a scope inside the transaction. `number` names it: it only grows during a call.
    fn savepoint(&mut self, number: u32) -> Result<(), Fault>;
    /// Ends the scope and all opened after it; what was written stays.
    fn release(&mut self, number: u32) -> Result<(), Fault>;
    /// Undoes what was written since, and ends the scope and all opened after it.
    fn rollback_to(&mut self, number: u32) -> Result<(), Fault>;
}

/// The host's side of a guest's `savepoint`.
pub struct Savepoint {
    number: u32,
}

impl store::Host for State {
    fn get(&mut self, table: String, id: i64, columns: Vec<String>) -> Result<Option<Row>, Refused> {
        self.enter_told()?;
        let row = self.abilities.get(&table, id, &columns)?;
        self.hand_out_told(row.as_ref().map_or(0, size))?;
        Ok(row)
    }

    fn get_many(&mut self, table: String, ids: Vec<i64>, columns: Vec<String>) -> Result<Vec<Row>, Refused> {
        self.enter_told()?;
        if ids.len() > self.rows() as usize {
            return Err(Refused::told(ErrorCode::TooLarge, format!("get-many takes {} numbers at most", self.rows())));
        }
        let rows = self.abilities.get_many(&table, &ids, &columns)?;
        self.hand_out_told(rows.iter().map(size).sum())?;
        Ok(rows)
    }

    fn select(&mut self, mut query: Query) -> Result<Rows, Refused> {
        self.enter_told()?;
        query.limit = query.limit.min(self.rows());
        let page = self.abilities.select(&query)?;
        self.hand_out_told(page.rows.iter().map(size).sum())?;
        Ok(page)
    }

    fn summarise(&mut self, table: String, filter: Filter, group_by: Vec<String>, aggs: Vec<Aggregate>, limit: u32) -> Result<Vec<Row>, Refused> {
        self.enter_told()?;
        let limit = limit.min(self.rows());
        let rows = self.abilities.summarise(&table, &filter, &group_by, &aggs, limit)?;
        self.hand_out_told(rows.iter().map(size).sum())?;
        Ok(rows)
    }

    fn insert(&mut self, table: String, fields: Vec<Field>) -> Result<i64, Refused> {
        self.enter_to_write()?;
        self.abilities.insert(&table, fields)
    }

    fn insert_many(&mut self, table: String, columns: Vec<String>, rows: Vec<Row>) -> Result<Vec<i64>, Refused> {
        self.enter_to_write()?;
        if rows.len() > self.rows() as usize {
            return Err(Refused::told(ErrorCode::TooLarge, format!("insert-many takes {} rows at most", self.rows())));
        }
        self.abilities.insert_many(&table, &columns, rows)
    }

    fn update(&mut self, table: String, id: i64, fields: Vec<Field>, expect_version: Option<i64>) -> Result<bool, Refused> {
        self.enter_to_write()?;
        self.abilities.update(&table, id, fields, expect_version)
    }

    fn update_where(&mut self, table: String, filter: Filter, fields: Vec<Field>) -> Result<u64, Refused> {
        self.enter_to_write()?;
        self.abilities.update_where(&table, &filter, fields)
    }

    fn delete(&mut self, table: String, id: i64) -> Result<bool, Refused> {
        self.enter_to_write()?;
        self.abilities.delete(&table, id)
    }

    fn delete_where(&mut self, table: String, filter: Filter) -> Result<u64, Refused> {
        self.enter_to_write()?;
        self.abilities.delete_where(&table, &filter)
    }
}

impl store::HostSavepoint for State {
    /// In a `view` nothing is opened: there is nothing to undo, and releasing it is denied.
    fn new(&mut self) -> Result<Resource<Savepoint>> {
        self.enter()?;
        let number = self.savepoints.next;
        if self.writable {
            self.asked(|a| a.savepoint(number))?;
            self.savepoints.next += 1;
            self.savepoints.open.push(number);
        }
        Ok(self.resources.push(Savepoint { number })?)
    }

    fn release(&mut self, savepoint: Resource<Savepoint>) -> Result<(), Refused> {
        self.enter_to_write()?;
        let savepoint = self.resources.delete(savepoint).map_err(Fault::new)?;
        if !self.savepoints.end(savepoint.number) {
            return Err(Refused::told(ErrorCode::Invalid, "the savepoint ended with an outer one"));
        }
        Ok(self.abilities.release(savepoint.number)?)
    }

    fn drop(&mut self, savepoint: Resource<Savepoint>) -> Result<()> {
        let savepoint = self.resources.delete(savepoint)?;
        if self.savepoints.end(savepoint.number) {
            self.asked(|a| a.rollback_to(savepoint.number))?;
        }
        Ok(())
    }
}

/// The scopes that are open, oldest first.
#[derive(Default)]
pub(crate) struct Savepoints {
    next: u32,
    open: Vec<u32>,
}

impl Savepoints {
    /// Ends a scope and those opened after it; `false` when it has ended already.
    fn end(&mut self, number: u32) -> bool {
        let found = self.open.iter().position(|open| *open == number);
        if let Some(at) = found {
            self.open.truncate(at);
        }
        found.is_some()
    }
}

fn size(row: &Row) -> usize {
    let bytes = |value: &Value| match value {
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        _ => 0,
    };
    row.iter().map(|value| 16 + bytes(value)).sum()
}

//! Reading: owned snapshots, and the connections that wait for the next one.

use super::open::{Access, connect};
use super::{Conn, Shared};
use crate::error::Result;
use rusqlite::Connection;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

/// A read transaction that owns its connection, so that it can move into whatever asks with it. Dropping it gives the connection back.
pub struct Read {
    conn: Option<Conn>,
    home: Arc<Readers>,
}

impl Deref for Read {
    type Target = Conn;

    #[allow(clippy::expect_used)]
    fn deref(&self) -> &Conn {
        self.conn.as_ref().expect("present until dropped")
    }
}

impl Drop for Read {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take()
            && conn.sql.execute_batch("ROLLBACK").is_ok()
        {
            self.home.put(conn.sql);
        }
    }
}

pub(super) struct Readers {
    shared: Arc<Shared>,
    // Boxed as `Conn` holds them, so that a connection does not move house with every read.
    #[allow(clippy::vec_box)]
    idle: Mutex<Vec<Box<Connection>>>,
}

impl Readers {
    pub(super) fn new(shared: Arc<Shared>) -> Readers {
        Readers { shared, idle: Mutex::new(Vec::new()) }
    }

    pub(super) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    pub(super) fn take(home: &Arc<Readers>) -> Result<Read> {
        let waiting = home.idle.lock().ok().and_then(|mut idle| idle.pop());
        let sql = match waiting {
            Some(sql) => sql,
            None => Box::new(connect(&home.shared.file, &home.shared.options, Access::Read)?),
        };
        sql.execute_batch("BEGIN")?;
        let conn = Conn { sql, schema: home.shared.schema(), pool: home.shared.pool.clone() };
        Ok(Read { conn: Some(conn), home: home.clone() })
    }

    fn put(&self, sql: Box<Connection>) {
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < self.shared.options.readers
        {
            idle.push(sql);
        }
    }
}

//! Writing: the transaction one job owns while it runs.

use super::Conn;
use crate::StoreError;
use crate::error::Result;
use rusqlite::Params;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

/// The write transaction of the domain's writer thread, lent to one job. What the job writes is undone unless it gives this back with `Ok`.
pub struct Write {
    conn: Option<Conn>,
    marks: u32,
    home: Home,
}

/// Where a dropped transaction leaves its connection, so that a job that loses it loses only its own work.
pub(super) type Home = Arc<Mutex<Option<Conn>>>;

/// A point inside a [`Write`] to which it can go back.
#[derive(Debug)]
#[must_use = "release it, or go back to it"]
pub struct Mark(u32);

impl Write {
    pub(super) fn lend(conn: Conn, home: Home) -> Write {
        Write { conn: Some(conn), marks: 0, home }
    }

    /// Remembers this point.
    ///
    /// # Errors
    /// What the database said.
    pub fn mark(&mut self) -> Result<Mark> {
        self.marks += 1;
        let mark = Mark(self.marks);
        self.sql.execute_batch(&format!("SAVEPOINT mark{}", mark.0))?;
        Ok(mark)
    }

    /// Keeps what was written since `mark`.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when an earlier mark was released or gone back to before.
    pub fn release(&mut self, mark: Mark) -> Result<()> {
        self.sql
            .execute_batch(&format!("RELEASE mark{}", mark.0))
            .map_err(|_| StoreError::invalid("this savepoint is gone: an earlier one was ended before it"))
    }

    /// Undoes what was written since `mark`.
    ///
    /// # Errors
    /// As [`Write::release`].
    pub fn back(&mut self, mark: Mark) -> Result<()> {
        self.sql
            .execute_batch(&format!("ROLLBACK TO mark{0}; RELEASE mark{0}", mark.0))
            .map_err(|_| StoreError::invalid("this savepoint is gone: an earlier one was ended before it"))
    }

    /// All of `work` or nothing of it, also for a caller that goes on after an error.
    pub(crate) fn whole<T>(&mut self, work: impl FnOnce(&mut Write) -> Result<T>) -> Result<T> {
        let mark = self.mark()?;
        let done = work(self);
        if done.is_ok() {
            self.release(mark)?
        } else {
            self.back(mark)?
        }
        done
    }

    pub(crate) fn run(&mut self, text: &str, params: impl Params) -> Result<usize> {
        self.prepare(text)?.execute(params).map_err(|source| StoreError::Database { doing: format!("running `{text}`"), source })
    }
}

impl Deref for Write {
    type Target = Conn;

    #[allow(clippy::expect_used)]
    fn deref(&self) -> &Conn {
        self.conn.as_ref().expect("present until dropped")
    }
}

impl Drop for Write {
    fn drop(&mut self) {
        if let (Some(conn), Ok(mut home)) = (self.conn.take(), self.home.lock()) {
            *home = Some(conn);
        }
    }
}

//! Opening a connection: the one place where SQLite is told how to behave.

use crate::StoreError;
use crate::error::Result;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Size of a page of a new domain's file, in bytes. Moodle's posts are about a kilobyte, twice that with their folded copy: of larger pages less is left
/// empty, and fewer are written to the log and again to the file.
const PAGE: i64 = 8 << 10;
/// Pages in the log after which it is copied into the file. Between two copies, a page that changes often is written to the log only.
const LOG: i64 = 4000;
/// Page cache of the writing connection, in KiB: what one batch of an import changes.
const WRITING: u32 = 16 << 10;

/// How a domain runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// Idle reader connections kept; more are opened when asked for and closed after.
    pub readers: usize,
    /// Bytes of the file mapped into memory by each connection.
    pub mmap: i64,
    /// Page cache of each reading connection, in KiB.
    pub cache: u32,
    /// Longest a commit goes on collecting jobs that are already waiting. A lone job never waits.
    pub window: Duration,
    /// Most jobs of one commit.
    pub group: usize,
    /// Rows of one batch of an import; other writers get their turn between batches.
    pub batch: usize,
    /// Whether to check the whole file when it is opened.
    pub quick_check: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            // As many as the shell works with at a time: opening a connection costs more than a page.
            readers: std::thread::available_parallelism().map_or(16, |n| n.get() * 8),
            mmap: 1 << 30,
            cache: 4096,
            window: Duration::from_millis(5),
            group: 256,
            batch: 2000,
            quick_check: false,
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Access {
    Read,
    Write,
}

pub(crate) fn connect(file: &Path, options: &Options, access: Access) -> Result<Connection> {
    let doing = || format!("opening {}", file.display());
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if access == Access::Write {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let sql = Connection::open_with_flags(file, flags).map_err(StoreError::sql(doing()))?;
    settle(&sql, options, access).map_err(StoreError::sql(doing()))?;
    if access == Access::Write && options.quick_check {
        let verdict: String = sql.query_row("PRAGMA quick_check(1)", [], |r| r.get(0)).map_err(StoreError::sql(doing()))?;
        if verdict != "ok" {
            return Err(StoreError::Damaged(verdict));
        }
    }
    Ok(sql)
}

fn settle(sql: &Connection, options: &Options, access: Access) -> rusqlite::Result<()> {
    sql.busy_timeout(Duration::from_secs(5))?;
    let cache = if access == Access::Write { options.cache.max(WRITING) } else { options.cache };
    if access == Access::Write {
        // Of a file that exists already, the size of pages stays.
        sql.pragma_update(None, "page_size", PAGE)?;
        sql.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        sql.pragma_update_and_check(None, "wal_autocheckpoint", LOG, |_| Ok(()))?;
        // A long import must not leave a log that is never cut back.
        sql.pragma_update_and_check(None, "journal_size_limit", 64 << 20, |_| Ok(()))?;
    } else {
        sql.pragma_update(None, "query_only", true)?;
    }
    sql.pragma_update(None, "synchronous", "full")?;
    sql.pragma_update(None, "foreign_keys", true)?;
    sql.pragma_update(None, "trusted_schema", false)?;
    sql.pragma_update(None, "temp_store", "memory")?;
    sql.pragma_update(None, "cache_size", -i64::from(cache))?;
    sql.pragma_update_and_check(None, "mmap_size", options.mmap, |_| Ok(()))?;
    sql.set_prepared_statement_cache_capacity(256);
    Ok(())
}

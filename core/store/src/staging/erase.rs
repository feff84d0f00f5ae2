//! Removing everything of a course, in batches.

use crate::error::Result;
use crate::{Domain, StoreError, pool};

const OWN: [&str; 6] = ["content", "document", "shape", "counter", "report", "person"];

/// Deletes a course that nobody sees any more. Between batches other writers have their turn.
pub(crate) fn erase(domain: &Domain, course: i64) -> Result<()> {
    let schema = domain.schema();
    let mut tables: Vec<String> = schema.tables().map(|t| t.sql.clone()).collect();
    tables.sort();
    for table in tables {
        rows(domain, format!("DELETE FROM \"{table}\" WHERE _key IN (SELECT _key FROM \"{table}\" WHERE _course = ?1 LIMIT ?2)"), course)?;
    }
    for table in OWN {
        let text = format!("DELETE FROM {table} WHERE course = ?1");
        once(domain, text, course)?;
    }
    once(domain, "DELETE FROM course WHERE id = ?1".into(), course)?;
    pool::sweep(domain, false).map(drop)
}

/// Removes what killed imports and withdrawals left: rows of courses that are not live, and files no row names. Without such a course, and after a
/// process that ended in order, the pool is not looked through.
pub(crate) fn sweep(domain: &Domain, crashed: bool) -> Result<()> {
    let left = domain.read()?.all("SELECT id FROM course WHERE state <> 'live'", [], |r| r.get::<_, i64>(0))?;
    for course in &left {
        erase(domain, *course)?;
    }
    pool::sweep(domain, crashed || !left.is_empty()).map(drop)
}

fn rows(domain: &Domain, text: String, course: i64) -> Result<()> {
    let batch = i64::try_from(domain.options().batch.max(1)).unwrap_or(1000);
    loop {
        let text = text.clone();
        let gone = domain.write(move |mut w| {
            let done = w.run(&text, [course, batch]);
            (w, done)
        })?;
        if i64::try_from(gone).unwrap_or(0) < batch {
            return Ok(());
        }
    }
}

fn once(domain: &Domain, text: String, course: i64) -> Result<(), StoreError> {
    domain.write(move |mut w| {
        let done = w.run(&text, [course]).map(drop);
        (w, done)
    })
}

//! Numbers for what is new in a course: above the highest of their space, and never given twice.

use crate::error::Result;
use crate::{Conn, StoreError, Write};

/// The space of context numbers (MBZ-FORMAT §5.1). Every other space is a table's.
pub const CONTEXT: &str = "context";

/// Space of the documents of a course.
pub(crate) const DOCUMENT: &str = "document";

/// Gives `count` numbers of a space and returns the first; the others follow it.
///
/// # Errors
/// [`StoreError::Exhausted`] when an archive came with numbers so high that none are left.
pub fn take(w: &mut Write, course: i64, space: &str, count: i64) -> Result<i64> {
    const TAKE: &str = "INSERT INTO counter(course,space,next) VALUES(?1,?2,1+?3)
        ON CONFLICT(course,space) DO UPDATE SET next = counter.next + ?3 RETURNING next";
    let exhausted = || StoreError::Exhausted(space.to_owned());
    let here: Option<i64> = w.one("SELECT next FROM counter WHERE course = ?1 AND space = ?2", (course, space), |r| r.get(0))?;
    here.unwrap_or(1).checked_add(count).ok_or_else(exhausted)?;
    let next: i64 = w.one(TAKE, (course, space, count), |r| r.get(0))?.ok_or_else(exhausted)?;
    Ok(next - count)
}

/// Lifts a space so that the next number is above `highest`.
///
/// # Errors
/// What the database said.
pub fn lift(w: &mut Write, course: i64, space: &str, highest: i64) -> Result<()> {
    const LIFT: &str = "INSERT INTO counter(course,space,next) VALUES(?1,?2,?3)
        ON CONFLICT(course,space) DO UPDATE SET next = excluded.next WHERE counter.next < excluded.next";
    w.run(LIFT, (course, space, highest.saturating_add(1))).map(drop)
}

/// The number a space would give next.
pub fn next(conn: &Conn, course: i64, space: &str) -> Result<i64> {
    Ok(conn.one("SELECT next FROM counter WHERE course = ?1 AND space = ?2", (course, space), |r| r.get(0))?.unwrap_or(1))
}

//! Failed logins, counted by subject (a user name, an address), so that guessing takes longer than a life.

use crate::error::Result;
use crate::{Conn, Write};

/// Failures of a subject since a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failures {
    pub count: i64,
    /// When the first of them was, in unix seconds.
    pub since: i64,
}

/// The failures of the window that is open at `now`; none when it is over.
pub fn failures(conn: &Conn, subject: &str, now: i64, window: i64) -> Result<Failures> {
    const FIND: &str = "SELECT failures, since FROM attempt WHERE subject = ?1 AND since > ?2";
    Ok(conn.one(FIND, (subject, now.saturating_sub(window)), |r| Ok(Failures { count: r.get(0)?, since: r.get(1)? }))?.unwrap_or_default())
}

/// Counts one more, and gives the count. A window begins with its first failure.
pub fn fail(w: &mut Write, subject: &str, now: i64, window: i64) -> Result<i64> {
    const FAIL: &str = "INSERT INTO attempt(subject,since,failures) VALUES(?1,?2,1) ON CONFLICT(subject) DO UPDATE SET
        failures = CASE WHEN attempt.since > ?3 THEN attempt.failures + 1 ELSE 1 END,
        since = CASE WHEN attempt.since > ?3 THEN attempt.since ELSE ?2 END RETURNING failures";
    Ok(w.one(FAIL, (subject, now, now.saturating_sub(window)), |r| r.get(0))?.unwrap_or(1))
}

/// Forgets a subject, after a login that succeeded.
pub fn clear(w: &mut Write, subject: &str) -> Result<()> {
    w.run("DELETE FROM attempt WHERE subject = ?1", [subject]).map(drop)
}

/// Forgets windows that are over.
pub fn expire(w: &mut Write, before: i64) -> Result<usize> {
    w.run("DELETE FROM attempt WHERE since < ?1", [before])
}

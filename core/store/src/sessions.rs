//! Who is logged in. The store sees a hash of the token only; the token itself stays in the browser.

use crate::error::Result;
use crate::{Conn, Write};
use rusqlite::Row;

/// One logged-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// [`hash`] of the token.
    pub token: String,
    pub account: i64,
    pub created: i64,
    /// Kept to the minute or so, as the caller likes: [`touch`] is a write.
    pub used: i64,
    pub address: String,
    pub agent: String,
}

/// How a token is looked up: BLAKE3 in hexadecimal. Tokens are long and random, so that no slower hash is needed.
pub fn hash(token: &[u8]) -> String {
    blake3::hash(token).to_hex().to_string()
}

pub fn begin(w: &mut Write, s: &Session) -> Result<()> {
    const NEW: &str = "INSERT INTO session(token,account,created,used,address,agent) VALUES(?1,?2,?3,?4,?5,?6)";
    w.run(NEW, (&s.token, s.account, s.created, s.used, &s.address, &s.agent)).map(drop)
}

/// The session of a token's hash, unless its account is suspended.
pub fn find(conn: &Conn, token: &str) -> Result<Option<Session>> {
    const FIND: &str = "SELECT s.token, s.account, s.created, s.used, s.address, s.agent FROM session s JOIN account a ON a.id = s.account
        WHERE s.token = ?1 AND a.suspended = 0";
    conn.one(FIND, [token], session)
}

/// The sessions of an account, the last used first.
pub fn list(conn: &Conn, account: i64) -> Result<Vec<Session>> {
    conn.all("SELECT token, account, created, used, address, agent FROM session WHERE account = ?1 ORDER BY used DESC, token", [account], session)
}

pub fn touch(w: &mut Write, token: &str, now: i64) -> Result<()> {
    w.run("UPDATE session SET used = ?2 WHERE token = ?1", (token, now)).map(drop)
}

pub fn end(w: &mut Write, token: &str) -> Result<bool> {
    Ok(w.run("DELETE FROM session WHERE token = ?1", [token])? > 0)
}

/// Ends every session of an account but one.
pub fn end_others(w: &mut Write, account: i64, but: &str) -> Result<usize> {
    w.run("DELETE FROM session WHERE account = ?1 AND token <> ?2", (account, but))
}

/// Forgets sessions that were not used since, or began before.
pub fn expire(w: &mut Write, unused_since: i64, begun_before: i64) -> Result<usize> {
    w.run("DELETE FROM session WHERE used < ?1 OR created < ?2", [unused_since, begun_before])
}

fn session(r: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session { token: r.get(0)?, account: r.get(1)?, created: r.get(2)?, used: r.get(3)?, address: r.get(4)?, agent: r.get(5)? })
}

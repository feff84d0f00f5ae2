//! Settings of the domain, by name.

use crate::error::Result;
use crate::{Conn, Write};

/// The value of a setting.
pub fn get(conn: &Conn, name: &str) -> Result<Option<String>> {
    conn.one("SELECT value FROM setting WHERE name = ?1", [name], |r| r.get(0))
}

/// Sets it.
pub fn set(w: &mut Write, name: &str, value: &str) -> Result<()> {
    w.run("INSERT INTO setting(name,value) VALUES(?1,?2) ON CONFLICT(name) DO UPDATE SET value = excluded.value", [name, value]).map(drop)
}

/// Forgets it.
pub fn unset(w: &mut Write, name: &str) -> Result<()> {
    w.run("DELETE FROM setting WHERE name = ?1", [name]).map(drop)
}

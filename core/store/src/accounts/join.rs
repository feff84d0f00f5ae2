//! The people of an imported course meet the accounts of the domain.

use super::{Account, NewAccount, create, find, person, username};
use crate::error::Result;
use crate::{Conn, StoreError, Write};

/// What became of somebody an imported course describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// The number the course knows them by.
    pub number: i64,
    pub account: i64,
    /// The user name the archive gives.
    pub username: String,
    pub how: How,
}

/// How a person of an archive came to an account (SECURITY C15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// Joined to an account that nobody ever logged in to: an earlier import made it.
    Joined,
    /// Joined to an account that is in use.
    JoinedLive,
    /// A new account without a password.
    Made,
    /// The same, although an account in use has that name and that address: nobody said that they are the same person.
    MadeBesideLive,
    /// The same, because an administrator has that name.
    MadeBesideAdmin,
}

/// Joins the people of an imported course to accounts. Same user name and same address (without regard to case) is the same person, where the account was never used, or
/// `live` says that the people of the archive are those of this domain. Never is it an account with rights over the domain: an archive may say anything. Everybody else gets
/// an account without a password, under a user name that is free.
pub(crate) fn join(w: &mut Write, course: i64, live: bool, now: i64) -> Result<Vec<Met>> {
    const PEOPLE: &str = "SELECT id, coalesce(username,''), coalesce(email,''), coalesce(firstname,''), coalesce(lastname,''), coalesce(lang,''), coalesce(timezone,'')
        FROM c_user WHERE _course = ?1 AND coalesce(deleted,0) = 0 ORDER BY id";
    let people: Vec<(i64, NewAccount)> = w.all(PEOPLE, [course], |r| {
        let a = NewAccount {
            username: r.get(1)?,
            email: r.get(2)?,
            firstname: r.get(3)?,
            lastname: r.get(4)?,
            lang: r.get(5)?,
            timezone: r.get(6)?,
            now,
            ..Default::default()
        };
        Ok((r.get(0)?, a))
    })?;
    let mut met = Vec::with_capacity(people.len());
    for (number, mut new) in people {
        let named = find(w, &new.username)?;
        let same = |a: &Account| !new.email.is_empty() && a.email.to_lowercase() == new.email.trim().to_lowercase();
        let (here, how) = match named {
            Some(a) if a.admin => (None, How::MadeBesideAdmin),
            Some(a) if !same(&a) || person(w, course, a.id)?.is_some() => (None, How::Made),
            Some(a) if !is_live(w, &a)? => (Some(a.id), How::Joined),
            Some(a) if live => (Some(a.id), How::JoinedLive),
            Some(_) => (None, How::MadeBesideLive),
            None => (None, How::Made),
        };
        let username = new.username.clone();
        let account = match here {
            Some(account) => account,
            None => {
                new.username = free(w, &new.username)?;
                create(w, &new)?
            }
        };
        w.run("INSERT INTO person(course,number,account) VALUES(?1,?2,?3)", [course, number, account])?;
        met.push(Met { number, account, username, how });
    }
    Ok(met)
}

/// Whether somebody uses the account: it has a password, or a session is open.
fn is_live(conn: &Conn, a: &Account) -> Result<bool> {
    let session = || conn.one("SELECT 1 FROM session WHERE account = ?1 LIMIT 1", [a.id], |_| Ok(()));
    Ok(a.password.is_some() || session()?.is_some())
}

/// `wanted`, or it with the first number behind it that nobody has.
fn free(conn: &Conn, wanted: &str) -> Result<String> {
    let base = match username(wanted) {
        name if name.is_empty() => "user".to_owned(),
        name => name,
    };
    if find(conn, &base)?.is_none() {
        return Ok(base);
    }
    // `anon1` leads to `anon1-2`; the highest in use is found without trying them all.
    const LAST: &str =
        "SELECT max(CAST(substr(username, length(?1) + 2) AS BIGINT)) FROM account WHERE username > ?1 || '-' AND username < ?1 || '.'";
    let last: Option<i64> = conn.one(LAST, [&base], |r| r.get(0))?.flatten();
    let mut n = last.unwrap_or(1).max(1);
    loop {
        n = n.checked_add(1).ok_or_else(|| StoreError::Exhausted("account".into()))?;
        let name = format!("{base}-{n}");
        if find(conn, &name)?.is_none() {
            return Ok(name);
        }
    }
}

//! The people of an imported course meet the accounts of the domain.

use super::{NewAccount, create, find, person, username};
use crate::error::Result;
use crate::{Conn, StoreError, Write};

/// Joins the people of an imported course to accounts: same user name and same address (without regard to case) is the same person; everybody else
/// gets an account without a password, under a user name that is free. Gives (number, account) of both.
#[allow(clippy::type_complexity)]
pub(crate) fn join(w: &mut Write, course: i64, now: i64) -> Result<(Vec<(i64, i64)>, Vec<(i64, i64)>)> {
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
    let (mut joined, mut created) = (Vec::new(), Vec::new());
    for (number, mut new) in people {
        let same = find(w, &new.username)?.filter(|a| !new.email.is_empty() && a.email.to_lowercase() == new.email.trim().to_lowercase());
        let here = same.filter(|a| matches!(person(w, course, a.id), Ok(None)));
        let account = match here {
            Some(a) => {
                joined.push((number, a.id));
                a.id
            }
            None => {
                new.username = free(w, &new.username)?;
                let id = create(w, &new)?;
                created.push((number, id));
                id
            }
        };
        w.run("INSERT INTO person(course,number,account) VALUES(?1,?2,?3)", [course, number, account])?;
    }
    Ok((joined, created))
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

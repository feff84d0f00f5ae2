//! The accounts of the domain, and who in a course is which of them.
//!
//! An account is a person of this domain; a [`Person`](crate::people::Person) is the number a course knows somebody by. Records name the number.

mod join;

pub(crate) use join::join;
pub use join::{How, Met};

use crate::core::documents;
use crate::error::Result;
use crate::{Conn, StoreError, Write, numbers, records};
use parcours_course::Value;
use rusqlite::Row;

/// Somebody of this domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: i64,
    /// Lower case; unique in the domain.
    pub username: String,
    pub email: String,
    pub firstname: String,
    pub lastname: String,
    /// An argon2id hash in its usual text form; without one nobody can log in as them.
    pub password: Option<String>,
    pub admin: bool,
    /// Language and time zone they chose, or empty.
    pub lang: String,
    pub timezone: String,
    pub created: i64,
    pub suspended: bool,
}

/// What a new account begins with.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    pub username: String,
    pub email: String,
    pub firstname: String,
    pub lastname: String,
    pub password: Option<String>,
    pub admin: bool,
    pub lang: String,
    pub timezone: String,
    pub now: i64,
}

const ALL: &str = "SELECT id, username, email, firstname, lastname, password, admin, lang, timezone, created, suspended FROM account";

/// Makes an account.
///
/// # Errors
/// [`StoreError::Invalid`] when the name is taken or empty.
pub fn create(w: &mut Write, new: &NewAccount) -> Result<i64> {
    const NEW: &str = "INSERT INTO account(username,email,firstname,lastname,password,admin,lang,timezone,created,suspended)
        VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,0) ON CONFLICT(username) DO NOTHING RETURNING id";
    let name = username(&new.username);
    if name.is_empty() {
        return Err(StoreError::invalid("an account needs a user name"));
    }
    let n = new;
    let row = (&name, n.email.trim(), &n.firstname, &n.lastname, &n.password, n.admin, &n.lang, &n.timezone, n.now);
    w.one(NEW, row, |r| r.get(0))?.ok_or_else(|| StoreError::invalid(format!("the user name `{name}` is taken; choose another")))
}

pub fn get(conn: &Conn, id: i64) -> Result<Option<Account>> {
    conn.one(&format!("{ALL} WHERE id = ?1"), [id], account)
}

/// By user name, without regard to case.
pub fn find(conn: &Conn, name: &str) -> Result<Option<Account>> {
    conn.one(&format!("{ALL} WHERE username = ?1"), [username(name)], account)
}

/// In the order of their user names, after a given one.
pub fn list(conn: &Conn, after: &str, limit: u32) -> Result<Vec<Account>> {
    conn.all(&format!("{ALL} WHERE username > ?1 ORDER BY username LIMIT ?2"), (after, limit), account)
}

/// How many there are.
pub fn count(conn: &Conn) -> Result<i64> {
    Ok(conn.one("SELECT count(*) FROM account", [], |r| r.get(0))?.unwrap_or(0))
}

/// Sets or takes away the password, and ends every session of the account.
pub fn set_password(w: &mut Write, id: i64, hash: Option<&str>) -> Result<bool> {
    w.run("DELETE FROM session WHERE account = ?1", [id])?;
    Ok(w.run("UPDATE account SET password = ?2 WHERE id = ?1", (id, hash))? > 0)
}

pub fn set_email(w: &mut Write, id: i64, email: &str) -> Result<bool> {
    Ok(w.run("UPDATE account SET email = ?2 WHERE id = ?1", (id, email.trim()))? > 0)
}

pub fn set_admin(w: &mut Write, id: i64, admin: bool) -> Result<bool> {
    Ok(w.run("UPDATE account SET admin = ?2 WHERE id = ?1", (id, admin))? > 0)
}

/// A suspended account keeps its work and cannot log in.
pub fn set_suspended(w: &mut Write, id: i64, suspended: bool) -> Result<bool> {
    w.run("DELETE FROM session WHERE account = ?1", [id])?;
    Ok(w.run("UPDATE account SET suspended = ?2 WHERE id = ?1", (id, suspended))? > 0)
}

/// How many people a course describes that did not come with its archive.
pub fn newcomers(conn: &Conn, course: i64) -> Result<i64> {
    Ok(conn.one("SELECT count(*) FROM c_user WHERE _course = ?1 AND _shape IS NULL", [course], |r| r.get(0))?.unwrap_or(0))
}

/// The number a course knows an account by.
pub fn person(conn: &Conn, course: i64, account: i64) -> Result<Option<i64>> {
    conn.one("SELECT number FROM person WHERE course = ?1 AND account = ?2", [course, account], |r| r.get(0))
}

/// The account behind a number of a course.
pub fn of_person(conn: &Conn, course: i64, number: i64) -> Result<Option<Account>> {
    let text = format!("{ALL} WHERE id = (SELECT account FROM person WHERE course = ?1 AND number = ?2)");
    conn.one(&text, [course, number], account)
}

/// The number of an account in a course, given now if it has none: the next, with a `user` record in `users.xml`, so that an export describes them.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such account.
pub fn ensure_person(w: &mut Write, course: i64, account: i64, now: i64) -> Result<i64> {
    if let Some(number) = person(w, course, account)? {
        return Ok(number);
    }
    let who = get(w, account)?.ok_or_else(|| StoreError::Missing { course, what: format!("account {account}") })?;
    let number = numbers::take(w, course, "c_user", 1)?;
    w.run("INSERT INTO person(course,number,account) VALUES(?1,?2,?3)", [course, number, account])?;
    // A `users.xml` that could not be read as records is written back as it came, and cannot say more.
    if let Some(doc) = documents::ensure(w, course, "users.xml", 0)? {
        let context = numbers::take(w, course, numbers::CONTEXT, 1)?;
        let table = w.table(crate::schema::CORE, "user")?;
        let fields = [
            ("contextid", Value::Int(context)),
            ("username", who.username.into()),
            ("email", who.email.into()),
            ("firstname", who.firstname.into()),
            ("lastname", who.lastname.into()),
            ("auth", "manual".into()),
            ("confirmed", Value::Int(1)),
            ("lang", if who.lang.is_empty() { "en".into() } else { who.lang.into() }),
            ("timezone", if who.timezone.is_empty() { "99".into() } else { who.timezone.into() }),
            ("mailformat", Value::Int(1)),
            ("maildisplay", Value::Int(2)),
            ("descriptionformat", Value::Int(1)),
            ("timecreated", Value::Int(now)),
            ("timemodified", Value::Int(now)),
        ];
        let values = records::laid_out(&table, number, fields.into_iter().map(|(c, v)| (c.to_owned(), v)).collect())?;
        records::put(w, course, &table, doc, 0, number, None, values)?;
    }
    Ok(number)
}

fn username(name: &str) -> String {
    name.trim().to_lowercase()
}

fn account(r: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: r.get(0)?,
        username: r.get(1)?,
        email: r.get(2)?,
        firstname: r.get(3)?,
        lastname: r.get(4)?,
        password: r.get(5)?,
        admin: r.get(6)?,
        lang: r.get(7)?,
        timezone: r.get(8)?,
        created: r.get(9)?,
        suspended: r.get(10)?,
    })
}

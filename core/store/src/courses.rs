//! The courses of the domain.

use crate::error::Result;
use crate::{Conn, Domain, StoreError, Write, staging};
use parcours_course::Value;
use rusqlite::Row;

/// A course that can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub id: i64,
    pub fullname: String,
    pub shortname: String,
    /// What the archive says: whether learners see it. [`Course::opened`] comes first.
    pub visible: bool,
    /// Unix seconds; 0 is unset.
    pub startdate: i64,
    pub enddate: i64,
    /// When it was brought in here.
    pub published: i64,
    /// What the import said of where it comes from (JSON).
    pub source: String,
    /// Since when its people see it; `None`: only those who run the domain do. A state of ours, which no archive says and none is told.
    pub opened: Option<i64>,
    /// The account that opened it; `None` is the command line.
    pub opener: Option<i64>,
}

/// The record of `course/course.xml`: what a page of the course shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// The course's own number and context in its archive.
    pub number: i64,
    pub context: i64,
    pub summary: String,
    pub summaryformat: i64,
    /// Moodle's course format (`topics`, `weeks` …).
    pub format: String,
    pub lang: String,
    /// 0 none, 1 separate, 2 visible; forced on every activity when `groupmodeforce`.
    pub groupmode: i64,
    pub groupmodeforce: bool,
    pub enablecompletion: bool,
    pub showcompletionconditions: bool,
    /// The section that is marked as current, or 0.
    pub marker: i64,
}

const ALL: &str = "SELECT id, fullname, shortname, visible, startdate, enddate, coalesce(published,0), source, opened, opener
    FROM course WHERE state = 'live'";

/// Every course, by name.
pub fn list(conn: &Conn) -> Result<Vec<Course>> {
    conn.all(&format!("{ALL} ORDER BY fullname, id"), [], course)
}

/// The courses in which an account is a person, by name.
pub fn of_account(conn: &Conn, account: i64) -> Result<Vec<Course>> {
    conn.all(&format!("{ALL} AND id IN (SELECT course FROM person WHERE account = ?1) ORDER BY fullname, id"), [account], course)
}

pub fn get(conn: &Conn, id: i64) -> Result<Option<Course>> {
    conn.one(&format!("{ALL} AND id = ?1"), [id], course)
}

/// `None` when the archive had no `course/course.xml`, or it is kept whole.
pub fn details(conn: &Conn, id: i64) -> Result<Option<Details>> {
    const FIND: &str = "SELECT id, coalesce(contextid,0), coalesce(summary,''), coalesce(summaryformat,1), coalesce(format,''), coalesce(lang,''),
        coalesce(groupmode,0), coalesce(groupmodeforce,0), coalesce(enablecompletion,0), coalesce(showcompletionconditions,0), coalesce(marker,0)
        FROM c_course WHERE _course = ?1 ORDER BY id LIMIT 1";
    conn.one(FIND, [id], |r| {
        Ok(Details {
            number: r.get(0)?,
            context: r.get(1)?,
            summary: r.get(2)?,
            summaryformat: r.get(3)?,
            format: r.get(4)?,
            lang: r.get(5)?,
            groupmode: r.get(6)?,
            groupmodeforce: r.get(7)?,
            enablecompletion: r.get(8)?,
            showcompletionconditions: r.get(9)?,
            marker: r.get(10)?,
        })
    })
}

/// The record that describes the archive itself (`moodle_backup.xml`), by column; empty when it is kept whole.
pub fn backup(conn: &Conn, id: i64) -> Result<Vec<(String, Value)>> {
    let table = conn.table(crate::schema::CORE, "backup")?;
    let text = format!("SELECT {} FROM c_backup WHERE _course = ?1 ORDER BY id LIMIT 1", table.list);
    let width = table.columns.len();
    let row = conn.one(&text, [id], |r| crate::row::values(r, 0, width))?;
    Ok(row.map_or_else(Vec::new, |values| table.columns().map(str::to_owned).zip(values).collect()))
}

/// The report of its import (JSON).
pub fn report(conn: &Conn, id: i64) -> Result<Option<String>> {
    conn.one("SELECT r.report FROM report r JOIN course c ON c.id = r.course AND c.state = 'live' WHERE r.course = ?1", [id], |r| r.get(0))
}

/// Opens the course to its people, or says again who does. `by` is the account that asks for it.
///
/// # Errors
/// [`StoreError::NoCourse`].
pub fn open(w: &mut Write, id: i64, by: Option<i64>, now: i64) -> Result<()> {
    set_open(w, id, Some(now), by)
}

/// Takes it out of the sight of all but those who run the domain.
///
/// # Errors
/// [`StoreError::NoCourse`].
pub fn close(w: &mut Write, id: i64) -> Result<()> {
    set_open(w, id, None, None)
}

fn set_open(w: &mut Write, id: i64, at: Option<i64>, by: Option<i64>) -> Result<()> {
    match w.run("UPDATE course SET opened = ?2, opener = ?3 WHERE id = ?1 AND state = 'live'", (id, at, by))? {
        0 => Err(StoreError::NoCourse(id)),
        _ => Ok(()),
    }
}

/// Sets whether learners see the course; its record says so too.
///
/// # Errors
/// [`StoreError::NoCourse`].
pub fn set_visible(w: &mut Write, id: i64, visible: bool) -> Result<()> {
    if w.run("UPDATE course SET visible = ?2 WHERE id = ?1 AND state = 'live'", (id, visible))? == 0 {
        return Err(StoreError::NoCourse(id));
    }
    w.run("UPDATE c_course SET visible = ?2, _version = _version + 1 WHERE _course = ?1", (id, visible)).map(drop)
}

/// Takes a course away with everything that belongs to it: out of sight at once, then deleted in batches, and finished at the next start should
/// this be interrupted. Accounts stay.
///
/// # Errors
/// [`StoreError::NoCourse`], or what the database said.
pub fn withdraw(domain: &Domain, id: i64) -> Result<()> {
    domain.write(move |mut w| {
        let hidden = w.run("UPDATE course SET state = 'withdrawn' WHERE id = ?1 AND state = 'live'", [id]);
        let done = hidden.and_then(|n| if n == 0 { Err(StoreError::NoCourse(id)) } else { Ok(()) });
        (w, done)
    })?;
    staging::erase(domain, id)
}

fn course(r: &Row<'_>) -> rusqlite::Result<Course> {
    Ok(Course {
        id: r.get(0)?,
        fullname: r.get(1)?,
        shortname: r.get(2)?,
        visible: r.get::<_, i64>(3)? != 0,
        startdate: r.get(4)?,
        enddate: r.get(5)?,
        published: r.get(6)?,
        source: r.get(7)?,
        opened: r.get(8)?,
        opener: r.get(9)?,
    })
}

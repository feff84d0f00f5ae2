//! The one short transaction that makes an imported course visible.

use super::Staging;
use crate::error::Result;
use crate::{Write, accounts, numbers};

/// What the caller knows when everything is in.
#[derive(Debug, Clone, Default)]
pub struct Publish {
    pub now: i64,
    /// Names to use when the archive does not say.
    pub fullname: String,
    pub shortname: String,
    /// The report, as JSON.
    pub report: String,
}

/// What became of the course and its people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    pub course: i64,
    /// People joined to an account that existed: number in the course, account.
    pub joined: Vec<(i64, i64)>,
    /// People for whom an account was made that nobody can log in to yet.
    pub created: Vec<(i64, i64)>,
}

impl Staging {
    /// Makes the course visible: its files durable first, then state, counters and people in one transaction.
    ///
    /// # Errors
    /// What the database or the disk said; then the import is removed.
    pub fn publish(mut self, publish: Publish) -> Result<Published> {
        self.flush()?;
        self.domain.pool().sync(&self.put)?;
        let course = self.course;
        let highest: Vec<(String, i64)> = self.memory.highest().collect();
        let documents = self.documents;
        let published = self.domain.write(move |mut w| {
            let done = run(&mut w, course, &publish, &highest, documents);
            (w, done)
        })?;
        self.done = true;
        Ok(published)
    }
}

fn run(w: &mut Write, course: i64, publish: &Publish, highest: &[(String, i64)], documents: i64) -> Result<Published> {
    for (space, n) in highest {
        numbers::lift(w, course, space, *n)?;
    }
    numbers::lift(w, course, numbers::DOCUMENT, documents)?;
    let named: Option<(String, String, i64, i64, i64)> = w.one(
        "SELECT coalesce(fullname,''), coalesce(shortname,''), coalesce(visible,1), coalesce(startdate,0), coalesce(enddate,0) FROM c_course WHERE _course = ?1 ORDER BY id LIMIT 1",
        [course],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)),
    )?;
    let (full, short, visible, start, end) = named.unwrap_or_else(|| (publish.fullname.clone(), publish.shortname.clone(), 1, 0, 0));
    const LIVE: &str =
        "UPDATE course SET state = 'live', published = ?2, fullname = ?3, shortname = ?4, visible = ?5, startdate = ?6, enddate = ?7 WHERE id = ?1";
    w.run(LIVE, (course, publish.now, full, short, visible, start, end))?;
    w.run("INSERT INTO report(course,report) VALUES(?1,?2)", (course, &publish.report))?;
    let (joined, created) = accounts::join(w, course, publish.now)?;
    Ok(Published { course, joined, created })
}

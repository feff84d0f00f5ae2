//! The one short transaction that makes an imported course visible.

use super::Staging;
use crate::accounts::Met;
use crate::error::Result;
use crate::{Write, accounts, courses, numbers, people};

/// What the caller knows when everything is in.
#[derive(Debug, Clone, Default)]
pub struct Publish {
    pub now: i64,
    /// Names to use when the archive does not say.
    pub fullname: String,
    pub shortname: String,
    /// Whether the people of the archive are those of this domain: then they are joined to accounts that are in use, too.
    pub same_people: bool,
    /// Whether the course is open to its people at once; else only those who run the domain see it ([`crate::courses::open`]).
    pub open: bool,
}

/// What became of the course and its people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    pub course: i64,
    /// Everybody the archive describes, by number.
    pub people: Vec<Met>,
    pub strangers: Strangers,
}

/// What an archive says of people who take no part in its course.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Strangers {
    pub people: i64,
    /// Their grades and states of completion.
    pub records: i64,
}

impl Staging {
    /// Makes the course visible: its files durable first, then state, counters and people in one transaction. `report` makes the report (JSON) of what came of it.
    ///
    /// # Errors
    /// What the database or the disk said; then the import is removed.
    pub fn publish(mut self, publish: Publish, report: impl FnOnce(&Published) -> String + Send + 'static) -> Result<Published> {
        self.flush()?;
        self.domain.pool().sync(&self.put)?;
        let course = self.course;
        let highest: Vec<(String, i64)> = self.memory.highest().collect();
        let documents = self.documents;
        let published = self.domain.write(move |mut w| {
            let done = run(&mut w, course, &publish, report, &highest, documents);
            (w, done)
        })?;
        self.done = true;
        Ok(published)
    }
}

fn run(
    w: &mut Write,
    course: i64,
    publish: &Publish,
    report: impl FnOnce(&Published) -> String,
    highest: &[(String, i64)],
    documents: i64,
) -> Result<Published> {
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
    if publish.open {
        courses::open(w, course, None, publish.now)?;
    }
    let people = accounts::join(w, course, publish.same_people, publish.now)?;
    let published = Published { course, people, strangers: people::strangers(w, course)? };
    w.run("INSERT INTO report(course,report) VALUES(?1,?2)", (course, report(&published)))?;
    Ok(published)
}

//! Who has done what (`activities/*/completion.xml`).

use super::{documents, people};
use crate::error::Result;
use crate::{Conn, Write};
use rusqlite::Row;

/// How far a person is with an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Completion {
    pub cm: i64,
    pub person: i64,
    /// 0 incomplete, 1 complete, 2 complete with a pass, 3 complete with a fail.
    pub state: i64,
    pub viewed: bool,
    pub timemodified: i64,
}

const ALL: &str = "SELECT c._cm, c.userid, coalesce(c.completionstate,0), coalesce(c.viewed,0) <> 0 OR EXISTS
      (SELECT 1 FROM c_completionview v WHERE v._course = c._course AND v._cm = c._cm AND v.userid = c.userid), coalesce(c.timemodified,0)
    FROM c_completion c WHERE c._course = ?1";

/// `None`: nothing is noted, which is incomplete. A view alone is noted too.
pub fn get(conn: &Conn, course: i64, cm: i64, person: i64) -> Result<Option<Completion>> {
    let found = conn.one(&format!("{ALL} AND c._cm = ?2 AND c.userid = ?3 ORDER BY c.id LIMIT 1"), [course, cm, person], read)?;
    if found.is_some() {
        return Ok(found);
    }
    const VIEWED: &str = "SELECT coalesce(timecreated,0) FROM c_completionview WHERE _course = ?1 AND _cm = ?2 AND userid = ?3 ORDER BY id LIMIT 1";
    let seen: Option<i64> = conn.one(VIEWED, [course, cm, person], |r| r.get(0))?;
    Ok(seen.map(|timemodified| Completion { cm, person, state: 0, viewed: true, timemodified }))
}

/// Everything that is noted of a person in a course, who [takes part](people::takes_part) in it; of somebody else nothing counts.
pub fn of_person(conn: &Conn, course: i64, person: i64) -> Result<Vec<Completion>> {
    if !people::takes_part(conn, course, person)? {
        return Ok(Vec::new());
    }
    // Activity by activity, because that is how it is indexed; a course has tens of them, and thousands of people.
    let cms: Vec<i64> = conn.all("SELECT id FROM c_module WHERE _course = ?1 AND completion <> 0 ORDER BY id", [course], |r| r.get(0))?;
    let mut found = Vec::new();
    for cm in cms {
        found.extend(get(conn, course, cm, person)?);
    }
    Ok(found)
}

/// The state in one activity of everybody who takes part.
pub fn of_activity(conn: &Conn, course: i64, cm: i64) -> Result<Vec<Completion>> {
    conn.all(&format!("{ALL} AND c._cm = ?2 AND c.userid IN ({}) ORDER BY c.userid, c.id", people::TAKE_PART), [course, cm], read)
}

/// Notes a state; `viewed` stays once it is set. An activity whose `completion.xml` is kept whole takes none.
///
/// # Errors
/// [`crate::StoreError::NoActivity`].
pub fn set(w: &mut Write, course: i64, cm: i64, person: i64, state: i64, viewed: bool, now: i64) -> Result<()> {
    const HERE: &str = "SELECT id FROM c_completion WHERE _course = ?1 AND _cm = ?2 AND userid = ?3 ORDER BY id LIMIT 1";
    const SEEN: &str = "SELECT 1 FROM c_completionview WHERE _course = ?1 AND _cm = ?2 AND userid = ?3";
    const CHANGE: &str = "UPDATE c_completion SET completionstate = ?3, timemodified = ?4, viewed = CASE WHEN ?5 = 1 THEN 1 ELSE viewed END,
        _version = _version + 1 WHERE _course = ?1 AND id = ?2";
    let path = format!("{}/completion.xml", documents::folder(w, course, cm)?);
    match w.one(HERE, [course, cm, person], |r| r.get::<_, i64>(0))? {
        Some(id) => drop(w.run(CHANGE, (course, id, state, now, i64::from(viewed)))?),
        None => {
            let fields = vec![
                ("userid", person.into()),
                ("completionstate", state.into()),
                ("timemodified", now.into()),
                ("viewed", i64::from(viewed).into()),
            ];
            documents::add(w, course, cm, &path, "completion", None, fields)?;
            super::activities::mention_user(w, course, cm, person)?;
        }
    }
    // From 4.0 on a view is a record of its own; before, the leaf above says it.
    if viewed && w.one(SEEN, [course, cm, person], |_| Ok(()))?.is_none() {
        let fields = vec![("userid", person.into()), ("timecreated", now.into())];
        documents::add(w, course, cm, &path, "completionview", None, fields)?;
    }
    Ok(())
}

fn read(r: &Row<'_>) -> rusqlite::Result<Completion> {
    Ok(Completion { cm: r.get(0)?, person: r.get(1)?, state: r.get(2)?, viewed: r.get::<_, i64>(3)? != 0, timemodified: r.get(4)? })
}

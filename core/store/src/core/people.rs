//! The people of a course, by the numbers its records know them by.

use super::documents;
use crate::error::Result;
use crate::staging::Strangers;
use crate::{Conn, Write};
use rusqlite::Row;

/// Somebody in a course. Names are those of their account; of somebody the archive describes but no account is, the archive's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub number: i64,
    pub account: Option<i64>,
    pub username: String,
    pub firstname: String,
    pub lastname: String,
    pub email: String,
    pub lang: String,
    pub timezone: String,
    /// Their own context in the archive, where their picture is; 0 when there is none.
    pub context: i64,
    /// File number of the picture, as Moodle has it; 0 is none.
    pub picture: i64,
}

/// A way in, and who came by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    pub id: i64,
    pub person: i64,
    /// Number and name (`manual`, `self`, `cohort`) of the method.
    pub enrol: i64,
    pub method: String,
    /// Whether neither the enrolment nor its method is suspended.
    pub active: bool,
    /// Unix seconds; 0 is no limit.
    pub timestart: i64,
    pub timeend: i64,
}

const ALL: &str = "SELECT n.number, a.id, coalesce(a.username,u.username,''), coalesce(a.firstname,u.firstname,''), coalesce(a.lastname,u.lastname,''),
    coalesce(a.email,u.email,''), coalesce(nullif(a.lang,''),u.lang,''), coalesce(nullif(a.timezone,''),u.timezone,''), coalesce(u.contextid,0), coalesce(u.picture,0)
    FROM (SELECT number FROM person WHERE course = ?1 UNION SELECT id FROM c_user WHERE _course = ?1) n
    LEFT JOIN person p ON p.course = ?1 AND p.number = n.number LEFT JOIN account a ON a.id = p.account
    LEFT JOIN c_user u ON u._course = ?1 AND u.id = n.number";

/// Everybody a course knows, by last and first name.
pub fn list(conn: &Conn, course: i64) -> Result<Vec<Person>> {
    conn.all(&format!("{ALL} ORDER BY 5, 4, 1"), [course], person)
}

pub fn get(conn: &Conn, course: i64, number: i64) -> Result<Option<Person>> {
    const ONE: &str = "SELECT ?2, a.id, coalesce(a.username,u.username,''), coalesce(a.firstname,u.firstname,''), coalesce(a.lastname,u.lastname,''),
        coalesce(a.email,u.email,''), coalesce(nullif(a.lang,''),u.lang,''), coalesce(nullif(a.timezone,''),u.timezone,''), coalesce(u.contextid,0), coalesce(u.picture,0)
        FROM (SELECT 1 AS one) x LEFT JOIN person p ON p.course = ?1 AND p.number = ?2 LEFT JOIN account a ON a.id = p.account
        LEFT JOIN c_user u ON u._course = ?1 AND u.id = ?2 WHERE a.id IS NOT NULL OR u.id IS NOT NULL";
    conn.one(ONE, [course, number], person)
}

/// Those of `numbers` the course knows, in their order.
pub fn many(conn: &Conn, course: i64, numbers: &[i64]) -> Result<Vec<Person>> {
    let mut found = Vec::with_capacity(numbers.len());
    for n in numbers {
        found.extend(get(conn, course, *n)?);
    }
    Ok(found)
}

/// Every enrolment of a course, or those of one person.
pub fn enrolments(conn: &Conn, course: i64, person: Option<i64>) -> Result<Vec<Enrolment>> {
    const ALL: &str = "SELECT n.id, n.userid, coalesce(e.id,0), coalesce(e.enrol,''), coalesce(n.status,0) = 0 AND coalesce(e.status,0) = 0,
        coalesce(n.timestart,0), coalesce(n.timeend,0) FROM c_enrolment n LEFT JOIN c_enrol e ON e._course = n._course AND e.id = n._parent
        WHERE n._course = ?1 AND n._cm = 0";
    let read = |r: &Row<'_>| {
        let active = r.get::<_, i64>(4)? != 0;
        let (id, person, enrol) = (r.get(0)?, r.get(1)?, r.get(2)?);
        Ok(Enrolment { id, person, enrol, method: r.get(3)?, active, timestart: r.get(5)?, timeend: r.get(6)? })
    };
    match person {
        Some(p) => conn.all(&format!("{ALL} AND n.userid = ?2 ORDER BY n.id"), [course, p], read),
        None => conn.all(&format!("{ALL} ORDER BY n.id"), [course], read),
    }
}

/// People who take part in a course: enrolled, by whatever way and however it ended, or with a role in the course itself.
pub(super) const TAKE_PART: &str = "SELECT userid FROM c_enrolment WHERE _course = ?1 AND _cm = 0 AND userid IS NOT NULL
    UNION SELECT userid FROM c_role_assignment WHERE _course = ?1 AND _cm = 0 AND userid IS NOT NULL";

/// Whether a person takes part in the course, or did. Of somebody who never did an archive may say what it likes: it counts nowhere (SECURITY C17).
pub fn takes_part(conn: &Conn, course: i64, person: i64) -> Result<bool> {
    const HERE: &str = "SELECT EXISTS (SELECT 1 FROM c_enrolment WHERE _course = ?1 AND _cm = 0 AND userid = ?2)
        OR EXISTS (SELECT 1 FROM c_role_assignment WHERE _course = ?1 AND _cm = 0 AND userid = ?2)";
    Ok(conn.one(HERE, [course, person], |r| r.get(0))?.unwrap_or(false))
}

/// What the records of a course say of people who take no part in it.
pub(crate) fn strangers(conn: &Conn, course: i64) -> Result<Strangers> {
    let text = format!(
        "SELECT count(DISTINCT userid), count(*) FROM (SELECT userid FROM c_grade_grade WHERE _course = ?1
           UNION ALL SELECT userid FROM c_completion WHERE _course = ?1 UNION ALL SELECT userid FROM c_completionview WHERE _course = ?1
           UNION ALL SELECT userid FROM c_course_completed WHERE _course = ?1 UNION ALL SELECT userid FROM c_course_criterion_met WHERE _course = ?1) s
         WHERE userid > 0 AND userid NOT IN ({TAKE_PART})"
    );
    Ok(conn.one(&text, [course], |r| Ok(Strangers { people: r.get(0)?, records: r.get(1)? }))?.unwrap_or_default())
}

/// Enrols a person by hand and gives them the role of an archetype (`student`, `teacher`, `editingteacher`, `manager`), making what the course lacks
/// for it: the method, the role, the assignment. Somebody who has all of it stays as they are.
///
/// # Errors
/// What the database said.
pub fn enrol(w: &mut Write, course: i64, person: i64, archetype: &str, now: i64) -> Result<()> {
    let role = super::roles::ensure(w, course, archetype)?;
    const MANUAL: &str = "SELECT id FROM c_enrol WHERE _course = ?1 AND enrol = 'manual' ORDER BY id LIMIT 1";
    let path = "course/enrolments.xml";
    let method = match w.one(MANUAL, [course], |r| r.get(0))? {
        Some(id) => Some(id),
        None => {
            let fields = vec![("enrol", "manual".into()), ("roleid", role.into()), ("timecreated", now.into()), ("timemodified", now.into())];
            documents::add(w, course, 0, path, "enrol", None, fields)?
        }
    };
    let here = "SELECT 1 FROM c_enrolment WHERE _course = ?1 AND _cm = 0 AND userid = ?2 AND _parent = ?3";
    if let Some(method) = method
        && w.one(here, [course, person, method], |_| Ok(()))?.is_none()
    {
        let fields = vec![("enrolid", method.into()), ("userid", person.into()), ("timestart", now.into()), ("timemodified", now.into())];
        documents::add(w, course, 0, path, "enrolment", Some(method), fields)?;
    }
    super::roles::assign(w, course, person, role, now)?;
    super::activities::mention_user(w, course, 0, person)
}

fn person(r: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        number: r.get(0)?,
        account: r.get(1)?,
        username: r.get(2)?,
        firstname: r.get(3)?,
        lastname: r.get(4)?,
        email: r.get(5)?,
        lang: r.get(6)?,
        timezone: r.get(7)?,
        context: r.get(8)?,
        picture: r.get(9)?,
    })
}

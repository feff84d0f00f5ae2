//! Roles, who has them, and what they are allowed here that they are not elsewhere.

use super::documents;
use crate::error::Result;
use crate::{Conn, Write};
use rusqlite::Row;

/// A role the archive uses (`roles.xml`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub id: i64,
    pub shortname: String,
    pub name: String,
    /// What this course calls it, if anything.
    pub nameincourse: Option<String>,
    /// `student`, `teacher`, `editingteacher`, `manager`, `coursecreator`, `guest`, `user`, `frontpage`, or empty.
    pub archetype: String,
}

/// A role somebody has in the course (`cm` 0) or in one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleAssignment {
    pub person: i64,
    pub role: i64,
    /// Empty for a role that `roles.xml` does not describe.
    pub shortname: String,
    pub archetype: String,
    pub cm: i64,
}

/// A capability a role is allowed or denied in the course (`cm` 0) or in one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleOverride {
    pub role: i64,
    /// In full: `mod/forum:replypost`.
    pub capability: String,
    /// 1 allow, -1 prevent, -1000 prohibit.
    pub permission: i64,
    pub cm: i64,
}

const ASSIGNED: &str = "SELECT a.userid, a.roleid, coalesce(r.shortname,''), coalesce(r.archetype,''), a._cm
    FROM c_role_assignment a LEFT JOIN c_role r ON r._course = a._course AND r.id = a.roleid WHERE a._course = ?1";

pub fn list(conn: &Conn, course: i64) -> Result<Vec<Role>> {
    const ALL: &str = "SELECT id, coalesce(shortname,''), coalesce(name,''), nameincourse, coalesce(archetype,'') FROM c_role WHERE _course = ?1 ORDER BY sortorder, id";
    conn.all(ALL, [course], |r| {
        let nameincourse = r.get::<_, Option<String>>(3)?.filter(|n| !n.is_empty());
        Ok(Role { id: r.get(0)?, shortname: r.get(1)?, name: r.get(2)?, nameincourse, archetype: r.get(4)? })
    })
}

/// What a person is in the course, and in the activity `cm` when one is given.
pub fn of_person(conn: &Conn, course: i64, cm: Option<i64>, person: i64) -> Result<Vec<RoleAssignment>> {
    conn.all(&format!("{ASSIGNED} AND a._cm IN (0, ?2) AND a.userid = ?3 ORDER BY a._cm, a.id"), [course, cm.unwrap_or(0), person], assignment)
}

/// Whether any activity of the course has roles or overrides of its own. Few courses do, and then a person is the same everywhere in it.
pub fn has_local(conn: &Conn, course: i64) -> Result<bool> {
    const ANY: &str = "SELECT EXISTS (SELECT 1 FROM c_role_assignment WHERE _course = ?1 AND _cm > 0)
        OR EXISTS (SELECT 1 FROM c_role_override WHERE _course = ?1 AND _cm > 0)";
    Ok(conn.one(ANY, [course], |r| r.get(0))?.unwrap_or(true))
}

/// Everybody's roles in the course, and in the activity `cm` when one is given.
pub fn assignments(conn: &Conn, course: i64, cm: Option<i64>) -> Result<Vec<RoleAssignment>> {
    conn.all(&format!("{ASSIGNED} AND a._cm IN (0, ?2) ORDER BY a._cm, a.id"), [course, cm.unwrap_or(0)], assignment)
}

/// Overrides in the course, and in the activity `cm` when one is given; those nearer to the activity last.
pub fn overrides(conn: &Conn, course: i64, cm: Option<i64>) -> Result<Vec<RoleOverride>> {
    const ALL: &str = "SELECT roleid, coalesce(capability,''), coalesce(permission,0), _cm FROM c_role_override WHERE _course = ?1 AND _cm IN (0, ?2) ORDER BY _cm, id";
    conn.all(ALL, [course, cm.unwrap_or(0)], |r| Ok(RoleOverride { role: r.get(0)?, capability: r.get(1)?, permission: r.get(2)?, cm: r.get(3)? }))
}

/// The first role of an archetype; made when the course has none.
pub(crate) fn ensure(w: &mut Write, course: i64, archetype: &str) -> Result<i64> {
    const FIND: &str = "SELECT id FROM c_role WHERE _course = ?1 AND archetype = ?2 ORDER BY shortname <> archetype, sortorder, id LIMIT 1";
    if let Some(id) = w.one(FIND, (course, archetype), |r| r.get(0))? {
        return Ok(id);
    }
    let fields = vec![("shortname", archetype.into()), ("archetype", archetype.into())];
    Ok(documents::add(w, course, 0, "roles.xml", "role", None, fields)?.unwrap_or(0))
}

/// Gives a person a role in the course, once.
pub(crate) fn assign(w: &mut Write, course: i64, person: i64, role: i64, now: i64) -> Result<()> {
    const HERE: &str = "SELECT 1 FROM c_role_assignment WHERE _course = ?1 AND _cm = 0 AND userid = ?2 AND roleid = ?3";
    if w.one(HERE, [course, person, role], |_| Ok(()))?.is_some() {
        return Ok(());
    }
    let fields = vec![("roleid", role.into()), ("userid", person.into()), ("timemodified", now.into())];
    documents::add(w, course, 0, "course/roles.xml", "role_assignment", None, fields).map(drop)
}

fn assignment(r: &Row<'_>) -> rusqlite::Result<RoleAssignment> {
    Ok(RoleAssignment { person: r.get(0)?, role: r.get(1)?, shortname: r.get(2)?, archetype: r.get(3)?, cm: r.get(4)? })
}

//! Groups and groupings.

use crate::Conn;
use crate::error::Result;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub id: i64,
    pub name: String,
    pub idnumber: String,
    /// Who sees the group: 0 all, 1 members, 2 oneself only, 3 nobody.
    pub visibility: i64,
    /// Whether activities separate by it.
    pub participation: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    pub id: i64,
    pub name: String,
    pub groups: Vec<i64>,
}

/// Every group of a course, by name.
pub fn list(conn: &Conn, course: i64) -> Result<Vec<Group>> {
    // Before 4.3 groups have no `participation`: all of them take part.
    const ALL: &str = "SELECT g.id, coalesce(g.name,''), coalesce(g.idnumber,''), coalesce(g.visibility,0),
        coalesce(g.participation,1) <> 0 OR coalesce(' ' || s.text || ' ','') NOT LIKE '% participation %'
        FROM c_group g LEFT JOIN shape s ON s.course = g._course AND s.shape = g._shape WHERE g._course = ?1 ORDER BY g.name, g.id";
    conn.all(ALL, [course], |r| {
        Ok(Group { id: r.get(0)?, name: r.get(1)?, idnumber: r.get(2)?, visibility: r.get(3)?, participation: r.get::<_, i64>(4)? != 0 })
    })
}

/// The groups a person is in, in the order of their numbers.
pub fn of_person(conn: &Conn, course: i64, person: i64) -> Result<Vec<i64>> {
    const MINE: &str =
        "SELECT DISTINCT _parent FROM c_group_member WHERE _course = ?1 AND _cm = 0 AND userid = ?2 AND _parent IS NOT NULL ORDER BY _parent";
    conn.all(MINE, [course, person], |r| r.get(0))
}

/// The people in a group, in the order of their numbers.
pub fn members(conn: &Conn, course: i64, group: i64) -> Result<Vec<i64>> {
    const ALL: &str =
        "SELECT DISTINCT m.userid FROM c_group g JOIN c_group_member m ON m._course = g._course AND m._doc = g._doc AND m._parent = g.id
        WHERE g._course = ?1 AND g.id = ?2 ORDER BY m.userid";
    conn.all(ALL, [course, group], |r| r.get(0))
}

/// Every grouping of a course, with its groups.
pub fn groupings(conn: &Conn, course: i64) -> Result<Vec<Grouping>> {
    const GROUPINGS: &str = "SELECT id, coalesce(name,'') FROM c_grouping WHERE _course = ?1 ORDER BY id";
    const GROUPS: &str = "SELECT _parent, groupid FROM c_grouping_group WHERE _course = ?1 ORDER BY _parent, groupid";
    let mut all = conn.all(GROUPINGS, [course], |r| Ok(Grouping { id: r.get(0)?, name: r.get(1)?, groups: Vec::new() }))?;
    for (grouping, group) in conn.all(GROUPS, [course], |r| Ok((r.get::<_, Option<i64>>(0)?, r.get(1)?)))? {
        if let Some(g) = all.iter_mut().find(|g| Some(g.id) == grouping) {
            g.groups.push(group);
        }
    }
    Ok(all)
}

//! Grades, as far as restrictions ask for them (`gradebook.xml`, `activities/*/grades.xml`).

use super::people;
use crate::Conn;
use crate::error::Result;

/// What somebody has in one grade item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grade {
    pub item: i64,
    /// `None` where there is no grade yet.
    pub finalgrade: Option<f64>,
    /// The range it was given in (MBZ-FORMAT §8.4).
    pub grademin: f64,
    pub grademax: f64,
}

/// Every grade of a person who [takes part](people::takes_part); of somebody else there is none.
pub fn of_person(conn: &Conn, course: i64, person: i64) -> Result<Vec<Grade>> {
    if !people::takes_part(conn, course, person)? {
        return Ok(Vec::new());
    }
    const ALL: &str = "SELECT itemid, finalgrade, rawgrademin, rawgrademax FROM c_grade_grade WHERE _course = ?1 AND userid = ?2 ORDER BY id";
    conn.all(ALL, [course, person], |r| {
        let number = |text: Option<String>| text.and_then(|t| t.trim().parse::<f64>().ok());
        Ok(Grade {
            item: r.get(0)?,
            finalgrade: number(r.get(1)?),
            grademin: number(r.get(2)?).unwrap_or(0.0),
            grademax: number(r.get(3)?).unwrap_or(100.0),
        })
    })
}

/// What people call a grade item.
pub fn item_name(conn: &Conn, course: i64, item: i64) -> Result<Option<String>> {
    let name: Option<Option<String>> = conn.one("SELECT itemname FROM c_grade_item WHERE _course = ?1 AND id = ?2", [course, item], |r| r.get(0))?;
    Ok(name.flatten().filter(|n| !n.is_empty()))
}

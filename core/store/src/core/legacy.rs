//! Restrictions as Moodle up to 2.6 wrote them: columns and rows instead of a rule (MBZ-FORMAT §7.2, §7.3).

use crate::Conn;
use crate::error::Result;

/// First version whose backups carry the rule itself.
const RULES: &str = "2014051200";

/// What a restriction stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum On {
    Section(i64),
    Activity(i64),
}

/// One old restriction. Columns are Moodle's.
#[derive(Debug, Clone, PartialEq)]
pub struct Legacy {
    pub on: On,
    pub availablefrom: i64,
    pub availableuntil: i64,
    pub showavailability: bool,
    pub groupmembersonly: bool,
    pub groupingid: i64,
    pub rules: Vec<Rule>,
    pub fields: Vec<Field>,
}

/// A row of `availability`.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub sourcecmid: Option<i64>,
    pub requiredcompletion: Option<i64>,
    pub gradeitemid: Option<i64>,
    pub grademin: Option<f64>,
    pub grademax: Option<f64>,
}

/// A row of `availability_field`.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub userfield: Option<String>,
    pub customfield: Option<String>,
    pub operator: String,
    pub value: String,
}

/// Every old restriction of a course; none in courses from 2.7 on.
pub fn all(conn: &Conn, course: i64) -> Result<Vec<Legacy>> {
    let version: Option<String> = conn.one("SELECT backup_version FROM c_backup WHERE _course = ?1 ORDER BY id LIMIT 1", [course], |r| r.get(0))?;
    if version.is_none_or(|v| v.as_str() >= RULES) {
        return Ok(Vec::new());
    }
    const MODULES: &str =
        "SELECT id, coalesce(availablefrom,0), coalesce(availableuntil,0), coalesce(showavailability,0), coalesce(groupmembersonly,0),
        coalesce(groupingid,0) FROM c_module WHERE _course = ?1 ORDER BY id";
    const SECTIONS: &str = "SELECT id, coalesce(availablefrom,0), coalesce(availableuntil,0), coalesce(showavailability,0), coalesce(groupingid,0),
        coalesce(groupingid,0) FROM c_section WHERE _course = ?1 ORDER BY id";
    const OF_MODULE: &str = "_parent IN (SELECT id FROM c_module_rules WHERE _course = ?1 AND _parent = ?2)";
    let mut found = Vec::new();
    for (text, kind, below, on) in
        [(MODULES, "module", OF_MODULE, On::Activity as fn(i64) -> On), (SECTIONS, "section", "_parent = ?2", On::Section as fn(i64) -> On)]
    {
        let rows: Vec<[i64; 6]> = conn.all(text, [course], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?]))?;
        for [id, availablefrom, availableuntil, show, members, groupingid] in rows {
            found.push(Legacy {
                on: on(id),
                availablefrom,
                availableuntil,
                showavailability: show != 0,
                groupmembersonly: members != 0,
                groupingid,
                rules: rules(conn, course, id, kind, below)?,
                fields: fields(conn, course, id, kind, below)?,
            });
        }
    }
    Ok(found)
}

fn rules(conn: &Conn, course: i64, id: i64, kind: &str, below: &str) -> Result<Vec<Rule>> {
    let text = format!(
        "SELECT sourcecmid, requiredcompletion, gradeitemid, grademin, grademax FROM c_{kind}_rule WHERE _course = ?1 AND {below} ORDER BY _seq"
    );
    let number = |text: Option<String>| text.and_then(|t| t.trim().parse::<f64>().ok());
    conn.all(&text, [course, id], |r| {
        Ok(Rule {
            sourcecmid: r.get(0)?,
            requiredcompletion: r.get(1)?,
            gradeitemid: r.get(2)?,
            grademin: number(r.get(3)?),
            grademax: number(r.get(4)?),
        })
    })
}

fn fields(conn: &Conn, course: i64, id: i64, kind: &str, below: &str) -> Result<Vec<Field>> {
    let text = format!("SELECT userfield, customfield, operator, value FROM c_{kind}_rule_field WHERE _course = ?1 AND {below} ORDER BY _seq");
    conn.all(&text, [course, id], |r| Ok(Field { userfield: r.get(0)?, customfield: r.get(1)?, operator: r.get(2)?, value: r.get(3)? }))
}

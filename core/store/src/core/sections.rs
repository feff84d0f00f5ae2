//! The sections of a course, and what stands in each.

use super::activities::{self, Activity};
use crate::Conn;
use crate::error::Result;
use rusqlite::Row;
use std::collections::HashMap;

/// One section (`section.xml`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub id: i64,
    /// Its position in the course, from 0.
    pub number: i64,
    pub name: Option<String>,
    pub summary: String,
    pub summaryformat: i64,
    pub visible: bool,
    /// The availability rule (JSON), if there is one.
    pub availability: Option<String>,
    /// Course modules in their order. Informative: an activity belongs to the section it names itself.
    pub sequence: Vec<i64>,
    /// Of a section that belongs to an activity (a subsection): `mod_subsection`, and that activity's instance.
    pub delegate: Option<(String, i64)>,
}

/// A course page.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    pub sections: Vec<(Section, Vec<Activity>)>,
    /// Activities whose section the archive does not describe.
    pub adrift: Vec<Activity>,
}

impl Outline {
    /// Every activity, in the order of the page.
    pub fn activities(&self) -> impl Iterator<Item = &Activity> {
        self.sections.iter().flat_map(|(_, all)| all).chain(&self.adrift)
    }
}

const ALL: &str =
    "SELECT s.id, coalesce(s.number,0), s.name, coalesce(s.summary,''), coalesce(s.summaryformat,1), coalesce(s.visible,1), s.availabilityjson,
    coalesce(s.sequence,''), coalesce(s.component,''), coalesce(s.itemid,0)
    FROM c_section s JOIN course c ON c.id = s._course AND c.state = 'live' WHERE s._course = ?1";

/// Every section, by number.
pub fn list(conn: &Conn, course: i64) -> Result<Vec<Section>> {
    conn.all(&format!("{ALL} ORDER BY s.number, s.id"), [course], section)
}

/// The section at a position.
pub fn by_number(conn: &Conn, course: i64, number: i64) -> Result<Option<Section>> {
    conn.one(&format!("{ALL} AND s._cm = 0 AND s.number = ?2 ORDER BY s.id LIMIT 1"), [course, number], section)
}

/// Sections with their activities: in the order of the section's sequence, then those it does not name in the order of the list of contents.
pub fn outline(conn: &Conn, course: i64) -> Result<Outline> {
    let mut outline = Outline::default();
    let mut places: HashMap<i64, usize> = HashMap::new();
    for (at, s) in list(conn, course)?.into_iter().enumerate() {
        places.insert(s.id, at);
        outline.sections.push((s, Vec::new()));
    }
    for a in activities::list(conn, course)? {
        match places.get(&a.section).and_then(|at| outline.sections.get_mut(*at)) {
            Some((_, inside)) => inside.push(a),
            None => outline.adrift.push(a),
        }
    }
    for (s, inside) in &mut outline.sections {
        let order: HashMap<i64, usize> = s.sequence.iter().enumerate().map(|(at, cm)| (*cm, at)).collect();
        // Stable, so that what the sequence does not name keeps the order of the contents.
        inside.sort_by_key(|a| order.get(&a.cm).copied().unwrap_or(usize::MAX));
    }
    Ok(outline)
}

fn section(r: &Row<'_>) -> rusqlite::Result<Section> {
    let filled = |t: Option<String>| t.filter(|t| !t.is_empty());
    let component: String = r.get(8)?;
    let item: i64 = r.get(9)?;
    Ok(Section {
        id: r.get(0)?,
        number: r.get(1)?,
        name: filled(r.get(2)?),
        summary: r.get(3)?,
        summaryformat: r.get(4)?,
        visible: r.get::<_, i64>(5)? != 0,
        availability: filled(r.get(6)?),
        sequence: r.get::<_, String>(7)?.split(',').filter_map(|cm| cm.trim().parse().ok()).collect(),
        delegate: (!component.is_empty()).then_some((component, item)),
    })
}

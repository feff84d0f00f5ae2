//! The activities of a course (`module.xml`).

use super::documents;
use crate::error::Result;
use crate::records::INSTANCE;
use crate::schema::Schema;
use crate::{Conn, Write};
use rusqlite::{Row, params_from_iter};
use std::collections::HashMap;

/// One activity: a use of a module in a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The course module number, which addresses it.
    pub cm: i64,
    /// Moodle's name of its kind (`forum`), also when no such module is installed here.
    pub module: String,
    /// As its own record has it, else as the archive's list of contents.
    pub name: String,
    pub instance: i64,
    /// 0 when the archive does not say.
    pub context: i64,
    /// Its folder in the archive.
    pub directory: String,
    /// Whether its own document is held as records: only then a module can run it.
    pub readable: bool,
    /// Number (not position) of its section.
    pub section: i64,
    pub idnumber: Option<String>,
    pub indent: i64,
    pub visible: bool,
    /// Available, but without a line on the course page.
    pub stealth: bool,
    /// 0 none, 1 separate, 2 visible.
    pub groupmode: i64,
    pub grouping: i64,
    /// 0 none, 1 manual, 2 automatic.
    pub completion: i64,
    /// Whether viewing it is one of the rules of automatic completion.
    pub completionview: bool,
    pub completionexpected: i64,
    /// Which of its grade items must have a grade, if one must.
    pub completiongrade: Option<i64>,
    pub completionpassgrade: bool,
    /// The availability rule (JSON), if there is one.
    pub availability: Option<String>,
    pub showdescription: bool,
    pub lang: Option<String>,
}

const ALL: &str = "SELECT m.id, coalesce(m.modulename,''), coalesce(d.instance,0), coalesce(d.context,0), coalesce(d.kind,'') = 'records',
    coalesce(m.sectionid,0), m.idnumber, coalesce(m.indent,0), coalesce(m.visible,1), coalesce(m.visibleoncoursepage,1), coalesce(m.groupmode,0),
    coalesce(m.groupingid,0), coalesce(m.completion,0), coalesce(m.completionview,0), coalesce(m.completionexpected,0), m.completiongradeitemnumber,
    coalesce(m.completionpassgrade,0), m.availability, coalesce(m.showdescription,0), m.lang
    FROM c_module m JOIN course c ON c.id = m._course AND c.state = 'live' LEFT JOIN document d ON d.course = m._course AND d.doc =
      (SELECT min(x.doc) FROM document x WHERE x.course = m._course AND x.cm = m.id AND (x.owner = m.modulename OR (x.owner = '' AND x.instance > 0)))
    WHERE m._course = ?1";

/// Every activity, in the order of the archive's list of contents.
pub fn list(conn: &Conn, course: i64) -> Result<Vec<Activity>> {
    let mut all = conn.all(&format!("{ALL} ORDER BY m.id"), [course], activity)?;
    let contents = contents(conn, course)?;
    let order: HashMap<i64, usize> = contents.iter().enumerate().map(|(at, c)| (c.cm, at)).collect();
    let mut names: HashMap<String, HashMap<i64, String>> = HashMap::new();
    for a in &mut all {
        if let Some(line) = order.get(&a.cm).and_then(|at| contents.get(*at)) {
            line.describe(a);
        }
        if !names.contains_key(&a.module) {
            names.insert(a.module.clone(), own_names(conn, course, &a.module, None)?);
        }
        if let Some(name) = names.get(&a.module).and_then(|n| n.get(&a.cm)) {
            a.name.clone_from(name);
        }
    }
    all.sort_by_key(|a| order.get(&a.cm).copied().unwrap_or(usize::MAX));
    Ok(all)
}

pub fn get(conn: &Conn, course: i64, cm: i64) -> Result<Option<Activity>> {
    let Some(mut a) = conn.one(&format!("{ALL} AND m.id = ?2"), [course, cm], activity)? else { return Ok(None) };
    if let Some(line) = contents(conn, course)?.iter().find(|c| c.cm == cm) {
        line.describe(&mut a);
    }
    if let Some(name) = own_names(conn, course, &a.module, Some(cm))?.remove(&cm) {
        a.name = name;
    }
    Ok(Some(a))
}

/// A line of the archive's list of contents.
struct Line {
    cm: i64,
    title: String,
    directory: String,
}

impl Line {
    fn describe(&self, a: &mut Activity) {
        a.name.clone_from(&self.title);
        a.directory.clone_from(&self.directory);
    }
}

fn contents(conn: &Conn, course: i64) -> Result<Vec<Line>> {
    const ALL: &str =
        "SELECT coalesce(moduleid,0), coalesce(title,''), coalesce(directory,'') FROM c_backup_activity WHERE _course = ?1 ORDER BY _seq, id";
    conn.all(ALL, [course], |r| Ok(Line { cm: r.get(0)?, title: r.get(1)?, directory: r.get(2)? }))
}

/// The context number of an activity (of the course when `cm` is 0), if the archive says it.
pub fn context(conn: &Conn, course: i64, cm: i64) -> Result<Option<i64>> {
    documents::context(conn, course, cm)
}

/// Shows an activity to learners, or hides it.
pub fn set_visible(w: &mut Write, course: i64, cm: i64, visible: bool) -> Result<bool> {
    Ok(w.run("UPDATE c_module SET visible = ?3, visibleold = ?3, _version = _version + 1 WHERE _course = ?1 AND id = ?2", (course, cm, visible))? > 0)
}

/// Notes that a person acts in an activity (in the course when `cm` is 0), so that a restore elsewhere brings them along: `inforef.xml` lists everybody
/// a task mentions (MBZ-FORMAT §5.2).
pub fn mention_user(w: &mut Write, course: i64, cm: i64, person: i64) -> Result<()> {
    mention(w, course, cm, "inforef_user", person)
}

/// The same for a file or a person, by table.
pub(crate) fn mention(w: &mut Write, course: i64, cm: i64, table: &str, number: i64) -> Result<()> {
    if number <= 0 {
        return Ok(());
    }
    let path = format!("{}/inforef.xml", documents::folder(w, course, cm)?);
    let Some(doc) = documents::ensure(w, course, &path, cm)? else { return Ok(()) };
    let known = format!("SELECT 1 FROM \"c_{table}\" WHERE _course = ?1 AND _cm = ?2 AND ref = ?3 AND _doc = ?4 LIMIT 1");
    if w.one(&known, [course, cm, number, doc], |_| Ok(()))?.is_some() {
        return Ok(());
    }
    documents::add(w, course, cm, &path, table, None, vec![("ref", number.into())]).map(drop)
}

/// Names by course module, from the records of the module itself.
fn own_names(conn: &Conn, course: i64, module: &str, cm: Option<i64>) -> Result<HashMap<i64, String>> {
    if !has_name(conn.schema(), module) {
        return Ok(HashMap::new());
    }
    let one = if cm.is_some() { "AND _cm = ?2" } else { "" };
    let text = format!("SELECT _cm, name FROM \"m_{module}_{}\" WHERE _course = ?1 {one} AND name IS NOT NULL", INSTANCE);
    let bound: Vec<i64> = [course].into_iter().chain(cm).collect();
    let rows: Vec<(i64, String)> = conn.all(&text, params_from_iter(bound), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.into_iter().collect())
}

fn has_name(schema: &Schema, module: &str) -> bool {
    schema.table(module, INSTANCE).is_ok_and(|t| t.columns().any(|c| c == "name"))
}

fn activity(r: &Row<'_>) -> rusqlite::Result<Activity> {
    let yes = |at: usize| r.get::<_, i64>(at).map(|n| n != 0);
    let filled = |at: usize| r.get::<_, Option<String>>(at).map(|t| t.filter(|t| !t.is_empty()));
    Ok(Activity {
        cm: r.get(0)?,
        module: r.get(1)?,
        name: String::new(),
        instance: r.get(2)?,
        context: r.get(3)?,
        directory: String::new(),
        readable: yes(4)?,
        section: r.get(5)?,
        idnumber: filled(6)?,
        indent: r.get(7)?,
        visible: yes(8)?,
        stealth: !yes(9)?,
        groupmode: r.get(10)?,
        grouping: r.get(11)?,
        completion: r.get(12)?,
        completionview: yes(13)?,
        completionexpected: r.get(14)?,
        completiongrade: r.get(15)?,
        completionpassgrade: yes(16)?,
        availability: filled(17)?,
        showdescription: yes(18)?,
        lang: filled(19)?,
    })
}

//! Finding, and where needed making, the document a new record belongs to.

use crate::error::Result;
use crate::schema::CORE;
use crate::{Conn, StoreError, Write, numbers, records};
use parcours_course::{Doc, Value};

/// The folder of an activity in the archive: `activities/forum_630`.
pub(crate) fn folder(conn: &Conn, course: i64, cm: i64) -> Result<String> {
    const DOCUMENT: &str = "SELECT path FROM document WHERE course = ?1 AND cm = ?2 AND path LIKE '%/module.xml' ORDER BY path LIMIT 1";
    const CONTENTS: &str = "SELECT directory FROM c_backup_activity WHERE _course = ?1 AND moduleid = ?2 ORDER BY _seq LIMIT 1";
    if cm == 0 {
        return Ok("course".into());
    }
    if let Some(path) = conn.one(DOCUMENT, [course, cm], |r| r.get::<_, String>(0))? {
        return Ok(path.trim_end_matches("/module.xml").to_owned());
    }
    conn.one(CONTENTS, [course, cm], |r| r.get(0))?.ok_or(StoreError::NoActivity { course, cm })
}

/// The core document at `path`, made if it is not there. `None` when it is kept whole: nothing can be added to it.
pub(crate) fn ensure(w: &mut Write, course: i64, path: &str, cm: i64) -> Result<Option<i64>> {
    const FIND: &str = "SELECT doc, kind FROM document WHERE course = ?1 AND path = ?2";
    const NEW: &str = "INSERT INTO document(course,doc,path,owner,cm,kind,context,instance,root,size) VALUES(?1,?2,?3,?4,?5,'records',0,0,?6,0)";
    let found: Option<(i64, String)> = w.one(FIND, (course, path), |r| Ok((r.get(0)?, r.get(1)?)))?;
    if let Some((doc, kind)) = found {
        return Ok((kind == "records").then_some(doc));
    }
    let doc = numbers::take(w, course, numbers::DOCUMENT, 1)?;
    let root = serde_json::to_string(&Doc::default()).map_err(|e| StoreError::invalid(e.to_string()))?;
    w.run(NEW, (course, doc, path, CORE, cm, root))?;
    Ok(Some(doc))
}

/// Adds a record to a core document of the course (`cm` 0) or of an activity, and gives its number; `None` when that document is kept whole.
pub(crate) fn add(
    w: &mut Write,
    course: i64,
    cm: i64,
    path: &str,
    table: &str,
    parent: Option<i64>,
    fields: Vec<(&str, Value)>,
) -> Result<Option<i64>> {
    let Some(doc) = ensure(w, course, path, cm)? else { return Ok(None) };
    let table = w.table(CORE, table)?;
    let id = numbers::take(w, course, &table.sql, 1)?;
    let values = records::laid_out(&table, id, fields.into_iter().map(|(c, v)| (c.to_owned(), v)).collect())?;
    records::put(w, course, &table, doc, cm, id, parent, values)?;
    Ok(Some(id))
}

/// The context number of an activity, or of the course (`cm` 0), when the archive says it.
pub(crate) fn context(conn: &Conn, course: i64, cm: i64) -> Result<Option<i64>> {
    if cm == 0 {
        return conn.one("SELECT contextid FROM c_course WHERE _course = ?1 AND contextid > 0 ORDER BY id LIMIT 1", [course], |r| r.get(0));
    }
    conn.one("SELECT context FROM document WHERE course = ?1 AND cm = ?2 AND context > 0 ORDER BY doc LIMIT 1", [course, cm], |r| r.get(0))
}

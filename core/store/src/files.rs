//! Stored files: the records of `files.xml`, and the contents they name.

use crate::core::{activities, documents};
use crate::error::Result;
use crate::records::Scope;
use crate::schema::CORE;
use crate::staging::name_file;
use crate::{Conn, Hash, StoreError, Stored, Write, numbers, records};
use parcours_course::Value;
use rusqlite::Row;

/// SHA-1 of nothing, which directory records have (MBZ-FORMAT §6.1).
const EMPTY: &str = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

/// Where files lie: an area of a context, and in it an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    pub course: i64,
    /// The activity, for `inforef.xml`; 0 for areas of the course.
    pub cm: i64,
    pub context: i64,
    /// `mod_forum`, `course` …
    pub component: String,
    pub area: String,
    pub item: i64,
}

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub id: i64,
    pub context: i64,
    pub component: String,
    pub area: String,
    pub item: i64,
    /// Begins and ends with `/`.
    pub path: String,
    pub name: String,
    /// The content's name in the archive: its SHA-1, if the archive is right.
    pub contenthash: String,
    /// Where the content is; `None` when the archive came without it.
    pub hash: Option<Hash>,
    pub size: i64,
    pub mime: Option<String>,
    /// Whose it is, as a number of the course.
    pub person: Option<i64>,
    pub timecreated: i64,
    pub timemodified: i64,
    pub author: Option<String>,
    pub license: Option<String>,
    /// 1 marks the main file of a resource.
    pub sortorder: i64,
}

/// A file to put into an area.
#[derive(Debug, Clone)]
pub struct NewFile<'a> {
    /// `/` or `/folder/`.
    pub path: &'a str,
    pub name: &'a str,
    pub mime: &'a str,
    pub person: i64,
    /// Full name of the person, as Moodle writes it.
    pub author: &'a str,
    pub content: &'a Stored,
    pub now: i64,
}

const ALL: &str =
    "SELECT f.id, coalesce(f.contextid,0), coalesce(f.component,''), coalesce(f.filearea,''), coalesce(f.itemid,0), coalesce(f.filepath,''),
    coalesce(f.filename,''), coalesce(f.contenthash,''), k.hash, coalesce(f.filesize,0), f.mimetype, f.userid, coalesce(f.timecreated,0),
    coalesce(f.timemodified,0), f.author, f.license, coalesce(f.sortorder,0)
    FROM c_file f JOIN course c ON c.id = f._course AND c.state = 'live' LEFT JOIN content k ON k.course = f._course AND k.name = f.contenthash
    WHERE f._course = ?1 AND f._cm = 0 AND f.contextid = ?2 AND f.component = ?3 AND f.filearea = ?4";

impl Area {
    /// An area of an activity's own module.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the archive does not say the activity's context number.
    pub fn of(conn: &Conn, scope: &Scope, area: &str, item: i64) -> Result<Area> {
        let context = documents::context(conn, scope.course, scope.cm)?;
        let context = context.ok_or_else(|| StoreError::Missing { course: scope.course, what: format!("context of activity {}", scope.cm) })?;
        Ok(Area { course: scope.course, cm: scope.cm, context, component: format!("mod_{}", scope.module), area: area.into(), item })
    }
}

/// The files of an item, by path and name; directories are left out.
pub fn list(conn: &Conn, a: &Area) -> Result<Vec<File>> {
    let text = format!("{ALL} AND f.itemid = ?5 AND f.filename <> '.' ORDER BY f.filepath, f.filename, f.id");
    finish(conn.all(&text, (a.course, a.context, &a.component, &a.area, a.item), file)?)
}

/// The files of every item of an area, by item, path and name.
pub fn list_area(conn: &Conn, course: i64, context: i64, component: &str, area: &str) -> Result<Vec<File>> {
    let text = format!("{ALL} AND f.filename <> '.' ORDER BY f.itemid, f.filepath, f.filename, f.id");
    finish(conn.all(&text, (course, context, component, area), file)?)
}

/// One file by its place.
pub fn find(conn: &Conn, a: &Area, path: &str, name: &str) -> Result<Option<File>> {
    let text = format!("{ALL} AND f.itemid = ?5 AND f.filepath = ?6 AND f.filename = ?7 ORDER BY f.id LIMIT 1");
    let found = conn.all(&text, (a.course, a.context, &a.component, &a.area, a.item, path, name), file)?;
    Ok(finish(found)?.pop())
}

/// Puts a file into an area, replacing one of the same path and name, and gives its number. Records what Moodle would: directories, and the lines
/// of `inforef.xml` without which a restore leaves the file out (MBZ-FORMAT §5.2).
///
/// # Errors
/// [`StoreError::Invalid`] for a path or name that is none; [`StoreError::Missing`] when `files.xml` is kept whole.
pub fn add(w: &mut Write, a: &Area, new: &NewFile<'_>) -> Result<i64> {
    const CONTENT: &str = "INSERT INTO content(course,name,hash) VALUES(?1,?2,?3) ON CONFLICT(course,name) DO UPDATE SET hash = excluded.hash";
    check(new)?;
    let c = new.content;
    let mut end = 0;
    while let Some(at) = new.path.get(end..).and_then(|rest| rest.find('/')) {
        end += at + 1;
        directory(w, a, new.path.get(..end).unwrap_or("/"), new)?;
    }
    if let Some(old) = find(w, a, new.path, new.name)? {
        remove(w, a.course, old.id)?;
    }
    name_file(w, c)?;
    w.run(CONTENT, (a.course, &c.sha1, c.hash.as_str()))?;
    let size = i64::try_from(c.size).unwrap_or(i64::MAX);
    let id = record(
        w,
        a,
        new.path,
        new.name,
        new,
        &[
            ("contenthash", c.sha1.as_str().into()),
            ("filesize", size.into()),
            ("mimetype", new.mime.into()),
            ("source", new.name.into()),
            ("author", new.author.into()),
            ("license", "unknown".into()),
        ],
    )?;
    activities::mention_user(w, a.course, a.cm, new.person)?;
    Ok(id)
}

/// Removes a file by number, with the lines that mention it; false when it was gone. The content leaves the pool with the next sweep, when nothing
/// else names it.
pub fn remove(w: &mut Write, course: i64, id: i64) -> Result<bool> {
    let hash: Option<Option<String>> =
        w.one("DELETE FROM c_file WHERE _course = ?1 AND id = ?2 RETURNING contenthash", [course, id], |r| r.get(0))?;
    let Some(hash) = hash else { return Ok(false) };
    w.run("DELETE FROM c_inforef_file WHERE _course = ?1 AND ref = ?2", [course, id])?;
    const UNNAMED: &str = "DELETE FROM content WHERE course = ?1 AND name = ?2
        AND NOT EXISTS(SELECT 1 FROM c_file f WHERE f._course = ?1 AND f._cm = 0 AND f.contenthash = ?2)";
    w.run(UNNAMED, (course, hash.unwrap_or_default()))?;
    Ok(true)
}

/// Removes all files of an item, directories included, and says how many files there were.
pub fn remove_all(w: &mut Write, a: &Area) -> Result<usize> {
    const IDS: &str =
        "SELECT id, filename FROM c_file WHERE _course = ?1 AND _cm = 0 AND contextid = ?2 AND component = ?3 AND filearea = ?4 AND itemid = ?5";
    let ids: Vec<(i64, String)> = w.all(IDS, (a.course, a.context, &a.component, &a.area, a.item), |r| Ok((r.get(0)?, r.get(1)?)))?;
    for (id, _) in &ids {
        remove(w, a.course, *id)?;
    }
    Ok(ids.iter().filter(|(_, name)| name != ".").count())
}

/// Removes the files of a record that is removed. An activity whose context nobody knows has none.
pub(crate) fn remove_item(w: &mut Write, scope: &Scope, area: &str, item: i64) -> Result<()> {
    match Area::of(w, scope, area, item) {
        Ok(a) => remove_all(w, &a).map(drop),
        Err(StoreError::Missing { .. }) => Ok(()),
        Err(e) => Err(e),
    }
}

/// A directory record, once.
fn directory(w: &mut Write, a: &Area, path: &str, new: &NewFile<'_>) -> Result<()> {
    if find(w, a, path, ".")?.is_none() {
        record(w, a, path, ".", new, &[("contenthash", EMPTY.into())])?;
    }
    Ok(())
}

fn record(w: &mut Write, a: &Area, path: &str, name: &str, new: &NewFile<'_>, more: &[(&str, Value)]) -> Result<i64> {
    let doc = documents::ensure(w, a.course, "files.xml", 0)?;
    let doc = doc.ok_or_else(|| StoreError::Missing { course: a.course, what: "list of files that could be added to".into() })?;
    let table = w.table(CORE, "file")?;
    let id = numbers::take(w, a.course, &table.sql, 1)?;
    let mut fields = vec![
        ("contextid", Value::Int(a.context)),
        ("component", a.component.as_str().into()),
        ("filearea", a.area.as_str().into()),
        ("itemid", a.item.into()),
        ("filepath", path.into()),
        ("filename", name.into()),
        ("userid", if new.person > 0 { new.person.into() } else { Value::Null }),
        ("timecreated", new.now.into()),
        ("timemodified", new.now.into()),
    ];
    fields.extend(more.iter().cloned());
    let values = records::laid_out(&table, id, fields.into_iter().map(|(c, v)| (c.to_owned(), v)).collect())?;
    records::put(w, a.course, &table, doc, 0, id, None, values)?;
    activities::mention(w, a.course, a.cm, "inforef_file", id)?;
    Ok(id)
}

fn check(new: &NewFile<'_>) -> Result<()> {
    let path = new.path.starts_with('/') && new.path.ends_with('/') && !new.path.contains("//");
    let steps = new.path.split('/').chain([new.name]);
    let plain = steps.into_iter().all(|s| s != "." && s != ".." && !s.chars().any(|c| c.is_control() || c == '\\'));
    let name = !new.name.is_empty() && !new.name.contains('/') && new.name.len() <= 255;
    if path && plain && name { Ok(()) } else { Err(StoreError::invalid(format!("`{}{}` cannot be a file's name", new.path, new.name))) }
}

fn file(r: &Row<'_>) -> rusqlite::Result<(File, Option<String>)> {
    let f = File {
        id: r.get(0)?,
        context: r.get(1)?,
        component: r.get(2)?,
        area: r.get(3)?,
        item: r.get(4)?,
        path: r.get(5)?,
        name: r.get(6)?,
        contenthash: r.get(7)?,
        hash: None,
        size: r.get(9)?,
        mime: r.get(10)?,
        person: r.get(11)?,
        timecreated: r.get(12)?,
        timemodified: r.get(13)?,
        author: r.get(14)?,
        license: r.get(15)?,
        sortorder: r.get(16)?,
    };
    Ok((f, r.get(8)?))
}

fn finish(found: Vec<(File, Option<String>)>) -> Result<Vec<File>> {
    Ok(found.into_iter().map(|(f, hash)| File { hash: hash.and_then(|h| Hash::parse(&h)), ..f }).collect())
}

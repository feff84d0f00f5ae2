//! The reading side for the archive writer: a course's documents in the order of their paths, and the records of each as a stream.

use crate::error::Result;
use crate::row::{self, Shapes, bad};
use crate::schema::Table;
use crate::{Conn, Hash, StoreError};
use flate2::read::DeflateDecoder;
use parcours_course::{Doc, Record, Shape};
use rusqlite::params_from_iter;
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{Cursor, Read};
use std::sync::Arc;

/// Records of one step of the stream, and bytes after which a step ends early.
const STEP: i64 = 256;
const BYTES: usize = 1 << 20;

/// One document of a course.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub doc: i64,
    pub path: String,
    /// The declaration that describes it (`core`, a module's name), or empty.
    pub owner: String,
    pub cm: i64,
    pub context: i64,
    pub instance: i64,
    pub form: Form,
}

/// How a document is held.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// As records, inside this frame.
    Records(Doc),
    /// Whole, with its size in bytes.
    Kept(u64),
}

/// A stored file of a course, by the name the archive gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub name: String,
    pub hash: Hash,
    pub sha1: String,
    pub size: u64,
}

/// A course being read for an archive.
pub struct Export<'c> {
    conn: &'c Conn,
    course: i64,
    shapes: RefCell<Shapes>,
    borrowed: RefCell<HashMap<(String, i64), Arc<Shape>>>,
}

impl<'c> Export<'c> {
    /// # Errors
    /// [`StoreError::NoCourse`] unless the course is live.
    pub fn open(conn: &'c Conn, course: i64) -> Result<Export<'c>> {
        conn.one("SELECT 1 FROM course WHERE id = ?1 AND state = 'live'", [course], |_| Ok(()))?.ok_or(StoreError::NoCourse(course))?;
        Ok(Export { conn, course, shapes: RefCell::default(), borrowed: RefCell::default() })
    }

    /// Every document, by path.
    pub fn documents(&self) -> Result<Vec<Document>> {
        documents(self.conn, self.course, "ORDER BY path", None)
    }

    /// A kept document's bytes.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when it is not kept whole.
    pub fn body(&self, doc: i64) -> Result<Box<dyn Read + Send>> {
        const BODY: &str = "SELECT body, hash FROM document WHERE course = ?1 AND doc = ?2 AND kind = 'kept'";
        let found: Option<(Option<Vec<u8>>, Option<String>)> = self.conn.one(BODY, [self.course, doc], |r| Ok((r.get(0)?, r.get(1)?)))?;
        match found {
            Some((Some(deflated), _)) => Ok(Box::new(DeflateDecoder::new(Cursor::new(deflated)))),
            Some((None, Some(hash))) => {
                let hash = Hash::parse(&hash).ok_or_else(|| bad("document", "hash", doc, "it is not a hash"))?;
                Ok(Box::new(self.conn.pool().open_file(&hash)?))
            }
            _ => Err(StoreError::Missing { course: self.course, what: format!("kept document {doc}") }),
        }
    }

    /// The records of `table` that stand right below `parent` (the root when `None`), in their order.
    ///
    /// # Errors
    /// [`StoreError::NoTable`].
    pub fn rows<'e>(&'e self, owner: &str, table: &str, doc: i64, parent: Option<i64>) -> Result<Rows<'e, 'c>> {
        let table = self.conn.table(owner, table)?;
        Ok(Rows { export: self, table, doc, parent, last: None, ready: VecDeque::new(), end: false })
    }

    /// The files of the archive's `files/` folder, by name.
    pub fn contents(&self) -> Result<Vec<Content>> {
        const ALL: &str =
            "SELECT c.name, c.hash, p.sha1, p.size FROM content c JOIN pool_file p ON p.hash = c.hash WHERE c.course = ?1 ORDER BY c.name";
        let found: Vec<(String, String, String, i64)> = self.conn.all(ALL, [self.course], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
        let content = |(name, hash, sha1, size): (String, String, String, i64)| {
            let hash = Hash::parse(&hash).ok_or_else(|| bad("content", "hash", 0, format!("content `{name}` has no hash")))?;
            Ok(Content { name, hash, sha1, size: u64::try_from(size).unwrap_or(0) })
        };
        found.into_iter().map(content).collect()
    }

    /// Opens one of them.
    pub fn content(&self, hash: &Hash) -> Result<File> {
        self.conn.pool().open_file(hash)
    }

    /// How records of this table are written in this document, else anywhere in the course, for one that was made here. What was unknown about
    /// the sibling is not its own, so those places are left out.
    fn sibling(&self, table: &Table, doc: i64) -> Result<Arc<Shape>> {
        let key = (table.sql.clone(), doc);
        if let Some(s) = self.borrowed.borrow().get(&key) {
            return Ok(s.clone());
        }
        let mut found: Option<i64> = None;
        for scope in ["_course = ?1 AND _doc = ?2", "_course = ?1 AND ?2 = ?2"] {
            let text = format!("SELECT _shape FROM \"{}\" WHERE {scope} AND _shape IS NOT NULL ORDER BY _seq, id LIMIT 1", table.sql);
            found = self.conn.one(&text, [self.course, doc], |r| r.get(0))?;
            if found.is_some() {
                break;
            }
        }
        let shape = match found {
            Some(id) => without_unknown(&*self.shapes.borrow_mut().get(self.conn, self.course, id)?),
            None => Shape::default(),
        };
        let shape = Arc::new(shape);
        self.borrowed.borrow_mut().insert(key, shape.clone());
        Ok(shape)
    }
}

fn without_unknown(shape: &Shape) -> Shape {
    let known: Vec<&str> = shape.0.split(' ').filter(|t| !t.starts_with(['?', '!'])).collect();
    Shape(known.join(" "))
}

/// The documents of a course that a condition picks.
pub(crate) fn documents(conn: &Conn, course: i64, rest: &str, value: Option<&dyn rusqlite::ToSql>) -> Result<Vec<Document>> {
    let text = format!("SELECT doc, path, owner, cm, context, instance, kind, root, size FROM document WHERE course = ?1 {rest}");
    let bound: Vec<&dyn rusqlite::ToSql> = [&course as &dyn rusqlite::ToSql].into_iter().chain(value).collect();
    let found: Vec<(Document, String, Option<String>, i64)> = conn.all(&text, params_from_iter(bound), |r| {
        let form = Form::Kept(0);
        let d = Document { doc: r.get(0)?, path: r.get(1)?, owner: r.get(2)?, cm: r.get(3)?, context: r.get(4)?, instance: r.get(5)?, form };
        Ok((d, r.get(6)?, r.get(7)?, r.get(8)?))
    })?;
    let form = |(d, kind, root, size): (Document, String, Option<String>, i64)| {
        let form = match root {
            Some(root) if kind == "records" => Form::Records(serde_json::from_str(&root).map_err(|e| bad("document", "root", d.doc, e.to_string()))?),
            _ => Form::Kept(u64::try_from(size).unwrap_or(0)),
        };
        Ok(Document { form, ..d })
    };
    found.into_iter().map(form).collect()
}

/// A stream of records. It holds at most one step of them.
pub struct Rows<'e, 'c> {
    export: &'e Export<'c>,
    table: Arc<Table>,
    doc: i64,
    parent: Option<i64>,
    last: Option<(i64, i64)>,
    ready: VecDeque<Record>,
    end: bool,
}

impl Iterator for Rows<'_, '_> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Result<Record>> {
        if self.ready.is_empty() && !self.end {
            if let Err(e) = self.step() {
                self.end = true;
                return Some(Err(e));
            }
        }
        self.ready.pop_front().map(Ok)
    }
}

impl Rows<'_, '_> {
    fn step(&mut self) -> Result<()> {
        let t = &self.table;
        let comma = if t.list.is_empty() { "" } else { "," };
        let own = if self.parent.is_some() { "= ?4" } else { "IS NULL AND ?4 IS NULL" };
        let after = if self.last.is_some() { "AND (_seq, id) > (?5, ?6)" } else { "" };
        let text = format!(
            "SELECT id, _parent, _seq, _shape, _unknown{comma}{} FROM \"{}\" WHERE _course = ?1 AND _doc = ?2 AND _parent {own} {after} ORDER BY _seq, id LIMIT ?3",
            t.list, t.sql
        );
        let (course, doc) = (self.export.course, self.doc);
        let mut bound: Vec<Option<i64>> = vec![Some(course), Some(doc), Some(STEP), self.parent];
        bound.extend(self.last.iter().flat_map(|(seq, id)| [Some(*seq), Some(*id)]));
        let mut statement = self.export.conn.prepare(&text)?;
        let mut rows = statement.query(params_from_iter(bound))?;
        let mut bytes = 0;
        let mut count = 0;
        self.end = true;
        while let Some(r) = rows.next()? {
            let (id, seq): (i64, i64) = (r.get(0)?, r.get(2)?);
            let shape = match r.get::<_, Option<i64>>(3)? {
                Some(shape) => self.export.shapes.borrow_mut().get(self.export.conn, course, shape)?,
                None => self.export.sibling(t, doc)?,
            };
            let values = row::values(r, 5, t.columns.len()).map_err(|e| bad(&t.name, "*", id, e.to_string()))?;
            let unknown: Option<String> = r.get(4)?;
            bytes += 200 + unknown.as_ref().map_or(0, String::len) + values.iter().filter_map(|v| v.text()).map(str::len).sum::<usize>();
            count += 1;
            let unknown = row::unpack(&t.name, id, unknown)?;
            self.ready.push_back(Record { table: t.name.clone(), id, parent: r.get(1)?, seq, values, shape: (*shape).clone(), unknown });
            self.last = Some((seq, id));
            if bytes > BYTES || count == STEP {
                self.end = false;
                break;
            }
        }
        Ok(())
    }
}

//! The reading side for the archive writer: a course's documents in the order of their paths, and the records of each as a stream.

mod rows;
mod shape;

pub use rows::Rows;

use crate::error::Result;
use crate::row::{Shapes, bad};
use crate::{Conn, Hash, StoreError};
use flate2::read::DeflateDecoder;
use parcours_course::{Doc, Shape};
use rusqlite::params_from_iter;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::sync::Arc;

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
        Ok(Rows::new(self, table, doc, parent))
    }

    /// Whether a document has any record of `table` at all: cheaper to know than to ask below each of a thousand parents.
    ///
    /// # Errors
    /// [`StoreError::NoTable`].
    pub fn has(&self, owner: &str, table: &str, doc: i64) -> Result<bool> {
        let text = format!("SELECT EXISTS (SELECT 1 FROM \"{}\" WHERE _course = ?1 AND _doc = ?2)", self.conn.table(owner, table)?.sql);
        Ok(self.conn.one(&text, [self.course, doc], |r| r.get(0))?.unwrap_or(false))
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

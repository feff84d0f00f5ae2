//! Rows on their way to the writer.

use super::Place;
use crate::error::Result;
use crate::pool::Stored;
use crate::row::{self, insert};
use crate::schema::Table;
use crate::{StoreError, Write};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write as _;
use std::sync::Arc;

/// Bytes of one batch, so that large texts are not held by the thousand.
const BYTES: usize = 4 << 20;

pub(super) struct Batch {
    course: i64,
    lines: Vec<Line>,
    most: usize,
    bytes: usize,
}

pub(super) enum Line {
    Record(Arc<Table>, row::Stored),
    Document { doc: i64, path: String, owner: String, place: Place, body: Body },
    Content { name: String, stored: Stored },
    Shape(i64, String),
}

pub(super) enum Body {
    Root(String),
    Small { deflated: Vec<u8>, size: usize },
    Pool(Stored),
}

impl Body {
    pub(super) fn small(content: &[u8]) -> Result<Body> {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
        let packed = packer.write_all(content).and_then(|()| packer.finish());
        Ok(Body::Small { deflated: packed.map_err(StoreError::io("cannot pack", "a document"))?, size: content.len() })
    }
}

impl Batch {
    pub(super) fn new(course: i64, most: usize) -> Batch {
        Batch { course, lines: Vec::new(), most, bytes: 0 }
    }

    pub(super) fn push(&mut self, line: Line) {
        self.bytes += line.bytes();
        self.lines.push(line);
    }

    pub(super) fn is_full(&self) -> bool {
        self.lines.len() >= self.most || self.bytes >= BYTES
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.lines.clear();
    }

    pub(super) fn take(&mut self) -> Batch {
        std::mem::replace(self, Batch::new(self.course, self.most))
    }

    pub(super) fn write(self, w: &mut Write) -> Result<()> {
        const SHAPE: &str = "INSERT INTO shape(course,shape,text) VALUES(?1,?2,?3)";
        const CONTENT: &str = "INSERT INTO content(course,name,hash) VALUES(?1,?2,?3) ON CONFLICT(course,name) DO UPDATE SET hash = excluded.hash";
        let course = self.course;
        for line in &self.lines {
            match line {
                Line::Record(table, r) => insert(w, table, course, r)?,
                Line::Document { doc, path, owner, place, body } => document(w, course, (*doc, path, owner), *place, body)?,
                Line::Content { name, stored } => {
                    name_file(w, stored)?;
                    w.run(CONTENT, (course, name, stored.hash.as_str()))?;
                }
                Line::Shape(id, text) => drop(w.run(SHAPE, (course, id, text))?),
            }
        }
        Ok(())
    }
}

impl Line {
    fn bytes(&self) -> usize {
        match self {
            Line::Record(_, r) => {
                let texts: usize = r.values.iter().filter_map(|v| v.text()).map(str::len).sum();
                texts + r.values.len() * 32 + r.unknown.as_ref().map_or(0, String::len)
            }
            Line::Document { body: Body::Small { deflated, .. }, .. } => deflated.len(),
            Line::Document { body: Body::Root(root), .. } => root.len(),
            Line::Document { .. } | Line::Content { .. } => 200,
            Line::Shape(_, text) => text.len(),
        }
    }
}

fn document(w: &mut Write, course: i64, (doc, path, owner): (i64, &str, &str), place: Place, body: &Body) -> Result<()> {
    const NEW: &str = "INSERT INTO document(course,doc,path,owner,cm,kind,context,instance,root,body,hash,size)
        VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)";
    let mut row: (&str, Option<&str>, Option<&[u8]>, Option<&str>, usize) = ("kept", None, None, None, 0);
    match body {
        Body::Root(root) => row = ("records", Some(root), None, None, 0),
        Body::Small { deflated, size } => (row.2, row.4) = (Some(deflated.as_slice()), *size),
        Body::Pool(stored) => {
            name_file(w, stored)?;
            (row.3, row.4) = (Some(stored.hash.as_str()), usize::try_from(stored.size).unwrap_or(usize::MAX));
        }
    }
    let (kind, root, body, hash, size) = row;
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    w.run(NEW, (course, doc, path, owner, place.cm, kind, place.context, place.instance, root, body, hash, size)).map(drop)
}

/// The row of a content, before another row names it.
pub(crate) fn name_file(w: &mut Write, s: &Stored) -> Result<()> {
    const NAME: &str = "INSERT INTO pool_file(hash,sha1,size,mime) VALUES(?1,?2,?3,?4) ON CONFLICT(hash) DO NOTHING";
    w.run(NAME, (s.hash.as_str(), &s.sha1, i64::try_from(s.size).unwrap_or(i64::MAX), s.mime)).map(drop)
}

/// Deletes the records of a document and says which they were.
pub(super) fn drop_document(w: &mut Write, course: i64, doc: i64) -> Result<Vec<(String, i64)>> {
    let mut gone = Vec::new();
    for table in w.schema.clone().tables() {
        let text = format!("DELETE FROM \"{}\" WHERE _course = ?1 AND _doc = ?2 RETURNING id", table.sql);
        let ids: Vec<i64> = w.all(&text, [course, doc], |r| r.get(0))?;
        gone.extend(ids.into_iter().map(|id| (table.sql.clone(), id)));
    }
    w.run("DELETE FROM document WHERE course = ?1 AND doc = ?2", [course, doc])?;
    Ok(gone)
}

//! Bringing an archive in: a course nobody sees until it is published in one short transaction.
//!
//! Rows travel to the writer in batches, so that other writers have their turn, and reading the archive goes on while a batch is written. Whatever
//! ends an import early (an error, [`Staging::abandon`], a dropped [`Staging`], a killed process) leaves nothing behind, at the latest after the next start.

mod batch;
mod erase;
mod flow;
mod memory;
mod publish;

pub(crate) use batch::name_file;
pub(crate) use erase::{erase, sweep};
pub use publish::{Publish, Published, Strangers};

use crate::error::Result;
use crate::pool::{Limits, Stored};
use crate::schema::Schema;
use crate::{Domain, Hash, Pending, StoreError, row};
use batch::{Batch, Line};
use memory::Memory;
use parcours_course::{Doc, Record};
use std::collections::{HashSet, VecDeque};
use std::io::Read;
use std::sync::Arc;

/// Largest kept document that is held (deflated) in its row; larger ones go to the pool.
const SMALL: usize = 64 << 10;

/// An import under way.
pub struct Staging {
    domain: Domain,
    course: i64,
    memory: Memory,
    paths: HashSet<String>,
    documents: i64,
    batch: Batch,
    /// Batches that were sent and their bytes, the first first.
    under_way: VecDeque<(Pending<(), StoreError>, usize)>,
    rows: u64,
    /// What this import put into the pool, to be taken out again if it ends early.
    put: Vec<Hash>,
    done: bool,
}

/// A document that is being read as records.
#[derive(Debug)]
pub struct OpenDocument {
    schema: Arc<Schema>,
    doc: i64,
    cm: i64,
    path: String,
    owner: String,
}

/// What a document is part of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    /// The activity's course module number; 0 for documents of the course.
    pub cm: i64,
    /// The activity's own context number and instance number, as the root of its document says; 0 elsewhere.
    pub context: i64,
    pub instance: i64,
}

impl Staging {
    /// Begins an import. `source` is the caller's own description of where the course comes from (JSON), given back by [`crate::courses`].
    ///
    /// # Errors
    /// What the database said.
    pub fn begin(domain: &Domain, source: &str, now: i64) -> Result<Staging> {
        let source = source.to_owned();
        let course = domain.write(move |w| {
            const NEW: &str = "INSERT INTO course(state,created,source,fullname,shortname,visible,startdate,enddate)
                VALUES('staging',?1,?2,'','',0,0,0) RETURNING id";
            let id = w.one(NEW, (now, source), |r| r.get::<_, i64>(0)).and_then(|id| id.ok_or(StoreError::NoCourse(0)));
            (w, id)
        })?;
        let size = domain.options().batch;
        Ok(Staging {
            domain: domain.clone(),
            course,
            memory: Memory::default(),
            paths: HashSet::new(),
            documents: 0,
            batch: Batch::new(course, size),
            under_way: VecDeque::new(),
            rows: 0,
            put: Vec::new(),
            done: false,
        })
    }

    /// Number the course has while it is staged, and after.
    pub fn course(&self) -> i64 {
        self.course
    }

    /// Records taken so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Opens a document whose records follow. `owner` is the declaration that describes it: `core`, or a module's name.
    ///
    /// # Errors
    /// [`StoreError::DuplicateDocument`] when the archive had one at this path before.
    pub fn document(&mut self, path: &str, owner: &str, cm: i64) -> Result<OpenDocument> {
        let doc = self.name(path)?;
        Ok(OpenDocument { schema: self.domain.schema(), doc, cm, path: path.to_owned(), owner: owner.to_owned() })
    }

    /// A number for a record whose element has none: above all that its table had so far.
    pub fn number(&mut self, doc: &OpenDocument, table: &str) -> Result<i64> {
        let table = doc.schema.table(&doc.owner, table)?;
        Ok(self.memory.next(&table.sql))
    }

    /// Takes a record.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when its table has this number already in this course, and [`StoreError::NotOfKind`] when a value does not fit: drop the
    /// document ([`Staging::drop_document`]) and keep it whole ([`Staging::keep`]). Anything else ends the import.
    pub fn insert(&mut self, doc: &OpenDocument, record: Record) -> Result<()> {
        let table = doc.schema.table(&doc.owner, &record.table)?;
        if record.values.len() != table.columns.len() {
            return Err(row::bad(&table.name, "*", record.id, "a record has a value for each declared column"));
        }
        for (column, v) in table.columns.iter().zip(&record.values) {
            row::fits(table, column, record.id, v)?;
        }
        if !self.memory.add(&table.sql, record.id) {
            return Err(StoreError::Duplicate { table: table.name.clone(), id: record.id });
        }
        self.memory.mentions(table, &record.values);
        let shape = self.memory.shape(&record.shape, &mut self.batch);
        let stored = row::Stored {
            doc: doc.doc,
            cm: doc.cm,
            id: record.id,
            parent: record.parent,
            seq: record.seq,
            shape,
            unknown: row::pack(record.unknown.as_ref())?,
            values: record.values,
        };
        self.rows += 1;
        self.push(Line::Record(table.clone(), stored))
    }

    /// Ends a document, now that its root element is known whole.
    ///
    /// # Errors
    /// What the database said.
    pub fn close(&mut self, doc: OpenDocument, root: &Doc, place: Place) -> Result<()> {
        self.memory.raise(crate::numbers::CONTEXT, place.context);
        self.memory.raise("c_module", doc.cm);
        let root = serde_json::to_string(root).map_err(|e| StoreError::invalid(e.to_string()))?;
        self.push(Line::Document {
            doc: doc.doc,
            path: doc.path,
            owner: doc.owner,
            place: Place { cm: doc.cm, ..place },
            body: batch::Body::Root(root),
        })
    }

    /// Takes back every record of a document that turned out not to be expressible as records. Its path is free again.
    ///
    /// # Errors
    /// What the database said.
    pub fn drop_document(&mut self, doc: OpenDocument) -> Result<()> {
        self.flush()?;
        let course = self.course;
        let number = doc.doc;
        let gone = self.domain.write(move |mut w| {
            let done = batch::drop_document(&mut w, course, number);
            (w, done)
        })?;
        for (table, id) in gone {
            self.memory.remove(&table, id);
        }
        self.paths.remove(&doc.path);
        Ok(())
    }

    /// Keeps a document whole, to be written back as it came. `owner` says whose it is when somebody declares it (then it could not be read as
    /// records), else it is empty.
    ///
    /// # Errors
    /// [`StoreError::DuplicateDocument`], or what the reader or the disk said.
    pub fn keep(&mut self, path: &str, owner: &str, place: Place, content: &mut dyn Read) -> Result<()> {
        let doc = self.name(path)?;
        self.memory.raise(crate::numbers::CONTEXT, place.context);
        self.memory.raise("c_module", place.cm);
        let mut head = Vec::new();
        content.take(SMALL as u64 + 1).read_to_end(&mut head).map_err(StoreError::io("cannot read", path))?;
        let body = if head.len() <= SMALL {
            batch::Body::small(&head)?
        } else {
            batch::Body::Pool(self.put(&mut head.as_slice().chain(content), Limits::default())?)
        };
        self.push(Line::Document { doc, path: path.to_owned(), owner: owner.to_owned(), place, body })
    }

    /// Takes a stored file of the archive. `name` is what the archive calls it: its SHA-1, if the archive is right.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`], or what the reader or the disk said.
    pub fn content(&mut self, name: &str, content: &mut dyn Read, limits: Limits) -> Result<Stored> {
        let stored = self.put(content, limits)?;
        self.push(Line::Content { name: name.to_owned(), stored: stored.clone() })?;
        Ok(stored)
    }

    /// Says that a number is used in something that is kept unread, so that nothing new gets it. Spaces are [`crate::numbers::CONTEXT`] and `c_<table>`.
    pub fn raise(&mut self, space: &str, number: i64) {
        self.memory.raise(space, number);
    }

    /// Ends the import without a trace.
    ///
    /// # Errors
    /// What the database said; the next start finishes it.
    pub fn abandon(mut self) -> Result<()> {
        self.leave()
    }
}

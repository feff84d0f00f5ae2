//! Between the import and the writer: batches on their way, and the way out of an import that ends early.

use super::batch::Line;
use super::{OpenDocument, Staging, erase};
use crate::error::Result;
use crate::pool::{self, Limits, Stored};
use crate::schema::Table;
use crate::{Pending, StoreError};
use std::io::Read;
use std::sync::Arc;

impl Staging {
    pub(super) fn leave(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.done, true) {
            return Ok(());
        }
        self.batch.clear();
        if let Some(pending) = self.under_way.take() {
            // Whatever became of it is removed.
            let _ = pending.wait();
        }
        erase(&self.domain, self.course)?;
        pool::forget(&self.domain, std::mem::take(&mut self.put))
    }

    pub(super) fn put(&mut self, content: &mut dyn Read, limits: Limits) -> Result<Stored> {
        let stored = self.domain.pool().put(content, limits)?;
        self.put.push(stored.hash.clone());
        Ok(stored)
    }

    pub(super) fn table(&self, doc: &OpenDocument, name: &str) -> Result<Arc<Table>> {
        self.domain.schema().table(&doc.owner, name).cloned()
    }

    pub(super) fn name(&mut self, path: &str) -> Result<i64> {
        if !self.paths.insert(path.to_owned()) {
            return Err(StoreError::DuplicateDocument(path.to_owned()));
        }
        self.documents += 1;
        Ok(self.documents)
    }

    pub(super) fn push(&mut self, line: Line) -> Result<()> {
        self.batch.push(line);
        if self.batch.is_full() { self.send() } else { Ok(()) }
    }

    /// Hands the batch to the writer, when the one before it is written.
    fn send(&mut self) -> Result<()> {
        if let Some(before) = self.under_way.take() {
            before.wait()?;
        }
        if !self.batch.is_empty() {
            let batch = self.batch.take();
            self.under_way = Some(self.domain.submit(move |mut w| {
                let done = batch.write(&mut w);
                (w, done)
            }));
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        self.send()?;
        self.under_way.take().map_or(Ok(()), Pending::wait)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is removed when the domain is opened again.
        let _ = self.leave();
    }
}

//! Between the import and the writer: batches on their way, and the way out of an import that ends early.

use super::batch::Line;
use super::{Staging, erase};
use crate::StoreError;
use crate::error::Result;
use crate::pool::{self, Limits, Stored};
use std::io::Read;

/// Bytes of batches on their way to the writer. What is read faster than it is written waits here while something is read that writes nothing.
const UNDER_WAY: usize = 32 << 20;

impl Staging {
    pub(super) fn leave(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.done, true) {
            return Ok(());
        }
        self.batch.clear();
        for (pending, _) in std::mem::take(&mut self.under_way) {
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

    /// Hands the batch to the writer, when not too much is on its way there.
    fn send(&mut self) -> Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let batch = self.batch.take();
        let bytes = batch.bytes();
        while !self.under_way.is_empty() && bytes + self.under_way.iter().map(|(_, b)| b).sum::<usize>() > UNDER_WAY {
            self.arrive()?;
        }
        let pending = self.domain.submit_patiently(move |mut w| {
            let done = batch.write(&mut w);
            (w, done)
        });
        self.under_way.push_back((pending, bytes));
        Ok(())
    }

    /// Waits for the batch that was sent first.
    fn arrive(&mut self) -> Result<()> {
        self.under_way.pop_front().map_or(Ok(()), |(pending, _)| pending.wait())
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        self.send()?;
        while !self.under_way.is_empty() {
            self.arrive()?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is removed when the domain is opened again.
        let _ = self.leave();
    }
}

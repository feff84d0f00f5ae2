//! Entries of an archive, laid down in one temporary file so that they can be read again in any order.
//!
//! The file has no name (it is unlinked as it is made), so a crash leaves nothing behind and no path of an archive touches a directory.

use crate::container::Entry;
use crate::error::Error;
use indexmap::IndexMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

const BUFFER: usize = 1 << 20;

/// Where an entry lies in the spool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    offset: u64,
    /// In bytes.
    pub size: u64,
    /// Unix seconds.
    pub mtime: Option<i64>,
}

/// A pile of named entries on disk. Memory holds the names only.
pub struct Spool {
    file: Arc<File>,
    /// Written bytes that have not reached the file yet.
    tail: Vec<u8>,
    /// Bytes in the file, without the tail.
    flushed: u64,
    slots: IndexMap<String, Slot>,
}

impl Spool {
    /// Makes a spool in the system's directory for temporary files.
    pub fn new() -> Result<Self, Error> {
        Ok(Self::over(tempfile::tempfile()?))
    }

    /// Makes a spool in a directory of the caller's choice: the system's is often small and in memory.
    pub fn new_in(directory: impl AsRef<Path>) -> Result<Self, Error> {
        Ok(Self::over(tempfile::tempfile_in(directory)?))
    }

    fn over(file: File) -> Self {
        Spool { file: Arc::new(file), tail: Vec::with_capacity(BUFFER), flushed: 0, slots: IndexMap::new() }
    }

    /// Lays down an entry of an archive as it is.
    pub fn keep(&mut self, entry: &mut Entry<'_>) -> Result<Slot, Error> {
        let (path, mtime) = (entry.path.clone(), entry.mtime);
        let mut sheet = self.sheet();
        io::copy(entry, &mut sheet)?;
        Ok(sheet.finish(path, mtime))
    }

    /// Begins an entry whose bytes are written one after the other. Only [`Sheet::finish`] gives it a name.
    pub fn sheet(&mut self) -> Sheet<'_> {
        let start = self.end();
        Sheet { spool: self, start, done: false }
    }

    /// Paths and slots, in the order they were laid down.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, Slot)> {
        self.slots.iter().map(|(path, slot)| (path.as_str(), *slot))
    }

    pub fn slot(&self, path: &str) -> Option<Slot> {
        self.slots.get(path).copied()
    }

    /// Gives what lies at a slot a name. An entry that had it is replaced.
    pub fn name(&mut self, path: impl Into<String>, slot: Slot) {
        self.slots.insert(path.into(), slot);
    }

    /// Forgets an entry's name; its bytes stay until the spool goes.
    pub fn remove(&mut self, path: &str) -> Option<Slot> {
        self.slots.shift_remove(path)
    }

    /// Reads an entry from its beginning. Any number of readers may be open, also while more is laid down.
    pub fn read(&mut self, slot: Slot) -> Result<SpoolReader, Error> {
        self.flush()?;
        Ok(SpoolReader { file: Arc::clone(&self.file), at: slot.offset, left: slot.size })
    }

    fn end(&self) -> u64 {
        self.flushed + self.tail.len() as u64
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.tail.is_empty() {
            write_at(&self.file, &self.tail, self.flushed)?;
            self.flushed += self.tail.len() as u64;
            self.tail.clear();
        }
        Ok(())
    }
}

/// An entry being written. Dropped without [`finish`](Sheet::finish), it was never there.
pub struct Sheet<'a> {
    spool: &'a mut Spool,
    start: u64,
    done: bool,
}

impl Sheet<'_> {
    /// Bytes written so far.
    pub fn written(&self) -> u64 {
        self.spool.end() - self.start
    }

    /// Names the entry. A second entry of the same name replaces the first.
    pub fn finish(mut self, path: impl Into<String>, mtime: Option<i64>) -> Slot {
        let slot = Slot { offset: self.start, size: self.written(), mtime };
        self.spool.slots.insert(path.into(), slot);
        self.done = true;
        slot
    }
}

impl Write for Sheet<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.spool.tail.len() + bytes.len() > BUFFER {
            self.spool.flush()?;
        }
        if bytes.len() > BUFFER {
            write_at(&self.spool.file, bytes, self.spool.flushed)?;
            self.spool.flushed += bytes.len() as u64;
        } else {
            self.spool.tail.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Sheet<'_> {
    fn drop(&mut self) {
        if !self.done {
            let back = self.start.saturating_sub(self.spool.flushed);
            self.spool.tail.truncate(usize::try_from(back).unwrap_or(usize::MAX));
            self.spool.flushed = self.spool.flushed.min(self.start);
        }
    }
}

/// One entry of a [`Spool`]. A clone reads on from where this one stands.
#[derive(Clone)]
pub struct SpoolReader {
    file: Arc<File>,
    at: u64,
    left: u64,
}

impl Read for SpoolReader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buf.len());
        let Some(buf) = buf.get_mut(..most).filter(|b| !b.is_empty()) else {
            return Ok(0);
        };
        let n = read_at(&self.file, buf, self.at)?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += n as u64;
        self.left -= n as u64;
        Ok(n)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buf: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buf, at)
}

#[cfg(unix)]
fn write_at(file: &File, buf: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, buf, at)
}

#[cfg(windows)]
fn read_at(file: &File, buf: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buf, at)
}

#[cfg(windows)]
fn write_at(file: &File, mut buf: &[u8], mut at: u64) -> io::Result<()> {
    while !buf.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_write(file, buf, at)?;
        buf = buf.get(n..).unwrap_or_default();
        at += n as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(spool: &mut Spool, path: &str) -> Result<String, Error> {
        let slot = spool.slot(path).ok_or(Error::EmptyManifest)?;
        let mut text = String::new();
        spool.read(slot)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn entries_are_read_back_in_any_order() -> Result<(), Error> {
        let mut spool = Spool::new()?;
        for (path, body) in [("b.xml", "two"), ("a.xml", "")] {
            let mut sheet = spool.sheet();
            sheet.write_all(body.as_bytes())?;
            sheet.finish(path, None);
        }
        let mut sheet = spool.sheet();
        sheet.write_all(&vec![b'x'; BUFFER * 2 + 1])?;
        sheet.finish("big", Some(5));
        assert_eq!(text(&mut spool, "a.xml")?, "");
        assert_eq!(text(&mut spool, "big")?.len(), BUFFER * 2 + 1);
        assert_eq!(text(&mut spool, "b.xml")?, "two");
        assert_eq!(spool.slot("big").and_then(|s| s.mtime), Some(5));
        Ok(())
    }

    #[test]
    fn an_unfinished_sheet_leaves_no_trace() -> Result<(), Error> {
        let mut spool = Spool::new()?;
        spool.sheet().write_all(b"lost")?;
        let mut sheet = spool.sheet();
        sheet.write_all(&vec![b'x'; BUFFER])?;
        sheet.write_all(b"more")?;
        drop(sheet);
        let mut sheet = spool.sheet();
        sheet.write_all(b"kept")?;
        sheet.finish("a", None);
        assert_eq!(text(&mut spool, "a")?, "kept");
        assert_eq!(spool.iter().len(), 1);
        Ok(())
    }
}

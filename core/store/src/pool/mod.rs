//! The contents of files: each once, under its BLAKE3 hash, with Moodle's SHA-1 beside it.
//!
//! A content is streamed into `pool/tmp`, hashed on the way, and renamed to `pool/ab/cdef…`; a name that exists already is left as it is, so putting
//! is idempotent. It must be on the disk before a row that anybody can see names it: a single file is synced when it is put ([`Pool::put_now`]); an
//! import puts many unsynced ([`Pool::put`]) and has them synced before its course becomes visible ([`Pool::sync`]): few one by one, many with one
//! flush of the whole file system, which also waits for what others write there. A crash in between leaves a course nobody sees, whose rows and files the next start removes.
//!
//! [`Stored`] pins its content: as long as one is held, no sweep takes the file away before the row that names it is committed.

mod put;
mod sweep;

pub(crate) use sweep::{forget, sweep};

use crate::StoreError;
use crate::error::Result;
use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The name of a content: BLAKE3, as 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Hash(String);

impl Hash {
    /// Reads a hash, refusing anything that is not one: it becomes part of a path.
    pub fn parse(text: &str) -> Option<Hash> {
        let ok = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        ok.then(|| Hash(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Folder and file name below the pool.
    fn place(&self) -> (&str, &str) {
        self.0.split_at(2)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one content may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most bytes of one content; more is [`StoreError::TooLarge`], and nothing is kept.
    pub size: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { size: 10 << 30 }
    }
}

/// A content in the pool, held there for as long as this lives.
#[derive(Debug, Clone)]
pub struct Stored {
    pub hash: Hash,
    /// Lower-case hexadecimal, Moodle's `contenthash`.
    pub sha1: String,
    pub size: u64,
    /// What it seems to be by its first bytes, where that says something.
    pub mime: Option<&'static str>,
    _pin: Arc<Pin>,
}

/// Contents that are flushed one by one.
const FEW: usize = 8;

/// The pool of a domain.
#[derive(Debug)]
pub struct Pool {
    dir: PathBuf,
    pins: Arc<Mutex<HashMap<Hash, usize>>>,
}

#[derive(Debug)]
struct Pin {
    hash: Hash,
    pins: Arc<Mutex<HashMap<Hash, usize>>>,
}

impl Pool {
    pub(crate) fn open(dir: &Path) -> Result<Pool> {
        let tmp = dir.join("tmp");
        std::fs::create_dir_all(&tmp).map_err(StoreError::io("cannot make", &tmp))?;
        // Nothing in it belongs to anybody: this process has only just opened it, and no other can.
        let left = std::fs::read_dir(&tmp).map_err(StoreError::io("cannot read", &tmp))?;
        for entry in left.flatten() {
            std::fs::remove_file(entry.path()).map_err(StoreError::io("cannot remove", entry.path()))?;
        }
        Ok(Pool { dir: dir.to_owned(), pins: Arc::default() })
    }

    /// Opens a content for reading.
    ///
    /// # Errors
    /// [`StoreError::Io`] when it is not there.
    pub fn open_file(&self, hash: &Hash) -> Result<File> {
        let path = self.path(hash);
        File::open(&path).map_err(StoreError::io("cannot open the content", path))
    }

    fn path(&self, hash: &Hash) -> PathBuf {
        let (folder, name) = hash.place();
        self.dir.join(folder).join(name)
    }

    fn pin(&self, hash: &Hash) -> Arc<Pin> {
        if let Ok(mut pins) = self.pins.lock() {
            *pins.entry(hash.clone()).or_default() += 1;
        }
        Arc::new(Pin { hash: hash.clone(), pins: self.pins.clone() })
    }

    /// Makes the contents of these names, which were put before, durable.
    ///
    /// # Errors
    /// What the disk said; then nothing that was put may be relied on.
    pub fn sync(&self, put: &[Hash]) -> Result<()> {
        if put.len() <= FEW {
            return put.iter().try_for_each(|hash| self.sync_one(hash));
        }
        let failed = || StoreError::io("cannot flush", &self.dir);
        let dir = File::open(&self.dir).map_err(failed())?;
        #[cfg(target_os = "linux")]
        return rustix::fs::syncfs(&dir).map_err(|e| failed()(e.into()));
        #[cfg(not(target_os = "linux"))]
        return put::sync_all(&self.dir, &dir).map_err(failed());
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        if let Ok(mut pins) = self.pins.lock()
            && let Some(n) = pins.get_mut(&self.hash)
        {
            *n -= 1;
            if *n == 0 {
                pins.remove(&self.hash);
            }
        }
    }
}

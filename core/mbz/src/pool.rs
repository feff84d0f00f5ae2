//! The stored contents of an archive, held against their names and against `files.xml`.

use crate::container::{Entry, is_pool};
use parcours_course::report::{Fate, Reason, Report};
use sha1::{Digest, Sha1};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::{self, Read};

/// The list of files.
pub(crate) const FILES: &str = "files.xml";

pub(crate) type Hash = [u8; 20];

/// SHA-1 of nothing: the content of directory records, in the pool only when there is a real empty file (MBZ-FORMAT §6.1).
pub(crate) const EMPTY: &str = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

/// What was seen of the pool and of the list, in whatever order.
#[derive(Default)]
pub(crate) struct Audit {
    stored: HashMap<Hash, u64>,
    listed: HashSet<Hash>,
    /// Contents whose name is not their hash: place and real hash.
    wrong: Vec<(String, String)>,
    /// Entries of the pool whose name is no hash at all.
    strange: Vec<String>,
    pub(crate) records: u64,
}

impl Audit {
    /// Reads an entry of the pool to its end through [`Hashing`], and notes it.
    pub(crate) fn store(&mut self, path: &str, size: u64, real: Hash) {
        match named(path) {
            Some(name) if name == real => {}
            Some(_) => self.wrong.push((path.to_owned(), hex(&real))),
            None => self.strange.push(path.to_owned()),
        }
        if let Some(name) = named(path) {
            self.stored.insert(name, size);
        }
    }

    /// Notes a leaf of `files.xml`.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) {
        if name == "contenthash" {
            self.records += 1;
            if let Some(hash) = unhex(text).filter(|_| text != EMPTY) {
                self.listed.insert(hash);
            }
        }
    }

    /// Number and bytes of the contents.
    pub(crate) fn contents(&self) -> (u64, u64) {
        (self.stored.len() as u64, self.stored.values().sum())
    }

    /// Listed contents that are not there.
    pub(crate) fn missing(&self) -> u64 {
        self.listed.iter().filter(|h| !self.stored.contains_key(*h)).count() as u64
    }

    /// Says what does not fit. `with_files`: whether the archive was made with its files; without, all are missing and that is as it should be.
    pub(crate) fn report(&self, report: &mut Report, with_files: bool) {
        for (place, real) in &self.wrong {
            report.remark(Fate::Kept, Reason::WrongHash, "file", place, real);
        }
        for place in &self.strange {
            report.remark(Fate::Kept, Reason::UnlistedContent, "file", place, "");
        }
        let mut missing: Vec<_> = self.listed.iter().filter(|h| with_files && !self.stored.contains_key(*h)).map(hex).collect();
        missing.sort_unstable();
        for hash in missing {
            report.remark(Fate::Kept, Reason::MissingContent, "file", FILES, hash);
        }
        let mut unlisted: Vec<_> = self.stored.keys().filter(|h| !self.listed.contains(*h)).map(hex).collect();
        unlisted.retain(|h| h != EMPTY);
        unlisted.sort_unstable();
        for hash in unlisted {
            report.remark(Fate::Kept, Reason::UnlistedContent, "file", format!("files/{}/{hash}", hash.get(..2).unwrap_or_default()), "");
        }
    }
}

/// An entry that is hashed as it is read.
pub(crate) struct Hashing<'a, 'b> {
    entry: &'a mut Entry<'b>,
    sha1: Sha1,
}

impl<'a, 'b> Hashing<'a, 'b> {
    pub(crate) fn new(entry: &'a mut Entry<'b>) -> Self {
        Hashing { entry, sha1: Sha1::new() }
    }

    pub(crate) fn finish(self) -> Hash {
        self.sha1.finalize().into()
    }
}

impl Read for Hashing<'_, '_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.entry.read(buf)?;
        self.sha1.update(buf.get(..n).unwrap_or_default());
        Ok(n)
    }
}

/// The hash in `files/ab/abcd…`.
pub(crate) fn named(path: &str) -> Option<Hash> {
    let (folder, name) = path.strip_prefix("files/").filter(|_| is_pool(path))?.split_once('/')?;
    unhex(name).filter(|_| name.get(..2) == Some(folder))
}

pub(crate) fn unhex(text: &str) -> Option<Hash> {
    let mut hash = [0; 20];
    if text.len() != 40 || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(hash)
}

pub(crate) fn hex(hash: &Hash) -> String {
    hash.iter().fold(String::with_capacity(40), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

//! Reads a zip through its directory, after checking that the directory and the entries tell the same story.

use super::path::{self, Names, Seen};
use super::ratio::Ratio;
use super::{Head, Input, zip_end};
use crate::error::{Error, Place, Special};
use crate::limits::Limits;
use ::zip::read::ZipFile;
use ::zip::result::ZipError;
use ::zip::{CompressionMethod, ZipArchive};
use std::io::{self, BufReader, Read};

type Buffered = BufReader<Box<dyn Input>>;

pub(super) struct Zip {
    archive: ZipArchive<Buffered>,
    limits: Limits,
    names: Names,
    ratio: Ratio,
    seen: Seen,
    /// Index of the entry after the current one.
    next: usize,
}

impl Zip {
    pub(super) fn new(mut file: Box<dyn Input>, size: u64, limits: &Limits, names: Names) -> Result<Self, Error> {
        zip_end::check(file.as_mut(), size, limits)?;
        let mut archive = ZipArchive::new(BufReader::with_capacity(64 * 1024, file)).map_err(|e| failure(e, ""))?;
        if archive.offset() != 0 {
            return Err(Error::contradiction("", "bytes before the beginning of a zip"));
        }
        let mut seen = Seen::default();
        for index in 0..archive.len() {
            // Before names are compared by the library: a duplicate has an error of its own, and method and password are clearer than a mismatch.
            let entry = archive.by_index_data(index).map_err(|e| failure(e, ""))?;
            let path = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if entry.encrypted() {
                return Err(Error::Encrypted { path });
            }
            match entry.compression() {
                CompressionMethod::Stored | CompressionMethod::Deflated => {}
                other => return Err(Error::Method { path, method: method(other) }),
            }
        }
        if archive.has_duplicate_names() {
            return Err(Error::Duplicate { path: twice(&archive, &mut seen) });
        }
        archive.validate_header_consistency().map_err(|e| match e {
            ZipError::InvalidArchive(what) => Error::contradiction("", what),
            other => failure(other, ""),
        })?;
        Ok(Zip { archive, limits: limits.clone(), names, ratio: Ratio::new(size, limits), seen: Seen::default(), next: 0 })
    }

    pub(super) fn advance(&mut self) -> Result<Option<Head>, Error> {
        if self.next >= self.archive.len() {
            return Ok(None);
        }
        let entry = self.archive.by_index_data(self.next).map_err(|e| failure(e, ""))?;
        self.next += 1;
        let path = path::check(entry.name_raw(), &self.limits, self.names)?;
        let special = match entry.unix_mode().unwrap_or(0) & 0o170_000 {
            0 | 0o100_000 | 0o040_000 => None,
            0o120_000 => Some(Special::SymbolicLink),
            0o010_000 | 0o020_000 | 0o060_000 | 0o140_000 => Some(Special::Device),
            _ => Some(Special::Unknown),
        };
        if let Some(special) = special {
            return Err(Error::NotAFile { path, special });
        }
        let directory = entry.name_raw().last() == Some(&b'/');
        if directory && entry.size() != 0 {
            return Err(Error::contradiction(&path, "a directory with content"));
        }
        if !directory {
            self.seen.add(&path)?;
        }
        let head = Head { path, size: entry.size(), mtime: entry.last_modified().map(unix), directory };
        head.check(&self.limits)?;
        self.ratio.start(&head.path);
        Ok(Some(head))
    }

    /// The content of the entry that [`advance`](Self::advance) gave.
    pub(super) fn body(&mut self) -> Result<Body<'_>, Error> {
        let file = self.archive.by_index(self.next.saturating_sub(1)).map_err(|e| failure(e, ""))?;
        let (left, packed) = (file.size(), file.compressed_size());
        Ok(Body { left, packed, file, ratio: &mut self.ratio })
    }
}

pub(super) struct Body<'a> {
    file: ZipFile<'a, Buffered>,
    ratio: &'a mut Ratio,
    left: u64,
    packed: u64,
}

impl Body<'_> {
    fn path(&self) -> String {
        String::from_utf8_lossy(self.file.name_raw()).into_owned()
    }

    fn failure(&self, e: io::Error) -> io::Error {
        match e.kind() {
            io::ErrorKind::UnexpectedEof => Error::Truncated { place: Place::entry(self.path()) }.into_io(),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => Error::damaged(&self.path(), e.to_string()).into_io(),
            _ => e,
        }
    }
}

impl Read for Body<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        let n = match self.file.read(buf) {
            Ok(n) => n,
            Err(e) => return Err(self.failure(e)),
        };
        // An entry that is not as long as its header says: longer is cut by no one, shorter is filled by no one.
        match self.left.checked_sub(n as u64) {
            Some(left) if n > 0 || left == 0 => self.left = left,
            _ => return Err(Error::contradiction(&self.path(), "an entry is not as long as the zip says").into_io()),
        }
        self.ratio.add(n as u64, self.packed).map_err(Error::into_io)?;
        Ok(n)
    }
}

/// Finds the name that stands in the directory twice. The library keeps one of the two only, so the name may be out of its sight.
fn twice(archive: &ZipArchive<Buffered>, seen: &mut Seen) -> String {
    let names = archive.file_names_raw().map(|n| String::from_utf8_lossy(n).into_owned());
    names.into_iter().find(|n| seen.add(n).is_err()).unwrap_or_else(|| "an entry".into())
}

fn method(method: CompressionMethod) -> u16 {
    #[allow(deprecated)]
    method.to_u16()
}

/// Zip times have no zone; taken as UTC, so that the same archive reads the same everywhere.
fn unix(time: ::zip::DateTime) -> i64 {
    let (y, m, d) = (i64::from(time.year()), i64::from(time.month()), i64::from(time.day()));
    // Days from a civil date, with years that begin in March.
    let (y, m) = if m > 2 { (y, m - 3) } else { (y - 1, m + 9) };
    let days = y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + d - 1 - 719_468;
    days * 86_400 + i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}

fn failure(e: ZipError, entry: &str) -> Error {
    match e {
        ZipError::Io(e) if e.kind() == io::ErrorKind::UnexpectedEof => Error::Truncated { place: Place::entry(entry) },
        ZipError::Io(e) => e.into(),
        ZipError::CompressionMethodNotSupported(method) => Error::Method { path: entry.to_owned(), method },
        other => Error::damaged(entry, other.to_string()),
    }
}

//! Reads a gzip-compressed tar as a stream.
//!
//! The headers are walked here and not by the `tar` crate's own iterator: that one reads extension headers of any size into memory, and follows
//! the pax size where the plain header disagrees. Its [`Header`] does the decoding of single fields.

use super::gunzip::Gunzip;
use super::path::{self, INDEX, Seen};
use super::ratio::Ratio;
use super::{Head, Input};
use crate::error::{Error, PathFault, Place, Special};
use crate::limits::{Limit, Limits};
use std::io::{self, Read};
use tar::{EntryType, Header};

const BLOCK: usize = 512;
/// Zeros that may follow the end marker: GNU tar fills up to 10 KiB, others to more.
const PADDING: u64 = 1 << 20;

pub(super) struct Tgz {
    input: Gunzip,
    limits: Limits,
    ratio: Ratio,
    seen: Seen,
    path: String,
    /// Bytes of the current entry still to come.
    left: u64,
    /// Bytes that fill up its last block.
    pad: u64,
    /// [`Gunzip::packed`] when the current entry began.
    packed: u64,
    first: bool,
    done: bool,
}

/// What extension headers said about the entry that follows them.
#[derive(Default)]
struct Extension {
    path: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
    size: Option<u64>,
    mtime: Option<i64>,
    sparse: bool,
    pax: bool,
}

impl Tgz {
    pub(super) fn new(file: Box<dyn Input>, size: u64, limits: &Limits) -> Result<Self, Error> {
        Ok(Tgz {
            input: Gunzip::new(file)?,
            limits: limits.clone(),
            ratio: Ratio::new(size, limits),
            seen: Seen::default(),
            path: String::new(),
            left: 0,
            pad: 0,
            packed: 0,
            first: true,
            done: false,
        })
    }

    /// Passes over what is left of the current entry, to the head of the next.
    pub(super) fn advance(&mut self) -> Result<Option<Head>, Error> {
        let mut extension = Extension::default();
        loop {
            self.skip()?;
            if self.done {
                return Ok(None);
            }
            let Some(header) = self.header()? else {
                self.done = true;
                return self.finish().map(|()| None);
            };
            let size = header.entry_size().map_err(|_| Error::damaged(&self.path, "size of an entry"))?;
            match header.entry_type() {
                EntryType::XHeader => {
                    if extension.pax {
                        return Err(Error::contradiction(&self.path, "two pax headers for one entry"));
                    }
                    extension.pax = true;
                    let body = self.extension(size)?;
                    pax(&body, &mut extension, &self.path)?;
                }
                EntryType::XGlobalHeader => {
                    let mut global = Extension::default();
                    let body = self.extension(size)?;
                    pax(&body, &mut global, &self.path)?;
                    if global.path.is_some() || global.size.is_some() || global.link.is_some() || global.sparse {
                        return Err(Error::contradiction(&self.path, "a pax header that gives every entry one name or size"));
                    }
                }
                EntryType::GNULongName => once(&mut extension.path, self.extension(size)?, &self.path)?,
                EntryType::GNULongLink => once(&mut extension.link, self.extension(size)?, &self.path)?,
                kind => {
                    let head = self.entry(&header, kind, size, extension)?;
                    self.path.clone_from(&head.path);
                    self.ratio.start(&head.path);
                    self.packed = self.input.packed();
                    (self.left, self.pad) = (head.size, padding(head.size));
                    return Ok(Some(head));
                }
            }
        }
    }

    fn entry(&mut self, header: &Header, kind: EntryType, size: u64, extension: Extension) -> Result<Head, Error> {
        let name = match extension.path {
            Some(name) => name,
            None => plain_path(header)?,
        };
        let path = path::clean(&name, &self.limits)?;
        let special = |special| Err(Error::NotAFile { path: path.clone(), special });
        if extension.sparse {
            return special(Special::Sparse);
        }
        // Sizes that need pax are far over the limit for an entry, so the two are never rightly different (RUSTSEC-2026-0068).
        if extension.size.is_some_and(|s| s != size) {
            return Err(Error::contradiction(&path, "the pax header and the tar header give different sizes"));
        }
        let directory = match kind {
            EntryType::Regular => name.last() == Some(&b'/') || path.is_empty(),
            EntryType::Directory => true,
            EntryType::Link => {
                let target = extension.link.or_else(|| header.link_name_bytes().map(Into::into)).unwrap_or_default();
                // GNU tar, packing an unpacked backup with both `.` and its dot files named, lists the index twice: the second time as a link to itself.
                if path == INDEX && path::clean(&target, &self.limits).is_ok_and(|t| t == INDEX) {
                    return Ok(Head { path, size: 0, mtime: None, directory: true });
                }
                return special(Special::HardLink);
            }
            EntryType::Symlink => return special(Special::SymbolicLink),
            EntryType::Char | EntryType::Block | EntryType::Fifo => return special(Special::Device),
            EntryType::GNUSparse => return special(Special::Sparse),
            _ => return special(Special::Unknown),
        };
        if directory && size != 0 {
            return Err(Error::contradiction(&path, "a directory with content"));
        }
        if !directory && path != INDEX {
            self.seen.add(&path)?;
        }
        let mtime = extension.mtime.or_else(|| header.mtime().ok().and_then(|t| i64::try_from(t).ok()));
        let head = Head { path, size, mtime, directory };
        head.check(&self.limits)?;
        Ok(head)
    }

    /// The next header block, or nothing at the end marker.
    fn header(&mut self) -> Result<Option<Header>, Error> {
        let mut header = Header::new_old();
        if !self.block(header.as_mut_bytes())? {
            return Err(self.truncated());
        }
        if header.as_bytes().iter().all(|b| *b == 0) {
            return Ok(None);
        }
        let bytes = header.as_bytes();
        let sum = bytes.iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u32::from(*b) }).sum::<u32>();
        if header.cksum().ok() != Some(sum) {
            return Err(match self.first {
                true => Error::NotAnArchive { found: "a gzip file of something that is not a tar" },
                false => Error::damaged(&self.path, "checksum of the header that follows"),
            });
        }
        self.first = false;
        Ok(Some(header))
    }

    /// The body of a pax or GNU header.
    fn extension(&mut self, size: u64) -> Result<Vec<u8>, Error> {
        if size > self.limits.header_bytes {
            return Err(Error::limit(&self.path, Limit::HeaderBytes, self.limits.header_bytes));
        }
        (self.left, self.pad) = (size, padding(size));
        let mut body = Vec::with_capacity(size as usize);
        self.read_to_end(&mut body)?;
        Ok(body)
    }

    /// After the end marker: only zeros, and the checksum of the gzip stream, which the decoder checks at its end.
    fn finish(&mut self) -> Result<(), Error> {
        let mut zeros = 0u64;
        loop {
            let bytes = self.input.fill()?;
            if bytes.is_empty() {
                break;
            }
            zeros += bytes.len() as u64;
            if zeros > PADDING || bytes.iter().any(|b| *b != 0) {
                return Err(Error::contradiction("", "data after the end of the archive"));
            }
            let n = bytes.len();
            self.input.consume(n);
        }
        match zeros >= BLOCK as u64 {
            true => Ok(()),
            false => Err(self.truncated()),
        }
    }

    fn skip(&mut self) -> Result<(), Error> {
        while self.left > 0 {
            let n = self.some(|bytes| bytes.len())?;
            self.left -= n as u64;
        }
        while self.pad > 0 {
            let bytes = self.input.fill()?;
            if bytes.is_empty() {
                return Err(self.truncated());
            }
            let n = bytes.len().min(self.pad as usize);
            self.input.consume(n);
            self.pad -= n as u64;
        }
        Ok(())
    }

    /// Hands `take` what there is of the entry, at least a byte.
    fn some(&mut self, take: impl FnOnce(&[u8]) -> usize) -> Result<usize, Error> {
        let bytes = self.input.fill()?;
        if bytes.is_empty() {
            return Err(self.truncated());
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
        let n = take(bytes.get(..most).unwrap_or_default());
        self.input.consume(n);
        self.ratio.add(n as u64, self.input.packed() - self.packed)?;
        Ok(n)
    }

    fn block(&mut self, block: &mut [u8]) -> Result<bool, Error> {
        let mut filled = 0;
        while let Some(rest) = block.get_mut(filled..).filter(|r| !r.is_empty()) {
            let bytes = self.input.fill()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let n = bytes.len().min(rest.len());
            rest.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            self.input.consume(n);
            filled += n;
        }
        Ok(true)
    }

    fn truncated(&self) -> Error {
        Error::Truncated { place: Place::entry(self.path.clone()) }
    }
}

impl Read for Tgz {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 || buf.is_empty() {
            return Ok(0);
        }
        let copy = |bytes: &[u8]| {
            let n = bytes.len().min(buf.len());
            if let (Some(to), Some(from)) = (buf.get_mut(..n), bytes.get(..n)) {
                to.copy_from_slice(from);
            }
            n
        };
        let n = self.some(copy).map_err(Error::into_io)?;
        self.left -= n as u64;
        Ok(n)
    }
}

fn padding(size: u64) -> u64 {
    size.wrapping_neg() % BLOCK as u64
}

/// Name and prefix of the plain header. A field ends at its first zero byte, and nothing may hide behind that.
fn plain_path(header: &Header) -> Result<Vec<u8>, Error> {
    let path = header.path_bytes();
    let fields = [Some(&header.as_old().name[..]), header.as_ustar().map(|h| &h.prefix[..])];
    for field in fields.into_iter().flatten() {
        if field.iter().skip_while(|b| **b != 0).any(|b| *b != 0) {
            return Err(Error::BadPath { path: String::from_utf8_lossy(field).into_owned(), fault: PathFault::Zero });
        }
    }
    Ok(path.into_owned())
}

fn once(slot: &mut Option<Vec<u8>>, mut name: Vec<u8>, entry: &str) -> Result<(), Error> {
    if name.last() == Some(&0) {
        name.pop();
    }
    match slot.replace(name) {
        None => Ok(()),
        Some(_) => Err(Error::contradiction(entry, "two names for one entry")),
    }
}

/// Reads pax records: `length key=value\n`, the length counting itself.
fn pax(mut body: &[u8], extension: &mut Extension, entry: &str) -> Result<(), Error> {
    let damaged = || Error::damaged(entry, "pax header");
    while !body.is_empty() {
        let space = body.iter().take(12).position(|b| *b == b' ').ok_or_else(damaged)?;
        let (digits, _) = body.split_at(space);
        let length: usize = number(digits).and_then(|n| usize::try_from(n).ok()).ok_or_else(damaged)?;
        let record = body.get(space + 1..length).and_then(|r| r.strip_suffix(b"\n")).ok_or_else(damaged)?;
        body = body.get(length..).ok_or_else(damaged)?;
        let equals = record.iter().position(|b| *b == b'=').ok_or_else(damaged)?;
        let (key, value) = (record.get(..equals).unwrap_or_default(), record.get(equals + 1..).unwrap_or_default());
        match key {
            b"path" => once(&mut extension.path, [value, b"\0"].concat(), entry)?,
            b"linkpath" => once(&mut extension.link, [value, b"\0"].concat(), entry)?,
            b"size" => {
                let size = number(value).ok_or_else(|| Error::damaged(entry, "pax size"))?;
                if extension.size.replace(size).is_some() {
                    return Err(Error::contradiction(entry, "two pax sizes for one entry"));
                }
            }
            b"mtime" => extension.mtime = std::str::from_utf8(value).ok().and_then(|s| s.split('.').next()?.parse().ok()),
            k if k.starts_with(b"GNU.sparse.") => extension.sparse = true,
            _ => {}
        }
    }
    Ok(())
}

/// Decimal digits and nothing else: `parse` alone would take a `+`.
fn number(digits: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(digits).ok()?;
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

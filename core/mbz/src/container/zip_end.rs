//! The end of a zip, looked at before anything else: it says how much memory the directory will take, and where ambiguity hides.

use super::Input;
use crate::error::{Error, Place};
use crate::limits::{Limit, Limits};
use std::io::{Read, SeekFrom};

const END: &[u8; 4] = b"PK\x05\x06";
const END64: &[u8; 4] = b"PK\x06\x06";
const LOCATOR64: &[u8; 4] = b"PK\x06\x07";
/// Fixed part of the end record.
const END_LEN: u64 = 22;
const END64_LEN: u64 = 56;
const LOCATOR_LEN: u64 = 20;
const COMMENT_MAX: u64 = 65_535;

/// Checks that the file ends in exactly one end record, that the directory stands right before it, and that it is of a size to be read.
pub(super) fn check(file: &mut dyn Input, size: u64, limits: &Limits) -> Result<(), Error> {
    let from = size.saturating_sub(END_LEN + COMMENT_MAX);
    let tail = read(file, from, size - from)?;
    let mut found = None;
    for at in 0..tail.len() {
        if tail.get(at..at + 4) == Some(END) {
            if found.is_some() {
                return Err(Error::contradiction("", "two end records in a zip"));
            }
            found = Some(at);
        }
    }
    let Some(at) = found else {
        return Err(Error::Truncated { place: Place::default() });
    };
    let end = tail.get(at..).unwrap_or_default();
    let comment = u64::from(u16_at(end, 20)?);
    if END_LEN + comment != end.len() as u64 {
        return Err(Error::contradiction("", "bytes after the end of a zip"));
    }
    if u16_at(end, 4)? != 0 || u16_at(end, 6)? != 0 {
        return Err(Error::damaged("", "one part of a zip in several parts"));
    }
    let mut directory_end = from + at as u64;
    let mut entries = u64::from(u16_at(end, 10)?);
    let mut bytes = u64::from(u32_at(end, 12)?);
    let mut start = u64::from(u32_at(end, 16)?);
    if u64::from(u16_at(end, 8)?) != entries {
        return Err(Error::contradiction("", "two numbers of entries in a zip"));
    }
    if let Some(locator_at) = directory_end.checked_sub(LOCATOR_LEN) {
        let locator = read(file, locator_at, LOCATOR_LEN)?;
        if locator.starts_with(LOCATOR64) {
            let at = u64_at(&locator, 8)?;
            if at.checked_add(END64_LEN) != Some(locator_at) {
                return Err(Error::contradiction("", "a zip64 end record in another place"));
            }
            let end64 = read(file, at, END64_LEN)?;
            if !end64.starts_with(END64) {
                return Err(Error::damaged("", "zip64 end record"));
            }
            let (entries64, bytes64, start64) = (u64_at(&end64, 32)?, u64_at(&end64, 40)?, u64_at(&end64, 48)?);
            let same = |short: u64, most: u64, long: u64| short == most || short == long;
            if !same(entries, 0xffff, entries64) || !same(bytes, 0xffff_ffff, bytes64) || !same(start, 0xffff_ffff, start64) {
                return Err(Error::contradiction("", "the zip and zip64 end records"));
            }
            (entries, bytes, start, directory_end) = (entries64, bytes64, start64, at);
        }
    }
    if entries > limits.entries {
        return Err(Error::limit("", Limit::Entries, limits.entries));
    }
    if bytes > limits.directory_bytes {
        return Err(Error::limit("", Limit::DirectoryBytes, limits.directory_bytes));
    }
    if start.checked_add(bytes) != Some(directory_end) {
        return Err(Error::contradiction("", "the directory of the zip is not where it should be"));
    }
    Ok(())
}

fn read(file: &mut dyn Input, at: u64, len: u64) -> Result<Vec<u8>, Error> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(len).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Error> {
    bytes.get(at..at + N).and_then(|b| b.try_into().ok()).ok_or_else(|| Error::Truncated { place: Place::default() })
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Error> {
    array(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Error> {
    array(bytes, at).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Result<u64, Error> {
    array(bytes, at).map(u64::from_le_bytes)
}

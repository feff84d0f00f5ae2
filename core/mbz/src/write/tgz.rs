//! tar.gz as Moodle writes it (MBZ-FORMAT §1.2).

use super::gzip::Gzip;
use super::order::Line;
use super::{Content, Exact, Output};
use crate::container::{INDEX, NO_TIME};
use crate::error::Error;
use crate::limits::Limit;
use std::fmt::Write as _;
use std::io::Write;
use tar::{EntryType, Header};

const BLOCK: u64 = 512;
/// Eleven octal digits.
const SIZE_MAX: u64 = (8 << 30) - 1;

pub(super) fn write<W: Output, K>(out: W, lines: &[Line<K>], content: &mut Content<'_, K>) -> Result<W, Error> {
    let mut tar = Gzip::new(out)?;
    let index = index(lines);
    let size = index.len() as u64;
    tar.write_all(header(INDEX, EntryType::Regular, size, NO_TIME)?.as_bytes())?;
    tar.write_all(index.as_bytes())?;
    pad(&mut tar, size)?;
    for line in lines {
        match line {
            Line::Directory(path) => tar.write_all(header(path, EntryType::Directory, 0, NO_TIME)?.as_bytes())?,
            Line::File(item) => {
                let mtime = item.mtime.unwrap_or(NO_TIME);
                tar.write_all(header(&item.path, EntryType::Regular, item.size, mtime)?.as_bytes())?;
                let mut body = Exact::new(&mut tar, item.size);
                let result = content(item, &mut body);
                body.end(&item.path, result)?;
                pad(&mut tar, item.size)?;
            }
        }
    }
    tar.write_all(&[0; 2 * BLOCK as usize])?;
    tar.finish()
}

/// Moodle's list of what follows.
fn index<K>(lines: &[Line<K>]) -> String {
    let mut text = format!("Moodle archive file index. Count: {}\n", lines.len());
    for line in lines {
        // Writing to a string does not fail.
        let _ = match line {
            Line::Directory(path) => writeln!(text, "{path}\td\t0\t?"),
            Line::File(item) => match item.mtime {
                Some(mtime) => writeln!(text, "{}\tf\t{}\t{mtime}", item.path, item.size),
                None => writeln!(text, "{}\tf\t{}\t?", item.path, item.size),
            },
        };
    }
    text
}

fn header(path: &str, kind: EntryType, size: u64, mtime: i64) -> Result<Header, Error> {
    if size > SIZE_MAX {
        return Err(Error::limit(path, Limit::EntryBytes, SIZE_MAX));
    }
    let mut header = Header::new_ustar();
    let ustar = header.as_ustar_mut().ok_or_else(|| Error::damaged(path, "tar header"))?;
    let (prefix, name) = split(path).ok_or_else(|| Error::limit(path, Limit::PathBytes, 255))?;
    fill(&mut ustar.name, name);
    fill(&mut ustar.prefix, prefix);
    header.set_mode(if kind == EntryType::Directory { 0o755 } else { 0o644 });
    header.set_uid(0);
    header.set_gid(0);
    header.set_size(size);
    header.set_mtime(u64::try_from(mtime).unwrap_or_default());
    header.set_entry_type(kind);
    checksum(&mut header);
    Ok(header)
}

/// Six digits, a zero, a space: as Moodle and the old tars write it.
fn checksum(header: &mut Header) {
    header.as_old_mut().cksum = [b' '; 8];
    let sum = header.as_bytes().iter().map(|b| u32::from(*b)).sum::<u32>();
    fill(&mut header.as_old_mut().cksum, &format!("{sum:06o}\0 "));
}

/// Leading segments move to the prefix until the rest fits in 100 bytes.
fn split(path: &str) -> Option<(&str, &str)> {
    if path.len() <= 100 {
        return Some(("", path));
    }
    let cuts = path.match_indices('/').map(|(at, _)| at);
    let cut = cuts.into_iter().find(|at| path.len() - at - 1 <= 100)?;
    let (prefix, name) = (path.get(..cut)?, path.get(cut + 1..)?);
    (prefix.len() <= 155 && !name.is_empty()).then_some((prefix, name))
}

fn fill(field: &mut [u8], text: &str) {
    field.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from);
}

fn pad(tar: &mut impl Write, size: u64) -> std::io::Result<()> {
    let zeros = [0; BLOCK as usize];
    let n = (size.wrapping_neg() % BLOCK) as usize;
    tar.write_all(zeros.get(..n).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_moodles_to_the_byte() -> Result<(), Error> {
        // As found in an archive by Moodle 5.1.
        let header = header("activities/forum_981/forum.xml", EntryType::Regular, 0o40332, 0o15_301_067_336)?;
        let fields = header.as_bytes().split(|b| *b == 0).filter(|f| !f.is_empty()).map(String::from_utf8_lossy).collect::<Vec<_>>();
        let expected =
            ["activities/forum_981/forum.xml", "0000644", "0000000", "0000000", "00000040332", "15301067336", "013561", " 0", "ustar", "00"];
        assert_eq!(fields, expected);
        Ok(())
    }

    #[test]
    fn long_paths_are_split_between_name_and_prefix() {
        let path = format!("activities/{}/{}", "a".repeat(60), "b".repeat(60));
        assert_eq!(split(&path), Some((format!("activities/{}", "a".repeat(60)).as_str(), "b".repeat(60).as_str())));
        assert_eq!(split("a/b"), Some(("", "a/b")));
        assert_eq!(split(&"x".repeat(101)), None);
        assert_eq!(split(&format!("{}/{}", "a".repeat(156), "b".repeat(90))), None);
    }
}

//! The archive as a file: tar.gz or zip, told apart by its first bytes, read as a stream of named entries.

mod gunzip;
mod path;
mod ratio;
mod tgz;
mod zip;
mod zip_end;

use crate::error::Error;
use crate::limits::{Limit, Limits};
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Seek, SeekFrom};

use path::Names;
pub(crate) use path::{INDEX, Seen as Paths};

/// The manifest's path: what makes an archive a backup.
pub const MANIFEST: &str = "moodle_backup.xml";

/// 2013-01-01T00:00:00Z: Moodle's time for directories, for the index, and for files whose time is not known (MBZ-FORMAT §1.2).
pub(crate) const NO_TIME: i64 = 1_356_998_400;

/// The two forms a backup comes in. The file's extension says nothing (MBZ-FORMAT §1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// gzip-compressed tar, Moodle's default.
    Tgz,
    Zip,
}

/// What an archive can be read from.
pub trait Input: Read + Seek + Send {}
impl<T: Read + Seek + Send> Input for T {}

/// An open archive. Entries are taken one after the other, in the order of the archive:
///
/// ```no_run
/// # fn main() -> Result<(), parcours_mbz::Error> {
/// let file = std::fs::File::open("course.mbz")?;
/// let mut archive = parcours_mbz::open(file, &Default::default())?;
/// while let Some(entry) = archive.next()? {
///     println!("{} {}", entry.path, entry.size);
/// }
/// # Ok(()) }
/// ```
pub struct Archive {
    source: Source,
    limits: Limits,
    entries: u64,
    /// Nothing where no backup is asked for.
    roots: Option<Roots>,
}

enum Source {
    Tgz(Box<tgz::Tgz>),
    Zip(Box<zip::Zip>),
}

/// One file of an archive. Reading it gives exactly `size` bytes or an error; what is left unread is skipped.
pub struct Entry<'a> {
    /// Checked: relative, ASCII, no `..`, no leading `./` (MBZ-FORMAT §1.4). A name inside the archive, never one of the file system.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Unix seconds, where the archive says so: none before 1970, and not the time that stands for an unknown one.
    pub mtime: Option<i64>,
    body: Body<'a>,
}

enum Body<'a> {
    Tgz(&'a mut tgz::Tgz),
    Zip(Box<zip::Body<'a>>),
}

/// Opens an archive for reading.
///
/// Nothing but the beginning of a tar.gz, or the directory of a zip, is read yet.
///
/// # Errors
/// [`Error::NotAnArchive`], [`Error::Limit`], and for a zip everything its directory can be wrong about.
pub fn open(file: impl Input + 'static, limits: &Limits) -> Result<Archive, Error> {
    open_as(file, limits, Names::Backup)
}

/// Opens an archive of another format, which has a manifest of its own: read with the same care, but no `moodle_backup.xml` is asked for at its end, and in a zip names may be
/// any text in UTF-8 that does not lead out of the archive.
///
/// # Errors
/// As [`open`].
pub fn open_any(file: impl Input + 'static, limits: &Limits) -> Result<Archive, Error> {
    open_as(file, limits, Names::Any)
}

fn open_as(mut file: impl Input + 'static, limits: &Limits, names: Names) -> Result<Archive, Error> {
    let size = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;
    if size > limits.archive_bytes {
        return Err(Error::limit("", Limit::ArchiveBytes, limits.archive_bytes));
    }
    let mut magic = Vec::with_capacity(8);
    (&mut file).take(8).read_to_end(&mut magic)?;
    file.seek(SeekFrom::Start(0))?;
    let source = match magic.as_slice() {
        [0x1f, 0x8b, ..] => Source::Tgz(Box::new(tgz::Tgz::new(Box::new(file), size, limits)?)),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Source::Zip(Box::new(zip::Zip::new(Box::new(file), size, limits, names)?)),
        other => return Err(Error::NotAnArchive { found: name(other) }),
    };
    Ok(Archive { source, limits: limits.clone(), entries: 0, roots: (names == Names::Backup).then(Roots::default) })
}

/// A guess at what was taken for a backup, for the message.
fn name(magic: &[u8]) -> &'static str {
    match magic {
        [] => "an empty file",
        [b'7', b'z', 0xbc, 0xaf, ..] => "a 7-Zip archive",
        [b'R', b'a', b'r', b'!', ..] => "a RAR archive",
        [0xfd, b'7', b'z', b'X', b'Z', ..] => "an xz file",
        [b'B', b'Z', b'h', ..] => "a bzip2 file",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "a zstd file",
        [0x7f, b'E', b'L', b'F', ..] | [b'M', b'Z', ..] => "a program",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        [b'<', ..] => "an HTML or XML page (perhaps Moodle's login page, saved in the place of the backup)",
        _ => "a file of another kind",
    }
}

impl Archive {
    pub fn container(&self) -> Container {
        match self.source {
            Source::Tgz(_) => Container::Tgz,
            Source::Zip(_) => Container::Zip,
        }
    }

    /// The next file, or nothing at the end. Directories, Moodle's index and what packing programs leave behind are passed over.
    ///
    /// # Errors
    /// Whatever is wrong with the archive so far; and at its end [`Error::Moodle1`], [`Error::CommonCartridge`] or [`Error::NoManifest`] when there was
    /// no `moodle_backup.xml`. After an error the archive cannot be read on.
    // Not an Iterator: an entry borrows the archive it is read from.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Option<Entry<'_>>, Error> {
        loop {
            let head = match &mut self.source {
                Source::Tgz(tgz) => tgz.advance()?,
                Source::Zip(zip) => zip.advance()?,
            };
            let Some(head) = head else {
                self.roots.as_mut().map_or(Ok(()), Roots::check)?;
                return Ok(None);
            };
            self.entries += 1;
            if self.entries > self.limits.entries {
                return Err(Error::limit(&head.path, Limit::Entries, self.limits.entries));
            }
            if head.directory || path::is_litter(&head.path) {
                continue;
            }
            self.roots.iter_mut().for_each(|r| r.see(&head.path));
            let body = match &mut self.source {
                Source::Tgz(tgz) => Body::Tgz(tgz),
                Source::Zip(zip) => Body::Zip(Box::new(zip.body()?)),
            };
            return Ok(Some(Entry { path: head.path, size: head.size, mtime: head.mtime.filter(|t| *t >= 0 && *t != NO_TIME), body }));
        }
    }
}

impl Read for Entry<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match &mut self.body {
            Body::Tgz(tgz) => tgz.read(buf),
            Body::Zip(body) => body.read(buf),
        }
    }
}

/// What both readers say about an entry before its content.
struct Head {
    path: String,
    size: u64,
    mtime: Option<i64>,
    directory: bool,
}

impl Head {
    fn check(&self, limits: &Limits) -> Result<(), Error> {
        if self.size > limits.entry_bytes {
            return Err(Error::limit(&self.path, Limit::EntryBytes, limits.entry_bytes));
        }
        if is_xml(&self.path) && self.size > limits.xml_bytes {
            return Err(Error::limit(&self.path, Limit::XmlBytes, limits.xml_bytes));
        }
        Ok(())
    }
}

/// Checks a path that is to be written as strictly as one that was read.
pub(crate) fn clean_path(path: &str) -> Result<String, Error> {
    path::clean(path.as_bytes(), &Limits::default())
}

/// Whether an entry is a document of the backup, and not the content of somebody's file.
pub fn is_xml(path: &str) -> bool {
    path.ends_with(".xml") && !is_pool(path)
}

/// The folder of a block, of anything in it: `course/blocks/html_3`, `activities/quiz_7/blocks/html_3` (MBZ-FORMAT §4).
pub fn block(path: &str) -> Option<&str> {
    let (folder, _) = path.rsplit_once('/')?;
    let (above, _) = folder.rsplit_once('/')?;
    let task = above.strip_suffix("/blocks")?;
    let activity = task.strip_prefix("activities/").is_some_and(|a| !a.contains('/'));
    (task == "course" || activity).then_some(folder)
}

/// Whether an entry is in the file pool (MBZ-FORMAT §4).
pub fn is_pool(path: &str) -> bool {
    path.starts_with("files/")
}

/// The names at the root by which Moodle tells formats apart.
#[derive(Default)]
struct Roots {
    manifest: bool,
    moodle1: bool,
    cartridge: bool,
    /// Where a manifest was seen that is not at the root.
    folder: Option<String>,
}

impl Roots {
    fn see(&mut self, path: &str) {
        match path {
            MANIFEST => self.manifest = true,
            "moodle.xml" => self.moodle1 = true,
            "imsmanifest.xml" => self.cartridge = true,
            _ => {
                if let Some(folder) = path.strip_suffix(MANIFEST).and_then(|p| p.strip_suffix('/')) {
                    self.folder.get_or_insert_with(|| folder.to_owned());
                }
            }
        }
    }

    fn check(&mut self) -> Result<(), Error> {
        match self {
            Roots { manifest: true, .. } => Ok(()),
            Roots { moodle1: true, .. } => Err(Error::Moodle1),
            Roots { cartridge: true, .. } => Err(Error::CommonCartridge),
            Roots { folder, .. } => Err(Error::NoManifest { folder: folder.take() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_in_the_course_and_in_activities() {
        assert_eq!(block("course/blocks/html_3/block.xml"), Some("course/blocks/html_3"));
        assert_eq!(block("activities/quiz_7/blocks/html_3/roles.xml"), Some("activities/quiz_7/blocks/html_3"));
        for other in ["course/blocks/x.xml", "kept/course/blocks/html_3/block.xml", "activities/a/b/blocks/html_3/block.xml", "block.xml"] {
            assert_eq!(block(other), None, "{other}");
        }
    }
}

//! A whole archive laid open, to be looked at in any order, changed, and written again.

use crate::container::{Container, Input, MANIFEST, is_pool, is_xml, open};
use crate::error::Error;
use crate::limits::Limits;
use crate::manifest::Manifest;
use crate::people::strip_known;
use crate::pool::{Audit, FILES, Hashing, hex};
use crate::spool::{Sheet, Slot, Spool, SpoolReader};
use crate::write::{Item, Output, copy, write};
use crate::xml::{Element, Reader, Rewrite, Writer, echo, rewrite};
use parcours_course::report::{Fate, Reason, Report};
use sha1::{Digest, Sha1};
use std::io::{self, Read, Write};

mod kept;

pub use kept::State;

/// An archive in a [`Spool`]: every document checked, every content hashed, in memory only the names.
///
/// What makes an archive of an archive (another release, without people, cleaned …) or of something else (a cartridge, a question file) works on this. Paths are those of
/// the archive; none reaches the file system.
///
/// ```no_run
/// use parcours_mbz::{Container, Limits, Spool, Unpacked};
/// # fn main() -> Result<(), parcours_mbz::Error> {
/// let mut course = Unpacked::open(std::fs::File::open("course.mbz")?, &Limits::default(), Spool::new()?)?;
/// if let Some(mut page) = course.document("activities/page_7/page.xml")? {
///     page.child_mut("page").into_iter().for_each(|p| p.set("name", "Welcome"));
///     course.put("activities/page_7/page.xml", &page)?;
/// }
/// course.write(std::fs::File::create("changed.mbz")?, Container::Tgz)?;
/// # Ok(()) }
/// ```
pub struct Unpacked {
    spool: Spool,
    limits: Limits,
    manifest: Manifest,
    /// What was found in reading and kept: contents that are missing, or are not what their name says; documents without content.
    pub report: Report,
    pub counts: Counts,
    from: Option<Container>,
}

/// How much was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// XML documents, read to the last leaf.
    pub documents: u64,
    /// Entries of the file pool.
    pub contents: u64,
    /// Entries that are neither (the log); kept as they came.
    pub others: u64,
    /// Bytes of all entries, unpacked.
    pub bytes: u64,
}

impl Unpacked {
    /// Reads every entry of an archive into `spool`.
    ///
    /// Every XML document goes through [`Reader`] and is kept as [`echo`] writes it, so nothing ill-formed, oversized or forbidden passes; every leaf stays as it was.
    /// Contents are checked against their names, and kept whatever the check says: a production archive that lacks two files is still worth having
    /// (MBZ-FORMAT §6.2). An XML entry of no bytes is kept as it came.
    ///
    /// # Errors
    /// All of [`Error`].
    pub fn open(input: impl Input + 'static, limits: &Limits, spool: Spool) -> Result<Self, Error> {
        let mut archive = open(input, limits)?;
        let mut unpacked = Unpacked { from: Some(archive.container()), ..Unpacked::new(spool, limits) };
        let mut audit = Audit::default();
        while let Some(mut entry) = archive.next()? {
            let (path, mtime) = (entry.path.clone(), entry.mtime);
            unpacked.counts.bytes += entry.size;
            if is_pool(&path) {
                unpacked.counts.contents += 1;
                let size = entry.size;
                let mut hashing = Hashing::new(&mut entry);
                let mut sheet = unpacked.spool.sheet();
                io::copy(&mut hashing, &mut sheet)?;
                audit.store(&path, size, hashing.finish());
                sheet.finish(path, mtime);
            } else if is_xml(&path) && entry.size > 0 {
                unpacked.counts.documents += 1;
                let listing = path == FILES;
                let mut sheet = unpacked.spool.sheet();
                echo(Reader::new(&mut entry, &path, limits), &mut sheet, |name, text| {
                    if listing {
                        audit.leaf(name, text);
                    }
                })?;
                sheet.finish(path, mtime);
            } else if path == MANIFEST {
                return Err(Error::EmptyManifest);
            } else {
                unpacked.counts.others += 1;
                if is_xml(&path) {
                    unpacked.report.remark(Fate::Kept, Reason::EmptyDocument, "document", &path, "");
                }
                unpacked.spool.keep(&mut entry)?;
            }
        }
        // An archive without any content was made without files.
        audit.report(&mut unpacked.report, unpacked.counts.contents > 0);
        unpacked.read_manifest()?;
        Ok(unpacked)
    }

    /// An archive of nothing, to be filled.
    pub fn new(spool: Spool, limits: &Limits) -> Self {
        Unpacked { spool, limits: limits.clone(), manifest: Manifest::default(), report: Report::default(), counts: Counts::default(), from: None }
    }

    /// The container it came in; nothing when it was made here.
    pub fn from(&self) -> Option<Container> {
        self.from
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What `moodle_backup.xml` says, as last [put](Self::put).
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Every entry, in the order it was read or first put.
    pub fn paths(&self) -> Vec<String> {
        self.spool.iter().map(|(path, _)| path.to_owned()).collect()
    }

    /// Every document that is not empty, in the same order.
    pub fn documents(&self) -> Vec<String> {
        self.spool.iter().filter(|(path, slot)| is_xml(path) && slot.size > 0).map(|(path, _)| path.to_owned()).collect()
    }

    pub fn has(&self, path: &str) -> bool {
        self.spool.slot(path).is_some()
    }

    /// Size of an entry in bytes.
    pub fn size(&self, path: &str) -> Option<u64> {
        self.spool.slot(path).map(|s| s.size)
    }

    /// An entry's bytes; nothing where there is none.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn bytes(&mut self, path: &str) -> Result<Option<SpoolReader>, Error> {
        self.spool.slot(path).map(|slot| self.spool.read(slot)).transpose()
    }

    /// A document, to be read step by step; nothing where there is none or an empty one.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn reader(&mut self, path: &str) -> Result<Option<Reader<SpoolReader>>, Error> {
        let Some(slot) = self.spool.slot(path).filter(|s| s.size > 0) else { return Ok(None) };
        Ok(Some(Reader::new(self.spool.read(slot)?, path, &self.limits)))
    }

    /// A document as a whole; nothing where there is none or an empty one. Not for those that grow with people's work: `users.xml`, `files.xml`, `questions.xml`, logs, grades, and
    /// what modules write; [`rewrite`](Self::rewrite) or [`each`](Self::each) those.
    ///
    /// # Errors
    /// As [`Element::document`].
    pub fn document(&mut self, path: &str) -> Result<Option<Element>, Error> {
        self.reader(path)?.map(Element::document).transpose()
    }

    /// Shows every element of the given name that is not inside another shown one, one at a time, with the names of those around it, itself last.
    ///
    /// # Errors
    /// As [`Element::read`], and what `see` says.
    pub fn each(&mut self, path: &str, name: &str, mut see: impl FnMut(&[String], Element) -> Result<(), Error>) -> Result<(), Error> {
        let Some(reader) = self.reader(path)? else { return Ok(()) };
        rewrite(reader, io::sink(), &mut Each { name, see: &mut see })?;
        Ok(())
    }

    /// Puts a document in the place of the one of that path, or as a new one.
    ///
    /// # Errors
    /// [`Error::BadPath`]; [`Error::Io`]; and what is wrong with a manifest.
    pub fn put(&mut self, path: &str, document: &Element) -> Result<(), Error> {
        self.put_bytes(path, &document.to_document())
    }

    /// The same with the bytes of any entry.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn put_bytes(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = crate::container::clean_path(path)?;
        let mtime = self.spool.slot(&path).and_then(|s| s.mtime);
        let mut sheet = self.spool.sheet();
        sheet.write_all(bytes)?;
        sheet.finish(path.clone(), mtime);
        if path == MANIFEST {
            self.read_manifest()?;
        }
        Ok(())
    }

    /// A document written step by step, for one too large to hold.
    ///
    /// # Errors
    /// As [`put`](Self::put), and what `by` says.
    pub(crate) fn put_streamed(&mut self, path: &str, by: impl FnOnce(&mut Writer<Sheet<'_>>) -> io::Result<()>) -> Result<(), Error> {
        let path = crate::container::clean_path(path)?;
        let mut out = Writer::new(self.spool.sheet());
        by(&mut out)?;
        out.finish()?.finish(path, None);
        Ok(())
    }

    /// Changes a document as it streams; does nothing where there is none or an empty one.
    ///
    /// # Errors
    /// As [`rewrite`](rewrite()).
    pub fn rewrite(&mut self, path: &str, by: &mut impl Rewrite) -> Result<(), Error> {
        let Some(reader) = self.reader(path)? else { return Ok(()) };
        let mtime = self.spool.slot(path).and_then(|s| s.mtime);
        let sheet = self.spool.sheet();
        let sheet = rewrite(reader, sheet, by)?;
        sheet.finish(path, mtime);
        if path == MANIFEST {
            self.read_manifest()?;
        }
        Ok(())
    }

    /// Takes the records of people out of a document, as [`strip_known`] does. Answers how many there were; 0 where there is no document or an empty one.
    ///
    /// # Errors
    /// As [`strip_known`].
    pub fn strip(&mut self, path: &str, known: &dyn Fn(i64) -> bool) -> Result<u64, Error> {
        let Some(reader) = self.reader(path)? else { return Ok(0) };
        let mtime = self.spool.slot(path).and_then(|s| s.mtime);
        let mut sheet = self.spool.sheet();
        let taken = strip_known(reader, path, &mut sheet, known)?;
        sheet.finish(path, mtime);
        if path == MANIFEST {
            self.read_manifest()?;
        }
        Ok(taken)
    }

    /// Empties the leaves that are [secrets](crate::secret), and tells which they were.
    ///
    /// # Errors
    /// As [`secret::pass`](crate::secret::pass).
    pub fn empty_secrets(&mut self, language: parcours_course::Language, report: &mut Report) -> Result<(), Error> {
        crate::secret::pass(&mut self.spool, &self.limits, crate::secret::Wish::Empty, |_| false, language, report)
    }

    /// Takes an entry out.
    pub fn remove(&mut self, path: &str) -> bool {
        self.spool.remove(path).is_some()
    }

    /// Takes every entry of a folder out (`activities/forum_630`, without slash). Answers how many there were.
    pub fn remove_folder(&mut self, folder: &str) -> usize {
        let inside = |path: &String| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.paths().iter().filter(|p| inside(p)).filter(|p| self.remove(p)).count()
    }

    /// Gives an entry another path.
    ///
    /// # Errors
    /// [`Error::BadPath`]; and what is wrong with a manifest.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), Error> {
        let to = crate::container::clean_path(to)?;
        if let Some(slot) = self.spool.remove(from) {
            self.spool.name(to.clone(), slot);
            if to == MANIFEST {
                self.read_manifest()?;
            }
        }
        Ok(())
    }

    /// Stores a content under its hash, once however often it is put. Answers its SHA-1 as `files.xml` writes it, and its size in bytes.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn put_content(&mut self, mut from: impl Read) -> Result<(String, u64), Error> {
        let mut sheet = self.spool.sheet();
        let mut sha1 = Sha1::new();
        let mut buffer = vec![0; 128 * 1024];
        loop {
            let n = from.read(&mut buffer)?;
            let part = buffer.get(..n).filter(|p| !p.is_empty());
            let Some(part) = part else { break };
            sha1.update(part);
            sheet.write_all(part)?;
        }
        let hash = hex(&sha1.finalize().into());
        let (path, size) = (content_path(&hash), sheet.written());
        // Two contents of one hash are one: the later bytes get the name, and the earlier go with the spool.
        sheet.finish(path, None);
        Ok((hash, size))
    }

    /// A content by its SHA-1.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn content(&mut self, hash: &str) -> Result<Option<SpoolReader>, Error> {
        self.bytes(&content_path(hash))
    }

    /// Writes the archive.
    ///
    /// # Errors
    /// As [`write`](write()).
    pub fn write<W: Output>(&mut self, out: W, to: Container) -> Result<W, Error> {
        let items: Vec<Item<Slot>> =
            self.spool.iter().map(|(path, slot)| Item { path: path.to_owned(), size: slot.size, mtime: slot.mtime, key: slot }).collect();
        let spool = &mut self.spool;
        write(out, to, items, |item, to| copy(spool.read(item.key)?, to))
    }

    fn read_manifest(&mut self) -> Result<(), Error> {
        if let Some(bytes) = self.bytes(MANIFEST)? {
            self.manifest = Manifest::read(bytes, &self.limits)?;
        }
        Ok(())
    }
}

/// Where a content stands in an archive (MBZ-FORMAT §6.1).
pub fn content_path(hash: &str) -> String {
    format!("files/{}/{hash}", hash.get(..2).unwrap_or_default())
}

struct Each<'a, F> {
    name: &'a str,
    see: &'a mut F,
}

impl<F: FnMut(&[String], Element) -> Result<(), Error>> Rewrite for Each<'_, F> {
    fn takes(&mut self, path: &[String]) -> bool {
        path.last().is_some_and(|n| n == self.name)
    }

    fn element(&mut self, path: &[String], element: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        (self.see)(path, element)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const BACKUP: &str = "<moodle_backup><information><name>x.mbz</name><details><detail backup_id=\"ff\"><type>course</type><format>moodle2</format></detail></details></information></moodle_backup>";

    fn made() -> Unpacked {
        let mut u = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        u.put_bytes(MANIFEST, BACKUP.as_bytes()).unwrap();
        u.put("activities/page_1/page.xml", &Element::record("activity", 1, [Element::record("page", 2, [Element::new("name", "P")])])).unwrap();
        u
    }

    #[test]
    fn what_is_put_is_written_and_read_again() {
        let mut u = made();
        let (hash, size) = u.put_content("hello".as_bytes()).unwrap();
        assert_eq!((hash.as_str(), size), ("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", 5));
        let bytes = u.write(Cursor::new(Vec::new()), Container::Tgz).unwrap().into_inner();
        let mut again = Unpacked::open(Cursor::new(bytes), &Limits::default(), Spool::new().unwrap()).unwrap();
        assert_eq!((again.manifest().kind(), again.counts.documents, again.counts.contents), ("course", 2, 1));
        assert_eq!(again.document("activities/page_1/page.xml").unwrap().unwrap().child("page").unwrap().leaf("name"), "P");
        let mut text = String::new();
        again.content(&hash).unwrap().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "hello");
    }

    #[test]
    fn entries_go_and_get_other_names() {
        let mut u = made();
        u.rename("activities/page_1/page.xml", "activities/page_2/page.xml").unwrap();
        assert!(!u.has("activities/page_1/page.xml") && u.has("activities/page_2/page.xml"));
        assert!(u.rename("activities/page_2/page.xml", "../x").is_err());
        assert_eq!(u.remove_folder("activities/page_2"), 1);
        assert_eq!(u.paths(), [MANIFEST]);
    }

    #[test]
    fn records_are_shown_one_at_a_time() {
        let mut u = made();
        let mut seen = Vec::new();
        u.each("activities/page_1/page.xml", "page", |path, e| {
            seen.push((path.join("/"), e.id()));
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, [("activity/page".to_owned(), Some(2))]);
    }
}

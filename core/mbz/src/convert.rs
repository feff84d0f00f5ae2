//! An archive into an archive, through reader and writer and no store.

use crate::container::{Container, Input, MANIFEST, is_pool, is_xml, open};
use crate::error::Error;
use crate::limits::Limits;
use crate::pool::{Audit, FILES, Hashing};
use crate::spool::{Slot, Spool};
use crate::write::{Item, Output, copy, write};
use crate::xml::{Reader, echo};
use parcours_course::report::{Fate, Reason, Report};
use std::io;

/// What [`convert`] has done.
#[derive(Debug)]
pub struct Converted<W> {
    pub out: W,
    /// The container it came in.
    pub from: Container,
    /// XML documents, read to the last leaf and written again.
    pub documents: u64,
    /// Entries of the file pool.
    pub contents: u64,
    /// Entries that are neither (the log); kept as they came.
    pub others: u64,
    /// Bytes of all entries, unpacked.
    pub bytes: u64,
    /// What was found and kept: contents that are missing, or are not what their name says; documents without content.
    pub report: Report,
}

/// Reads every entry of an archive and writes it to another, in either container.
///
/// Every XML document goes through [`Reader`] and comes out as [`echo`] writes it, so nothing ill-formed, oversized or forbidden passes; every leaf comes out as it was.
/// Contents are checked against their names, and kept whatever the check says: a production archive that lacks two files is still worth having
/// (MBZ-FORMAT §6.2). An XML entry of no bytes is kept as it came.
///
/// Everything unpacked lies in `spool` meanwhile, because an archive begins with the sizes of all its entries; memory stays small.
///
/// # Errors
/// All of [`Error`]. Nothing has been written to `out` when reading fails.
pub fn convert<W: Output>(input: impl Input + 'static, out: W, to: Container, limits: &Limits, mut spool: Spool) -> Result<Converted<W>, Error> {
    let mut archive = open(input, limits)?;
    let from = archive.container();
    let mut report = Report::default();
    let mut audit = Audit::default();
    let (mut documents, mut contents, mut others, mut bytes) = (0, 0, 0, 0);
    while let Some(mut entry) = archive.next()? {
        let path = entry.path.clone();
        bytes += entry.size;
        if is_pool(&path) {
            contents += 1;
            let (size, mtime) = (entry.size, entry.mtime);
            let mut hashing = Hashing::new(&mut entry);
            let mut sheet = spool.sheet();
            io::copy(&mut hashing, &mut sheet)?;
            audit.store(&path, size, hashing.finish());
            sheet.finish(path, mtime);
        } else if is_xml(&path) && entry.size > 0 {
            documents += 1;
            let mtime = entry.mtime;
            let listing = path == FILES;
            let mut sheet = spool.sheet();
            echo(Reader::new(&mut entry, &path, limits), &mut sheet, |name, text| {
                if listing {
                    audit.leaf(name, text);
                }
            })?;
            sheet.finish(path, mtime);
        } else if path == MANIFEST {
            return Err(Error::EmptyManifest);
        } else {
            others += 1;
            if is_xml(&path) {
                report.remark(Fate::Kept, Reason::EmptyDocument, "document", &path, "");
            }
            spool.keep(&mut entry)?;
        }
    }
    // An archive without any content was made without files.
    audit.report(&mut report, contents > 0);
    let items: Vec<Item<Slot>> =
        spool.iter().map(|(path, slot)| Item { path: path.to_owned(), size: slot.size, mtime: slot.mtime, key: slot }).collect();
    let out = write(out, to, items, |item, to| copy(spool.read(item.key)?, to))?;
    Ok(Converted { out, from, documents, contents, others, bytes, report })
}

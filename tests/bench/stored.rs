//! Stored files: bytes that do not compress, and their rows of `files.xml`.

use crate::chance::Chance;
use parcours_mbz::xml::{NULL, Writer};
use sha1::{Digest, Sha1};
use std::io::{self, Write};

/// One stored file. Its content is made of its number whenever it is wanted, and lies nowhere.
pub struct Stored {
    part: u64,
    pub size: u64,
    pub hash: String,
}

impl Stored {
    pub fn new(seed: u64, part: u64, size: u64) -> io::Result<Self> {
        let mut hash = Sha1::new();
        content(seed, part, size, |bytes| {
            hash.update(bytes);
            Ok(())
        })?;
        let hash = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Stored { part, size, hash })
    }

    pub fn path(&self) -> String {
        format!("files/{}/{}", self.hash.get(..2).unwrap_or_default(), self.hash)
    }

    pub fn write(&self, seed: u64, out: &mut dyn Write) -> io::Result<()> {
        content(seed, self.part, self.size, |bytes| out.write_all(bytes))
    }
}

fn content(seed: u64, part: u64, size: u64, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut chance = Chance::new(seed, part);
    let mut left = size;
    while left > 0 {
        let chunk: Vec<u8> = (0..8192).flat_map(|_| chance.next().to_le_bytes()).collect();
        let bytes = chunk.get(..left.min(chunk.len() as u64) as usize).unwrap_or_default();
        take(bytes)?;
        left -= bytes.len() as u64;
    }
    Ok(())
}

/// Where a stored file is shown.
pub struct Row<'a> {
    pub id: u64,
    pub stored: &'a Stored,
    pub context: u64,
    pub component: &'a str,
    pub area: &'a str,
    pub item: u64,
    pub user: u64,
}

pub fn rows<'a>(rows: impl IntoIterator<Item = Row<'a>>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new(out);
    xml.open("files")?;
    for row in rows {
        xml.open("file")?;
        xml.attribute("id", &row.id.to_string());
        let numbers = [row.context, row.item, row.user, row.stored.size].map(|n| n.to_string());
        let name = format!("fichier-{}.bin", row.id);
        let leaves = [
            ("contenthash", row.stored.hash.as_str()),
            ("contextid", &numbers[0]),
            ("component", row.component),
            ("filearea", row.area),
            ("itemid", &numbers[1]),
            ("filepath", "/"),
            ("filename", &name),
            ("userid", &numbers[2]),
            ("filesize", &numbers[3]),
            ("mimetype", "application/octet-stream"),
            ("status", "0"),
            ("timecreated", "1756700000"),
            ("timemodified", "1756700000"),
            ("source", NULL),
            ("author", NULL),
            ("license", NULL),
            ("sortorder", "0"),
            ("repositorytype", NULL),
            ("repositoryid", NULL),
            ("reference", NULL),
        ];
        for (name, value) in leaves {
            xml.leaf(name, value)?;
        }
        xml.close()?;
    }
    xml.close()?;
    xml.finish().map(drop)
}

//! tar.gz files, block by block.

use super::MANIFEST;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use tar::{EntryType, Header};

/// A tar in the making. Nothing is checked.
#[derive(Default, Clone)]
pub struct Tar {
    blocks: Vec<u8>,
}

impl Tar {
    /// Empty.
    pub fn bare() -> Tar {
        Tar::default()
    }

    /// With a manifest, so that what is wrong is only what is added.
    pub fn new() -> Tar {
        Tar::bare().file(super::super::container::MANIFEST, MANIFEST.as_bytes())
    }

    pub fn file(self, path: &str, body: &[u8]) -> Tar {
        self.entry(path.as_bytes(), EntryType::Regular, body, |_| {})
    }

    pub fn directory(self, path: &str) -> Tar {
        self.entry(path.as_bytes(), EntryType::Directory, b"", |_| {})
    }

    pub fn link(self, path: &str, kind: EntryType, target: &str) -> Tar {
        self.entry(path.as_bytes(), kind, b"", |h| {
            let _ = h.set_link_name_literal(target);
        })
    }

    /// A pax header with these records, for the entry after it.
    pub fn pax(self, records: &[(&str, &str)]) -> Tar {
        let body: String = records.iter().map(|(k, v)| pax_record(k, v)).collect();
        self.entry(b"PaxHeaders/x", EntryType::XHeader, body.as_bytes(), |_| {})
    }

    /// An entry with a name of any bytes, whose header `change` may spoil before its checksum is made.
    pub fn entry(mut self, path: &[u8], kind: EntryType, body: &[u8], change: impl FnOnce(&mut Header)) -> Tar {
        let mut header = Header::new_ustar();
        header.as_old_mut().name.iter_mut().zip(path).for_each(|(to, from)| *to = *from);
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(1_700_000_000);
        header.set_entry_type(kind);
        header.set_size(body.len() as u64);
        change(&mut header);
        header.set_cksum();
        self.blocks.extend_from_slice(header.as_bytes());
        self.blocks.extend_from_slice(body);
        self.blocks.resize(self.blocks.len().next_multiple_of(512), 0);
        self
    }

    /// Bytes as they are.
    pub fn raw(mut self, bytes: &[u8]) -> Tar {
        self.blocks.extend_from_slice(bytes);
        self
    }

    /// What has been laid down, without an end marker.
    pub fn blocks(&self) -> &[u8] {
        &self.blocks
    }

    /// With its end marker, compressed.
    pub fn gz(mut self) -> Vec<u8> {
        self.blocks.extend_from_slice(&[0; 1024]);
        gzip(&self.blocks)
    }
}

/// A gzip file, or one member of one: members follow each other.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    pack(bytes, Compression::fast())
}

/// The same as small as can be.
pub(super) fn dense(bytes: &[u8]) -> Vec<u8> {
    pack(bytes, Compression::best())
}

fn pack(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), level);
    // Writing to memory does not fail.
    let _ = gz.write_all(bytes);
    gz.finish().unwrap_or_default()
}

/// `length key=value\n`, the length counting its own digits.
fn pax_record(key: &str, value: &str) -> String {
    let rest = key.len() + value.len() + 3;
    let mut length = rest + 1;
    while length != rest + length.to_string().len() {
        length = rest + length.to_string().len();
    }
    format!("{length} {key}={value}\n")
}

//! zip files, record by record.

use super::MANIFEST;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::Write;

/// A zip in the making. Nothing is checked.
#[derive(Default, Clone)]
pub struct Zip {
    parts: Vec<Part>,
}

/// One entry, with all that local header and directory say about it.
#[derive(Clone)]
pub struct Part {
    /// Name in the local header, and in the directory.
    pub local: Vec<u8>,
    pub central: Vec<u8>,
    pub method: u16,
    pub local_method: u16,
    pub flags: u16,
    pub crc: u32,
    pub packed: Vec<u8>,
    /// Unpacked sizes in local header and directory.
    pub local_size: u32,
    pub size: u32,
    /// Unix mode, in the directory.
    pub mode: u32,
    /// Place of the local header, if the directory is to lie about it.
    pub offset: Option<u32>,
}

impl Part {
    pub fn new(path: &str, body: &[u8]) -> Part {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
        let mut crc = Crc::new();
        crc.update(body);
        // Writing to memory does not fail.
        let _ = deflate.write_all(body);
        Part {
            local: path.into(),
            central: path.into(),
            method: 8,
            local_method: 8,
            flags: 0,
            crc: crc.sum(),
            packed: deflate.finish().unwrap_or_default(),
            local_size: body.len() as u32,
            size: body.len() as u32,
            mode: 0o100_644,
            offset: None,
        }
    }
}

impl Zip {
    /// With a manifest, so that what is wrong is only what is added.
    pub fn new() -> Zip {
        Zip::default().file(super::super::container::MANIFEST, MANIFEST.as_bytes())
    }

    pub fn file(self, path: &str, body: &[u8]) -> Zip {
        self.part(path, body, |_| {})
    }

    /// An entry that `change` may spoil.
    pub fn part(mut self, path: &str, body: &[u8], change: impl FnOnce(&mut Part)) -> Zip {
        let mut part = Part::new(path, body);
        change(&mut part);
        self.parts.push(part);
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.with_end(|_| {})
    }

    /// The file, with an end record that `change` may spoil (22 bytes, of which the last two are the length of a comment).
    pub fn with_end(&self, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut out = Vec::new();
        let mut directory = Vec::new();
        for part in &self.parts {
            let at = part.offset.unwrap_or(out.len() as u32);
            let sizes = |size: u32| [part.crc, part.packed.len() as u32, size];
            if part.offset.is_none() {
                out.extend_from_slice(b"PK\x03\x04\x14\0");
                put16(&mut out, &[part.flags, part.local_method, 0, 0x21]);
                put32(&mut out, &sizes(part.local_size));
                put16(&mut out, &[part.local.len() as u16, 0]);
                out.extend_from_slice(&part.local);
                out.extend_from_slice(&part.packed);
            }
            directory.extend_from_slice(b"PK\x01\x02\x14\x03\x14\0");
            put16(&mut directory, &[part.flags, part.method, 0, 0x21]);
            put32(&mut directory, &sizes(part.size));
            put16(&mut directory, &[part.central.len() as u16, 0, 0, 0, 0]);
            put32(&mut directory, &[part.mode << 16, at]);
            directory.extend_from_slice(&part.central);
        }
        let start = out.len() as u32;
        let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
        put16(&mut end, &[self.parts.len() as u16, self.parts.len() as u16]);
        put32(&mut end, &[directory.len() as u32, start]);
        put16(&mut end, &[0]);
        change(&mut end);
        out.extend(directory);
        out.extend(end);
        out
    }
}

fn put16(out: &mut Vec<u8>, numbers: &[u16]) {
    numbers.iter().for_each(|n| out.extend_from_slice(&n.to_le_bytes()));
}

fn put32(out: &mut Vec<u8>, numbers: &[u32]) {
    numbers.iter().for_each(|n| out.extend_from_slice(&n.to_le_bytes()));
}

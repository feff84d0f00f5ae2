//! Containers written by hand, for what no honest writer would write.

use crate::media::{crc32, stored};

/// A tar entry as a header says it.
pub struct Tar<'a> {
    pub name: &'a [u8],
    /// `0` file, `1` hard link, `2` symbolic link, `3` device, `5` directory, `6` pipe.
    pub kind: u8,
    pub link: &'a str,
    pub content: &'a [u8],
}

impl<'a> Tar<'a> {
    pub fn file(name: &'a str, content: &'a [u8]) -> Self {
        Tar { name: name.as_bytes(), kind: b'0', link: "", content }
    }
}

/// A gzip-compressed tar of these entries.
pub fn tgz<'a>(entries: impl IntoIterator<Item = Tar<'a>>) -> Vec<u8> {
    let mut tar = Vec::new();
    for entry in entries {
        let mut header = [0u8; 512];
        put(&mut header, 0, entry.name);
        put(&mut header, 100, b"0000644\0");
        put(&mut header, 108, b"0000000\0");
        put(&mut header, 116, b"0000000\0");
        put(&mut header, 124, format!("{:011o}\0", entry.content.len()).as_bytes());
        put(&mut header, 136, b"00000000000\0");
        put(&mut header, 148, b"        ");
        header[156] = entry.kind;
        put(&mut header, 157, entry.link.as_bytes());
        put(&mut header, 257, b"ustar\x0000");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        put(&mut header, 148, format!("{sum:06o}\0 ").as_bytes());
        tar.extend(header);
        tar.extend(entry.content);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.extend([0; 1024]);
    gzip(&tar)
}

fn put(header: &mut [u8; 512], at: usize, text: &[u8]) {
    header.iter_mut().skip(at).zip(text).for_each(|(to, from)| *to = *from);
}

/// A gzip file whose content is stored.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let zlib = stored(content);
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    // Between the two bytes that begin zlib and the four that end it is the same deflate stream.
    out.extend(zlib.get(2..zlib.len() - 4).unwrap_or_default());
    out.extend(crc32(content).to_le_bytes());
    out.extend((content.len() as u32).to_le_bytes());
    out
}

/// What a zip says of one entry, in its directory and before the content.
pub struct Zip<'a> {
    pub name: &'a str,
    /// The name that stands before the content, when it is to differ from the directory's.
    pub local: &'a str,
    /// Bit 0: encrypted.
    pub flags: u16,
    pub method: u16,
    pub content: &'a [u8],
}

impl<'a> Zip<'a> {
    pub fn file(name: &'a str, content: &'a [u8]) -> Self {
        Zip { name, local: name, flags: 0, method: 0, content }
    }
}

/// A zip of these entries, all of them stored.
pub fn zip<'a>(entries: impl IntoIterator<Item = Zip<'a>>) -> Vec<u8> {
    let (mut out, mut directory, mut count) = (Vec::new(), Vec::new(), 0u16);
    for entry in entries {
        let (start, size) = (out.len() as u32, entry.content.len() as u32);
        let middle = |name: &str| {
            let numbers = [20u16, entry.flags, entry.method, 0, 0x21].map(u16::to_le_bytes).concat();
            let sizes = [crc32(entry.content), size, size].map(u32::to_le_bytes).concat();
            [numbers, sizes, [name.len() as u16, 0].map(u16::to_le_bytes).concat()].concat()
        };
        out.extend([b"PK\x03\x04", &middle(entry.local)[..], entry.local.as_bytes(), entry.content].concat());
        directory.extend([b"PK\x01\x02\x14\x00", &middle(entry.name)[..], &[0; 10], &start.to_le_bytes(), entry.name.as_bytes()].concat());
        count += 1;
    }
    let (start, size) = (out.len() as u32, directory.len() as u32);
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].map(u16::to_le_bytes).concat());
    out.extend([size, start].map(u32::to_le_bytes).concat());
    out.extend([0, 0]);
    out
}

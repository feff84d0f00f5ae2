//! Bringing a content in.

use super::{Hash, Limits, Pool, Stored};
use crate::StoreError;
use crate::error::Result;
use sha1::{Digest, Sha1};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

impl Pool {
    /// Streams a content into the pool. It is durable after the next [`Pool::sync`].
    ///
    /// # Errors
    /// [`StoreError::TooLarge`], or what the reader or the disk said; then nothing of it is kept.
    pub fn put(&self, content: &mut dyn Read, limits: Limits) -> Result<Stored> {
        self.bring(content, limits, false)
    }

    /// Streams a content into the pool and waits until it is on the disk.
    ///
    /// # Errors
    /// As [`Pool::put`].
    pub fn put_now(&self, content: &mut dyn Read, limits: Limits) -> Result<Stored> {
        self.bring(content, limits, true)
    }

    fn bring(&self, content: &mut dyn Read, limits: Limits, now: bool) -> Result<Stored> {
        let tmp = self.dir.join("tmp");
        let mut file = tempfile::NamedTempFile::new_in(&tmp).map_err(StoreError::io("cannot write into", &tmp))?;
        let (mut strong, mut sha1) = (blake3::Hasher::new(), Sha1::new());
        let mut head = Vec::with_capacity(32);
        let mut size = 0u64;
        let mut buffer = vec![0u8; 64 << 10];
        loop {
            let n = match content.read(&mut buffer) {
                Ok(0) => break,
                Ok(n) => n,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(StoreError::io("cannot read the content for", &tmp)(e)),
            };
            let part = buffer.get(..n).unwrap_or_default();
            size += n as u64;
            if size > limits.size {
                return Err(StoreError::TooLarge { what: "a content".into(), limit: limits.size });
            }
            if head.len() < 32 {
                head.extend(part.iter().take(32 - head.len()));
            }
            strong.update(part);
            sha1.update(part);
            file.write_all(part).map_err(StoreError::io("cannot write into", &tmp))?;
        }
        let hash = Hash(strong.finalize().to_hex().to_string());
        let pin = self.pin(&hash);
        self.settle(file, &hash, now)?;
        Ok(Stored { hash, sha1: hex(&sha1.finalize()), size, mime: sniff(&head), _pin: pin })
    }

    fn settle(&self, file: tempfile::NamedTempFile, hash: &Hash, now: bool) -> Result<()> {
        let path = self.path(hash);
        let sync = |file: &File| file.sync_all().map_err(StoreError::io("cannot flush", &path));
        if path.exists() {
            // Put by somebody who may not have synced it yet.
            return if now { self.sync_one(hash) } else { Ok(()) };
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(StoreError::io("cannot make", folder))?;
        }
        if now {
            sync(file.as_file())?;
        }
        let file = file.persist(&path).map_err(|e| StoreError::io("cannot write", &path)(e.error))?;
        drop(file);
        if now { sync_dirs(&path) } else { Ok(()) }
    }
}

impl Pool {
    pub(super) fn sync_one(&self, hash: &Hash) -> Result<()> {
        let path = self.path(hash);
        self.open_file(hash)?.sync_all().map_err(StoreError::io("cannot flush", &path))?;
        sync_dirs(&path)
    }
}

/// A new name is durable when its folder is, and a new folder when the one above is.
fn sync_dirs(path: &Path) -> Result<()> {
    for dir in path.ancestors().skip(1).take(2) {
        File::open(dir).and_then(|d| d.sync_all()).map_err(StoreError::io("cannot flush", dir))?;
    }
    Ok(())
}

/// Where the file system cannot be flushed as a whole, file by file.
#[cfg(not(target_os = "linux"))]
pub(super) fn sync_all(pool: &Path, dir: &File) -> std::io::Result<()> {
    for folder in std::fs::read_dir(pool)? {
        let folder = folder?.path();
        for file in std::fs::read_dir(&folder)? {
            File::open(file?.path())?.sync_all()?;
        }
        File::open(&folder)?.sync_all()?;
    }
    dir.sync_all()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).filter_map(|d| char::from_digit(d.into(), 16)).collect()
}

/// A few kinds that a page shows by itself; the name says the rest.
fn sniff(head: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 9] = [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"%PDF-", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"OggS", "application/ogg"),
        (b"ID3", "audio/mpeg"),
        (b"\x1aE\xdf\xa3", "video/webm"),
        (b"fLaC", "audio/flac"),
    ];
    match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("video/mp4"),
        _ => KNOWN.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, mime)| *mime),
    }
}

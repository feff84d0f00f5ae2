//! Not an archive, not a whole one, not one of Moodle 2, or far more than it seems.

use super::raw::{self, Tar, Zip};
use super::{Hostile, petit, with};
use crate::pack;
use anyhow::Result;
use parcours_mbz::Container::{self, Tgz};
use parcours_mbz::write::{Item, write};
use std::io::Cursor;

pub const ALL: &[Hostile] = &[
    Hostile { name: "empty-file", what: "no bytes at all", make: || Ok(Vec::new()) },
    Hostile { name: "login-page", what: "a page saved in the place of the download", make: || Ok(b"<!DOCTYPE html><title>Connexion</title>".to_vec()) },
    Hostile { name: "gzip-of-text", what: "gzip, but no tar in it", make: || Ok(raw::gzip(b"Bonjour.\n")) },
    Hostile { name: "truncated-tgz", what: "the second half is missing", make: || halved(Tgz) },
    Hostile { name: "truncated-zip", what: "the second half is missing, and the directory with it", make: || halved(Container::Zip) },
    Hostile { name: "flipped-tgz", what: "one byte of the gzip checksum is wrong", make: || flipped(8) },
    Hostile { name: "no-manifest", what: "a backup without moodle_backup.xml", make: no_manifest },
    Hostile { name: "manifest-in-folder", what: "a zip of the folder instead of its contents", make: in_folder },
    Hostile { name: "empty-manifest", what: "moodle_backup.xml holds nothing", make: || pack(&with("moodle_backup.xml", "")?, Tgz) },
    Hostile { name: "moodle-1.9", what: "moodle.xml at the root", make: || Ok(raw::zip([Zip::file("moodle.xml", b"<MOODLE_BACKUP></MOODLE_BACKUP>")])) },
    Hostile { name: "common-cartridge", what: "imsmanifest.xml at the root", make: || Ok(raw::zip([Zip::file("imsmanifest.xml", b"<manifest/>")])) },
    Hostile { name: "gzip-bomb", what: "three gigabytes of zeros in three megabytes", make: gzip_bomb },
    Hostile { name: "tar-of-entries", what: "more entries than any course has", make: many_entries },
    Hostile { name: "xml-of-spaces", what: "a document of 64 MiB in 64 KiB", make: || pack(&with("users.xml", vec![b' '; 64 << 20])?, Tgz) },
];

fn halved(container: Container) -> Result<Vec<u8>> {
    let mut bytes = pack(&petit()?, container)?;
    bytes.truncate(bytes.len() / 2);
    Ok(bytes)
}

/// Flips a bit of the byte that is `from_end` bytes before the end.
fn flipped(from_end: usize) -> Result<Vec<u8>> {
    let mut bytes = pack(&petit()?, Tgz)?;
    if let Some(byte) = bytes.iter_mut().rev().nth(from_end - 1) {
        *byte ^= 1;
    }
    Ok(bytes)
}

fn no_manifest() -> Result<Vec<u8>> {
    let mut entries = petit()?;
    entries.remove("moodle_backup.xml");
    pack(&entries, Tgz)
}

fn in_folder() -> Result<Vec<u8>> {
    let moved = petit()?.into_iter().map(|(path, content)| (format!("sauvegarde/{path}"), content));
    pack(&moved.collect(), Container::Zip)
}

/// Written entry by entry: the zeros never lie in memory.
fn gzip_bomb() -> Result<Vec<u8>> {
    const GIB: u64 = 1 << 30;
    let zeros = vec![0; 1 << 20];
    let item = |n: u64| Item { path: format!("files/0{n}/{n:040}"), size: GIB, mtime: None, key: () };
    let out = write(Cursor::new(Vec::new()), Tgz, (0..3).map(item).collect(), |_, to| {
        for _ in 0..GIB >> 20 {
            to.write_all(&zeros)?;
        }
        Ok(())
    })?;
    Ok(out.into_inner())
}

fn many_entries() -> Result<Vec<u8>> {
    let names: Vec<String> = (0..210_000).map(|n| format!("files/{n:06}")).collect();
    Ok(raw::tgz(names.iter().map(|name| Tar::file(name, b""))))
}

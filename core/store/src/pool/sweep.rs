//! Taking away what no row names: mark by rows, sweep by files.

use super::{Hash, Pool};
use crate::error::Result;
use crate::{Domain, StoreError};

/// Removes contents that neither a course nor a kept document names. With `walk`, files without any row go too (what a crash left); only
/// before the domain is in use.
pub(crate) fn sweep(domain: &Domain, walk: bool) -> Result<usize> {
    let dead: Vec<String> = domain.write(|mut w| {
        let done = unnamed(&mut w);
        (w, done)
    })?;
    let dead: Vec<Hash> = dead.iter().filter_map(|h| Hash::parse(h)).collect();
    let gone = dead.len();
    forget(domain, dead)?;
    Ok(gone + if walk { orphans(domain)? } else { 0 })
}

/// Removes the files of those contents that have no row. It runs on the writer thread, so that nobody names one between the question and the removal.
pub(crate) fn forget(domain: &Domain, put: Vec<Hash>) -> Result<()> {
    if put.is_empty() {
        return Ok(());
    }
    domain.write(move |w| {
        let done = put.iter().try_for_each(|hash| match w.one(NAMED, [hash.as_str()], |_| Ok(()))? {
            Some(()) => Ok(()),
            None => w.pool().remove(hash),
        });
        (w, done)
    })
}

const NAMED: &str = "SELECT 1 FROM pool_file WHERE hash = ?1";

fn unnamed(w: &mut crate::Write) -> Result<Vec<String>> {
    const DEAD: &str = "DELETE FROM pool_file WHERE NOT EXISTS(SELECT 1 FROM content WHERE content.hash = pool_file.hash)
        AND NOT EXISTS(SELECT 1 FROM document WHERE document.hash = pool_file.hash) RETURNING hash";
    w.all(DEAD, [], |r| r.get(0))
}

fn orphans(domain: &Domain) -> Result<usize> {
    let pool = domain.pool();
    let conn = domain.read()?;
    let mut removed = 0;
    let folders = std::fs::read_dir(&pool.dir).map_err(StoreError::io("cannot read", &pool.dir))?;
    for folder in folders.flatten().filter(|f| f.file_name().len() == 2) {
        let files = std::fs::read_dir(folder.path()).map_err(StoreError::io("cannot read", folder.path()))?;
        for file in files.flatten() {
            let name = format!("{}{}", folder.file_name().to_string_lossy(), file.file_name().to_string_lossy());
            let Some(hash) = Hash::parse(&name) else { continue };
            if conn.one(NAMED, [hash.as_str()], |_| Ok(()))?.is_none() {
                pool.remove(&hash)?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

impl Pool {
    /// Removes a file nobody holds. A put of the same content either pinned it before, or finds it gone and brings it again.
    fn remove(&self, hash: &Hash) -> Result<()> {
        let Ok(pins) = self.pins.lock() else { return Ok(()) };
        if pins.contains_key(hash) {
            return Ok(());
        }
        let path = self.path(hash);
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io("cannot remove", path)(e)),
            _ => Ok(()),
        }
    }
}

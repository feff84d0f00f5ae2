//! The sample courses, made from the readable sources beside this crate (`formation/`, `petit/`).
//!
//! The XML is written here and not by `parcours-mbz`, on purpose: a reader and a writer that share a mistake agree with each other.
#![forbid(unsafe_code)]

mod archive;
pub mod corpus;
mod media;
mod source;
mod xml;

use anyhow::{Context, Result};
pub use archive::Entries;
use parcours_mbz::Container;
use parcours_mbz::write::{Item, write};
use std::io::Cursor;
use std::path::Path;

/// The samples that are kept as archives too: name and container.
pub const SAMPLES: &[(&str, Container)] = &[("formation", Container::Tgz), ("petit", Container::Zip)];

/// Written as the time of every entry: the same sources give the same bytes on any day.
const WRITTEN: i64 = 1_768_498_200;

/// The folder of this crate: sources, and the archives made from them.
pub fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of a sample's archive, made from the sources in `samples/NAME`.
///
/// # Errors
/// A source that cannot be read, with its file and line.
pub fn entries(name: &str) -> Result<Entries> {
    entries_of(&folder().join(name))
}

/// Every file of the archive made from the sources in a folder, such as `samples/formation`.
///
/// # Errors
/// A source that cannot be read, with its file and line.
pub fn entries_of(folder: &Path) -> Result<Entries> {
    let course = source::Course::read(folder)?;
    archive::build(&course).with_context(|| format!("making the archive of {}", folder.display()))
}

/// The bytes of an archive with these files.
///
/// # Errors
/// A path or a size that the container cannot hold.
pub fn pack(entries: &Entries, container: Container) -> Result<Vec<u8>> {
    let item = |(path, content): (&String, &_)| Item { path: path.clone(), size: Vec::len(content) as u64, mtime: Some(WRITTEN), key: path.clone() };
    let items = entries.iter().map(item).collect();
    let out = write(Cursor::new(Vec::new()), container, items, |item, to| Ok(to.write_all(entries.get(&item.key).map_or(&[], Vec::as_slice))?))?;
    Ok(out.into_inner())
}

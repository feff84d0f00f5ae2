//! Archives that mean harm, as generators: none is stored, so that no virus scanner or file manager ever meets one.
//!
//! Each says what a reader owes it: an error, or a reading that keeps what it cannot follow.

mod paths;
mod raw;
mod shapes;
mod xml;

use crate::Entries;
use anyhow::Result;

/// One hostile archive.
pub struct Hostile {
    pub name: &'static str,
    /// What is wrong with it, for the person who reads a failed test.
    pub what: &'static str,
    pub make: fn() -> Result<Vec<u8>>,
}

/// All of them. Every one must be refused.
pub fn all() -> impl Iterator<Item = &'static Hostile> {
    shapes::ALL.iter().chain(paths::ALL).chain(xml::ALL)
}

/// The small sample, for a generator to spoil.
fn petit() -> Result<Entries> {
    crate::entries("petit")
}

/// The small sample with one entry put in or replaced.
fn with(path: &str, content: impl Into<Vec<u8>>) -> Result<Entries> {
    let mut entries = petit()?;
    entries.insert(path.to_owned(), content.into());
    Ok(entries)
}

//! Where the files of questions are kept while they are read.

use parcours_mbz::outline::{Build, Stored};
use parcours_mbz::{Error, Limit, Place};
use std::io::Read;

/// Takes contents in.
pub trait Store {
    /// # Errors
    /// What reading fails with, and the device.
    fn put(&mut self, content: &mut dyn Read) -> Result<Stored, Error>;
}

impl Store for Build {
    fn put(&mut self, content: &mut dyn Read) -> Result<Stored, Error> {
        self.store(content)
    }
}

/// Keeps no content: for the questions alone.
impl Store for () {
    fn put(&mut self, content: &mut dyn Read) -> Result<Stored, Error> {
        let size = std::io::copy(content, &mut std::io::sink())?;
        Ok(Stored { hash: String::new(), size })
    }
}

/// Counts what is held in memory of an input, and says no beyond its limit: questions are held whole, so that a bank can be written in one piece.
#[derive(Debug, Clone)]
pub struct Limited {
    left: usize,
    place: String,
}

/// Bytes of texts of one bank.
const MOST: usize = 32 << 20;

impl Limited {
    pub fn new(place: &str) -> Self {
        Limited { left: MOST, place: place.to_owned() }
    }

    /// # Errors
    /// [`Error::Limit`] when it is too much.
    pub fn take(&mut self, bytes: usize) -> Result<(), Error> {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Error::Limit { place: Place::entry(&self.place), limit: Limit::RecordBytes, value: MOST as u64 }),
        }
    }
}

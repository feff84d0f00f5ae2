//! How far a long step is, seen from outside, and a word to it that it should end.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Shared between the thread that works and those that look.
#[derive(Debug, Default)]
pub struct Watch {
    done: AtomicU64,
    /// 0 while nobody knows.
    of: AtomicU64,
    stopped: AtomicBool,
}

impl Watch {
    /// A step begins that has so many bytes to go through; 0 when that is not known.
    pub fn begin(&self, of: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
    }

    /// So many more are done. Answers whether to go on.
    pub fn add(&self, bytes: u64) -> bool {
        self.done.fetch_add(bytes, Ordering::Relaxed);
        !self.is_stopped()
    }

    /// Of the present step.
    pub fn percent(&self) -> Option<u64> {
        let (done, of) = (self.done.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed));
        (of > 0).then(|| u64::try_from(u128::from(done.min(of)) * 100 / u128::from(of)).unwrap_or(100))
    }

    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// A file whose reading can be watched.
pub(super) struct Watched {
    file: File,
    watch: Option<Arc<Watch>>,
}

impl Watched {
    pub fn new(file: File, watch: Option<Arc<Watch>>) -> Watched {
        if let Some(watch) = &watch {
            watch.begin(file.metadata().map_or(0, |m| m.len()));
        }
        Watched { file, watch }
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        match &self.watch {
            Some(watch) if !watch.add(n as u64) => Err(io::Error::other("told to stop")),
            _ => Ok(n),
        }
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_reading_is_seen_and_ended_from_outside() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&[7; 1000]).unwrap();
        file.rewind().unwrap();
        let watch = Arc::new(Watch::default());
        let mut watched = Watched::new(file, Some(watch.clone()));
        assert_eq!(watch.percent(), Some(0));
        watched.read_exact(&mut [0; 250]).unwrap();
        assert_eq!(watch.percent(), Some(25));
        watched.rewind().unwrap();
        watched.read_exact(&mut [0; 1000]).unwrap();
        assert_eq!(watch.percent(), Some(100), "what is read twice is no more than all");
        watched.rewind().unwrap();
        watch.stop();
        assert!(watched.read(&mut [0; 10]).is_err());
        watch.begin(0);
        assert_eq!(watch.percent(), None);
    }
}

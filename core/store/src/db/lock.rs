//! One process per domain.

use crate::StoreError;
use crate::error::Result;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::Path;

/// Held as long as the domain is open. The system lets go of it when the process ends, however it ends; a process that ends in order also empties
/// the file, so that the next one knows.
pub(crate) struct Lock {
    file: File,
    /// Whether the process before ended in order.
    pub(crate) clean: bool,
}

impl Lock {
    pub(crate) fn take(dir: &Path) -> Result<Lock> {
        let path = dir.join("domain.lock");
        let failed = || StoreError::io("cannot write to", &path);
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed())?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse(dir.to_owned())),
            Err(TryLockError::Error(source)) => return Err(StoreError::Io { doing: "cannot lock", path, source }),
        }
        let clean = file.metadata().map_err(failed())?.len() == 0;
        file.write_all(b"open\n").map_err(failed())?;
        Ok(Lock { file, clean })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // If this fails, the next start looks through the pool for nothing.
        let _ = self.file.set_len(0);
    }
}

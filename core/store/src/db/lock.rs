//! One process per domain.

use crate::StoreError;
use crate::error::Result;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// Held as long as the domain is open. The system lets go of it when the process ends, however it ends.
pub(crate) struct Lock(#[allow(dead_code)] File);

impl Lock {
    pub(crate) fn take(dir: &Path) -> Result<Lock> {
        let path = dir.join("domain.lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(StoreError::io("cannot write to", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(dir.to_owned())),
            Err(TryLockError::Error(source)) => Err(StoreError::Io { doing: "cannot lock", path, source }),
        }
    }
}

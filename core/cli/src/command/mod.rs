//! One file a command; the comment on its arguments is its help.

pub mod anonymise;
pub mod clean;
pub mod convert;
pub mod course;
pub mod diff;
pub mod export;
pub mod import;
pub mod inspect;
pub mod many;
pub mod module;
pub mod report;
pub mod serve;
pub mod user;
pub mod validate;

use anyhow::Context;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Writes what a person asked to have in a file.
///
/// # Errors
/// With the file's name.
pub fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(file, text).with_context(|| format!("writing {}", file.display()))
}

/// Unix seconds.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|d| d.as_secs().try_into().ok()).unwrap_or(0)
}

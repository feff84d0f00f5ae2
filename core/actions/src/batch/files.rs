//! The archives of a folder.

use crate::{ActionError, Result};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// An archive to be worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub path: PathBuf,
    /// Relative to the folder, with `/` between its parts.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// Unix seconds.
    pub modified: u64,
}

/// Folders inside folders beyond this are not looked into: links may go in circles.
const DEPTH: usize = 16;

/// Every `.mbz` of a folder and of those in it, by name; or the one file.
///
/// # Errors
/// `Io` when the folder cannot be read.
pub fn list(from: &Path) -> Result<Vec<File>> {
    let mut found = Vec::new();
    if from.is_dir() {
        look(from, "", 0, &mut found)?;
    } else {
        let name = from.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.push(file(from.to_owned(), name)?);
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn look(folder: &Path, above: &str, depth: usize, found: &mut Vec<File>) -> Result<()> {
    let reading = || ActionError::io(format!("reading {}", folder.display()));
    for entry in std::fs::read_dir(folder).map_err(reading())? {
        let entry = entry.map_err(reading())?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if path.is_dir() && depth < DEPTH {
            look(&path, &format!("{above}{name}/"), depth + 1, found)?;
        } else if name.to_ascii_lowercase().ends_with(".mbz") && path.is_file() {
            found.push(file(path, format!("{above}{name}"))?);
        }
    }
    Ok(())
}

fn file(path: PathBuf, name: String) -> Result<File> {
    let about = std::fs::metadata(&path).map_err(ActionError::io(format!("opening {}", path.display())))?;
    let modified = about.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map_or(0, |d| d.as_secs());
    Ok(File { path, name, size: about.len(), modified })
}

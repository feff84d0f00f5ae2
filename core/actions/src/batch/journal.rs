//! What a batch has done, line by line.

use super::{End, File};
use crate::{ActionError, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// A line: one archive, what was wished, and how it ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    pub name: String,
    pub size: u64,
    pub modified: u64,
    pub wishes: String,
    /// What the work gave; nothing when it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
}

/// A file of lines, written to its end.
pub struct Journal {
    path: PathBuf,
    file: std::fs::File,
    /// The last line of each archive.
    lines: HashMap<String, Line>,
}

impl Journal {
    /// Opens a journal, or begins one. A line that was cut off by a crash does not count.
    ///
    /// # Errors
    /// `Io`.
    pub fn open(path: &Path) -> Result<Journal> {
        let opening = || ActionError::io(format!("opening the journal {}", path.display()));
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(opening())?;
        let mut lines = HashMap::new();
        let mut whole = true;
        for line in BufReader::new(&file).split(b'\n') {
            let line = line.map_err(opening())?;
            match serde_json::from_slice::<Line>(&line) {
                Ok(line) => {
                    whole = true;
                    lines.insert(line.name.clone(), line);
                }
                Err(_) => whole = false,
            }
        }
        if !whole {
            // What was cut off ends here, and the next line is one of its own.
            file.write_all(b"\n").map_err(opening())?;
        }
        Ok(Journal { path: path.to_owned(), file, lines })
    }

    /// What was made of an archive, if it is the same archive and was wished the same.
    pub(super) fn done<T: DeserializeOwned>(&self, file: &File, wishes: &str) -> Option<T> {
        let line = self.lines.get(&file.name)?;
        let same = line.size == file.size && line.modified == file.modified && line.wishes == wishes;
        line.done.clone().filter(|_| same).and_then(|v| serde_json::from_value(v).ok())
    }

    pub(super) fn write<T: Serialize>(&mut self, file: &File, wishes: &str, end: &End<T>) -> Result<()> {
        let (done, failed) = match end {
            End::Done(t) => (serde_json::to_value(t).ok(), None),
            End::Failed(why) => (None, Some(why.clone())),
        };
        let line = Line { name: file.name.clone(), size: file.size, modified: file.modified, wishes: wishes.to_owned(), done, failed };
        let mut bytes = serde_json::to_vec(&line).map_err(|e| ActionError::invalid(format!("the journal's line cannot be written: {e}")))?;
        bytes.push(b'\n');
        let writing = || ActionError::io(format!("writing the journal {}", self.path.display()));
        self.file.write_all(&bytes).map_err(writing())?;
        self.file.sync_data().map_err(writing())
    }
}

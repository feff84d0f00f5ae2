//! What was, or would be, changed: text by text, kept on disk.

use super::note::Note;
use super::rules::Rule;
use parcours_mbz::{Error, Spool};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Write};

/// One text that was changed, or that there is something to say about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Document of the archive.
    pub path: String,
    /// Element of the record: `post`.
    pub record: String,
    /// Number of the record; 0 where it has none.
    pub id: i64,
    pub leaf: String,
    /// Field inside of a block's settings; empty elsewhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    pub before: String,
    /// Nothing where the text stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

impl Change {
    /// Where it stands, for a person: `activities/forum_630/forum.xml, post 12, message`.
    pub fn place(&self) -> String {
        let id = if self.id == 0 { String::new() } else { format!(" {}", self.id) };
        let field = if self.field.is_empty() { String::new() } else { format!(", {}", self.field) };
        format!("{}, {}{id}, {}{field}", self.path, self.record, self.leaf)
    }
}

/// All changes, in a temporary file: memory holds the names of documents only.
pub struct Changes {
    spool: Spool,
    count: u64,
}

impl Changes {
    pub(super) fn new() -> Result<Self, Error> {
        Ok(Changes { spool: Spool::new()?, count: 0 })
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Writes the changes of one document, which `fill` gives one after the other.
    pub(super) fn document<T>(
        &mut self,
        path: &str,
        fill: impl FnOnce(&mut dyn FnMut(&Change) -> Result<(), Error>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut sheet = self.spool.sheet();
        let mut count = 0;
        let done = fill(&mut |change| {
            serde_json::to_writer(&mut sheet, change).map_err(std::io::Error::from)?;
            sheet.write_all(b"\n")?;
            count += 1;
            Ok(())
        })?;
        if count > 0 {
            sheet.finish(path, None);
        }
        self.count += count;
        Ok(done)
    }

    /// Shows every change, in the order of the archive.
    ///
    /// # Errors
    /// [`Error::Io`], and what `see` says.
    pub fn each(&mut self, mut see: impl FnMut(Change) -> Result<(), Error>) -> Result<(), Error> {
        let slots: Vec<_> = self.spool.iter().map(|(_, slot)| slot).collect();
        for slot in slots {
            for line in BufReader::new(self.spool.read(slot)?).lines() {
                see(serde_json::from_str(&line?).map_err(std::io::Error::from)?)?;
            }
        }
        Ok(())
    }
}

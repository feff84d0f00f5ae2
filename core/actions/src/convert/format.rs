//! What a course may come in and go out as.

use crate::{ActionError, Result};
use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// A format, by the name that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A Moodle 2 backup.
    Mbz,
}

/// Every format: its name, the ends of file names that mean it, whether it is read, whether it is written.
const FORMATS: &[(Format, &str, &[&str], bool, bool)] = &[(Format::Mbz, "mbz", &[".mbz", ".tar.gz", ".tgz"], true, true)];

impl Format {
    /// The format that a file of this name is to have.
    ///
    /// # Errors
    /// `Invalid`, with the list of formats, when the name says nothing.
    pub fn of_name(file: &Path) -> Result<Format> {
        let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let by_end = |ends: &&[&str]| ends.iter().any(|e| name.ends_with(e));
        match FORMATS.iter().find(|(_, _, ends, ..)| by_end(ends)) {
            Some((format, ..)) => Ok(*format),
            None => Err(ActionError::invalid(format!(
                "what {} is to be cannot be told by its name; say it with --to: {}",
                file.display(),
                list(|_, w| w)
            ))),
        }
    }

    fn row(self) -> Option<&'static (Format, &'static str, &'static [&'static str], bool, bool)> {
        FORMATS.iter().find(|(format, ..)| *format == self)
    }

    /// The end of a file's name.
    pub fn end(self) -> &'static str {
        self.row().and_then(|r| r.2.first()).copied().unwrap_or_default()
    }

    pub fn is_read(self) -> bool {
        self.row().is_some_and(|r| r.3)
    }

    pub fn is_written(self) -> bool {
        self.row().is_some_and(|r| r.4)
    }
}

fn list(which: impl Fn(bool, bool) -> bool) -> String {
    let names: Vec<&str> = FORMATS.iter().filter(|(_, _, _, r, w)| which(*r, *w)).map(|(_, name, ..)| *name).collect();
    names.join(", ")
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().map_or("", |r| r.1))
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> std::result::Result<Self, String> {
        FORMATS.iter().find(|(_, n, ..)| *n == name).map(|(format, ..)| *format).ok_or_else(|| format!("the formats are {}", list(|_, _| true)))
    }
}

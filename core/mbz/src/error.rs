//! Why an archive could not be read or written.

use crate::limits::Limit;
use std::fmt;
use std::io;

/// A point in an archive: an entry, and a line and column in it where that is known (both from 1; 0 means the entry as a whole).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Path of the entry as the archive writes it: hostile text, to be escaped wherever it is shown.
    pub entry: String,
    pub line: u64,
    /// In bytes.
    pub column: u64,
}

impl Place {
    /// An entry as a whole.
    pub fn entry(path: impl Into<String>) -> Self {
        Place { entry: path.into(), line: 0, column: 0 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A path of an archive may hold control characters; an error message ends up in terminals and logs.
        match (self.entry.is_empty(), self.line) {
            (true, _) => f.write_str("the archive"),
            (false, 0) => write!(f, "{}", self.entry.escape_debug()),
            (false, line) => write!(f, "{}:{line}:{}", self.entry.escape_debug(), self.column),
        }
    }
}

/// What is wrong with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PathFault {
    #[error("it is empty")]
    Empty,
    #[error("it is absolute")]
    Absolute,
    #[error("it has a `..` segment")]
    Parent,
    #[error("it has a backslash")]
    Backslash,
    #[error("it has a zero byte")]
    Zero,
    #[error("it has a character other than printable ASCII")]
    NotAscii,
    #[error("it has a character that paths of a backup never have")]
    Character,
    #[error("a segment ends in a dot or a space, or begins with a space")]
    Segment,
}

/// What sort of entry is neither file nor directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Special {
    #[error("a hard link")]
    HardLink,
    #[error("a symbolic link")]
    SymbolicLink,
    #[error("a device or pipe")]
    Device,
    #[error("a sparse file")]
    Sparse,
    #[error("of a type no backup uses")]
    Unknown,
}

/// XML that is well formed but that no backup needs, and that parsers have been attacked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Forbidden {
    #[error("a DOCTYPE")]
    Doctype,
    #[error("a processing instruction")]
    Instruction,
    #[error("an entity other than &lt; &gt; &amp; &quot; &apos;")]
    Entity,
    #[error("an encoding other than UTF-8")]
    Encoding,
}

/// Everything that can end a reading or a writing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The device, not the archive, is at fault.
    #[error("reading or writing failed: {0}")]
    Io(io::Error),
    /// Neither `1F 8B` nor `PK` at the beginning, or a gzip file of something that is not a tar.
    #[error("this is not a Moodle backup but {found}: choose the .mbz file that Moodle wrote")]
    NotAnArchive { found: &'static str },
    /// `moodle.xml` at the root (MBZ-FORMAT §1.6).
    #[error("this is a backup of Moodle 1.9: restore it in a Moodle 2 first, and back it up there")]
    Moodle1,
    /// `imsmanifest.xml` at the root (MBZ-FORMAT §1.6).
    #[error("this is a Common Cartridge or IMS package, not a Moodle backup: use the importer for that format")]
    CommonCartridge,
    /// No `moodle_backup.xml` at the root.
    #[error("the archive has no moodle_backup.xml at its root{}", folder.as_ref().map(|f| format!(" (there is one in `{}`: pack the contents of that folder, not the folder)", f.escape_debug())).unwrap_or_default())]
    NoManifest { folder: Option<String> },
    /// `moodle_backup.xml` is there and holds nothing.
    #[error("moodle_backup.xml is empty: the backup was not finished, make it again")]
    EmptyManifest,
    /// `moodle_backup.xml` is about something else than a Moodle 2 backup.
    #[error("{place}: {what}: this is not a backup in the moodle2 format")]
    ForeignManifest { place: Place, what: String },
    /// The end is missing.
    #[error("the archive ends too early, in {place}: it was not completely copied, fetch it again")]
    Truncated { place: Place },
    /// A checksum or a number that cannot be.
    #[error("{place} is damaged ({what}): fetch the archive again")]
    Damaged { place: Place, what: String },
    /// The archive says two different things about an entry, so that two programs would see two archives.
    #[error("{place}: the archive contradicts itself ({what})")]
    Contradiction { place: Place, what: String },
    #[error("`{}` is not a path of a backup: {fault}", path.escape_debug())]
    BadPath { path: String, fault: PathFault },
    #[error("`{}` is {special}: a backup holds only files and directories", path.escape_debug())]
    NotAFile { path: String, special: Special },
    /// Names are compared without regard to case.
    #[error("`{}` is in the archive twice", path.escape_debug())]
    Duplicate { path: String },
    #[error("`{}` is encrypted: make the backup without a password", path.escape_debug())]
    Encrypted { path: String },
    #[error("`{}` is compressed by method {method}, which backups do not use", path.escape_debug())]
    Method { path: String, method: u16 },
    #[error("{place}: {limit} is over the limit of {value}")]
    Limit { place: Place, limit: Limit, value: u64 },
    #[error("{place}: not well-formed XML: {what}")]
    Syntax { place: Place, what: String },
    #[error("{place}: {what} is not allowed in a backup")]
    Forbidden { place: Place, what: Forbidden },
}

impl Error {
    /// A word for what happened, which does not change with the wording: for logs, reports and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Io(_) => "io",
            Error::NotAnArchive { .. } => "not-an-archive",
            Error::Moodle1 => "moodle-1",
            Error::CommonCartridge => "common-cartridge",
            Error::NoManifest { .. } => "no-manifest",
            Error::EmptyManifest => "empty-manifest",
            Error::ForeignManifest { .. } => "foreign-manifest",
            Error::Truncated { .. } => "truncated",
            Error::Damaged { .. } => "damaged",
            Error::Contradiction { .. } => "contradiction",
            Error::BadPath { .. } => "bad-path",
            Error::NotAFile { .. } => "not-a-file",
            Error::Duplicate { .. } => "duplicate",
            Error::Encrypted { .. } => "encrypted",
            Error::Method { .. } => "method",
            Error::Limit { limit, .. } => limit.name(),
            Error::Syntax { .. } => "syntax",
            Error::Forbidden { .. } => "forbidden",
        }
    }

    pub(crate) fn limit(entry: &str, limit: Limit, value: u64) -> Self {
        Error::Limit { place: Place::entry(entry), limit, value }
    }

    pub(crate) fn damaged(entry: &str, what: impl Into<String>) -> Self {
        Error::Damaged { place: Place::entry(entry), what: what.into() }
    }

    pub(crate) fn contradiction(entry: &str, what: impl Into<String>) -> Self {
        Error::Contradiction { place: Place::entry(entry), what: what.into() }
    }

    /// The same error, carried through a `Read` or `Write`; [`From<io::Error>`] takes it out again.
    pub(crate) fn into_io(self) -> io::Error {
        match self {
            Error::Io(e) => e,
            other => io::Error::other(other),
        }
    }
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        e.downcast::<Error>().unwrap_or_else(Error::Io)
    }
}

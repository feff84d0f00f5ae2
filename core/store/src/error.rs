use std::path::PathBuf;
use thiserror::Error;

/// Why the store did not do what it was asked. Messages say what to do next where that is known.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("{} is in use by another parcours process; stop that one first, or give this one a data directory of its own", .0.display())]
    InUse(PathBuf),
    #[error("{doing} {}: {source}", .path.display())]
    Io { doing: &'static str, path: PathBuf, source: std::io::Error },
    #[error("{doing}: {source}")]
    Database { doing: String, source: rusqlite::Error },
    #[error("the database is damaged ({0}); restore it from a backup")]
    Damaged(String),
    #[error("this data directory was written by a later release (schema {found}, known here up to {known}); use that release")]
    LaterRelease { found: i64, known: i64 },
    #[error("table `{table}` of `{owner}` was declared differently before: {what}; only new columns and indexes can be added")]
    Redeclared { owner: String, table: String, what: String },

    #[error("`{owner}` declares no table `{table}`")]
    NoTable { owner: String, table: String },
    #[error("table `{table}` has no column `{column}`")]
    NoColumn { table: String, column: String },
    #[error("table `{table}`, record {id}, column `{column}`: {what}")]
    NotOfKind { table: String, column: String, id: i64, what: String },
    #[error("table `{table}`, record {id}, column `{column}` cannot be understood: {what}")]
    BadRow { table: String, column: String, id: i64, what: String },
    #[error("table `{table}` holds number {id} of this course twice")]
    Duplicate { table: String, id: i64 },
    #[error("the archive holds `{0}` twice")]
    DuplicateDocument(String),
    #[error("the numbers of `{0}` are used up in this course")]
    Exhausted(String),

    /// The query is not one a module may ask.
    #[error("{0}")]
    Invalid(String),
    #[error("table `{table}` has too many records here to be searched or sorted by {columns} without help; declare the index [{columns}]")]
    Unsupported { table: String, columns: String },
    #[error("record {id} of `{table}` was changed by somebody else in the meantime; read it again")]
    Conflict { table: String, id: i64 },
    #[error("{what} is larger than the limit of {limit} bytes")]
    TooLarge { what: String, limit: u64 },
    #[error("there is no course {0}")]
    NoCourse(i64),
    #[error("course {course} has no activity {cm}")]
    NoActivity { course: i64, cm: i64 },
    #[error("course {course} has no {what}")]
    Missing { course: i64, what: String },

    #[error("nothing was written: {0}")]
    NotCommitted(String),
    #[error("nothing was written, because the work did not finish: {0}")]
    Lost(String),
    #[error("a write was started inside another write; nothing was written")]
    Nested,
    #[error("the domain accepts no more writes: {0}; check the disk and restart")]
    Stopped(String),
}

pub(crate) type Result<T, E = StoreError> = std::result::Result<T, E>;

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        StoreError::Database { doing: "database".into(), source }
    }
}

impl StoreError {
    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> StoreError {
        let path = path.into();
        move |source| StoreError::Io { doing, path, source }
    }

    pub(crate) fn sql(doing: impl Into<String>) -> impl FnOnce(rusqlite::Error) -> StoreError {
        let doing = doing.into();
        move |source| StoreError::Database { doing, source }
    }

    pub(crate) fn invalid(what: impl Into<String>) -> StoreError {
        StoreError::Invalid(what.into())
    }
}

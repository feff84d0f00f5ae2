use thiserror::Error;

/// Why a declaration was refused. Each message names the place in the declaration.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum DeclareError {
    #[error("the declaration is not the JSON expected: {0}")]
    Json(String),
    #[error("declaration format {0} is not known here; this host reads format 1")]
    Format(u32),
    #[error("`{0}` is not a name: use lower-case letters, digits and `_`, a letter first, at most 60")]
    Name(String),
    #[error("{place}: there is no table `{table}`")]
    NoTable { place: String, table: String },
    #[error("{place}: table `{table}` has no column `{column}`")]
    NoColumn { place: String, table: String, column: String },
    #[error("table `{table}` stands at two places of one tree; a table has one place")]
    TableTwice { table: String },
    #[error("{place}: `{path}` is not a path of element names")]
    Path { place: String, path: String },
    #[error("{place}: `{path}` shares its first element with a path beside it; make that element a record (it may have no columns)")]
    SharedContainer { place: String, path: String },
}

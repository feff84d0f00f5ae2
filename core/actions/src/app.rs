//! The program's parts, put together once.

/// What a running Parcours is made of. Cheap to share behind an `Arc`.
pub struct App {}

/// How to put it together.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data directory: one folder a domain below it.
    pub data: std::path::PathBuf,
    /// Name of the domain (`main` unless told).
    pub domain: String,
}

//! What keeps a conversion from being done.

/// Why nothing was converted. What could be converted in part is a line of the report, and no error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something is wrong with the archive, or with the device.
    #[error(transparent)]
    Archive(#[from] parcours_mbz::Error),
    /// Renumbering leads out of the range of numbers.
    #[error("a number would become 0, negative or too large: add another one")]
    Number,
}

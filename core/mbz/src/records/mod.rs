//! A document as records of declared tables, and back.
//!
//! Reading then writing gives back an equal document: every element in its place, every leaf with the text it had, whether or not anything is
//! declared about it. What a declaration does not name travels in [`Unknown`](parcours_course::Unknown); how each record was written, in its
//! [`Shape`](parcours_course::Shape). A document that cannot be held so is [`Unfit`], and is kept whole instead.
//!
//! Not kept are comments, and how an element without anything in it was broken into lines.

mod layout;
mod read;
mod shape;
#[cfg(test)]
mod tests;
mod value;
mod write;

pub use layout::Layout;
pub use read::read;
pub use write::write;

use crate::error::{Error, Place};
use parcours_course::Record;

/// Takes the records of a document as they are read: each when its element closes, children before their parent.
///
/// A document may turn out unfit after thousands of records, so what a sink stores, it must be able to take back.
pub trait Sink {
    /// A number for a record whose element has no `id`. Asked when the element opens, because its children point at it; the record may yet turn
    /// out to be a plain leaf, and the number unused.
    ///
    /// # Errors
    /// Whatever ends the reading.
    fn number(&mut self, table: &str) -> Result<i64, Unread>;

    /// # Errors
    /// Whatever ends the reading; [`Unread::Unfit`] with [`Why::Number`] when the number was there before.
    fn record(&mut self, record: Record) -> Result<(), Unread>;
}

/// Gives the records of a document as they are to be written.
pub trait Source {
    /// The records of node `node` of the tree below the record `parent` (`None` below a root that is a mere frame, and for a root that is a record itself),
    /// in the order of writing: those with a [`seq`](Record::seq) above `after`, from the first. As many at a time as the source likes; none at the end.
    ///
    /// It is asked about every branch of every record, so it should know quickly of a table that has no records in the document.
    ///
    /// # Errors
    /// Whatever ends the writing.
    fn below(&mut self, node: usize, parent: Option<i64>, after: Option<i64>) -> Result<Vec<Record>, Error>;
}

/// Why a document was not read as records.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// Keep it whole.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// It, or the archive, or the sink, is broken.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<std::io::Error> for Unread {
    fn from(e: std::io::Error) -> Self {
        Unread::Failed(e.into())
    }
}

/// A well-formed document that records cannot express.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {why}")]
pub struct Unfit {
    pub place: Place,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    #[error("the root is `{found}`, where `{expected}` is declared")]
    Root { found: String, expected: String },
    #[error("there is text between elements")]
    MixedText,
    #[error("`{path}` appears twice in one record")]
    TwoContainers { path: String },
    #[error("`{path}` has attributes, and only records do")]
    ContainerAttributes { path: String },
    #[error("`{text}` is no number for a record of `{table}`, or one that was there before")]
    Number { table: String, text: String },
    #[error("a record and those around it are over {limit} bytes")]
    TooLarge { limit: u64 },
}

/// The shape for a new record beside one of this shape: the same order, without what nobody declared.
pub fn sibling(shape: &parcours_course::Shape) -> parcours_course::Shape {
    let declared = shape.0.split(' ').filter(|t| !t.is_empty() && !t.starts_with(['?', '!']));
    let unrun = declared.map(|t| if t.starts_with('+') { t.split('*').next().unwrap_or(t) } else { t });
    parcours_course::Shape(unrun.collect::<Vec<_>>().join(" "))
}

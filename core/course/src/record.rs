//! A record of an archive: what it says, and how it was written.

use crate::Value;
use serde::{Deserialize, Serialize};

/// One record of one declared table, as it stands in a document of the archive.
///
/// Records are emitted and asked for in document order of their *end* when reading (children before their parent, because a parent is complete
/// only when its element closes) and in document order when writing.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Name of the declared table.
    pub table: String,
    /// The archive's number, or one the sink gave when the element has no `id` attribute ([`Shape`] then has no `@id`).
    pub id: i64,
    /// Number of the enclosing record, when there is one.
    pub parent: Option<i64>,
    /// Position among all records of its document, from 0, in document order of their start.
    pub seq: i64,
    /// Declared columns in the table's own order; a leaf that is absent from the element has its column's default and is missing from the shape.
    pub values: Vec<Value>,
    pub shape: Shape,
    pub unknown: Option<Unknown>,
}

/// How a record's element was written: the order of its attributes and children, one token each, separated by spaces.
///
/// | token | meaning |
/// |---|---|
/// | `@id` | the record's number, as an attribute |
/// | `@name` | an attribute that is a declared column |
/// | `?@name` | an attribute nobody declared; its value is the next of [`Unknown::texts`] |
/// | `name` | a leaf that is a declared column |
/// | `?name` | a leaf nobody declared; its text is the next of [`Unknown::texts`] (the null token stands there as text) |
/// | `!name` | an element with children nobody declared; its XML, start tag to end tag, is the next of [`Unknown::texts`] |
/// | `+a/b` | the place of the records of the child path `a/b` of the declaration; nested containers appear once |
/// | `+a` | the outer container of the path `a/b` is there, the inner one is not |
/// | `+b` | the place of all child records, or all that are left, that have no container of their own |
/// | `+b*3` | the place of the next three of them, where something else stands between |
///
/// Few distinct shapes exist in an archive, so a store keeps each once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Shape(pub String);

/// What of a record no declaration names, kept for the way out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unknown {
    /// Texts of the `?` and `!` tokens of the shape, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "t")]
    pub texts: Vec<String>,
    /// Declared values whose written form is not the canonical one (` 7 `, `007`, an empty number): name of the leaf, or of the attribute with `@` before
    /// it, and the text as written.
    /// Valid only while the column still holds what that text was read as.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "w")]
    pub written: Vec<(String, String)>,
    /// Elements nobody declared that stand *inside* a declared container: child path or its beginning, number of records before it there, XML.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "i")]
    pub inside: Vec<(String, i64, String)>,
}

impl Unknown {
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.written.is_empty() && self.inside.is_empty()
    }
}

/// The frame of a document that is held as records: its root element's own attributes and order, in the same notation as a record
/// (the root of a document has no number of its own unless it is itself a record).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Doc {
    pub shape: Shape,
    pub unknown: Option<Unknown>,
}

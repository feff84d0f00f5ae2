//! Archives that mean harm, made to order (SECURITY §5 A to C; what proves each item is in `core/docs/hostile.md`).
//!
//! Generators and not files: deterministic, small in the repository whatever they unpack to, and readable.

mod archives;
mod courses;
mod documents;
mod tar;
mod zip;

pub use archives::archives;
pub use courses::courses;
pub use documents::{documents, documents_at};
pub use tar::{Tar, gzip};
pub use zip::{Part, Zip};

/// One case of the list.
pub struct Case {
    /// Number in SECURITY §5, and what it is: `A20 symbolic link`.
    pub name: String,
    /// [`Error::code`](crate::Error::code) of the refusal; nothing for an archive that is odd and harmless, and must be read.
    pub refusal: Option<&'static str>,
    make: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
}

impl Case {
    fn new(name: impl Into<String>, refusal: impl Into<Option<&'static str>>, make: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> Case {
        Case { name: name.into(), refusal: refusal.into(), make: Box::new(make) }
    }

    /// The bytes of the archive.
    pub fn bytes(&self) -> Vec<u8> {
        (self.make)()
    }
}

/// A manifest that is enough to be one.
pub const MANIFEST: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<moodle_backup>\n  <information>\n    <name>x.mbz</name>\n  </information>\n</moodle_backup>";

/// Every case of the lists A and B, of which many are refused. Those of list C ([`courses`]) are all read.
pub fn cases() -> Vec<Case> {
    let mut cases = archives();
    cases.extend(documents());
    cases
}

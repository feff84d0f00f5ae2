//! XML as backups use it: elements, attributes and text, and nothing else (MBZ-FORMAT §2).

mod echo;
mod escape;
mod meter;
mod reader;
mod rewrite;
mod tree;
mod writer;

pub use echo::echo;
pub use reader::{Reader, Step};
pub use rewrite::{Rewrite, Tag, rewrite};
pub use tree::Element;
pub use writer::Writer;

/// The first line of every document Moodle writes (MBZ-FORMAT §2.1).
pub const PROLOG: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The text that stands for SQL's NULL. Empty is an empty element, and absent is no element; the three differ (MBZ-FORMAT §2.3).
pub const NULL: &str = "$@NULL@$";

/// Whether a text is only the white space between two elements.
pub fn is_blank(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' ' | b'\n' | b'\t' | b'\r'))
}

pub(crate) use escape::{push_attribute, push_text};

//! Rich text on its way to a page: stored as it came, shown as a clean copy.
//!
//! The clean copy is cached by the content's hash, its format, the place its file links lead to and the cleaner's version; nothing of it is stored, because the
//! round trip needs the original (DESIGN §5).

mod cache;
mod clean;
mod links;

pub use cache::Rich;
pub use links::Base;

/// Moodle's text formats (MBZ-FORMAT §2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// 0: line breaks count, markup may be there.
    Moodle,
    /// 1.
    Html,
    /// 2.
    Plain,
    /// 4.
    Markdown,
}

impl Format {
    /// The format a `*format` column names; the dead wiki format (3) and unknown ones are shown as plain text.
    pub fn of(n: i64) -> Format {
        match n {
            0 => Format::Moodle,
            1 => Format::Html,
            4 => Format::Markdown,
            _ => Format::Plain,
        }
    }
}

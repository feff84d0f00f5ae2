//! HTML of modules: a strict subset, checked in one pass in which the host's elements are written out.
//!
//! The rules are those of `modules/wit/README.md`. They leave a browser no choice in how to read a page: what was checked is what is shown,
//! so no trick with unclosed tags, odd encodings or foreign elements has a place to start. Nothing is repaired; a page that breaks a rule
//! is refused with the place and the reason.

mod attribute;
mod element;
mod expander;
mod page;
mod pc;
mod scan;
mod write;

pub use expander::{Attachment, Expander, Person, Phrase};

use crate::{CallError, PageLimits};

/// Name of the form field that carries the form token. No module can name a field so.
pub const TOKEN_FIELD: &str = "_token";

/// Checks a page, or a part of one, and writes it out.
///
/// # Errors
/// [`CallError::BadHtml`] with the first broken rule, [`CallError::Bytes`] for a page over its limits, [`CallError::Ability`] where the
/// expander failed.
pub fn expand(html: &str, expander: &mut dyn Expander, limits: &PageLimits) -> Result<String, CallError> {
    page::Page::new(html, expander, limits)?.write()
}

//! A text's markup with the place of every tag, so that what a rule does not touch stays byte for byte.
//!
//! A browser's parser forgets how a text was written (entities, quotes, line ends); this one only finds tags and who stands in whom, rules ask for [edits](edit::Edits) of bytes, and
//! [`visible`] lets a browser's parser judge that the text still says the same.

pub mod colour;
pub mod edit;
pub mod style;
pub mod token;
pub mod tree;
pub mod visible;

pub use edit::Edits;
pub use tree::{Doc, What};

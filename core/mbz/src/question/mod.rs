//! Question banks: all shapes of `questions.xml` lifted to [`Question`], and written in the one of 4.0 and later (MBZ-FORMAT §10).

mod files;
mod kind;
mod leaf;
mod read;
mod write;

pub use write::{Numbers, bank};

use crate::error::Error;
use crate::unpacked::Unpacked;
use parcours_course::question::{Category, Question};

/// The document.
pub const QUESTIONS: &str = "questions.xml";

/// Every category, in the order of the archive. A parent may come after its child.
///
/// # Errors
/// What is wrong with the document.
pub fn categories(course: &mut Unpacked) -> Result<Vec<Category>, Error> {
    read::categories(course)
}

/// Shows every version of every question, one bank entry at a time, with its category. A question inside another (a part of a cloze) is shown in it, not by itself.
///
/// Memory holds the parts of cloze questions and the list of the bank's files beside the one question that is shown.
///
/// # Errors
/// What is wrong with `questions.xml` or `files.xml`, and what `see` says.
pub fn each(course: &mut Unpacked, see: impl FnMut(&Category, Question) -> Result<(), Error>) -> Result<(), Error> {
    read::each(course, see)
}

#[cfg(test)]
mod tests;

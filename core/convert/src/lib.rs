//! What can be made of an archive without a store: another release, other people, cleaner texts; and what two archives differ in.
//!
//! Everything here works on an [`Unpacked`](parcours_mbz::Unpacked) archive and a [`Report`](parcours_course::Report): it changes the one and says so in the other.
//!
//! | module | does |
//! |---|---|
//! | [`release`] | the shape of another Moodle release |
//! | [`anonymise`] | people replaced, or taken out with all they wrote |
//! | [`clean`] | texts in today's markup |
//! | [`diff`] | what two archives differ in, by meaning |
//! | [`renumber`] | other numbers for everything, and for all that points at it |
//! | [`secrets`] | passwords and keys left out |
//! | [`report`] | reports, inventories and verdicts for people: text, page, JSON |
#![forbid(unsafe_code)]

pub mod anonymise;
pub mod clean;
pub mod diff;
mod error;
pub mod release;
pub mod renumber;
pub mod report;
pub mod secrets;

pub use error::Error;

//! What two archives differ in: archives of the corpus, changed in known ways; and one made by hand, renumbered.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod changes;
mod corpus;
mod renumbered;
mod support;

//! Other numbers for everything: archives of the corpus, there and back, and one made by hand.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod corpus;
mod left;
mod made;
mod support;

//! Outlines, there and back; and of every archive of the corpus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use parcours_samples::corpus as support;
mod again;
mod build;
mod corpus;

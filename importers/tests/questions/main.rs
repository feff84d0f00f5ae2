//! Question banks through the formats and back.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod archive;
mod corpus;
mod hostile;
mod samples;
mod support;
mod table;
mod way;

//! Question banks through the formats and back.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use parcours_samples::corpus as support;
mod archive;
mod corpus;
mod hostile;
mod samples;
mod table;
mod way;

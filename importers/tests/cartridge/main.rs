//! Common Cartridge, both ways.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod corpus;
mod dialects;
mod hostile;
mod questions;
mod round;
mod support;

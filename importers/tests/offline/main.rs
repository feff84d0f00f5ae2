//! A course as a book, a site and a tree of Markdown files.
#![allow(clippy::unwrap_used)]

mod check;
mod corpus;
mod course;
mod torture;
mod tree;
mod written;

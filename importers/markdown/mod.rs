//! A tree of Markdown files, both ways.

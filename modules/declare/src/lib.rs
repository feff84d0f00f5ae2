//! The declaration: one text from which schema, restore, backup, file links, user mapping, search and the reference page follow.
//!
//! A module carries its declaration as JSON in a custom section ([`Declaration::parse`]); the core files of an archive are declared in
//! the same words ([`core`]). Nothing here runs, reads XML or knows SQL: it only says what tables mean.
//!
//! ```
//! let d = parcours_declare::Declaration::parse(r#"{
//!   "format": 1, "name": "label", "version": 1, "release": "1.0", "world": "parcours:activity@0.1.0", "license": "MIT",
//!   "title": {"en": "Label"}, "capabilities": {},
//!   "tables": {"instance": {"columns": {"name": {"kind": "text"}}}},
//!   "backup": {"file": "label.xml", "root": "activity", "children": {"label": {"table": "instance"}}}
//! }"#).unwrap();
//! assert_eq!(d.tree().unwrap().nodes.len(), 2);
//! ```
#![forbid(unsafe_code)]

mod check;
mod core;
mod error;
mod module;
mod table;
mod tree;

pub use core::core;
pub use error::DeclareError;
pub use module::{Area, Capability, Declaration, Link, Route};
pub use table::{Column, Erase, Kind, Table};
pub use tree::{Backup, Branch, Node, Tree};

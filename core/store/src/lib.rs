//! One domain's data: a directory with `domain.sqlite3` and `pool/`.
//!
//! A domain is the unit of storage, backup, quota and erasure (DESIGN §3, invariant 10). Reads run on owned snapshots ([`Read`]), writes on the owned
//! transaction of the domain's one writer thread ([`Write`]), which commits many jobs at once. Both are a [`Conn`], on which everything that asks is
//! defined; everything that changes takes `&mut Write`. The schema follows from declarations: the core's own and those of the modules.
//!
//! Courses are namespaces of numbers: records keep the number their archive gave them, and new ones are numbered above the highest
//! ([`Staging`] brings an archive in, [`export`] gives it back, [`records`] and [`query`] are what a module may ask).
//!
//! ```
//! use parcours_store::{Domain, Options, StoreError, settings};
//! let dir = tempfile::tempdir().unwrap();
//! let domain = Domain::open(dir.path(), &[], Options::default()).unwrap();
//! domain.write(|mut w| { let done = settings::set(&mut w, "lang", "fr"); (w, done) }).unwrap();
//! assert_eq!(settings::get(&domain.read().unwrap(), "lang").unwrap().as_deref(), Some("fr"));
//! # Ok::<(), StoreError>(())
//! ```
#![forbid(unsafe_code)]

pub mod accounts;
pub mod attempts;
mod census;
mod core;
pub mod courses;
mod db;
mod error;
pub mod export;
pub mod files;
mod fold;
pub mod numbers;
#[cfg(test)]
mod plans;
mod pool;
pub mod query;
pub mod records;
mod row;
mod schema;
pub mod sessions;
pub mod settings;
mod staging;

// The plans are tested from inside, with the same helpers as everything else.
#[cfg(test)]
extern crate self as parcours_store;

pub use crate::census::census;
pub use crate::core::{activities, completion, grades, groups, legacy, people, roles, sections};
pub use db::{Conn, Domain, Mark, Options, Pending, Read, Write};
pub use error::StoreError;
pub use pool::{Hash, Limits, Pool, Stored};
pub use schema::{Schema, Table};
pub use staging::{OpenDocument, Place, Publish, Published, Staging, Strangers};

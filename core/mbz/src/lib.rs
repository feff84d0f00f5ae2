//! Reads and writes Moodle 2 backups (`.mbz`), from hostile bytes to records and back.
//!
//! The layers, from the outside in:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`container`] | a file | named streams, one entry at a time (tar.gz or zip) |
//! | [`spool`] | named streams | one anonymous temporary file that can be read in any order |
//! | [`xml`] | bytes | open, text, close; and back, in Moodle's style |
//! | [`records`] | a document | records of declared tables; and back |
//! | [`unpacked`] | named streams | documents and contents by path, to be changed and written again |
//! | [`manifest`] | `moodle_backup.xml` | a plain struct |
//! | [`outline`] | documents and contents | the course as its readers see it; and back |
//! | [`php`], [`json`], [`links`] | texts of leaves | what is serialised or linked in them; and back |
//! | [`numbers`] | records and leaves | what their numbers are numbers of |
//! | [`mod@write`] | entries of known length | a file that Moodle restores |
//!
//! [`convert`](convert::convert), [`inspect`](inspect::inspect) and [`validate`](validate::validate) are made of these and touch no store.
//!
//! Three rules hold everywhere: no path of an archive reaches a file system call, nothing is truncated at a limit (reaching one is
//! [`Error::Limit`]), and memory does not grow with the archive.
#![forbid(unsafe_code)]

pub mod container;
pub mod convert;
pub mod error;
#[cfg(feature = "hostile")]
pub mod hostile;
pub mod inspect;
pub mod json;
pub mod limits;
pub mod links;
pub mod manifest;
pub mod numbers;
pub mod outline;
pub mod people;
pub mod php;
mod pool;
pub mod question;
pub mod records;
pub mod release;
pub mod secret;
pub mod spool;
pub mod unpacked;
pub mod validate;
pub mod write;
pub mod xml;

pub use container::{Archive, Container, Entry, open, open_any};
pub use convert::{Converted, convert};
pub use error::{Error, Place};
pub use inspect::{Inventory, inspect};
pub use limits::{Limit, Limits};
pub use manifest::Manifest;
pub use release::Release;
pub use spool::Spool;
pub use unpacked::Unpacked;
pub use validate::validate;

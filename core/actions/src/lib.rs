//! Everything a person can do, one file each. Shell, command line and API call these; none of them knows HTTP, templates or a terminal.
//!
//! Each action takes the [`App`], who is asking ([`Viewer`]) where that matters, and plain data; it checks rights first and answers with plain data that a
//! page or a line can be made of.
#![forbid(unsafe_code)]

pub mod activity;
pub mod app;
pub mod completion;
pub mod course;
pub mod error;
pub mod export;
pub mod file;
pub mod import;
pub mod session;
pub mod user;

pub use app::{App, Options};
pub use error::{ActionError, Result};
pub use session::Viewer;

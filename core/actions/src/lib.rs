//! Everything a person can do, one file each. Shell, command line and API call these; none of them knows HTTP, templates or a terminal.
//!
//! Each action takes the [`App`], who is asking ([`Viewer`]) where that matters, and plain data; it checks rights first and answers with plain data that a
//! page or a line can be made of.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod activity;
pub mod app;
pub mod batch;
mod chance;
pub mod clean;
pub mod completion;
pub mod convert;
pub mod course;
pub mod dates;
pub mod diff;
pub mod error;
pub mod export;
pub mod file;
mod forms;
pub mod import;
pub mod inspect;
pub mod link;
mod look;
mod member;
mod modules;
mod password;
pub mod publish;
mod rich;
pub mod session;
mod site;
pub mod user;
mod without;
pub mod work;

pub use app::{App, Options};
pub use error::{ActionError, Result};
pub use session::Viewer;

//! The shell as a browser meets it, with the real program behind it and no module installed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod browser;
mod forgery;
mod formats;
mod headers;
mod import;
mod login;
mod works;

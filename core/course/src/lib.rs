//! The course model: plain types that know no XML, SQL, HTTP or WebAssembly.
//!
//! Everything that enters or leaves Parcours passes through these words. A course is a *namespace of numbers*: every record in
//! it is addressed by the number the archive gave it, so nothing is renumbered on the way in or out (DESIGN §3, invariant 2).
#![forbid(unsafe_code)]

mod language;
pub mod outline;
pub mod question;
pub mod record;
pub mod report;
mod text;
pub mod value;

pub use language::Language;
pub use record::{Doc, Record, Shape, Unknown};
pub use report::{Fate, Finding, Reason, Report};
pub use text::{Format, Text};
pub use value::Value;

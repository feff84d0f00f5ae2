//! Pure decisions of a course: who may do what, what is open, what is complete, who sees whom.
//!
//! Nothing here reads a store, a clock or a file. The caller says what is so, a function says what follows; the same question asked
//! twice has the same answer. Moodle's rules are followed where Moodle has one, and a rule that could not be understood closes
//! instead of opening (SECURITY C27).
//!
//! ```
//! use parcours_rules::availability::{evaluate, read, Facts, Place};
//!
//! let tree = read(r#"{"op":"&","c":[{"type":"date","d":">=","t":1000}],"showc":[true]}"#)?;
//! let before = evaluate(&tree, &Facts { now: 999, ..Facts::default() }, &Place::default());
//! assert!(!before.open && before.shown, "closed, and the page says why");
//! # Ok::<(), parcours_rules::Error>(())
//! ```
//!
//! * [`availability`]: restrictions of sections and activities: reading, deciding, saying in words
//! * [`visibility`]: hidden, stealth, restricted: what of a course a person gets to see
//! * [`rights`] and [`capabilities`]: roles, overrides, and Moodle's core capabilities
//! * [`groups`]: whose content and which people a person may see
//! * [`completion`]: what completes an activity, and who is followed
//! * [`enrolment`]: who takes part, at a time
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod availability;
pub mod capabilities;
pub mod completion;
pub mod enrolment;
mod error;
pub mod groups;
pub mod rights;
pub mod visibility;

pub use error::{Error, Result};

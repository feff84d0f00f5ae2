//! Rules of the repository that a machine can check, so that no reviewer has to.

#![forbid(unsafe_code)]
// All of this is a test, its helpers too.
#![allow(clippy::unwrap_used)]

mod arrows;
mod docs;
mod files;
mod samples;
mod texts;

/// Fails with every breach at once, one a line.
#[track_caller]
fn none(what: &str, breaches: Vec<String>) {
    assert!(breaches.is_empty(), "{what}:\n  {}", breaches.join("\n  "));
}

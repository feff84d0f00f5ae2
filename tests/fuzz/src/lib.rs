//! Readers of foreign bytes, given bytes that nobody meant (SECURITY §5 H).
//!
//! A [`Target`] is a function over bytes that panics when a promise is broken: a reader that panics, a limit that is passed, an error without a code, a value that does not survive
//! being written and read again. Two drivers call the same functions: [`drive`](drive::drive) with seeded mutations, as an ordinary test on a stable compiler, and libFuzzer
//! (`libfuzzer/`, a workspace of its own) with coverage, for long runs on nightly.
//!
//! ```text
//! cargo test -p parcours-fuzz                                          # bounded, what CI runs
//! PARCOURS_FUZZ_SECONDS=60 PARCOURS_FUZZ_SEED=7 cargo test -p parcours-fuzz -- --nocapture
//! cargo run -p parcours-fuzz -- container FILE…                        # one target over files
//! cargo run -p parcours-fuzz -- seeds FOLDER                           # the seeds as files, a folder a target
//! cargo +nightly fuzz run --fuzz-dir tests/fuzz/libfuzzer container FOLDER/container
//! ```
#![forbid(unsafe_code)]
// All of this is a test, its helpers too.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod chance;
pub mod drive;
mod mutate;
pub mod targets;

/// A reader and what it promises.
pub struct Target {
    pub name: &'static str,
    /// Panics where a promise is broken.
    pub run: fn(&[u8]),
    /// Inputs made by our own writers, beside those in `corpus/`.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// What the format is made of.
    pub words: &'static [&'static str],
    /// Executions of a bounded run, so that all targets together stay below twenty seconds.
    pub runs: u64,
}

/// Every target. A new one is a file in `targets/`, a line here, and three lines in `libfuzzer/fuzz_targets/`.
pub const TARGETS: &[Target] = &[
    targets::availability::TARGET,
    targets::container::TARGET,
    targets::gift::TARGET,
    targets::links::TARGET,
    targets::manifest::TARGET,
    targets::numbers::TARGET,
    targets::php::TARGET,
    targets::validate::TARGET,
    targets::xml::TARGET,
];

/// A target by its name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|t| t.name == name)
}

//! Every target for a bounded time: `PARCOURS_FUZZ_RUNS` executions or `PARCOURS_FUZZ_SECONDS` each, from `PARCOURS_FUZZ_SEED`.
#![allow(clippy::unwrap_used)]

use parcours_fuzz::drive::{Bound, drive};
use parcours_fuzz::{TARGETS, target};
use std::io::Write;
use std::time::Duration;

const SEED: u64 = 20_261_125;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name}={text} is no number")))
}

fn bounded(name: &str) {
    let target = target(name).unwrap();
    let seed = number("PARCOURS_FUZZ_SEED").unwrap_or(SEED);
    let bound = number("PARCOURS_FUZZ_SECONDS").map_or(Bound::Runs(number("PARCOURS_FUZZ_RUNS")), |s| Bound::Time(Duration::from_secs(s)));
    // Past the capture of the test: a process that dies of an input says nothing more.
    let _ = writeln!(std::io::stderr(), "{name}: seed {seed}");
    let done = drive(target, seed, bound);
    let _ = writeln!(std::io::stderr(), "{name}: {} executions in {:?}, the slowest {:?}", done.runs, done.took, done.slowest);
    if let Some((run, input)) = done.finding {
        let file = std::env::temp_dir().join(format!("parcours-fuzz-{name}-{seed}-{run}"));
        std::fs::write(&file, &input).unwrap();
        panic!("{name} broke a promise in execution {run} of seed {seed}: {}\n{:?}", file.display(), String::from_utf8_lossy(&input));
    }
    // It ran, and more than the seeds alone.
    assert!(done.runs > 100 || number("PARCOURS_FUZZ_RUNS").is_some());
}

#[test]
fn availability_keeps_its_promises() {
    bounded("availability");
}

#[test]
fn container_keeps_its_promises() {
    bounded("container");
}

#[test]
fn gift_keeps_its_promises() {
    bounded("gift");
}

#[test]
fn links_keeps_its_promises() {
    bounded("links");
}

#[test]
fn manifest_keeps_its_promises() {
    bounded("manifest");
}

#[test]
fn numbers_keeps_its_promises() {
    bounded("numbers");
}

#[test]
fn php_keeps_its_promises() {
    bounded("php");
}

#[test]
fn validate_keeps_its_promises() {
    bounded("validate");
}

#[test]
fn xml_keeps_its_promises() {
    bounded("xml");
}

/// A target without a test here, or without its three lines for libFuzzer, is run by nobody.
#[test]
fn every_target_is_run_by_both_drivers() {
    for target in TARGETS {
        let here = include_str!("bounded.rs");
        assert!(here.contains(&format!("bounded({:?})", target.name)), "{}", target.name);
        let libfuzzer = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("libfuzzer");
        assert!(libfuzzer.join("fuzz_targets").join(target.name).with_extension("rs").exists(), "{}", target.name);
        assert!(std::fs::read_to_string(libfuzzer.join("Cargo.toml")).unwrap().contains(&format!("name = {:?}", target.name)), "{}", target.name);
    }
}

//! A bounded run on a stable compiler: no coverage is measured, so that the same seed makes the same inputs.

use crate::Release;
use crate::chance::Chance;
use crate::mutate::mutate;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long to go on.
#[derive(Debug, Clone, Copy)]
pub enum Bound {
    /// This many executions, or as many as the target has by default.
    Runs(Option<u64>),
    Time(Duration),
}

/// What a run came to.
#[derive(Debug)]
pub struct Outcome {
    pub runs: u64,
    pub took: Duration,
    /// Slowest execution.
    pub slowest: Duration,
    /// Number of the execution that failed, and its input.
    pub finding: Option<(u64, Vec<u8>)>,
}

/// Hand-made seeds (`corpus/TARGET/`) and those that the target makes.
pub fn seeds(target: &Release) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let mut paths: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    let kept = paths.into_iter().filter_map(|path| std::fs::read(path).ok());
    kept.chain((target.seeds)()).collect()
}

/// The input of an execution.
pub fn input(target: &Release, seeds: &[Vec<u8>], seed: u64, run: u64) -> Vec<u8> {
    mutate(seeds, target.words, &mut Chance::new(seed, run))
}

/// Runs a target over its seeds as they are and then over mutations of them, to the bound or the first finding.
pub fn drive(target: &Release, seed: u64, bound: Bound) -> Outcome {
    let seeds = seeds(target);
    let start = Instant::now();
    let mut outcome = Outcome { runs: 0, took: Duration::ZERO, slowest: Duration::ZERO, finding: None };
    let goes_on = |runs: u64| match bound {
        Bound::Runs(most) => runs < most.unwrap_or(target.runs),
        Bound::Time(most) => start.elapsed() < most,
    };
    while outcome.finding.is_none() && (outcome.runs < seeds.len() as u64 || goes_on(outcome.runs)) {
        let run = outcome.runs;
        let input = usize::try_from(run).ok().and_then(|n| seeds.get(n)).cloned().unwrap_or_else(|| input(target, &seeds, seed, run));
        let before = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| (target.run)(&input))).is_err() {
            outcome.finding = Some((run, input));
        }
        outcome.slowest = outcome.slowest.max(before.elapsed());
        outcome.runs += 1;
    }
    outcome.took = start.elapsed();
    outcome
}

//! The tools that judge archives from outside, where they are.

use super::shared;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the tools, when they and Python are there.
pub fn tools() -> Option<PathBuf> {
    let tools = shared()?.join("tools");
    let python = Command::new("python3").arg("--version").output().is_ok_and(|o| o.status.success());
    if !python {
        eprintln!("not judged: no python3");
    }
    python.then_some(tools)
}

/// How much of one archive is in another.
#[derive(Debug)]
pub struct Fidelity {
    pub leaves: u64,
    pub lost: u64,
    pub files_lost: u64,
    pub dangling: usize,
    /// The tool's own words.
    pub told: String,
}

pub fn fidelity(tools: &Path, original: &Path, other: &Path) -> Result<Fidelity, String> {
    let run = |args: &[&str]| {
        let out = Command::new("python3").arg(tools.join("mbz_fidelity.py")).arg(original).arg(other).args(args).output().unwrap();
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let told = run(&["--json"]);
    let found: Value = serde_json::from_str(&told).map_err(|_| told)?;
    let number = |name: &str| found[name].as_u64().unwrap_or(u64::MAX);
    let dangling = found["dangling"].as_object().map_or(usize::MAX, serde_json::Map::len);
    let mut f = Fidelity { leaves: number("leaves"), lost: number("lost"), files_lost: number("files_lost"), dangling, told: String::new() };
    if f.lost + f.files_lost > 0 || f.dangling > 0 {
        f.told = run(&["--show", "8"]);
    }
    Ok(f)
}

/// What a stock Moodle would refuse or drop of `other` and not of `original`.
pub fn new_faults(tools: &Path, original: &Path, other: &Path) -> Result<Vec<String>, String> {
    let out = Command::new("python3").arg(tools.join("mbz_lint.py")).arg(original).arg(other).output().unwrap();
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    let mut parts: [BTreeMap<&str, i64>; 2] = Default::default();
    let mut at = 0;
    for line in told.lines() {
        match line.strip_prefix("  ") {
            Some(finding) => *parts.get_mut(at).ok_or(told.clone())?.entry(finding).or_default() += 1,
            None if line.contains("cannot be opened") => return Err(line.to_owned()),
            None => at += 1,
        }
    }
    let [before, after] = parts;
    let new = after.into_iter().filter(|(finding, n)| !finding.starts_with("note") && *n > before.get(finding).copied().unwrap_or(0));
    Ok(new.map(|(finding, _)| finding.to_owned()).collect())
}

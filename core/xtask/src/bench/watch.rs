//! Running a command and watching what it takes.

use anyhow::{Context, Result};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// On the wall, in seconds.
    pub seconds: f64,
    /// Most memory in RAM at one time, in MiB; 0 where the system does not say.
    pub memory: f64,
}

/// Runs a shell line to its end, its output thrown away.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub fn shell(line: &str) -> Result<Took> {
    let start = Instant::now();
    let mut child = Command::new("sh")
        .args(["-c", &format!("exec {line}")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("starting `{line}`"))?;
    let mut memory = 0.0f64;
    let status = loop {
        memory = memory.max(peak(child.id()));
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    anyhow::ensure!(status.success(), "`{line}` ended with {status}");
    Ok(Took { seconds: start.elapsed().as_secs_f64(), memory })
}

/// The highest resident size of a process so far, as Linux tells it.
fn peak(process: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().split(' ').next()?.parse::<f64>().ok()).map_or(0.0, |kib| kib / 1024.0)
}

/// CPU seconds a process has used, in user and system.
pub fn cpu(process: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // Behind the name in parentheses: field 14 and 15 of proc(5), in ticks of a hundredth.
    let rest = text.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = rest.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// Resident size of a process now, in MiB.
pub fn resident(process: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    line.and_then(|l| l.trim().split(' ').next()?.parse::<f64>().ok()).map_or(0.0, |kib| kib / 1024.0)
}

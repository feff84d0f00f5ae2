//! Archives: reading, converting, importing and exporting, against tar and gzip on the same file.

use super::watch::{Took, shell};
use crate::{dirs, run};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Runs of each command; the two sides of a ratio take turns.
const RUNS: usize = 3;

pub fn run(program: &Path, work: &Path) -> Result<()> {
    // A course of some years: 100,000 posts, 50,000 steps of quiz attempts. The same without files, where XML is all there is; and with files to 1 GiB.
    // Then one whose log was taken along: half a million lines.
    let made: [(&str, &[&str]); 4] = [
        ("texts", &["--megabytes", "0"]),
        ("course", &["--megabytes", "285"]),
        ("gigabyte", &["--megabytes", "1060"]),
        ("logs", &["--megabytes", "285", "--posts", "10000", "--steps", "5000", "--logs", "500000"]),
    ];
    let made = made.iter().map(|(name, size)| make(work, name, size)).collect::<Result<Vec<_>>>()?;
    for archive in corpus().into_iter().chain(made) {
        one(program, work, &archive)?;
    }
    Ok(())
}

fn make(work: &Path, name: &str, size: &[&str]) -> Result<PathBuf> {
    let out = work.join(format!("{name}.mbz"));
    if !out.exists() {
        let maker = run::sibling("bench-archive")?;
        run::command(std::process::Command::new(maker).arg(&out).args(size))?;
    }
    Ok(out)
}

/// The largest tar.gz of the corpus, when there is one beside the checkout.
fn corpus() -> Option<PathBuf> {
    let shared = std::env::var_os("PARCOURS_SHARED").map_or_else(|| dirs::root().join("../shared"), PathBuf::from);
    let all = std::fs::read_dir(shared.join("corpus")).ok()?.flatten().map(|e| e.path());
    all.filter(|p| p.extension().is_some_and(|x| x == "mbz") && !p.to_string_lossy().ends_with("-zip.mbz"))
        .max_by_key(|p| std::fs::metadata(p).map_or(0, |m| m.len()))
}

fn one(program: &Path, work: &Path, archive: &Path) -> Result<()> {
    let bytes = std::fs::metadata(archive)?.len();
    println!("\n{} ({:.1} MB)", archive.file_name().unwrap_or_default().to_string_lossy(), bytes as f64 / 1e6);
    let (p, a, w) = (program.display(), archive.display(), work.display());
    let fresh = format!("sh -c 'rm -rf {w}/out && mkdir {w}/out && exec tar xzf {a} -C {w}/out'");
    pair("inspect / tar xzO", &format!("{p} inspect {a}"), &format!("tar xzOf {a}"), 1.5, || Ok(()))?;
    let gzip = format!("sh -c 'gzip -dc {a} | gzip -6'");
    pair("convert / gzip -dc | gzip -6", &format!("{p} convert {a} {w}/converted.mbz"), &gzip, 1.3, || Ok(()))?;
    let data = work.join("data");
    let clear = || -> Result<()> {
        if data.exists() {
            std::fs::remove_dir_all(&data)?;
        }
        Ok(())
    };
    pair("import / tar xzf", &format!("{p} import {a} --data {}", data.display()), &fresh, 2.5, clear)?;
    let export = shell(&format!("{p} export 1 {w}/exported.mbz --data {}", data.display()))?;
    println!("  {:<30} {:>7.2} s {:>18} {:>6.0} MiB", "export", export.seconds, "", export.memory);
    clear()
}

/// Both commands in turn, and the ratio of their middles.
fn pair(name: &str, ours: &str, theirs: &str, target: f64, before: impl Fn() -> Result<()>) -> Result<()> {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        before()?;
        a.push(shell(ours)?);
        b.push(shell(theirs)?);
    }
    let (ours, theirs) = (middle(a), middle(b));
    let ratio = ours.seconds / theirs.seconds;
    println!("  {name:<30} {:>7.2} s / {:>6.2} s = {ratio:>5.2} (≤ {target}) {:>6.0} MiB", ours.seconds, theirs.seconds, ours.memory);
    Ok(())
}

/// The middle of several runs by time, and the most memory of any.
fn middle(mut all: Vec<Took>) -> Took {
    all.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let memory = all.iter().map(|t| t.memory).fold(0.0, f64::max);
    Took { seconds: all.get(all.len() / 2).map_or(0.0, |t| t.seconds), memory }
}
